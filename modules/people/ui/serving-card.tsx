import { Button, Checkbox } from '@mantine/core'
import { Card, Dialog, FormError, Loaded, Person, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './desk.module.css'
import { useCan } from './desk-parts.tsx'
import { deskWords } from './desk-words.ts'
import { type Serving, useStaff } from './staff-data.ts'

/** Who of the provider's people serves the client: those named for it first, then those who serve everybody. */
export function ServingCard({ clientId }: { clientId: number }) {
  const t = useWords(deskWords)
  const can = useCan()
  const [editing, setEditing] = useState(false)
  const serving = useQuery({
    queryKey: ['clients', 'serving', clientId],
    queryFn: () => api.get<{ items: Serving[] }>(`/clients/${clientId}/staff`),
  })
  const change = can('staff.change') && serving.data && (
    <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
      {t('change')}
    </Button>
  )
  return (
    <Card title={t('serving')} actions={change}>
      <Loaded query={serving}>{({ items }) => <ServingRows items={items} />}</Loaded>
      {editing && serving.data && (
        <ServingForm clientId={clientId} items={serving.data.items} onClose={() => setEditing(false)} />
      )}
    </Card>
  )
}

function ServingRows({ items }: { items: readonly Serving[] }) {
  const t = useWords(deskWords)
  if (items.length === 0) return <span className={css.quiet}>{t('noServing')}</span>
  const named = items.filter((one) => one.accountManager || one.serves === 'listed')
  const everywhere = items.filter((one) => !named.includes(one))
  return (
    <>
      <ul className={css.list}>
        {named.map((one) => (
          <li key={one.id} className={css.item}>
            <Person name={one.name} size={20} />
            <span className={css.main}>
              {one.name}
              {one.accountManager && <span className={css.fine}>{t('isManager')}</span>}
            </span>
          </li>
        ))}
      </ul>
      {everywhere.length > 0 && (
        <p className={css.fine}>
          {t('servesAll')}: {everywhere.map((one) => one.name).join(', ')}
        </p>
      )}
    </>
  )
}

interface ServingFormProps {
  clientId: number
  items: readonly Serving[]
  onClose: () => void
}

function ServingForm({ clientId, items, onClose }: ServingFormProps) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const everywhere = new Set(items.filter((one) => one.serves === 'all').map((one) => one.id))
  const staff = useStaff(true).filter((one) => !everywhere.has(one.id))
  const form = useForm({
    initial: { accountIds: items.filter((one) => one.serves === 'listed').map((one) => one.id) },
    submit: (values) => api.put(`/clients/${clientId}/staff`, values),
    onDone: () => {
      toast.ok(t('saved'))
      void cache.invalidateQueries({ queryKey: ['clients', 'serving', clientId] })
      onClose()
    },
  })
  const { accountIds } = form.values
  const toggle = (id: number, on: boolean) =>
    form.set('accountIds', on ? [...accountIds, id] : accountIds.filter((one) => one !== id))
  return (
    <Dialog title={t('serving')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        {staff.map((one) => (
          <Checkbox
            key={one.id}
            label={one.name}
            checked={accountIds.includes(one.id)}
            onChange={(event) => toggle(one.id, event.currentTarget.checked)}
          />
        ))}
        <p className={css.fine}>{t('everywhereHint')}</p>
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
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
