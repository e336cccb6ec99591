import { useCan } from '@opora/access/ui'
import { DateText, MinutesText, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '../../contract.ts'
import type { CustomField, Entry } from '../../dictionaries.contract.ts'
import formCss from '../form/form.module.css'
import { formWords } from '../form/form-words.ts'
import { Pair } from './classification.tsx'
import { MarkField } from './mark-field.tsx'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useChangeTicket } from './use-ticket.ts'

const LEVELS = ['1', '2', '3', '4', '5'] as const

/** Category, complexity, plan and date, the own fields of the topic; what the kind still wants is named. */
export function Marks({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const words = useWords(formWords)
  const { locale } = useLocale()
  const change = useChangeTicket(ticket)
  const isStaff = useCan()('presence.change')
  const categories = useQuery({
    queryKey: ['dictionary', '/categories'],
    queryFn: ({ signal }) => api.get<{ items: Entry[] }>('/categories', { signal }),
    staleTime: 600_000,
    enabled: isStaff,
  })
  const known = categories.data?.items ?? []
  const nameOf = (one: Entry) => (locale === 'ru' ? one.nameRu : one.nameEn)
  const category = known.find((one) => one.code === ticket.category)
  const { marksMissing } = ticket
  return (
    <>
      <dl className={css.pairs}>
        <Pair
          name={t('category')}
          value={category ? nameOf(category) : ticket.category}
          choices={known.filter((one) => !one.archived).map((one) => ({ key: one.code, label: nameOf(one) }))}
          picked={ticket.category}
          onPick={(code) => void change({ category: code })}
        />
        <Pair
          name={t('complexity')}
          value={ticket.complexity === null ? null : String(ticket.complexity)}
          choices={LEVELS.map((level) => ({ key: level, label: level }))}
          picked={ticket.complexity === null ? null : String(ticket.complexity)}
          onPick={(level) => void change({ complexity: Number(level) })}
        />
        <MarkField
          name={t('planned')}
          shown={ticket.plannedMinutes === null ? null : <MinutesText minutes={ticket.plannedMinutes} />}
          type="number"
          value={ticket.plannedMinutes === null ? '' : String(ticket.plannedMinutes)}
          onSave={(value) => change({ plannedMinutes: value === '' ? null : Number(value) })}
        />
        <MarkField
          name={t('expected')}
          shown={ticket.expectedOn && <DateText date={ticket.expectedOn} />}
          type="date"
          value={ticket.expectedOn ?? ''}
          onSave={(value) => change({ expectedOn: value || null })}
        />
        {isStaff && <OwnFields ticket={ticket} />}
      </dl>
      {marksMissing.length > 0 && (
        <p className={formCss.quiet}>
          {words('marksMissing')}: {marksMissing.map((mark) => words(`mark_${mark}` as 'mark_impact')).join(', ')}
        </p>
      )}
    </>
  )
}

/** The fields that the administrator gave to the ticket's topic, and those that were filled in before. */
function OwnFields({ ticket }: { ticket: Ticket }) {
  const words = useWords(formWords)
  const { locale } = useLocale()
  const change = useChangeTicket(ticket)
  const query = useQuery({
    queryKey: ['dictionary', '/custom-fields'],
    queryFn: ({ signal }) => api.get<{ items: CustomField[] }>('/custom-fields', { signal }),
    staleTime: 600_000,
  })
  const isOpen = (one: CustomField) =>
    !one.archived && (one.topics.length === 0 || (ticket.topic !== null && one.topics.includes(ticket.topic)))
  const fields = (query.data?.items ?? []).filter((one) => isOpen(one) || ticket.custom[one.code] != null)
  return fields.map((field) => {
    const name = locale === 'ru' ? field.nameRu : field.nameEn
    const value = ticket.custom[field.code] ?? null
    const save = (next: string | number | boolean | null) => change({ custom: { [field.code]: next } })
    if (field.kind === 'choice' || field.kind === 'yes_no') {
      const options =
        field.kind === 'yes_no'
          ? [
              { key: 'yes', label: words('yes') },
              { key: 'no', label: words('no') },
            ]
          : field.options.map((one) => ({ key: one.value, label: one.label[locale] }))
      const picked = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value === null ? null : String(value)
      return (
        <Pair
          key={field.code}
          name={name}
          value={options.find((one) => one.key === picked)?.label ?? picked}
          choices={options}
          picked={picked}
          onPick={(key) => void save(field.kind === 'yes_no' ? key === 'yes' : key)}
        />
      )
    }
    return (
      <MarkField
        key={field.code}
        name={name}
        shown={value === null ? null : String(value)}
        type={field.kind}
        value={value === null ? '' : String(value)}
        onSave={(text) => save(text === '' ? null : field.kind === 'number' ? Number(text) : text)}
      />
    )
  })
}
