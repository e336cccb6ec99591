import { expect, it } from 'vitest'
import { terms } from '../domain/terms.fixture.ts'
import { changedTerms, coveredBy, type PromiseChange, promisedBy } from './version-terms.ts'

const given = terms()
const change = (promised: Partial<PromiseChange>, from = given) =>
  changedTerms(from, {
    monthlyFeeKopecks: null,
    hourKopecks: null,
    beyondBuckets: from.rates.beyondBuckets,
    minutes: {},
    ...coveredBy(from),
    promised: { ...promisedBy(from), ...promised },
  })

it('takes the terms over as they are where nothing was changed', () => {
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
