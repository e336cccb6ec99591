import { compileCalendar, READY_CALENDARS } from '@opora/calendar'
import { describe, expect, it } from 'vitest'
import { BOOK, clock, clocksAt, days, history, msk, only, policy, row, service, show } from './clocks.fixture.ts'
import { explainClock } from './explain-clock.ts'
import { foldClocks } from './fold.ts'
import type { SlaTarget } from './policy.ts'

const resolution = (target: SlaTarget, calendarCode = 'mon-fri-10-18') =>
  policy([row('all', {}, { resolution: target })], calendarCode)
const openedAt = (moment: string, target: SlaTarget, now = '2027-12-01T00:00') =>
  only(
    foldClocks(
      [{ ...history(['10:00', 'opened'])[0]!, at: Date.parse(moment) } as never],
      [resolution(target)],
      BOOK,
      msk(now),
    ),
    'resolution',
  )

describe('a letter at the last second', () => {
  it('before the New Year’s holidays counts from the first opening after them', () => {
    const last = openedAt('2026-12-31T23:59:59+03:00', service(60))
    expect([show(last.startedAt), show(last.dueAt)]).toEqual(['2027-01-11T10:00', '2027-01-11T11:00'])
    const first = openedAt('2027-01-01T00:00:00+03:00', service(60))
    expect(show(first.dueAt)).toBe('2027-01-11T11:00')
  })

  it('of the hours counts its last second, and the closing moment itself belongs to the next opening', () => {
    expect(openedAt('2026-02-20T17:59:59+03:00', service(1)).dueAt).toBe(Date.parse('2026-02-24T10:00:59+03:00'))
    expect(show(openedAt('2026-02-20T18:00:00+03:00', service(1)).dueAt)).toBe('2026-02-24T10:01')
  })

  it('of a shortened day comes an hour earlier', () => {
    // 30 April 2026 ends at 17:00
    expect(show(openedAt('2026-04-30T16:59:59+03:00', service(0)).startedAt)).toBe('2026-04-30T16:59')
    expect(show(openedAt('2026-04-30T17:00:00+03:00', service(1)).dueAt)).toBe('2026-05-04T10:01')
  })

  it('of a day counts as registered on that day, and a second later on the next working day, for a term of days', () => {
    expect(show(openedAt('2026-02-20T17:59:59+03:00', days(1)).dueAt)).toBe('2026-02-24T18:00')
    expect(show(openedAt('2026-02-20T18:00:00+03:00', days(1)).dueAt)).toBe('2026-02-25T18:00')
  })
})

describe('a year without data', () => {
  it('has its deadlines by the law’s general rules, and says that they are estimated', () => {
    const late = openedAt('2027-12-31T23:59:59+03:00', service(60), '2028-02-01T00:00')
    expect([show(late.dueAt)?.slice(0, 7), late.estimated]).toEqual(['2028-01', true])
    expect(openedAt('2027-12-20T12:00:00+03:00', service(60), '2027-12-21T00:00').estimated).toBe(false)
    // 11 June is the eve of a holiday and ends at 17:00, so that the letter is of Friday
    const far = openedAt('2031-06-11T17:30:00+03:00', days(2), '2031-07-01T00:00')
    expect([show(far.dueAt), far.estimated]).toEqual(['2031-06-17T18:00', true])
  })
})

describe('zones that jump', () => {
  const spans: [zone: string, opened: string, minutes: number, due: string][] = [
    // half an hour forward at 2:00 and back at 2:00
    ['Australia/Lord_Howe', '2026-10-04T01:30:00+10:30', 60, '2026-10-04T03:00:00+11:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:15:00+11:00', 60, '2026-04-05T01:45:00+10:30'],
    // Ramadan takes an hour off the clock and gives it back
    ['Africa/Casablanca', '2026-02-15T02:30:00+01:00', 60, '2026-02-15T02:30:00+00:00'],
    ['Africa/Casablanca', '2026-03-22T01:30:00+00:00', 60, '2026-03-22T03:30:00+01:00'],
    // summer time begins in the night from Saturday to Sunday, at midnight
    ['America/Scoresbysund', '2026-03-28T23:30:00-02:00', 60, '2026-03-29T01:30:00-01:00'],
    ['America/Scoresbysund', '2026-10-24T23:30:00-01:00', 60, '2026-10-24T23:30:00-02:00'],
  ]
  it.each(spans)('in %s an hour from %s is an hour, round the clock', (zone, opened, minutes, due) => {
    const book = new Map([...BOOK, ['zone', compileCalendar({ ...READY_CALENDARS['24x7'], zone })]])
    const version = resolution(service(minutes), 'zone')
    const events = [{ ...history(['10:00', 'opened'])[0]!, at: Date.parse(opened) } as never]
    const state = only(foldClocks(events, [version], book, Date.parse(due)), 'resolution')
    expect(new Date(state.dueAt!).toISOString()).toBe(new Date(due).toISOString())
    expect(explainClock(state, book, state.dueAt!).countedMinutes).toBe(minutes)
  })
})

