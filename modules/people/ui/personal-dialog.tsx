import { Button, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { ContactView } from '../contract.ts'
import css from './personal.module.css'
import { personalWords } from './personal-words.ts'

/** Asks to give out or to erase what is kept of a contact; another person decides. */
export function PersonalDialog({
  contact,
  kind,
  onClose,
}: {
  contact: ContactView
  kind: 'export' | 'erase'
  onClose: () => void
}) {
  const t = useWords(personalWords)
  const form = useForm({
    initial: { reason: '' },
    submit: ({ reason }, key) => api.post(`/contacts/${contact.id}/personal-requests`, { kind, reason }, { key }),
    onDone: () => {
      toast.ok(t('kept'))
      onClose()
    },
  })
  return (
    <Dialog title={`${t(kind)}: ${contact.name}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        {kind === 'erase' && <p className={css.about}>{t('sureText')}</p>}
        <TextInput {...form.field('reason')} label={t('reason')} description={t('reasonHint')} required />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.reason.trim().length < 3}>
            {t('ask')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
