import { expect, it } from 'vitest'
import { terms } from '../domain/terms.fixture.ts'
import type { ContractTerms } from '../domain/terms.ts'
import { changedPromises, coveredBy, type PromiseChange, promisedBy } from './version-terms.ts'

const given = terms()
const change = (promised: Partial<PromiseChange>, from: ContractTerms = given): ContractTerms => {
  const { promises: _was, ...rest } = from
  return { ...rest, ...changedPromises(from, { ...promisedBy(from), ...promised }) }
}

it('takes the promises over as they are where nothing was changed', () => {
  expect(change({})).toEqual(given)
})

it('sets policy and hours, duty around the clock, and what waiting for the vendor does', () => {
  const changed = change({ slaPolicyCode: 'crm-premium', calendarCode: '24x7', dutyMinutes: 30, vendorWait: 'stops' })
  expect(changed).toMatchObject({
    slaPolicyCode: 'crm-premium',
    calendarCode: '24x7',
    promises: {
      duty: { priorities: [1, 2], reactionMinutes: 30 },
      pausesCounted: ['client', 'approval', 'payment', 'agreed_date', 'vendor'],
    },
  })
  expect(promisedBy(changed)).toMatchObject({ dutyMinutes: 30, vendorWait: 'stops' })
  expect(change({ dutyMinutes: null, vendorWait: 'policy' }, changed).promises).toBe(undefined)
  expect(change({ vendorWait: 'runs' }, changed).promises?.pausesCounted).not.toContain('vendor')
})

it('covers all of a client, or what is listed', () => {
  const listed = { ...given.entitlement, portals: 'listed' as const, portalIds: ['7', '9'] }
  expect(coveredBy(given)).toEqual({ portals: null, people: null })
  expect(coveredBy({ entitlement: listed })).toEqual({ portals: [7, 9], people: null })
})
