import { describe, expect, it } from 'vitest'
import type { CalendarView } from '../contract.ts'
import { monthAway, monthDays, spanOf } from './month-days.ts'

const local = (date: string) => new Date(`${date}:00`).toISOString()
const freeze = (from: string, until: string) => ({
  id: 1,
  client: null,
  from: local(from),
  until: local(until),
  reason: 'Праздники',
  allowsEmergency: true,
})

describe('a month of the calendar of changes', () => {
  it('is whole weeks from Monday', () => {
    const days = monthDays('2026-05', undefined)
    expect(days).toHaveLength(35)
    expect(days[0]).toMatchObject({ date: '2026-04-27', other: true })
    expect(days.at(-1)).toMatchObject({ date: '2026-05-31', other: false })
    expect(Date.parse(spanOf(days).until) - Date.parse(spanOf(days).from)).toBe(35 * 86_400_000)
  })

  it('shows a freeze on every day that it touches and on no other', () => {
    const view: CalendarView = { windows: [], freezes: [freeze('2026-05-08T18:00', '2026-05-11T00:00')] }
    const frozen = monthDays('2026-05', view).filter((day) => day.freezes.length > 0)
    expect(frozen.map((day) => day.date)).toEqual(['2026-05-08', '2026-05-09', '2026-05-10'])
  })

  it('goes over the turn of a year', () => {
    expect([monthAway('2026-12', 1), monthAway('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  })
})
