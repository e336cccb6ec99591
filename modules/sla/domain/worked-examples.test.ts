import { describe, expect, it } from 'vitest'
import { BOOK, CRM_PREMIUM, clock, clocksAt, days, only, policy, row, service, show } from './clocks.fixture.ts'
import { explainClock } from './explain-clock.ts'

describe('working time', () => {
  const rows = [row('any', {}, { reaction: service(480) })]

  it('ends a target of eight hours from Friday 31.10.2025 16:00 where each calendar says', () => {
    const due = (calendar: string) =>
      show(only(clocksAt('2025-10-31T16:30', policy(rows, calendar), ['2025-10-31T16:00', 'opened']), 'reaction').dueAt)
    expect(due('mon-fri-10-18')).toBe('2025-11-01T16:00')
    expect(due('mon-sat-9-19')).toBe('2025-11-01T14:00')
    expect(due('24x7')).toBe('2025-11-01T00:00')
  })
})

describe('mixed units in one policy', () => {
  const mixed = policy([
    row('P1', { priority: 1 }, { reaction: clock(60), resolution: clock(720) }),
    row('P2', { priority: 2 }, { reaction: service(240), resolution: days(3) }),
  ])
  const dues = (priority: number) =>
    clocksAt('17:40', mixed, ['17:30', 'opened', { priority }]).map(({ metric, rowName, dueAt }) => [
      metric,
      rowName,
      show(dueAt),
    ])

  it('run by the clock at priority 1', () => {
    expect(dues(1)).toEqual([
      ['reaction', 'P1', '2026-02-03T18:30'],
      ['resolution', 'P1', '2026-02-04T05:30'],
    ])
  })

  it('run in service hours and working days at priority 2', () => {
    expect(dues(2)).toEqual([
      ['reaction', 'P2', '2026-02-04T13:30'],
      ['resolution', 'P2', '2026-02-06T18:00'],
    ])
  })

  it('are each measured from the original start when the priority changes', () => {
    const raised = clocksAt(
      '18:10',
      mixed,
      ['17:30', 'opened', { priority: 2 }],
      ['18:00', 'priority_changed', { from: 2, to: 1 }],
    )
    expect(show(only(raised, 'resolution').dueAt)).toBe('2026-02-04T05:30')
    expect(show(only(raised, 'reaction').dueAt)).toBe('2026-02-03T18:30')
  })
})

describe('a work-around', () => {
  const begin = [
    ['09:00', 'opened', { priority: 1 }],
    ['09:30', 'answered'],
    ['15:00', 'work_around', { from: 1, to: 3 }],
  ] as const

  it('meets priority 1 at 6 h of 12 and starts ten working days from that moment', () => {
    const [, first, second] = clocksAt('15:30', CRM_PREMIUM, ...begin)
    expect(first).toMatchObject({
      metric: 'resolution',
      seq: 1,
      state: 'met',
      usedMinutes: 360,
      targetMinutes: 720,
      rowName: 'Incident P1',
    })
    expect(second).toMatchObject({
      metric: 'resolution',
      seq: 2,
      state: 'running',
      usedMinutes: 30,
      rowName: 'Incident P3',
    })
    expect([show(second?.startedAt ?? null), show(second?.dueAt ?? null)]).toEqual([
      '2026-02-03T15:00',
      '2026-02-18T00:00',
    ])
  })

  it('that the client rejects leaves the first clock at 7 h without a gap, and both facts in the explanation', () => {
    const [, first, second] = clocksAt('16:00', CRM_PREMIUM, ...begin, ['16:00', 'confirm_rejected'])
    expect(first).toMatchObject({ seq: 1, state: 'running', priority: 1, usedMinutes: 420, remainingMinutes: 300 })
    expect(show(first?.dueAt ?? null)).toBe('2026-02-03T21:00')
    expect(second).toMatchObject({ seq: 2, state: 'cancelled', endedBy: 'work_around_rejected' })
    const told = explainClock(first!, BOOK)
    expect(told.intervals).toEqual([
      { from: first!.startedAt, to: first!.asOf, counted: true, minutes: 420, reason: 'clock_time', params: {} },
    ])
    expect(told.facts.map((fact) => fact.code)).toEqual(['target_set', 'work_around', 'work_around_rejected'])
  })

  it('is rejected in the same way when it went through testing to the client', () => {
    const [, first, second] = clocksAt(
      '16:00',
      CRM_PREMIUM,
      ...begin,
      ['15:40', 'solved'],
      ['16:00', 'confirm_rejected'],
    )
    expect(first).toMatchObject({ state: 'running', usedMinutes: 420, priority: 1 })
    expect(second).toMatchObject({ state: 'cancelled' })
  })

  it('that was accepted stays met when the later solution is rejected', () => {
    const [, first, second] = clocksAt(
      '2026-02-05T12:00',
      CRM_PREMIUM,
      ...begin,
      ['15:40', 'confirmed'],
      ['2026-02-05T10:00', 'solved'],
      ['2026-02-05T11:00', 'confirm_rejected'],
    )
    expect(first).toMatchObject({ state: 'met', usedMinutes: 360 })
    expect(second).toMatchObject({ state: 'running', priority: 3 })
  })

  it('breaches the first clock when its deadline passed before the rejection', () => {
    const [, first] = clocksAt('22:30', CRM_PREMIUM, ...begin, ['22:00', 'confirm_rejected'])
    expect(first).toMatchObject({ state: 'running', remainingMinutes: -90 })
    expect(show(first?.breachedAt ?? null)).toBe('2026-02-03T21:00')
  })
})

