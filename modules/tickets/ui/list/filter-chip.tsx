import { minutesInWords } from '@opora/core'
import { Popup, useLocale, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useLabels } from '../labels.ts'
import { fetchAssignees, keys } from '../ticket-data.ts'
import type { FilterName } from './filters.ts'
import css from './list.module.css'
import { listWords } from './list-words.ts'

const OwnFieldValue = lazy(() => import('./own-field-filter.tsx').then((m) => ({ default: m.OwnFieldValue })))
const FilterValue = lazy(() => import('./filter-editor.tsx').then((m) => ({ default: m.FilterValue })))

/** An active filter: its value changes at a click, the cross takes it off. */
export function FilterChip({ name }: { name: FilterName }) {
  const t = useWords(listWords)
  const [search, setSearch] = useSearch()
  const title = t(`filter_${name}`)
  return (
    <span className={css.chip}>
      <Popup
        label={title}
        className={css.chipText}
        trigger={
          <>
            {title}:
            <span className={css.chipValue}>
              <ValueText name={name} value={search[name] ?? ''} />
            </span>
          </>
        }
      >
        {(close) => (
          <Suspense fallback={null}>
            <FilterValue name={name} onDone={close} />
          </Suspense>
        )}
      </Popup>
      <button
        type="button"
        className={css.chipRemove}
        aria-label={t('removeFilter', { name: title })}
        onClick={() => setSearch({ [name]: null })}
      >
        <IconX size={14} />
      </button>
    </span>
  )
}

function ValueText({ name, value }: { name: FilterName; value: string }) {
  const t = useWords(listWords)
  const labels = useLabels()
  const { locale } = useLocale()
  const each = (say: (one: string) => string) => value.split(',').map(say).join(', ')
  switch (name) {
    case 'priority':
      return each((one) => labels.priority(Number(one)))
    case 'state':
    case 'kind':
    case 'channel':
    case 'entitlement':
      return each((one) => labels.of(name, one))
    case 'waitingFor':
      return each((one) => labels.of('wait', one))
    case 'breached':
      return value === 'true' ? t('yes') : t('no')
    case 'dueWithin':
      return t('within', { time: minutesInWords(Number(value), locale) })
    case 'assignee':
      return <AssigneeName value={value} />
    case 'client':
    case 'portal':
    case 'contact':
    case 'contract':
      return <NameOf name={name} id={value} />
    case 'custom':
      return <OwnFieldValue value={value} />
    default:
      return value
  }
}

function AssigneeName({ value }: { value: string }) {
  const t = useWords(listWords)
  const client = useQueryClient()
  const named = value === 'me' || value === 'none'
  const people = useQuery({ queryKey: keys.assignees(), queryFn: () => fetchAssignees(client), enabled: !named })
  if (named) return t(value)
  return people.data?.find((one) => String(one.id) === value)?.name ?? value
}

/** The name of a thing that the address knows by its id. */
function NameOf({ name, id }: { name: 'client' | 'portal' | 'contact' | 'contract'; id: string }) {
  const thing = useQuery({
    queryKey: [name, Number(id)],
    queryFn: () => api.get<{ name?: string; number?: string }>(`/${name}s/${id}`),
    retry: false,
  })
  return thing.data?.name ?? thing.data?.number ?? `№ ${id}`
}
