import fc from 'fast-check'
import { clock, days, msk, policy, row, service } from './clocks.fixture.ts'
import type { ClockEvent, ClockEventType } from './events.ts'
import { PAUSE_REASONS, type PolicyVersion } from './policy.ts'

const MINUTE = 60_000
/** Around the moved days of November 2025. */
const BEGIN = msk('2025-10-28T00:00')
const LENGTH_MINUTES = 16 * 1440
/** After the last fact of any random history. */
export const END = BEGIN + (LENGTH_MINUTES + 2000) * MINUTE

const rows = [
  row('P1 incident', { kind: 'incident', priority: 1 }, { reaction: clock(60), resolution: clock(720) }),
  row('P2 incident', { kind: 'incident', priority: 2 }, { reaction: service(240), resolution: days(3) }),
  row(
    'incident',
    { kind: 'incident' },
    { reaction: service(360), nextAnswer: service(120), resolution: days(2) },
    { agreedTerm: true },
  ),
  row('change', { kind: 'change' }, { resolution: service(960) }),
  row('any', {}, { reaction: service(480) }),
]

/** Contract 1 has two versions, contract 2 counts other waits round the clock, contract 3 promises nothing. */
export const TIMELINE: readonly PolicyVersion[] = [
  policy(rows, 'mon-fri-10-18', {}, { code: 'one' }),
  policy(rows.slice(1), 'mon-sat-9-19', {}, { code: 'two', from: BEGIN + 5 * 1440 * MINUTE }),
  policy(rows, '24x7', { pausesCounted: ['vendor', 'agreed_date'] }, { code: 'three', contractId: 2 }),
  policy([], 'mon-fri-10-18', {}, { code: 'none', contractId: 3 }),
]

const priority = fc.integer({ min: 1, max: 4 })
const kind = fc.constantFrom('incident', 'change', 'consultation', null)
const none = fc.constant({})

const DATA: Partial<Record<ClockEventType, fc.Arbitrary<object>>> = {
  entitled: fc.constantFrom({}, { contractId: 2 }),
  answered: fc.constantFrom({}, {}, {}, { byPerson: false }, { public: false }),
  acknowledged: none,
  client_wrote: none,
  paused: fc.constantFrom(...PAUSE_REASONS).map((reason) => ({ reason })),
  resumed: none,
  priority_changed: priority.map((to) => ({ to })),
  work_around: fc.constantFrom({ to: 3 }, { to: 4 }),
  kind_changed: kind.map((to) => ({ to })),
  contract_changed: fc.integer({ min: 1, max: 3 }).map((to) => ({ to })),
  policy_changed: none,
  coupon_spent: none.map(() => ({ reactionMinutes: 60 })),
  agreed_deadline: fc.integer({ min: 0, max: LENGTH_MINUTES * 2 }).map((m) => ({ dueAt: BEGIN + m * MINUTE })),
  solved: none,
  confirmed: none,
  confirm_rejected: fc.constantFrom({}, {}, { of: 'solution' }),
  closed: fc.constantFrom({}, { resolved: false }),
  reopened: none,
  merged: none,
  unmerged: none,
}

/** Histories with any facts in any order, sensible or not; `grainMs` is the step of their times. */
export function histories(types = Object.keys(DATA) as ClockEventType[], grainMs = 1): fc.Arbitrary<ClockEvent[]> {
  const at = fc.integer({ min: 0, max: (LENGTH_MINUTES * MINUTE) / grainMs }).map((steps) => BEGIN + steps * grainMs)
  const opened = fc.record({
    priority,
    kind,
    contractId: fc.constantFrom(1, 1, 1, 1, 2, 2, 3),
    entitlement: fc.constantFrom('covered', 'covered', 'covered', 'waiting'),
    channel: fc.constantFrom('email', 'email', 'monitoring'),
  })
  const later = fc
    .constantFrom(...types)
    .chain((type) => (DATA[type] ?? none).map((data) => ({ type, data }) as Pick<ClockEvent, 'type' | 'data'>))
  return fc
    .tuple(opened, at, fc.array(fc.tuple(at, later), { maxLength: 16, size: 'max' }))
    .map(([data, first, rest]) => {
      const begin = Math.min(first, ...rest.map(([moment]) => moment))
      const events = rest.map(([moment, fact], i) => ({ id: i + 2, at: moment, ...fact }))
      return [{ id: 1, type: 'opened', at: begin, data }, ...events] as ClockEvent[]
    })
}
