import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVendorNumber, isVendorOpen, type VendorFacts, vendorObstaclesOf } from './vendor-eligibility.ts'

const cloud: VendorFacts = {
  hosting: 'cloud',
  edition: 'professional',
  activatedOn: null,
  licenceUntil: null,
  portalAdmin: true,
  today: '2026-05-04',
  freeEditions: ['free'],
  boxedDays: 365,
  overridden: false,
}
const boxed: VendorFacts = { ...cloud, hosting: 'boxed', edition: null, activatedOn: '2026-01-10' }

describe('the vendor takes the question', () => {
  it.each<[string, Partial<VendorFacts>, string[]]>([
    ['of a commercial cloud plan', {}, []],
    ['of a plan on its last day', { licenceUntil: '2026-05-04' }, []],
    ['not of a plan that has ended', { licenceUntil: '2026-05-03' }, ['plan_ended']],
    ['not of a free plan', { edition: 'free' }, ['no_commercial_plan']],
    ['not of a plan that nobody noted', { edition: null }, ['no_commercial_plan']],
    ['of nobody but an administrator of the portal', { portalAdmin: false }, ['asker_no_admin']],
    ['not without a portal', { hosting: null, portalAdmin: false }, ['no_portal', 'asker_no_admin']],
    ['not about another system', { hosting: 'other' }, ['other_system']],
  ])('%s', (_tale, change, obstacles) => {
    expect(vendorObstaclesOf({ ...cloud, ...change })).toEqual(obstacles)
  })

  it.each<[string, Partial<VendorFacts>, string[]]>([
    ['activated within the last year', {}, []],
    ['activated on the first day of the last year', { activatedOn: '2025-05-05' }, []],
    ['activated a year ago to the day', { activatedOn: '2025-05-04' }, ['licence_old']],
    ['never activated', { activatedOn: null }, ['licence_old']],
    ['activated long ago and renewed', { activatedOn: '2023-01-01', licenceUntil: '2027-01-01' }, []],
    [
      'activated long ago, its renewal over',
      { activatedOn: '2023-01-01', licenceUntil: '2026-05-03' },
      ['licence_old'],
    ],
  ])('of a boxed licence %s: %o', (_tale, change, obstacles) => {
    expect(vendorObstaclesOf({ ...boxed, ...change })).toEqual(obstacles)
  })

  it('also when an incident manager gave their word, whatever speaks against it', () => {
    const date = fc.option(
      fc.integer({ min: 0, max: 2_000 }).map((days) => Temporal.PlainDate.from('2022-01-01').add({ days }).toString()),
    )
    const world = fc.record({
      hosting: fc.constantFrom('cloud', 'boxed', 'other', null),
      edition: fc.constantFrom('free', 'professional', null),
      activatedOn: date,
      licenceUntil: date,
      portalAdmin: fc.boolean(),
    })
    fc.assert(
      fc.property(world, (change) => {
        const facts = { ...cloud, ...change } as VendorFacts
        expect(isVendorOpen({ ...facts, overridden: true })).toBe(true)
        expect(isVendorOpen(facts)).toBe(vendorObstaclesOf(facts).length === 0)
      }),
    )
  })
})

it('knows a number when it sees one', () => {
  for (const number of ['2148377', 'B24-700317', 'VND 1/2', 'Т-100#3', 'x'])
    expect([number, isVendorNumber(number)]).toEqual([number, true])
  for (const number of ['', ' ', '-1', '<b>1</b>', 'a'.repeat(41), '1\n2', '{number}'])
    expect([number, isVendorNumber(number)]).toEqual([number, false])
})
