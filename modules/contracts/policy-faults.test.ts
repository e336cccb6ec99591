import { expect, test } from 'vitest'
import { SLA_POLICIES } from './catalogue/sla-policies.ts'
import { slaSpec } from './contract.ts'
import { policyFaults } from './policy-faults.ts'

const CALENDARS = new Set(['24x7', 'mon-fri-10-18', 'mon-fri-10-19', 'mon-sat-9-19', 'ru-working-days'])
const reaction = { reaction: { amount: 60, unit: 'clock_minutes' } }
const row = (when: object, targets: object = reaction) => ({ name: 'a', nameEn: 'a', when, targets })
const fields = (rest: object) =>
  policyFaults(slaSpec.parse({ rows: [], pausesCounted: [], ...rest }), CALENDARS).map((fault) => fault.field)
const ofRows = (...rows: object[]) => fields({ rows })

test('rows of equal weight that speak for the same ticket are refused, however their values are written', () => {
  expect(ofRows(row({ priority: 1 }), row({ priority: [1] }))).toEqual(['spec.rows.1.when'])
  expect(ofRows(row({ priority: [1, 2] }), row({ priority: [2, 1] }))).toEqual(['spec.rows.1.when'])
  expect(ofRows(row({ priority: [1, 2] }), row({ priority: [2, 3] }))).toEqual(['spec.rows.1.when'])
  expect(ofRows(row({}), row({}))).toEqual(['spec.rows.1.when'])
})

test('rows that differ in weight, in tickets or in what they promise stand beside each other', () => {
  expect(ofRows(row({ priority: 1 }), row({ kind: 'incident' }), row({}))).toEqual([])
  expect(ofRows(row({ priority: 1, topic: 'mail' }), row({ priority: 1, topic: 'crm' }))).toEqual([])
  const resolution = { resolution: { amount: 60, unit: 'clock_minutes' } }
  expect(ofRows(row({ priority: [1, 2] }), row({ priority: [2, 3] }, resolution))).toEqual([])
})

test('a step of the ladder that could never be taken is refused, and one that concerns nobody', () => {
  const step = (at: string, rest: object = { act: 'notify', to: 'im' }) => ({ at, ...rest })
  expect(fields({ ladder: [step('warn75'), step('breach')] })).toEqual([])
  expect(fields({ ladder: [step('warn80')] })).toEqual(['spec.ladder.0.at'])
  expect(fields({ warnings: [80], ladder: [step('warn80'), step('warn75')] })).toEqual(['spec.ladder.1.at'])
  expect(fields({ ladder: [step('breach', { act: 'page' })] })).toEqual(['spec.ladder.0.to'])
  expect(fields({ ladder: [step('breach', { act: 'raise', to: 'im' })] })).toEqual(['spec.ladder.0.to'])
})

test('a share of warning is a whole percent between 1 and 99', () => {
  const parses = (rest: object) => slaSpec.safeParse({ rows: [], pausesCounted: [], ...rest }).success
  expect([[0], [100], [12.5], ['50']].map((warnings) => parses({ warnings }))).toEqual([false, false, false, false])
  expect(parses({ warnings: [] })).toBe(true)
  expect(parses({ ladder: [{ at: 'later', act: 'raise' }] })).toBe(false)
  expect(fields({ ladder: [{ at: 'warn07', act: 'raise' }] })).toEqual(['spec.ladder.0.at'])
})

test.each(SLA_POLICIES.map((policy) => [policy.code, policy.spec] as const))(
  '%s, which ships, has no fault',
  (_code, spec) => {
    const named = new Set([...CALENDARS, ...spec.rows.flatMap((one) => one.calendarCode ?? [])])
    expect(policyFaults(slaSpec.parse(spec), named)).toEqual([])
  },
)
