import { PanelSection, Person, useWords } from '@opora/ui-kit'
import type { Ticket } from '../../contract.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

/** Who takes part and who watches. */
export function PeoplePanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  if (ticket.people.length === 0) return null
  return (
    <PanelSection title={t('people')} aside={String(ticket.people.length)}>
      <ul className={css.people}>
        {ticket.people.map((one) => (
          <li key={`${one.accountId}-${one.contactId}-${one.name}`}>
            <Person name={one.name} size={24} />
            <span>
              {one.name}
              <span className={css.fine}>
                {t(one.role === 'watcher' ? 'watcher' : 'participant')}
                {one.email && ` · ${one.email}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}
