import type { CalendarView } from '../contract.ts'

export interface MonthDay {
  date: string
  /** Of the month before or after. */
  other: boolean
  windows: CalendarView['windows']
  freezes: CalendarView['freezes']
}

const DAY_MS = 86_400_000

/** The first of a month, `2026-05`, so many months away. */
export function monthAway(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The weeks of a month from Monday to Sunday, each day with what falls on it by the reader's clock. */
export function monthDays(month: string, view: CalendarView | undefined): MonthDay[] {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const first = new Date(year, number - 1, 1)
  const start = new Date(year, number - 1, 1 - ((first.getDay() + 6) % 7))
  const last = new Date(year, number, 0)
  const days = Math.ceil(((last.getTime() - start.getTime()) / DAY_MS + 1) / 7) * 7
  return Array.from({ length: days }, (_, index) => {
    const from = new Date(start.getFullYear(), start.getMonth(), start.getDate() + index)
    const until = new Date(start.getFullYear(), start.getMonth(), start.getDate() + index + 1)
    const meets = (one: { from: string; until: string }) =>
      Date.parse(one.from) < until.getTime() && Date.parse(one.until) > from.getTime()
    return {
      date: dateOf(from),
      other: from.getMonth() !== number - 1,
      windows: view?.windows.filter(meets) ?? [],
      freezes: view?.freezes.filter(meets) ?? [],
    }
  })
}

export function dateOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** From the first day shown to the last, as moments. */
export function spanOf(days: readonly MonthDay[]): { from: string; until: string } {
  const from = new Date(`${days[0]!.date}T00:00:00`)
  const last = new Date(`${days.at(-1)!.date}T00:00:00`)
  return {
    from: from.toISOString(),
    until: new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1).toISOString(),
  }
}
