import { type Calendar, compileCalendar, NoOpenTime, READY_CALENDARS } from '@opora/calendar'
import type { Instant } from '@opora/core'
import { countedMs, type Gap, instantAfter } from './counted-time.ts'
import {
  type DutyOption,
  type PickedRow,
  type PolicyVersion,
  type SlaRow,
  type SlaTarget,
  warningsOf,
} from './policy.ts'

/** Compiled calendars by code. */
export type CalendarBook = ReadonlyMap<string, Calendar>

/** What is promised for one clock, and since when. */
export interface Term {
  priority: number
  rowName: string
  rowNameEn: string
  target: SlaTarget
  policyCode: string
  calendarCode: string
  /** The calendar of working days; `null` for other units. */
  dayCalendarCode: string | null
  /** The moment from which this term binds: a breach of it cannot be earlier. */
  since: Instant
  /** A deadline that both sides agreed on, over the row's. */
  agreedDueAt: Instant | null
  mayAgree: boolean
  /** Percents of the time at which it is warned of, as of the version of the policy that it was taken from. */
  warnings: readonly number[]
  policyFrom: Instant
}

/** A term measured from a start: `amountMs` of time in `calendar`. `amountMs` is `null` when there is no such time. */
export interface Basis {
  calendar: Calendar
  start: Instant
  amountMs: number | null
}

/** A special request: what a spent coupon changes. */
export interface CouponEffect {
  calendarCode: string
  reactionMinutes: number
}

const DEFAULT_DAY_CALENDAR = 'ru-working-days'
const ALWAYS = compileCalendar({ ...READY_CALENDARS['24x7'], zone: 'UTC' })
const DUTY_ROW: SlaRow = { name: 'Круглосуточное дежурство', nameEn: 'Duty around the clock', when: {}, targets: {} }
const AGREED_ROW: SlaRow = {
  name: 'Согласованный срок',
  nameEn: 'Agreed deadline',
  when: {},
  targets: {},
  agreedTerm: true,
}
const COUPON_ROW: SlaRow = { name: 'Спецобращение (купон)', nameEn: 'Special request (coupon)', when: {}, targets: {} }

export function calendarOf(book: CalendarBook, code: string): Calendar {
  const calendar = book.get(code)
  if (!calendar) throw new Error(`no calendar with the code ${code}`)
  return calendar
}

export function termOf(picked: PickedRow, policy: PolicyVersion, priority: number, since: Instant): Term {
  const { row, target } = picked
  return {
    priority,
    rowName: row.name,
    rowNameEn: row.nameEn,
    target,
    policyCode: policy.code,
    calendarCode: row.calendarCode ?? policy.calendarCode,
    dayCalendarCode: target.unit === 'working_days' ? (target.dayCalendar ?? DEFAULT_DAY_CALENDAR) : null,
    since,
    agreedDueAt: null,
    mayAgree: row.agreedTerm ?? false,
    warnings: warningsOf(policy.spec),
    policyFrom: policy.from,
  }
}

/** A deadline that both sides agreed on where no row promises anything: minutes by the clock from `origin`. */
export function agreedOnly(origin: Instant, dueAt: Instant): PickedRow {
  const amount = Math.max(1, Math.ceil((dueAt - origin) / 60_000))
  return { row: AGREED_ROW, target: { amount, unit: 'clock_minutes' } }
}

export function isAgreedOnly(term: Term | null): boolean {
  return term?.rowName === AGREED_ROW.name
}

/** The row under the contract's duty option: at its priorities it answers at any hour, unless the table does so sooner. */
export function withDuty(picked: PickedRow | null, duty: DutyOption, priority: number): PickedRow | null {
  if (!duty.priorities.includes(priority)) return picked
  const isSooner = picked?.target.unit === 'clock_minutes' && picked.target.amount <= duty.reactionMinutes
  if (isSooner) return { ...picked, row: { ...picked.row, calendarCode: duty.calendarCode } }
  return {
    row: { ...DUTY_ROW, calendarCode: duty.calendarCode },
    target: { amount: duty.reactionMinutes, unit: 'clock_minutes' },
  }
}

/** The row under a spent coupon: hours around the clock, and an answer within the coupon's minutes at the latest. */
export function withCoupon(picked: PickedRow | null, coupon: CouponEffect, isAnswer: boolean): PickedRow | null {
  const isSooner = picked && picked.target.unit !== 'working_days' && picked.target.amount <= coupon.reactionMinutes
  if (!isAnswer || isSooner) return picked && { ...picked, row: { ...picked.row, calendarCode: coupon.calendarCode } }
  return {
    row: { ...COUPON_ROW, calendarCode: coupon.calendarCode },
    target: { amount: coupon.reactionMinutes, unit: 'clock_minutes' },
  }
}

/** Measures a term from a registration, which counts as made at the next opening. */
export function basisOf(term: Term, origin: Instant, book: CalendarBook): Basis {
  const service = calendarOf(book, term.calendarCode)
  const calendar = countingCalendar(term, book)
  const start = service.nextOpening(origin)
  if (start === null) return { calendar, start: origin, amountMs: null }
  const { amount, unit } = term.target
  if (unit !== 'working_days') return { calendar, start, amountMs: amount * 60_000 }
  const days = calendarOf(book, term.dayCalendarCode ?? DEFAULT_DAY_CALENDAR)
  const due = orNull(() => service.addWorkingDays(origin, amount, days))
  return { calendar, start, amountMs: due === null ? null : calendar.betweenMs(start, due) }
}

/** The calendar in which a term's time runs: the service hours, their working days, or always. */
export function countingCalendar(
  term: Pick<Term, 'target' | 'calendarCode' | 'dayCalendarCode'>,
  book: CalendarBook,
): Calendar {
  if (term.target.unit === 'clock_minutes') return ALWAYS
  const service = calendarOf(book, term.calendarCode)
  return term.dayCalendarCode === null ? service : service.onWorkingDaysOf(calendarOf(book, term.dayCalendarCode))
}

/** The basis of an agreed deadline: as much time as lies before it, less what had not counted up to the agreement. */
export function agreedBasis(basis: Basis, dueAt: Instant, gaps: readonly Gap[], agreedAt: Instant): Basis {
  const known = gaps.map((gap) => ({ from: gap.from, to: gap.to ?? agreedAt }))
  return { ...basis, amountMs: orNull(() => countedMs(basis.calendar, basis.start, dueAt, known)) }
}

/** The deadline; `null` while a pause holds it, or when the calendar has no such time. */
export function dueAtOf(term: Term, basis: Basis, gaps: readonly Gap[]): Instant | null {
  const { calendar, start, amountMs } = basis
  if (amountMs === null) return null
  const due = orNull(() => instantAfter(calendar, start, amountMs, gaps, 'earliest'))
  return due === null || term.agreedDueAt === null ? due : Math.max(due, term.agreedDueAt)
}

/** When a share (0–1) of the term's time has passed; `null` like `dueAtOf`. */
export function shareAt(basis: Basis, share: number, gaps: readonly Gap[]): Instant | null {
  const { calendar, start, amountMs } = basis
  if (amountMs === null) return null
  return orNull(() => instantAfter(calendar, start, Math.round(amountMs * share), gaps, 'latest'))
}

function orNull<Value>(compute: () => Value): Value | null {
  try {
    return compute()
  } catch (error) {
    // what would lie beyond the last year that calendars know is never due
    if (error instanceof NoOpenTime || error instanceof RangeError) return null
    throw error
  }
}
