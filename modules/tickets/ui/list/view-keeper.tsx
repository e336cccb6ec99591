import { Button, TextInput } from '@mantine/core'
import { confirm, FormError, Popup, toast, useForm, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconBookmarkPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { TicketFilter } from '../../contract.ts'
import { keys, type View } from '../ticket-data.ts'
import { activeFilters, type FilterName, filterChoices, type Search } from './filters.ts'
import css from './list.module.css'
import { listWords } from './list-words.ts'

const NUMERIC: readonly FilterName[] = ['client', 'portal', 'contact', 'contract', 'dueWithin', 'parent']

/** The filters of the address as the conditions of a view to be kept. */
export function filterOf(search: Search): TicketFilter {
  const filter: Record<string, unknown> = {}
  for (const name of activeFilters(search)) {
    const value = search[name]!
    if (name in filterChoices || name === 'lane' || name === 'place') filter[name] = value.split(',')
    else if (name === 'breached') filter[name] = value === 'true'
    else filter[name] = NUMERIC.includes(name) || /^\d+$/.test(value) ? Number(value) : value
  }
  if (Array.isArray(filter['priority'])) filter['priority'] = filter['priority'].map(Number)
  return filter as TicketFilter
}

/** Keeps the present filters as a view of one's own, and removes such a view. */
export function ViewKeeper({ view }: { view: View | undefined }) {
  const t = useWords(listWords)
  const client = useQueryClient()
  const route = useRoute()
  const remove = async (own: View) => {
    if (!(await confirm({ title: `${t('removeView')}: ${own.name}`, action: t('removeView'), danger: true }))) return
    await api.delete(`/views/${own.id}`)
    await client.invalidateQueries({ queryKey: keys.views })
    toast.ok(t('viewRemoved'))
    route.navigate('/desk/tickets')
  }
  return (
    <>
      <Popup
        label={t('saveView')}
        className={css.tool}
        trigger={<IconBookmarkPlus size={16} stroke={1.7} aria-hidden="true" />}
      >
        {(close) => <SaveForm onDone={close} />}
      </Popup>
      {view?.own && (
        <button type="button" className={css.tool} title={t('removeView')} onClick={() => void remove(view)}>
          <IconTrash size={16} stroke={1.7} aria-label={t('removeView')} />
        </button>
      )}
    </>
  )
}

function SaveForm({ onDone }: { onDone: () => void }) {
  const t = useWords(listWords)
  const client = useQueryClient()
  const [search, setSearch] = useSearch()
  const form = useForm({
    initial: { name: '' },
    submit: ({ name }, key) =>
      api.post<{ id: number }>('/views', { name, filter: filterOf(search), sort: search['sort'] ?? 'due' }, { key }),
    onDone: async ({ id }, { name }) => {
      await client.invalidateQueries({ queryKey: keys.views })
      toast.ok(t('viewSaved', { name }))
      setSearch({
        ...Object.fromEntries(activeFilters(search).map((one) => [one, null])),
        sort: null,
        view: `own-${id}`,
      })
      onDone()
    },
  })
  return (
    <form className={css.small} onSubmit={form.submit}>
      <TextInput label={t('viewName')} {...form.field('name')} />
      <FormError error={form.failure} />
      <Button type="submit" size="xs" loading={form.busy} disabled={form.values.name.trim() === ''}>
        {t('save')}
      </Button>
    </form>
  )
}
