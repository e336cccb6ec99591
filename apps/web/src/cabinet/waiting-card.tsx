import { useWaitingWindows } from '@opora/changes/ui'
import { minutesInWords, moneyInWords } from '@opora/core'
import { type CabinetTicketRow, type Turn, turnOf, useOpenTickets } from '@opora/tickets/ui'
import { DateText, DateTimeText, Link, useLocale, useWords } from '@opora/ui-kit'
import { useWaitingEstimates } from '@opora/work/ui'
import {
  IconCalendarClock,
  IconFileInvoice,
  IconMessageQuestion,
  IconRosetteDiscountCheck,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { cabinetWords } from './cabinet-words.ts'
import css from './pages.module.css'
import { useRights } from './use-rights.ts'

const ICONS = {
  answer: IconMessageQuestion,
  confirm: IconRosetteDiscountCheck,
  approve: IconFileInvoice,
  entitle: IconUserQuestion,
}
const WHAT = { answer: 'whatAnswer', confirm: 'whatConfirm', approve: 'whatApprove', entitle: 'whatEntitle' } as const
const GO = { answer: 'turnAnswer', confirm: 'turnConfirm', approve: 'turnApprove', entitle: 'turnEntitle' } as const

/** Everything that nobody but the reader can do: estimates, questions, acceptance, colleagues' requests. Nothing when there is nothing. */
export function WaitingCard() {
  const t = useWords(cabinetWords)
  const { locale } = useLocale()
  const { may, responsible } = useRights()
  const tickets = useOpenTickets().data?.items ?? []
  const estimates = useWaitingEstimates(may('estimate.decide')).data?.items ?? []
  const windows = useWaitingWindows(may('change.agree_window')).data ?? []
  const estimated = new Set(estimates.map((one) => one.ticket.id))
  const turns = tickets.flatMap((row): { row: CabinetTicketRow; turn: Turn }[] => {
    const turn = turnOf(row, responsible)
    return turn === null || (turn === 'approve' && estimated.has(row.id)) ? [] : [{ row, turn }]
  })
  if (turns.length + estimates.length + windows.length === 0) return null
  return (
    <section className={css.waiting} aria-labelledby="waiting">
      <h2 id="waiting">{t('waiting')}</h2>
      <ul className={css.todos}>
        {estimates.map((one) => (
          <Todo
            key={`estimate-${one.id}`}
            to={`/cabinet/tickets/${one.ticket.id}`}
            icon={<IconFileInvoice size={23} stroke={1.6} />}
            what={t('estimateLine', { title: one.title || one.ticket.subject })}
            go={t('decide')}
          >
            {t('estimateSum', {
              time: minutesInWords(one.minutes, locale),
              sum: moneyInWords(one.amountKopecks, locale),
              number: String(one.ticket.number),
            })}
            {one.validUntil && (
              <>
                {' · '}
                {t('until')} <DateText date={one.validUntil} month="short" />
              </>
            )}
          </Todo>
        ))}
        {windows.map((one) => (
          <Todo
            key={`window-${one.id}`}
            to={`/cabinet/tickets/${one.ticket.id}`}
            icon={<IconCalendarClock size={23} stroke={1.6} />}
            what={t('windowLine', { title: one.ticket.subject })}
            go={t('decide')}
          >
            {one.windowFrom && <DateTimeText at={one.windowFrom} style="long" />} · № {one.ticket.number}
          </Todo>
        ))}
        {turns.map(({ row, turn }) => {
          const Icon = ICONS[turn]
          return (
            <Todo
              key={row.id}
              to={`/cabinet/tickets/${row.id}`}
              icon={<Icon size={23} stroke={1.6} />}
              what={row.subject}
              go={t(GO[turn])}
            >
              {t(WHAT[turn])} · № {row.number}
              {turn === 'entitle' && row.asker && <> · {row.asker}</>}
            </Todo>
          )
        })}
      </ul>
    </section>
  )
}

interface TodoProps {
  to: string
  icon: ReactNode
  what: string
  go: string
  children: ReactNode
}

function Todo({ to, icon, what, go, children }: TodoProps) {
  return (
    <li>
      <Link to={to} className={css.todo}>
        {icon}
        <span>
          <span className={css.what}>{what}</span>
          <span className={css.fine}>{children}</span>
        </span>
        <span className={css.go}>{go}</span>
      </Link>
    </li>
  )
}
