import { Level, Link, Pill, type Tone, useWords } from '@opora/ui-kit'
import { IconChevronRight } from '@tabler/icons-react'
import css from './cabinet.module.css'
import { ExpectedText } from './cabinet-due.tsx'
import type { CabinetTicketRow } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

/** The colour of a state as the client reads it: theirs to do, solved, over, or being worked on. */
export function cabinetTone(row: Pick<CabinetTicketRow, 'state' | 'waitsForYou'>): Tone {
  if (row.state === 'closed') return 'neutral'
  if (row.state === 'confirming') return 'ok'
  return row.waitsForYou ? 'violet' : 'info'
}

/** Requests one under another: what it is about, where it stands, when it will be done. The whole row is a link. */
export function CabinetTicketRows({ label, rows }: { label: string; rows: readonly CabinetTicketRow[] }) {
  const t = useWords(cabinetTicketWords)
  return (
    <ul className={css.rows} aria-label={label}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={`/cabinet/tickets/${row.id}`} className={css.row}>
            <span className={css.rowMain}>
              <span className={css.subject}>{row.subject}</span>
              <span className={css.fine}>
                {t('number', { number: String(row.number) })}
                {row.portal && <> · {row.portal}</>}
                {row.asker && <> · {row.asker}</>}
              </span>
            </span>
            <span className={css.rowState}>
              <span className={css.pills}>
                {row.priority <= 2 && row.state !== 'closed' && (
                  <Level
                    compact
                    level={row.priority <= 1 ? 1 : 2}
                    label={t(row.priority <= 1 ? 'priority1' : 'priority2')}
                  />
                )}
                <Pill tone={cabinetTone(row)} dot plain>
                  {row.status}
                </Pill>
              </span>
              <span className={css.fine}>
                <ExpectedText row={row} />
              </span>
            </span>
            <IconChevronRight size={18} className={css.chevron} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
