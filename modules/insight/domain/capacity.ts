import type { CivilDate, CivilMonth, Minutes } from '@opora/core'
import { shareOut } from './share-out.ts'

export const LOAD_KINDS = ['reserved', 'planned', 'actual'] as const
export type LoadKind = (typeof LOAD_KINDS)[number]

/** One row behind the plan: minutes of a person (null: of nobody yet) for a client in a week. */
export interface LoadRow {
  kind: LoadKind
  accountId: number | null
  clientId: number
  /** Its Monday. */
  week: CivilDate
  month: CivilMonth
  minutes: Minutes
  contractId: number | null
  ticketId: number | null
}

/** Minutes kept for a contract, a month. */
export interface Reservation {
  accountId: number | null
  clientId: number
  contractId: number
  minutesPerMonth: Minutes
  from: CivilDate
  to: CivilDate | null
}

export interface WeekLoad {
  reservedMinutes: Minutes
  plannedMinutes: Minutes
  actualMinutes: Minutes
  /** What the week asks for: of each client the greater of what is kept for it and what is planned and done. */
  loadMinutes: Minutes
}

const WORKDAYS_IN_WEEK = 5

/** The Monday of a date's week. */
export function mondayOf(date: CivilDate): CivilDate {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

/** A month's reservation over the working days of the month, by week; the weeks of a whole month add up to it. */
export function spreadReservation(reservation: Reservation, month: CivilMonth, days: readonly WorkingDay[]): LoadRow[] {
  const perDay = shareOut(
    reservation.minutesPerMonth,
    days.map(() => 1),
  )
  const weeks = new Map<CivilDate, Minutes>()
  for (const [index, { date, week }] of days.entries()) {
    if (date < reservation.from || (reservation.to !== null && reservation.to < date)) continue
    weeks.set(week, (weeks.get(week) ?? 0) + perDay[index]!)
  }
  const { accountId, clientId, contractId } = reservation
  return [...weeks].map(([week, minutes]) => ({
    kind: 'reserved',
    accountId,
    clientId,
    week,
    month,
    minutes,
    contractId,
    ticketId: null,
  }))
}

export interface WorkingDay {
  date: CivilDate
  /** The Monday of its week. */
  week: CivilDate
}

/** The working days of a month, found once for all that is spread over it. */
export function workingDaysOf(month: CivilMonth, isWorking: (date: CivilDate) => boolean): WorkingDay[] {
  const first = Temporal.PlainYearMonth.from(month)
  return Array.from({ length: first.daysInMonth }, (_, index) => first.toPlainDate({ day: index + 1 }).toString())
    .filter(isWorking)
    .map((date) => ({ date, week: mondayOf(date) }))
}

/** Minutes that a person can be given in a week: holidays take their part of it. */
export function availableMinutes(
  perWeek: Minutes,
  monday: CivilDate,
  isWorking: (date: CivilDate) => boolean,
): Minutes {
  const days = Array.from({ length: 7 }, (_, index) => Temporal.PlainDate.from(monday).add({ days: index }).toString())
  const working = Math.min(days.filter(isWorking).length, WORKDAYS_IN_WEEK)
  return Math.round((perWeek * working) / WORKDAYS_IN_WEEK)
}

/** What rows come to. Work for a client is done in the time that is kept for it, so the two are not added up. */
export function loadOf(rows: readonly LoadRow[]): WeekLoad {
  const sum = (kind: LoadKind, of: readonly LoadRow[]) =>
    of.reduce((total, row) => (row.kind === kind ? total + row.minutes : total), 0)
  const byClient = Map.groupBy(rows, (row) => row.clientId)
  const needs = [...byClient.values()].map((own) =>
    Math.max(sum('reserved', own), sum('planned', own) + sum('actual', own)),
  )
  return {
    reservedMinutes: sum('reserved', rows),
    plannedMinutes: sum('planned', rows),
    actualMinutes: sum('actual', rows),
    loadMinutes: needs.reduce((total, need) => total + need, 0),
  }
}

export type CeilingState = 'ok' | 'near' | 'over'
// A plan warns before the ceiling is reached.
const NEAR_PERCENT = 80

/** How a client's month stands against the ceiling of hours for one client. */
export function ceilingState(needMinutes: Minutes, ceilingMinutes: Minutes): CeilingState {
  if (needMinutes > ceilingMinutes) return 'over'
  return needMinutes * 100 >= ceilingMinutes * NEAR_PERCENT ? 'near' : 'ok'
}
