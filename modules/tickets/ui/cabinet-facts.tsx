import { DateTimeText, Facts, Level, Person, useWords } from '@opora/ui-kit'
import css from './cabinet.module.css'
import type { CabinetTicket } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

const LEVELS = ['priority1', 'priority2', 'priority3', 'priority4'] as const

/** What is known about a request, beside its conversation. */
export function CabinetFacts({ ticket }: { ticket: Omit<CabinetTicket, 'outcomes'> }) {
  const t = useWords(cabinetTicketWords)
  const level = Math.min(4, Math.max(1, ticket.priority)) as 1 | 2 | 3 | 4
  return (
    <Facts
      rows={[
        [t('state'), ticket.status],
        [t('importance'), <Level key="level" level={level} label={t(LEVELS[level - 1]!)} />],
        [t('portal'), ticket.portal],
        [t('asker'), ticket.asker],
        [t('opened'), <DateTimeText key="opened" at={ticket.registeredAt} style="long" />],
        [t('closedOn'), ticket.closedAt && <DateTimeText at={ticket.closedAt} style="long" />],
      ]}
    />
  )
}

/** The people who work on it, by name. */
export function CabinetPeople({ people }: { people: CabinetTicket['people'] }) {
  const t = useWords(cabinetTicketWords)
  if (people.length === 0) return <p className={css.quiet}>{t('nobodyYet')}</p>
  return (
    <ul className={css.people}>
      {people.map((one) => (
        <li key={one.name} className={css.person}>
          <Person name={one.name} size={34} />
          <span>
            {one.name}
            <div className={css.fine}>{one.role}</div>
          </span>
        </li>
      ))}
    </ul>
  )
}
