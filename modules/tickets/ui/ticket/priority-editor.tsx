import { useCan } from '@opora/access/ui'
import { Level, Popup, useHotkeys, useWords } from '@opora/ui-kit'
import { IconBulb } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Ticket } from '../../contract.ts'
import { levelOf, useLabels } from '../labels.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useChangeTicket } from './use-ticket.ts'

const LEVELS = [1, 2, 3, 4] as const
const MARKS = [1, 2, 3] as const

/** The priority, with what impact × urgency propose. */
export function PriorityEditor({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  const can = useCan()
  const handle = useRef<(() => void) | null>(null)
  const allowed = can('ticket.change')
  useHotkeys(allowed ? [{ combo: 'p', label: t('priority'), group: t('ticket'), run: () => handle.current?.() }] : [])
  const name = labels.priority(ticket.priority)
  const differs = ticket.proposedPriority !== null && ticket.proposedPriority !== ticket.priority
  const shown = (
    <>
      <Level compact level={levelOf(ticket.priority)} label={name} />
      <span className={css.actionText}>{name}</span>
      {differs && <IconBulb size={15} className={css.hintMark} aria-label={t('proposed')} />}
    </>
  )
  if (!allowed) return <span className={css.still}>{shown}</span>
  return (
    <Popup label={t('priority')} trigger={shown} className={css.action} handle={handle}>
      {(close) => <Choice ticket={ticket} onDone={close} />}
    </Popup>
  )
}

function Choice({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  const change = useChangeTicket(ticket)
  return (
    <div className={css.priorities}>
      {LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          className={css.priority}
          aria-pressed={level === ticket.priority}
          onClick={() => {
            onDone()
            if (level !== ticket.priority) void change({ priority: level })
          }}
        >
          <Level level={level} label={labels.priority(level)} />
          {level === ticket.proposedPriority && <span className={css.proposed}>{t('proposed')}</span>}
        </button>
      ))}
      <div className={css.marks}>
        {(['impact', 'urgency'] as const).map((mark) => (
          <fieldset key={mark} className={css.mark}>
            <legend>{t(mark)}</legend>
            {MARKS.map((value) => (
              <button
                key={value}
                type="button"
                aria-pressed={ticket[mark] === value}
                className={css.markValue}
                onClick={() => void change({ [mark]: ticket[mark] === value ? null : value })}
              >
                {t(`${mark}${value}`)}
              </button>
            ))}
          </fieldset>
        ))}
        <p className={css.fine}>{t('matrixHint')}</p>
      </div>
    </div>
  )
}