describe('one policy of several units', () => {
  const MIXED = policy(
    [
      row('P1', { priority: 1 }, { reaction: clock(60), resolution: clock(720) }),
      row('P2', { priority: 2 }, { reaction: service(240), resolution: days(3) }),
      row('others', {}, { reaction: service(480), resolution: service(2_400) }),
    ],
    'mon-fri-10-18',
  )

  it('measures each change of priority from the original start, in the unit of the row that wins, less the pauses', () => {
    const told = [
      ['10:00', 'opened', { priority: 3 }],
      ['11:00', 'paused', { reason: 'client' }],
      ['13:00', 'resumed'],
      ['14:00', 'priority_changed', { to: 2 }],
      ['15:00', 'priority_changed', { to: 1 }],
      ['16:00', 'priority_changed', { to: 3 }],
    ] as const
    const due = (now: string) => show(only(clocksAt(now, MIXED, ...told), 'resolution').dueAt)
    // 40 service hours from Tuesday 10:00 and two of waiting
    expect(due('13:30')).toBe('2026-02-10T12:00')
    // the close of the third working day, moved by two open hours into the next
    expect(due('14:30')).toBe('2026-02-09T12:00')
    // twelve hours by the clock and two of waiting
    expect(due('15:30')).toBe('2026-02-04T00:00')
    expect(due('16:30')).toBe('2026-02-10T12:00')
    const clocks = clocksAt('16:30', MIXED, ...told)
    expect(explainClock(only(clocks, 'resolution'), BOOK).countedMinutes).toBe(only(clocks, 'resolution').usedMinutes)
  })

  it('breaks a promise by the raise itself, at the raise, and keeps the breach when the priority falls again', () => {
    const told = [
      ['2026-02-02T10:00', 'opened', { priority: 3 }],
      ['10:00', 'priority_changed', { to: 1 }],
      ['10:01', 'priority_changed', { to: 3 }],
    ] as const
    const state = only(clocksAt('11:00', MIXED, ...told), 'resolution')
    expect([show(state.breachedAt), state.state, show(state.dueAt)]).toEqual([
      '2026-02-03T10:00',
      'running',
      '2026-02-06T18:00',
    ])
  })
})

describe('a term that was agreed', () => {
  const NEGOTIABLE = policy([row('P3', {}, { resolution: days(10) }, { agreedTerm: true })], '24x7')
  const agree = (at: string, due: string) => [at, 'agreed_deadline', { dueAt: msk(due) }] as const

  it('in the past breaks at the agreement, not before', () => {
    const state = only(
      clocksAt('12:00', NEGOTIABLE, ['10:00', 'opened'], agree('11:00', '2026-02-01T10:00')),
      'resolution',
    )
    expect(state.breachedAt === null || state.breachedAt >= msk('11:00')).toBe(true)
  })

  it('twice is the second, and during a wait moves by what is left of the wait', () => {
    const told = [['10:00', 'opened'], agree('11:00', '2026-02-05T10:00'), agree('12:00', '2026-02-06T10:00')] as const
    expect(show(only(clocksAt('13:00', NEGOTIABLE, ...told), 'resolution').dueAt)).toBe('2026-02-06T10:00')
    const waiting = [
      ['10:00', 'opened'],
      ['11:00', 'paused', { reason: 'client' }],
      agree('12:00', '2026-02-06T10:00'),
      ['14:00', 'resumed'],
    ] as const
    expect(show(only(clocksAt('15:00', NEGOTIABLE, ...waiting), 'resolution').dueAt)).toBe('2026-02-06T12:00')
  })

  it('after the solution changes nothing', () => {
    const told = [['10:00', 'opened'], ['11:00', 'solved'], agree('12:00', '2026-02-01T10:00')] as const
    const state = only(clocksAt('13:00', NEGOTIABLE, ...told), 'resolution')
    expect([state.state, state.agreedDueAt, state.breachedAt]).toEqual(['met', null, null])
  })
})
