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
  id: string
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
}

/** Everything that must be settled before a month can be closed, in a fixed order. */
export function unfinishedOf(state: MonthState): Unfinished[] {
  return [
    ...monthItems(state),
    ...state.runningTimers.map(
      (timer): Unfinished => ({
        kind: 'timer_running',
        id: timer.id,
        sentence: {
          ru: `Идёт таймер: ${timer.person}, обращение ${timer.ticketNumber}.`,
          en: `A timer is running: ${timer.person}, ticket ${timer.ticketNumber}.`,
        },
      }),
    ),
    ...state.undecidedEntries.map(
      (entry): Unfinished => ({
        kind: 'time_entry_undecided',
        id: entry.id,
        sentence: {
          ru: `Не решено, оплачивается ли ${minutesInWords(entry.minutes, 'ru')} по обращению ${entry.ticketNumber}.`,
          en: `Not decided whether ${minutesInWords(entry.minutes, 'en')} on ticket ${entry.ticketNumber} is billable.`,
        },
      }),
    ),
    ...state.stoppedEntries.map(
      (entry): Unfinished => ({
        kind: 'hours_stopped',
        id: entry.id,
        sentence: {
          ru: `${minutesInWords(entry.minutes, 'ru')} сверх пакета ждёт решения клиента, обращение ${entry.ticketNumber}.`,
          en: `${minutesInWords(entry.minutes, 'en')} beyond the package waits for the client, ticket ${entry.ticketNumber}.`,
        },
      }),
    ),
    ...state.pendingEstimates.map(
      (estimate): Unfinished => ({
        kind: 'estimate_pending',
        id: estimate.id,
        sentence: {
          ru: `Оценка по обращению ${estimate.ticketNumber} не согласована и не отклонена.`,
          en: `The estimate on ticket ${estimate.ticketNumber} is neither approved nor declined.`,
        },
      }),
    ),
    ...state.unreviewedPenalties.map(
      (penalty): Unfinished => ({
        kind: 'penalty_unreviewed',
        id: penalty.id,
        sentence: {
          ru: `Штраф не проверен: ${penalty.title.ru}.`,
          en: `A penalty is not reviewed: ${penalty.title.en}.`,
        },
      }),
    ),
  ]
}

function monthItems(state: MonthState): Unfinished[] {
  const over = state.today.slice(0, 7) > state.month
  return [
    ...(over
      ? []
      : [
          {
            kind: 'month_not_over' as const,
            id: state.month,
            sentence: {
              ru: `Месяц ${state.month} ещё не закончился.`,
              en: `The month ${state.month} is not over yet.`,
            },
          },
        ]),
    ...(state.previousMonthOpen
      ? [
          {
            kind: 'previous_month_open' as const,
            id: state.month,
            sentence: { ru: 'Предыдущий месяц не закрыт.', en: 'The previous month is not closed.' },
          },
        ]
      : []),
  ]
}
