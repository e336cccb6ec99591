import { describe, expect, it } from 'vitest'
import {
  CRM_BASIC,
  CRM_BUSINESS,
  CRM_PREMIUM,
  clock,
  clocksAt,
  only,
  policy,
  row,
  service,
  show,
} from './clocks.fixture.ts'
import { countsPause, pickRow, type RowFacts, resolvesByLowering, versionInForce } from './policy.ts'

const facts: RowFacts = {
  client: '7',
  portal: '3',
  portalType: 'boxed',
  topic: 'technical',
  kind: 'incident',
  licenceClass: 'partner',
  priority: 2,
}

describe('the winning row', () => {
  const named = (...rows: ReturnType<typeof row>[]) => pickRow(policy(rows).spec, 'reaction', facts)?.row.name
  const target = { reaction: service(60) }

  it('is the most specific: client, portal, topic, kind, licence class, priority', () => {
    const ladder = [
      row('any', {}, target),
      row('priority', { priority: 2 }, target),
      row('class', { licenceClass: 'partner' }, target),
      row('kind', { kind: 'incident' }, target),
      row('topic', { topic: 'technical' }, target),
      row('portal type', { portalType: 'boxed' }, target),
      row('portal', { portal: '3' }, target),
      row('client', { client: '7' }, target),
    ]
    for (let length = 1; length <= ladder.length; length++) {
      const rows = ladder.slice(0, length)
      expect(named(...rows)).toBe(rows.at(-1)?.name)
      expect(named(...[...rows].reverse())).toBe(rows.at(-1)?.name)
    }
  })

  it('prefers one binding of a higher rank to many of lower ones', () => {
    expect(
      named(
        row('many', { kind: 'incident', licenceClass: 'partner', priority: 2 }, target),
        row('portal', { portal: '3' }, target),
      ),
    ).toBe('portal')
  })

  it('takes more bindings where the first are equal, and the first of equals', () => {
    expect(
      named(
        row('kind', { kind: 'incident' }, target),
        row('kind and priority', { kind: 'incident', priority: 2 }, target),
      ),
    ).toBe('kind and priority')
    expect(named(row('first', { priority: 2 }, target), row('second', { priority: [1, 2] }, target))).toBe('first')
  })

  it('is sought for each metric apart, among the rows that promise something for it', () => {
    const spec = policy([
      row('kind', { kind: 'incident' }, { resolution: service(600) }),
      row('any', {}, { reaction: service(60), nextAnswer: service(90) }),
    ]).spec
    const names = (['reaction', 'next_answer', 'resolution'] as const).map(
      (metric) => pickRow(spec, metric, facts)?.row.name,
    )
    expect(names).toEqual(['any', 'any', 'kind'])
    expect(pickRow(spec, 'resolution', { ...facts, kind: 'consultation' })).toBeNull()
  })

  it('gives an asker who is not identified the rows for everybody, else the slowest class', () => {
    const classes = [
      row('active', { licenceClass: 'active_licence' }, { reaction: service(360) }),
      row('restricted', { licenceClass: 'restricted_licence' }, { reaction: service(1440) }),
      row('cluster', { licenceClass: 'enterprise' }, { reaction: service(120) }),
    ]
    const unknown = { ...facts, licenceClass: null }
    expect(pickRow(policy(classes).spec, 'reaction', unknown)?.row.name).toBe('restricted')
    expect(pickRow(policy([...classes, row('everybody', {}, target)]).spec, 'reaction', unknown)?.row.name).toBe(
      'everybody',
    )
  })
})

describe('a policy version', () => {
  const first = policy([], 'mon-fri-10-18', {}, { code: 'a', from: 100 })
  const second = policy([], 'mon-fri-10-18', {}, { code: 'b', from: 200 })
  const foreign = policy([], 'mon-fri-10-18', {}, { code: 'c', from: 0, contractId: 2 })

  it('is in force from its moment until the next, the first also before it', () => {
    const at = (moment: number) => versionInForce([second, foreign, first], 1, moment)?.code
    expect([at(50), at(100), at(199), at(200), at(999)]).toEqual(['a', 'a', 'a', 'b', 'b'])
    expect(versionInForce([first], 9, 100)).toBeNull()
  })

  it('names the waits that stop clocks and the priorities that a work-around resolves', () => {
    const spec = policy([], '24x7', { pausesCounted: ['agreed_date', 'vendor'] }).spec
    expect([countsPause(spec, 'date'), countsPause(spec, 'vendor'), countsPause(spec, 'client')]).toEqual([
      true,
      true,
      false,
    ])
    expect([resolvesByLowering(spec, 1, 3), resolvesByLowering(spec, 1, 2), resolvesByLowering(spec, 3, 4)]).toEqual([
      true,
      false,
      false,
    ])
    expect(resolvesByLowering({ ...spec, resolvedByLowering: { from: [], to: [] } }, 1, 3)).toBe(false)
  })
})

