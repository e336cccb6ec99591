import type { CivilDate, CivilMonth, Words } from '@opora/core'
import { minutesInWords } from '@opora/core'

/** One thing that keeps a month from being closed, with the sentence that names it. */
export interface Unfinished {
  kind:
    | 'month_not_over'
    | 'previous_month_open'
    | 'timer_running'
    | 'time_entry_undecided'
    | 'hours_stopped'
    | 'estimate_pending'
    | 'penalty_unreviewed'
    | 'time_unapproved'
  id: string
  /** The ticket at which it is mended, where there is one. */
  ticketNumber: string | null
  /** A day of the work in question, where it is mended by days. */
  date: CivilDate | null
  sentence: Words
}

export interface MonthState {
  month: CivilMonth
  today: CivilDate
  previousMonthOpen: boolean
  runningTimers: readonly { id: string; person: string; ticketNumber: string }[]
  /** Time of the month of which nobody has said whether it is billable. */
  undecidedEntries: readonly { id: string; ticketNumber: string; minutes: number }[]
  /** Billable minutes beyond the package in a contract that stops and asks. */
  stoppedEntries: readonly { id: string; ticketNumber: string; minutes: number }[]
  /** Offered and not decided, with work of the month on its ticket. */
  pendingEstimates: readonly { id: string; ticketNumber: string }[]
  unreviewedPenalties: readonly { id: string; title: Words }[]
  /** Time that the contract or the person says somebody must approve, by person, with the first day of it. */
  unapprovedTime: readonly { id: string; person: string; count: number; date: CivilDate }[]
}

/** Everything that must be settled before a month can be closed, in a fixed order. */
export function unfinishedOf(state: MonthState): Unfinished[] {
  return [
    ...monthItems(state),
    ...state.runningTimers.map((timer) =>
      item(
        'timer_running',
        timer.id,
        {
          ru: `Идёт таймер: ${timer.person}, обращение ${timer.ticketNumber}.`,
          en: `A timer is running: ${timer.person}, ticket ${timer.ticketNumber}.`,
        },
        timer,
      ),
    ),
    ...state.undecidedEntries.map((entry) =>
      item(
        'time_entry_undecided',
        entry.id,
        {
          ru: `Не решено, оплачивается ли ${minutesInWords(entry.minutes, 'ru')} по обращению ${entry.ticketNumber}.`,
          en: `Not decided whether ${minutesInWords(entry.minutes, 'en')} on ticket ${entry.ticketNumber} is billable.`,
        },
        entry,
      ),
    ),
    ...state.stoppedEntries.map((entry) =>
      item(
        'hours_stopped',
        entry.id,
        {
          ru: `${minutesInWords(entry.minutes, 'ru')} сверх пакета ждёт решения клиента, обращение ${entry.ticketNumber}.`,
          en: `${minutesInWords(entry.minutes, 'en')} beyond the package waits for the client, ticket ${entry.ticketNumber}.`,
        },
        entry,
      ),
    ),
    ...state.pendingEstimates.map((estimate) =>
      item(
        'estimate_pending',
        estimate.id,
        {
          ru: `Оценка по обращению ${estimate.ticketNumber} не согласована и не отклонена.`,
          en: `The estimate on ticket ${estimate.ticketNumber} is neither approved nor declined.`,
        },
        estimate,
      ),
    ),
    ...state.unapprovedTime.map((one) =>
      item(
        'time_unapproved',
        one.id,
        {
          ru: `Время не утверждено: ${one.person}, записей ${one.count}.`,
          en: `Time is not approved: ${one.person}, ${one.count} entries.`,
        },
        { date: one.date },
      ),
    ),
    ...state.unreviewedPenalties.map((penalty) =>
      item('penalty_unreviewed', penalty.id, {
        ru: `Штраф не проверен: ${penalty.title.ru}.`,
        en: `A penalty is not reviewed: ${penalty.title.en}.`,
      }),
    ),
  ]
}

function monthItems(state: MonthState): Unfinished[] {
  const isOver = state.today.slice(0, 7) > state.month
  const notOver = item('month_not_over', state.month, {
    ru: `Месяц ${state.month} ещё не закончился.`,
    en: `The month ${state.month} is not over yet.`,
  })
  const previousOpen = item('previous_month_open', state.month, {
    ru: 'Предыдущий месяц не закрыт.',
    en: 'The previous month is not closed.',
  })
  return [...(isOver ? [] : [notOver]), ...(state.previousMonthOpen ? [previousOpen] : [])]
}

function item(
  kind: Unfinished['kind'],
  id: string,
  sentence: Words,
  where: { ticketNumber?: string; date?: CivilDate } = {},
): Unfinished {
  return { kind, id, ticketNumber: where.ticketNumber ?? null, date: where.date ?? null, sentence }
}
