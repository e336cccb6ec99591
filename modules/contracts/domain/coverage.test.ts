import { expect, test } from 'vitest'
import { type CoverageQuestion, type CoveringContract, coverage, coverageAmong } from './coverage.ts'
import { terms } from './terms.fixture.ts'
import type { EntitlementTerms } from './terms.ts'

function contract(
  overrides: Partial<CoveringContract> = {},
  entitlement: Partial<EntitlementTerms> = {},
): CoveringContract {
  return {
    contractId: 'c1',
    number: '17/26',
    from: '2026-01-01',
    to: '2026-12-31',
    status: 'active',
    letterUntil: null,
    terms: terms({
      entitlement: { ...terms().entitlement, ...entitlement },
      coupon: { perYear: 1, reactionMinutes: 60, channels: ['phone', 'telegram', 'whatsapp', 'max'] },
    }),
    ...overrides,
  }
}

const question: CoverageQuestion = {
  contactId: 'anna',
  portalId: 'crm',
  channel: 'email',
  date: '2026-03-10',
  topic: 'technical_question',
  priority: null,
  couponApplied: false,
}

test('a request by an included channel about a covered portal is covered', () => {
  expect(coverage(contract(), question)).toMatchObject({ state: 'covered', contractId: 'c1' })
})

test('a client of the basic package phones: flagged, and e-mail is offered', () => {
  const answer = coverage(contract(), { ...question, channel: 'phone', priority: 3 })
  expect(answer).toMatchObject({ state: 'flagged', flag: 'channel_not_included', offer: ['email', 'cabinet', 'form'] })
})

test('priority 1 by phone is always taken', () => {
  const answer = coverage(contract(), { ...question, channel: 'phone', priority: 1 })
  expect(answer).toMatchObject({ state: 'covered' })
  expect(answer.explanation.ru).toContain('критическое обращение по телефону принимается всегда')
})

test('a service that the package leaves out is registered, not covered, and told how it can be had', () => {
  const services = [{ service: 'consulting-configuration', allowance: { kind: 'excluded' as const } }]
  const base = contract()
  const basic = { ...base, terms: { ...base.terms!, forms: [{ kind: 'flat' as const, code: 'services', services }] } }
  const answer = coverage(basic, { ...question, service: 'consulting-configuration' })
  expect(answer).toMatchObject({ state: 'not_covered', reason: 'service_not_included', contractId: 'c1' })
  expect(answer.explanation.ru).toContain('её можно заказать отдельно')
  expect(answer.explanation.ru).toContain('зарегистрировано')
  expect(coverage(basic, { ...question, service: 'troubleshooting' })).toMatchObject({ state: 'covered' })
  expect(coverage(basic, question)).toMatchObject({ state: 'covered' })
})

test('a coupon opens phone and messengers', () => {
  const answer = coverage(contract(), { ...question, channel: 'telegram', couponApplied: true })
  expect(answer.state).toBe('covered')
})

test('an employee who is not an authorised contact waits for the responsible one, and is told so', () => {
  const listed = contract({}, { contacts: 'listed', contactIds: ['boris'] })
  const answer = coverage(listed, question)
  expect(answer).toMatchObject({ state: 'waiting', reason: 'contact_not_authorised' })
  expect(answer.explanation.ru).toContain('время пока не отсчитывается')
  expect(coverage(contract(), { ...question, contactId: null }).state).toBe('waiting')
})

test.each<[string, CoveringContract, Partial<CoverageQuestion>, string]>([
  ['after its last day', contract(), { date: '2027-01-01' }, 'contract_ended'],
  ['before its first day', contract(), { date: '2025-12-31' }, 'contract_not_started'],
  ['as a draft', contract({ status: 'draft' }), {}, 'contract_not_started'],
  ['ended early', contract({ status: 'ended' }), {}, 'contract_ended'],
  ['suspended', contract({ status: 'suspended' }), {}, 'contract_suspended'],
  ['on a letter that has expired', contract({ letterUntil: '2026-03-09' }), {}, 'letter_expired'],
  ['about another portal', contract({}, { portals: 'listed', portalIds: ['site'] }), {}, 'portal_not_covered'],
  ['about an excluded topic', contract({}, { excludedTopics: ['hosting'] }), { topic: 'hosting' }, 'topic_excluded'],
])('a contract does not cover %s', (_case, given, asked, reason) => {
  expect(coverage(given, { ...question, ...asked })).toMatchObject({ state: 'not_covered', reason })
})

test('a contract on a letter of guarantee covers to the letter’s last day', () => {
  expect(coverage(contract({ letterUntil: '2026-03-10' }), question).state).toBe('covered')
})

test('a message that does not say which portal it is about is not turned away', () => {
  const listed = contract({}, { portals: 'listed', portalIds: ['site'] })
  expect(coverage(listed, { ...question, portalId: null }).state).toBe('covered')
})

test('of several contracts the one that covers holds the request, the newest among equals', () => {
  const old = contract({ contractId: 'old', from: '2025-01-01' })
  const ended = contract({ contractId: 'ended', to: '2026-02-28' })
  expect(coverageAmong([ended, old, contract()], question)).toMatchObject({ contractId: 'c1' })
  expect(coverageAmong([ended, old], question)).toMatchObject({ state: 'covered', contractId: 'old' })
  expect(coverageAmong([ended], question)).toMatchObject({ reason: 'contract_ended', contractId: 'ended' })
  expect(coverageAmong([], question)).toMatchObject({ state: 'not_covered', reason: 'no_contract', contractId: null })
})