describe('real tables', () => {
  // Registered on Tuesday 3 February 2026, 10:30 Moscow.
  const due = (version: typeof CRM_BASIC, priority: number, rest: Record<string, unknown> = {}) => {
    const clocks = clocksAt('10:40', version, ['10:30', 'opened', { priority, ...rest }])
    return clocks.map(({ dueAt }) => show(dueAt)?.slice(5))
  }

  it('A: Basic, 24 and 48 service hours of Monday–Friday 10–18', () => {
    expect([1, 2, 3, 4].map((priority) => due(CRM_BASIC, priority))).toEqual([
      ['02-06T10:30'],
      ['02-11T10:30'],
      ['02-11T10:30'],
      ['02-11T10:30'],
    ])
  })

  it('A: Business, 4 and 24 service hours of Monday–Saturday 9–19', () => {
    expect([1, 2].map((priority) => due(CRM_BUSINESS, priority))).toEqual([['02-03T14:30'], ['02-05T14:30']])
  })

  it('A: Premium, the incident table over the general promise', () => {
    expect([1, 2, 3, 4].map((priority) => due(CRM_PREMIUM, priority))).toEqual([
      ['02-03T11:30', '02-03T22:30'],
      ['02-03T14:30', '02-07T00:00'],
      ['02-03T16:30', '02-18T00:00'],
      ['02-03T16:30', '03-05T00:00'],
    ])
    expect([1, 3].map((priority) => due(CRM_PREMIUM, priority, { kind: 'consultation' }))).toEqual([
      ['02-03T11:30'],
      ['02-03T14:30'],
    ])
  })

  it('B: integrator packages', () => {
    const all = (minutes: number, calendar: string) =>
      policy([row('all', {}, { reaction: service(minutes) })], calendar)
    expect(due(all(240, 'mon-fri-10-19'), 3)).toEqual(['02-03T14:30'])
    expect(due(all(120, 'mon-fri-8-20'), 3)).toEqual(['02-03T12:30'])
    expect(due(all(30, '24x7'), 3)).toEqual(['02-03T11:00'])
  })

  it('C: by licence class, Monday–Friday 10–19', () => {
    const hours = { active_licence: 6, restricted_licence: 24, prospect: 24, partner: 5, enterprise: 2 }
    const licence = policy(
      Object.entries(hours).map(([name, amount]) =>
        row(name, { licenceClass: name }, { reaction: service(amount * 60) }),
      ),
      'mon-fri-10-19',
    )
    const dues = Object.keys(hours).map((licenceClass) => due(licence, 3, { licenceClass })[0])
    expect(dues).toEqual(['02-03T16:30', '02-05T16:30', '02-05T16:30', '02-03T15:30', '02-03T12:30'])
    expect(due(licence, 3, { licenceClass: null })).toEqual(['02-05T16:30'])
  })

  it('D: duty around the clock beside working hours', () => {
    const duty = policy([
      row('duty', { priority: 1 }, { reaction: clock(60) }, { calendarCode: '24x7' }),
      row('day', {}, { reaction: service(240) }),
    ])
    const sunday = (priority: number) =>
      show(only(clocksAt('2026-02-08T03:10', duty, ['2026-02-08T03:00', 'opened', { priority }]), 'reaction').dueAt)
    expect([sunday(1), sunday(3)]).toEqual(['2026-02-08T04:00', '2026-02-09T14:00'])
  })

  it('E: by portal type', () => {
    const types = policy([
      row('cloud', { portalType: 'cloud' }, { reaction: service(240) }),
      row('boxed', { portalType: 'boxed' }, { reaction: service(120) }),
      row('individual', { portal: '77' }, { reaction: service(60) }),
    ])
    expect(due(types, 3, { portalType: 'cloud' })).toEqual(['02-03T14:30'])
    expect(due(types, 3, { portalType: 'boxed', portalId: 5 })).toEqual(['02-03T12:30'])
    expect(due(types, 3, { portalType: 'boxed', portalId: 77 })).toEqual(['02-03T11:30'])
  })
})
