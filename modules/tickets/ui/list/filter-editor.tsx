import { minutesInWords } from '@opora/core'
import { type PickChoice, PickList, useLocale, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLabels } from '../labels.ts'
import { fetchAssignees, keys } from '../ticket-data.ts'
import { dueWithinChoices, type FilterName, filterChoices, type ManyFilter, toggled } from './filters.ts'
import css from './list.module.css'
import { listWords } from './list-words.ts'
import { OwnFieldChoice } from './own-field-filter.tsx'

/** The filters that can be added by hand; the others come with links. */
const OFFERED: readonly FilterName[] = [
  'assignee',
  'priority',
  'client',
  'state',
  'kind',
  'waitingFor',
  'dueWithin',
  'breached',
  'channel',
  'entitlement',
  'tag',
  'topic',
  'custom',
]

interface EditorProps {
  onDone: () => void
}

/** First which filter, then its value. */
export function FilterMenu({ onDone }: EditorProps) {
  const t = useWords(listWords)
  const [search] = useSearch()
  const [name, setName] = useState<FilterName | null>(null)
  if (name) return <FilterValue key={name} name={name} onDone={onDone} />
  const choices = OFFERED.map((one) => ({ key: one, label: t(`filter_${one}`) }))
  return (
    <PickList
      label={t('addFilter')}
      choices={choices}
      selected={new Set(OFFERED.filter((one) => search[one]))}
      onPick={(choice) => setName(choice.key as FilterName)}
    />
  )
}

/** The value of one filter: several at once from a fixed list, one from the others. */
export function FilterValue({ name, onDone }: EditorProps & { name: FilterName }) {
  const t = useWords(listWords)
  const [search, setSearch] = useSearch()
  const value = search[name]
  const set = (next: string | null) => {
    setSearch({ [name]: next })
    onDone()
  }
  const props = { label: t(`filter_${name}`), selected: new Set(value?.split(',')) }
  const choices = useFixedChoices(name)
  if (name in filterChoices && choices) {
    return <PickList {...props} choices={choices} onPick={({ key }) => setSearch({ [name]: toggled(value, key) })} />
  }
  if (choices) return <PickList {...props} choices={choices} onPick={({ key }) => set(key)} />
  if (name === 'assignee') return <AssigneeChoice {...props} set={set} />
  if (name === 'client') return <PickList {...props} search={searchClients} onPick={({ key }) => set(key)} />
  if (name === 'custom') return <OwnFieldChoice set={set} />
  if (name === 'topic') return <TopicChoice {...props} set={set} />
  return (
    <PickList
      {...props}
      onPick={({ key }) => set(key)}
      onNew={{ label: (typed) => t('tagIs', { tag: typed }), run: (typed) => set(typed) }}
    />
  )
}

function useFixedChoices(name: FilterName): PickChoice[] | null {
  const t = useWords(listWords)
  const labels = useLabels()
  const { locale } = useLocale()
  if (name in filterChoices) {
    return filterChoices[name as ManyFilter].map((key) => ({ key, label: labelOf(name as ManyFilter, key) }))
  }
  if (name === 'breached') {
    return [
      { key: 'true', label: t('yes') },
      { key: 'false', label: t('no') },
    ]
  }
  if (name !== 'dueWithin') return null
  return dueWithinChoices.map((minutes) => ({
    key: String(minutes),
    label: t('within', { time: minutesInWords(minutes, locale) }),
  }))

  function labelOf(field: ManyFilter, key: string): string {
    if (field === 'priority') return labels.priority(Number(key))
    return labels.of(field === 'waitingFor' ? 'wait' : field, key)
  }
}

interface ChoiceProps {
  label: string
  selected: ReadonlySet<string>
  set: (next: string) => void
}

function AssigneeChoice({ set, ...props }: ChoiceProps) {
  const t = useWords(listWords)
  const client = useQueryClient()
  const people = useQuery({ queryKey: keys.assignees(), queryFn: () => fetchAssignees(client) })
  const choices = [
    { key: 'me', label: t('me') },
    { key: 'none', label: t('none') },
    ...(people.data ?? []).map((one) => ({
      key: String(one.id),
      label: one.name,
      hint: t('open', { n: one.openTickets }),
    })),
  ]
  return <PickList {...props} choices={choices} onPick={({ key }) => set(key)} />
}

function TopicChoice({ set, ...props }: ChoiceProps) {
  const topics = useQuery({
    queryKey: ['topics'],
    queryFn: () => api.get<{ items: { code: string; name: string }[] }>('/topics'),
    staleTime: 600_000,
  })
  const choices = (topics.data?.items ?? []).map((topic) => ({ key: topic.code, label: topic.name }))
  return (
    <div className={css.names}>
      <PickList {...props} choices={choices} onPick={({ key }) => set(key)} />
    </div>
  )
}

/** Clients by what was typed. */
export async function searchClients(typed: string, signal: AbortSignal): Promise<PickChoice[]> {
  const found = await api.get<{ items: { id: number; name: string; inn: string | null }[] }>('/clients', {
    query: { q: typed, limit: 20 },
    signal,
  })
  return found.items.map((one) => ({ key: String(one.id), label: one.name, hint: one.inn ?? undefined }))
}
