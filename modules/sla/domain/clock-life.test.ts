import { compileCalendar } from '@opora/calendar'
import { describe, expect, it } from 'vitest'
import { breachAt, latenessOf } from './breach.ts'
import { BOOK, CRM_PREMIUM, clocksAt, days, history, msk, only, policy, row, service, show } from './clocks.fixture.ts'
import { explainClock } from './explain-clock.ts'
import { foldClocks } from './fold.ts'

const plain = policy([row('any', {}, { reaction: service(240), nextAnswer: service(60), resolution: service(960) })])

describe('a promise beyond the last year that calendars know', () => {
  it('is never due, warns of nothing and breaks nobody’s opening', () => {
    const far = policy([
      row('days', { priority: 1 }, { resolution: days(10_000_000) }),
      row('minutes', {}, { resolution: service(1_000_000_000) }),
    ])
    for (const priority of [1, 3]) {
      const told = clocksAt('16:00', far, ['10:00', 'opened', { priority }])
      expect(only(told, 'resolution')).toMatchObject({ state: 'running', dueAt: null, alarms: [], usedMinutes: 360 })
    }
  })
})

describe('an agreed deadline beyond the last year that calendars know', () => {
  it('is never due, and breaks no replay', () => {
    const dueAt = Date.parse('9999-01-01T00:00:00Z')
    const told = clocksAt('16:00', plain, ['10:00', 'opened'], ['11:00', 'agreed_deadline', { dueAt }])
    expect(only(told, 'resolution')).toMatchObject({ state: 'running', dueAt: null, usedMinutes: 360 })
    expect(explainClock(only(told, 'resolution'), BOOK).intervals.length).toBeGreaterThan(0)
  })
})

describe('closing and reopening', () => {
  const solved = [
    ['10:00', 'opened'],
    ['10:30', 'answered'],
    ['12:00', 'solved'],
  ] as const

  it('stop the resolution on entering the confirmation', () => {
    expect(only(clocksAt('16:00', plain, ...solved), 'resolution')).toMatchObject({
      state: 'met',
      usedMinutes: 120,
      metAt: msk('12:00'),
    })
  })

  it('a rejection there means that it never stopped', () => {
    const state = only(clocksAt('16:00', plain, ...solved, ['15:00', 'confirm_rejected']), 'resolution')
    expect(state).toMatchObject({ state: 'running', usedMinutes: 360 })
  })

  it('reopening resumes the clock without the time closed', () => {
    const told = [...solved, ['14:00', 'closed'], ['2026-02-05T11:00', 'reopened']] as const
    const state = only(clocksAt('2026-02-05T12:00', plain, ...told), 'resolution')
    expect(state).toMatchObject({ state: 'running', usedMinutes: 180 })
    expect(
      explainClock(state, BOOK).intervals.map(({ minutes, counted, reason }) => [minutes, counted, reason]),
    ).toEqual([
      [120, true, 'week_hours'],
      [0, false, 'ticket_closed'],
      [60, true, 'week_hours'],
    ])
  })

  it('leave a breach on record', () => {
    const told = [
      ['10:00', 'opened'],
      ['2026-02-05T12:00', 'solved'],
      ['2026-02-05T13:00', 'closed'],
      ['2026-02-06T11:00', 'reopened'],
      ['2026-02-06T11:30', 'priority_changed', { to: 4 }],
    ] as const
    const longer = policy([
      row('P1–3', { priority: [1, 2, 3] }, { resolution: service(960) }),
      row('P4', { priority: 4 }, { resolution: days(20) }),
    ])
    const state = only(clocksAt('2026-02-06T12:00', longer, ...told), 'resolution')
    expect(state).toMatchObject({ state: 'running', rowName: 'P4', breachedAt: msk('2026-02-04T18:00') })
    expect(state.dueAt).toBeGreaterThan(state.asOf)
  })

  it('end what nobody answered as cancelled, and go on with it after a reopening', () => {
    const told = [
      ['10:00', 'opened'],
      ['11:00', 'closed', { resolved: false }],
    ] as const
    expect(clocksAt('12:00', plain, ...told).map((state) => state.state)).toEqual(['cancelled', 'cancelled'])
    const after = clocksAt('15:00', plain, ...told, ['14:00', 'reopened'])
    expect(after.map((state) => [state.state, state.usedMinutes])).toEqual([
      ['running', 120],
      ['running', 120],
    ])
  })

  it('a merge ends the clocks, its undoing lets them run as if nothing had been', () => {
    const told = [
      ['10:00', 'opened'],
      ['11:00', 'merged', { into: 1002 }],
    ] as const
    expect(clocksAt('12:00', plain, ...told).map((state) => state.state)).toEqual(['cancelled', 'cancelled'])
    expect(only(clocksAt('13:00', plain, ...told, ['12:00', 'unmerged']), 'reaction')).toMatchObject({
      state: 'running',
      usedMinutes: 180,
    })
  })
})

