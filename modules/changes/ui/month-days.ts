import type { CalendarView } from '../contract.ts'

export interface MonthDay {
  date: string
  /** Of the month before or after. */
  other: boolean
  windows: CalendarView['windows']
  freezes: CalendarView['freezes']
}

const DAY_MS = 86_400_000
const LAST_MS = 1

/** The month, `2026-05`, so many months away. */
export function monthAway(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The civil date that a clock in `zone` shows at a moment. */
export function dateIn(zone: string | undefined, at: number): string {
  return new Intl.DateTimeFormat('sv-SE', zone === undefined ? {} : { timeZone: zone }).format(at)
}

/** The weeks of a month from Monday to Sunday, each day with what falls on it by the clock of `zone`. */
export function monthDays(month: string, zone: string | undefined, view: CalendarView | undefined): MonthDay[] {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const first = Date.UTC(year, number - 1, 1)
  const last = Date.UTC(year, number, 0)
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS
  const days = Math.ceil(((last - start) / DAY_MS + 1) / 7) * 7
  const windows = dated(view?.windows ?? [], zone)
  const freezes = dated(view?.freezes ?? [], zone)
  return Array.from({ length: days }, (_, index) => {
    const date = new Date(start + index * DAY_MS).toISOString().slice(0, 10)
    return { date, other: !date.startsWith(month), windows: on(windows, date), freezes: on(freezes, date) }
  })
}

interface Dated<One> {
  one: One
  first: string
  last: string
}

function dated<One extends { from: string; until: string }>(
  items: readonly One[],
  zone: string | undefined,
): Dated<One>[] {
  return items.map((one) => ({
    one,
    first: dateIn(zone, Date.parse(one.from)),
    last: dateIn(zone, Date.parse(one.until) - LAST_MS),
  }))
}

function on<One>(items: readonly Dated<One>[], date: string): One[] {
  return items.filter((item) => item.first <= date && date <= item.last).map((item) => item.one)
}

/** Moments that hold the days shown in every zone; what lies outside them is left out by day. */
export function spanOf(days: readonly MonthDay[]): { from: string; until: string } {
  return {
    from: new Date(Date.parse(days[0]!.date) - DAY_MS).toISOString(),
    until: new Date(Date.parse(days.at(-1)!.date) + 2 * DAY_MS).toISOString(),
  }
}
