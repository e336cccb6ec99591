import { describe, expect, it } from 'vitest'
import type { CalendarView } from '../contract.ts'
import { dateIn, monthAway, monthDays, spanOf } from './month-days.ts'

const ZONE = 'Europe/Moscow'
const freeze = (from: string, until: string) => ({
  id: 1,
  client: null,
  from: `${from}:00+03:00`,
  until: `${until}:00+03:00`,
  reason: 'Праздники',
  allowsEmergency: true,
})
const frozen = (zone: string, from: string, until: string) => {
  const view: CalendarView = { windows: [], freezes: [freeze(from, until)] }
  return monthDays('2026-05', zone, view)
    .filter((day) => day.freezes.length > 0)
    .map((day) => day.date)
}

describe('a month of the calendar of changes', () => {
  it('is whole weeks from Monday', () => {
    const days = monthDays('2026-05', ZONE, undefined)
    expect(days).toHaveLength(35)
    expect(days[0]).toMatchObject({ date: '2026-04-27', other: true })
    expect(days.at(-1)).toMatchObject({ date: '2026-05-31', other: false })
    expect(spanOf(days)).toEqual({ from: '2026-04-26T00:00:00.000Z', until: '2026-06-02T00:00:00.000Z' })
  })

  it('shows a freeze on every day that it touches and on no other', () => {
    expect(frozen(ZONE, '2026-05-08T18:00', '2026-05-11T00:00')).toEqual(['2026-05-08', '2026-05-09', '2026-05-10'])
  })

  it('counts days by the reader’s clock, wherever the browser is', () => {
    expect(frozen(ZONE, '2026-05-12T01:30', '2026-05-12T03:30')).toEqual(['2026-05-12'])
    expect(frozen('UTC', '2026-05-12T01:30', '2026-05-12T03:30')).toEqual(['2026-05-11', '2026-05-12'])
    expect(dateIn('Asia/Vladivostok', Date.UTC(2026, 4, 31, 20))).toBe('2026-06-01')
  })

  it('goes over the turn of a year', () => {
    expect([monthAway('2026-12', 1), monthAway('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  })
})
