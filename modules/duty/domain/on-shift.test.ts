import { compileCalendar, READY_CALENDARS, type ReadyCalendarId } from '@opora/calendar'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextShift, onShift, type Shift } from './on-shift.ts'

const ready = new Map(Object.entries(READY_CALENDARS).map(([code, spec]) => [code, compileCalendar(spec)]))
const calendars = (code: string) => ready.get(code) ?? null
const at = (iso: string) => Date.parse(iso)
const person = (id: number, hours: string | null, zone = 'Europe/Moscow'): Shift => ({ id, hours, zone })
const TUESDAY = at('2026-02-03T12:00:00+03:00')
const SUNDAY_NIGHT = at('2026-02-08T03:00:00+03:00')

describe('who is on shift', () => {
  it('is told by one’s own hours, else by the company’s', () => {
    const people = [person(3, '24x7'), person(1, null), person(2, 'mon-sat-9-19'), person(4, 'gone')]
    expect(onShift(people, calendars, TUESDAY).map((one) => one.id)).toEqual([3, 1, 2, 4])
    expect(onShift(people, calendars, SUNDAY_NIGHT).map((one) => one.id)).toEqual([3])
    expect(onShift(people, calendars, at('2026-02-07T12:00:00+03:00')).map((one) => one.id)).toEqual([3, 2])
  })

  it('is told by the clock on the wall of one’s own zone', () => {
    const early = at('2026-02-03T07:00:00+03:00')
    expect(
      onShift([person(1, null), person(2, null, 'Asia/Novosibirsk')], calendars, early).map((one) => one.id),
    ).toEqual([2])
  })

  it('ends with the closing of the hours, and on a holiday nobody is', () => {
    expect(onShift([person(1, null)], calendars, at('2026-02-03T19:00:00+03:00'))).toEqual([])
    expect(onShift([person(1, null)], calendars, at('2026-02-23T12:00:00+03:00'))).toEqual([])
  })

  it('is everybody where no calendar is kept at all', () => {
    expect(onShift([person(1, null), person(2, '24x7')], () => null, SUNDAY_NIGHT)).toHaveLength(2)
  })

  it('never names somebody who is to be disturbed only later, and never leaves out somebody whose hours run', () => {
    const hours = fc.constantFrom<(ReadyCalendarId | null)[]>(
      null,
      ...(Object.keys(READY_CALENDARS) as ReadyCalendarId[]),
    )
    const zone = fc.constantFrom('Europe/Moscow', 'Asia/Omsk', 'America/Scoresbysund', 'Australia/Lord_Howe')
    const people = fc.array(fc.record({ id: fc.integer(), hours, zone }), { maxLength: 6 })
    const moment = fc.integer({ min: at('2025-12-20T00:00Z'), max: at('2026-06-20T00:00Z') })
    fc.assert(
      fc.property(people, moment, (all, t) => {
        const on = onShift(all, calendars, t)
        expect(on).toEqual(all.filter((one) => nextShift(one, calendars, t) <= t))
      }),
      { numRuns: 200 },
    )
  })
})