describe('a breach', () => {
  const told = [['10:00', 'opened', { priority: 3 }]] as const

  it('is there from the first instant after the deadline', () => {
    const due = msk('14:00')
    const at = (now: number) => only(foldClocks(history(...told), [plain], BOOK, now), 'reaction')
    expect(at(due).breachedAt).toBeNull()
    expect(at(due + 1).breachedAt).toBe(due)
    expect(at(due).alarms.at(-1)).toEqual({ kind: 'breach', at: due + 1 })
    expect([breachAt(at(due), due), breachAt(at(due), due + 1)]).toEqual([null, due])
  })

  it('does not touch an answer given at the deadline itself', () => {
    expect(only(clocksAt('15:00', plain, ...told, ['14:00', 'answered']), 'reaction')).toMatchObject({
      state: 'met',
      breachedAt: null,
    })
    expect(only(clocksAt('15:00', plain, ...told, ['14:01', 'answered']), 'reaction')).toMatchObject({
      state: 'stopped',
      breachedAt: msk('14:00'),
    })
  })

  it('of a raised priority happens at the raising, not before anybody could know', () => {
    const byPriority = policy([
      row('P1', { priority: 1 }, { reaction: service(60) }),
      row('rest', {}, { reaction: service(480) }),
    ])
    const state = only(clocksAt('15:30', byPriority, ...told, ['15:00', 'priority_changed', { to: 1 }]), 'reaction')
    expect(state).toMatchObject({ dueAt: msk('11:00'), breachedAt: msk('15:00'), remainingMinutes: -270 })
  })
})

describe('an agreed deadline', () => {
  it('binds instead of the row, and a later pause moves it', () => {
    const told = [
      ['10:00', 'opened', { priority: 3 }],
      ['11:00', 'agreed_deadline', { dueAt: msk('2026-03-02T15:00') }],
    ] as const
    const state = only(clocksAt('12:00', CRM_PREMIUM, ...told), 'resolution')
    expect(state).toMatchObject({
      mayAgree: true,
      agreedDueAt: msk('2026-03-02T15:00'),
      dueAt: msk('2026-03-02T15:00'),
    })
    const waited = [...told, ['12:00', 'paused', { reason: 'client' }], ['14:00', 'resumed']] as const
    expect(show(only(clocksAt('15:00', CRM_PREMIUM, ...waited), 'resolution').dueAt)).toBe('2026-03-02T17:00')
  })

  it('lapses when another row wins', () => {
    const told = [
      ['10:00', 'opened', { priority: 3 }],
      ['11:00', 'agreed_deadline', { dueAt: msk('2026-03-02T15:00') }],
      ['12:00', 'priority_changed', { to: 1 }],
    ] as const
    expect(only(clocksAt('12:30', CRM_PREMIUM, ...told), 'resolution')).toMatchObject({
      agreedDueAt: null,
      dueAt: msk('22:00'),
    })
  })
})

describe('the present and the past', () => {
  it('leave a ticket on the policy that was in force when it was opened, until a fact says otherwise', () => {
    const later = policy(
      [row('later', {}, { reaction: service(30) })],
      'mon-fri-10-18',
      {},
      { from: msk('11:00'), code: 'v2' },
    )
    const opened = [['10:00', 'opened']] as const
    expect(only(clocksAt('12:00', [plain, later], ...opened), 'reaction').policyCode).toBe('test')
    const changed = only(clocksAt('12:00', [plain, later], ...opened, ['11:30', 'policy_changed']), 'reaction')
    expect(changed).toMatchObject({ policyCode: 'v2', dueAt: msk('10:30'), breachedAt: msk('11:30') })
  })

  it('mark a deadline that rests on an estimated year', () => {
    const state = only(
      clocksAt('2027-12-28T12:00', plain, ['2027-12-28T11:00', 'opened'], ['2027-12-28T11:10', 'answered']),
      'resolution',
    )
    expect(state.estimated).toBe(false)
    const slow = policy([row('any', {}, { resolution: days(5) })])
    expect(only(clocksAt('2027-12-28T12:00', slow, ['2027-12-28T11:00', 'opened']), 'resolution').estimated).toBe(true)
  })

  it('have no deadline under hours that never open, and never loop', () => {
    const book = new Map([...BOOK, ['never', compileCalendar({ zone: 'UTC', week: {}, dayRule: 'every_listed_day' })]])
    const [state] = foldClocks(
      history(['10:00', 'opened']),
      [policy([row('any', {}, { reaction: service(60) })], 'never')],
      book,
      msk('12:00'),
    )
    expect(state).toMatchObject({ state: 'running', dueAt: null, targetMinutes: null, usedMinutes: 0, alarms: [] })
  })
})

describe('penalties', () => {
  const rows = [row('any', {}, { reaction: service(60) })]

  it('know a miss that lies wholly in waiting for the client', () => {
    const missed = (...events: Parameters<typeof clocksAt>[2][]) =>
      latenessOf(only(clocksAt('16:00', policy(rows), ['10:00', 'opened'], ...events), 'reaction'), BOOK)
    expect(missed(['10:30', 'paused', { reason: 'client' }], ['12:00', 'answered'])).toEqual({
      lateMinutes: 60,
      whollyWaitingForClient: true,
    })
    expect(missed(['11:30', 'paused', { reason: 'client' }], ['12:00', 'answered'])).toEqual({
      lateMinutes: 60,
      whollyWaitingForClient: false,
    })
    expect(missed(['10:30', 'answered'])).toBeNull()
  })
})