describe('a coupon', () => {
  it('used on Sunday at 03:00 by a Monday–Friday client makes the reaction due at 04:00', () => {
    const licence = policy(
      [row('Active licence', { licenceClass: 'active_licence' }, { reaction: service(360) })],
      'mon-fri-10-19',
    )
    const reaction = only(
      clocksAt(
        '2026-02-08T03:10',
        licence,
        ['2026-02-08T03:00', 'opened', { licenceClass: 'active_licence' }],
        ['2026-02-08T03:00', 'coupon_spent', { reactionMinutes: 60 }],
      ),
      'reaction',
    )
    expect(show(reaction.dueAt)).toBe('2026-02-08T04:00')
    expect(reaction).toMatchObject({ calendarCode: '24x7', usedMinutes: 10, rowNameEn: 'Special request (coupon)' })
  })

  it('leaves a quicker promise alone', () => {
    const quick = policy([row('any', {}, { reaction: service(30), resolution: service(600) })])
    const clocks = clocksAt(
      '2026-02-08T03:10',
      quick,
      ['2026-02-08T03:00', 'opened'],
      ['2026-02-08T03:00', 'coupon_spent', { reactionMinutes: 60 }],
    )
    expect(clocks.map(({ metric, dueAt }) => [metric, show(dueAt)])).toEqual([
      ['reaction', '2026-02-08T03:30'],
      ['resolution', '2026-02-08T13:00'],
    ])
  })
})

describe('entitlement', () => {
  it('starts no clock for an asker who waits for confirmation, and starts them at the confirmation', () => {
    const asked = ['2026-02-03T11:00', 'opened', { entitlement: 'waiting' }] as const
    expect(clocksAt('2026-02-04T12:00', CRM_PREMIUM, asked)).toEqual([])
    const reaction = only(
      clocksAt('2026-02-04T13:30', CRM_PREMIUM, asked, ['2026-02-04T13:00', 'entitled']),
      'reaction',
    )
    expect([show(reaction.startedAt), show(reaction.dueAt)]).toEqual(['2026-02-04T13:00', '2026-02-04T19:00'])
  })

  it('takes an answer given meanwhile for the reaction', () => {
    const clocks = clocksAt(
      '2026-02-04T13:30',
      CRM_PREMIUM,
      ['2026-02-03T11:00', 'opened', { entitlement: 'waiting' }],
      ['2026-02-03T11:20', 'answered'],
      ['2026-02-04T13:00', 'entitled', { contractId: 1 }],
    )
    expect(only(clocks, 'reaction')).toMatchObject({ state: 'met', usedMinutes: 0 })
  })
})

describe('a vendor', () => {
  const waits = [
    ['10:00', 'opened'],
    ['11:00', 'paused', { reason: 'vendor' }],
  ] as const
  const rows = [row('any', {}, { reaction: service(60), resolution: service(480) })]

  it('stops the resolution only where the contract says so', () => {
    expect(only(clocksAt('12:00', policy(rows), ...waits), 'resolution')).toMatchObject({
      state: 'running',
      usedMinutes: 120,
    })
    const counted = policy(rows, 'mon-fri-10-18', { pausesCounted: ['vendor'] })
    expect(only(clocksAt('12:00', counted, ...waits), 'resolution')).toMatchObject({
      state: 'paused',
      pauseReason: 'vendor',
      usedMinutes: 60,
      dueAt: null,
    })
  })

  it('never stops the reaction', () => {
    const counted = policy(rows, 'mon-fri-10-18', { pausesCounted: ['vendor'] })
    expect(only(clocksAt('12:00', counted, ...waits), 'reaction')).toMatchObject({ state: 'running', usedMinutes: 120 })
  })
})

describe('monitoring', () => {
  it('makes the acknowledgement the reaction', () => {
    const alarm = policy([row('any', {}, { reaction: service(15) })], '24x7')
    const reaction = only(
      clocksAt('02:30', alarm, ['02:00', 'opened', { channel: 'monitoring' }], ['02:12', 'acknowledged']),
      'reaction',
    )
    expect(reaction).toMatchObject({ state: 'met', usedMinutes: 12 })
  })
})

describe('conversion', () => {
  it('from incident to change and back keeps the original start', () => {
    const changes = [
      ['10:00', 'opened', { priority: 2 }],
      ['11:00', 'kind_changed', { from: 'incident', to: 'change' }],
    ] as const
    expect(only(clocksAt('11:30', CRM_PREMIUM, ...changes), 'resolution').state).toBe('cancelled')
    const back = only(
      clocksAt('12:30', CRM_PREMIUM, ...changes, ['12:00', 'kind_changed', { to: 'incident' }]),
      'resolution',
    )
    expect(back).toMatchObject({ state: 'running', usedMinutes: 150, rowName: 'Incident P2' })
    expect(show(back.dueAt)).toBe('2026-02-07T00:00')
  })
})
