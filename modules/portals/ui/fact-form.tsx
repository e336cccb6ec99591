import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { factValueOf } from './fact-value.ts'
import { KNOWN_FACTS, useFactName } from './portal-facts.tsx'

const OTHER = '-'

/** A value measured by hand. */
export function FactForm({ portalId, onClose }: { portalId: number; onClose: () => void }) {
  const t = useWords(deskWords)
  const factName = useFactName()
  const cache = useQueryClient()
  const form = useForm({
    initial: { known: KNOWN_FACTS[0] as string, name: '', value: '' },
    submit: ({ known, name, value }, key) => {
      const path = encodeURIComponent(known === OTHER ? name.trim() : known)
      return api.post(`/portals/${portalId}/facts/${path}`, { value: factValueOf(value) }, { key })
    },
    onDone: () => {
      toast.ok(t('saved'))
      void cache.invalidateQueries({ queryKey: ['portals', 'facts', portalId] })
      void cache.invalidateQueries({ queryKey: [`portals/${portalId}/facts/${form.values.known}`] })
      onClose()
    },
  })
  return (
    <Dialog title={t('addFact')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <NativeSelect
          label={t('factName')}
          data={[
            ...KNOWN_FACTS.map((name) => ({ value: name, label: factName(name) })),
            { value: OTHER, label: t('other') },
          ]}
          {...form.field('known')}
        />
        {form.values.known === OTHER && <TextInput label={t('factNameOther')} required {...form.field('name')} />}
        <TextInput label={t('value')} description={t('valueHint')} required {...form.field('value')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={form.values.value.trim() === ''}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
