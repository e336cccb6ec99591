import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { createPortal } from '@opora/portals/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CoverageAsk, coverageOf } from './index.ts'
import { createContract, terms, withCatalogue } from './testkit.ts'

const AT = Date.parse('2026-03-10T09:00:00Z')
const state = {} as { db: TestDatabase }

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow(AT)
  await withCatalogue(state.db)
})
afterAll(() => state.db.drop())

/** A client with one contact and one portal, asking by mail. */
async function world(client: object = {}) {
  const { owner, staff } = state.db
  const { id: clientId } = await createClient(owner, client)
  const contact = await createContact(owner, clientId)
  const portal = await createPortal(owner, clientId)
  const ask = (overrides: Partial<CoverageAsk> = {}) =>
    coverageOf(staff, {
      clientId,
      portalId: portal.id,
      contactId: contact.id,
      channel: 'email',
      topic: null,
      at: AT,
      ...overrides,
    })
  return { clientId, contact, portal, ask }
}

test('a package covers a request and says which clocks run', async () => {
  const { clientId, ask } = await world()
  const contract = await createContract(state.db, clientId, { packageCode: 'crm-business' })
  expect(await ask()).toMatchObject({
    entitlement: 'covered',
    reason: null,
    flags: [],
    contract: { id: contract.id, number: contract.number, terms: { packageCode: 'crm-business' } },
    slaPolicyCode: 'crm-business',
    slaPolicyVersion: 1,
    calendarCode: 'mon-sat-9-19',
    calendarVersion: 1,
    licenceClass: 'active_licence',
  })
})

test("the portal's own contract comes before the general one", async () => {
  const { clientId, portal, ask } = await world()
  await createContract(state.db, clientId, { packageCode: 'crm-basic', startsOn: '2026-02-01' })
  const own = await createContract(state.db, clientId, { packageCode: 'crm-premium', portalIds: [portal.id] })
  expect((await ask()).contract?.id).toBe(own.id)
  const other = await createPortal(state.db.owner, clientId)
  expect((await ask({ portalId: other.id })).slaPolicyCode).toBe('crm-basic')
})

test('a channel outside the package is taken and flagged, and priority 1 by phone always counts', async () => {
  const { clientId, ask } = await world()
  await createContract(state.db, clientId, { packageCode: 'crm-basic' })
  const phoned = await ask({ channel: 'phone' })
  expect(phoned).toMatchObject({ entitlement: 'covered', flags: [{ code: 'channel_not_included' }] })
  expect(phoned.flags[0]).toMatchObject({ offer: ['email', 'cabinet', 'form', 'portal'] })
  expect((await ask({ channel: 'phone', priority: 1 })).flags).toEqual([])
})

test('who is not authorised waits for the responsible contact; monitoring has nobody to authorise', async () => {
  const { clientId, contact, ask } = await world()
  const stranger = await createContact(state.db.owner, clientId, { status: 'unconfirmed' })
  await createContract(state.db, clientId, { packageCode: 'crm-basic', contactIds: [contact.id] })
  const colleague = await createContact(state.db.owner, clientId)
  for (const contactId of [stranger.id, colleague.id, null]) {
    expect(await ask({ contactId })).toMatchObject({ entitlement: 'waiting', reason: 'contact_not_authorised' })
  }
  expect(await ask({ contactId: null, channel: 'monitoring' })).toMatchObject({ entitlement: 'covered' })
})

test('a contract that ended, has not begun, is suspended or leaves the portal out is told by name', async () => {
  const reasonOf = async (given: object, prepare?: (id: number) => Promise<unknown>) => {
    const { clientId, ask } = await world()
    const contract = await createContract(state.db, clientId, { terms: terms(), ...given })
    await prepare?.(contract.id)
    const answer = await ask()
    expect(answer).toMatchObject({ entitlement: 'not_covered', contract: { id: contract.id } })
    expect(answer.explanation.ru).toContain(contract.number)
    return answer.reason
  }
  const { owner } = state.db
  expect(await reasonOf({ startsOn: '2025-01-01', endsOn: '2026-03-09' })).toBe('contract_ended')
  expect(await reasonOf({ startsOn: '2026-03-11' })).toBe('contract_not_started')
  expect(await reasonOf({ status: 'draft' })).toBe('contract_not_started')
  expect(await reasonOf({ letterUntil: '2026-03-01' })).toBe('letter_expired')
  expect(await reasonOf({}, (id) => owner`update contract set status = 'suspended' where id = ${id}`)).toBe(
    'contract_suspended',
  )
  const { clientId, ask } = await world()
  const other = await createPortal(owner, clientId)
  await createContract(state.db, clientId, { portalIds: [other.id] })
  expect((await ask()).reason).toBe('portal_not_covered')
})

test('the last day of a contract counts in its own zone', async () => {
  const { clientId, ask } = await world()
  await createContract(state.db, clientId, { endsOn: '2026-03-10' })
  expect((await ask({ at: Date.parse('2026-03-10T20:59:59Z') })).entitlement).toBe('covered')
  expect((await ask({ at: Date.parse('2026-03-10T21:00:00Z') })).reason).toBe('contract_ended')
})

test('an excluded topic is not covered', async () => {
  const { clientId, ask } = await world()
  await createContract(state.db, clientId, { packageCode: 'crm-basic' })
  expect(await ask({ topic: 'hosting' })).toMatchObject({ entitlement: 'not_covered', reason: 'topic_excluded' })
})

test('a prospect gets the slowest class, a client without a contract waits for a decision', async () => {
  const prospect = await world({ kind: 'prospect', licenceClass: 'prospect' })
  expect(await prospect.ask({ portalId: null })).toMatchObject({
    entitlement: 'covered',
    reason: 'prospect',
    contract: null,
    slaPolicyCode: 'vendor-licence',
    calendarCode: 'mon-fri-10-19',
    licenceClass: 'prospect',
  })
  const client = await world()
  expect(await client.ask()).toMatchObject({ entitlement: 'not_covered', reason: 'no_contract', slaPolicyCode: null })
})

test('a licence that ended lowers the class and is told', async () => {
  const { clientId, ask } = await world()
  const portal = await createPortal(state.db.owner, clientId, { licenceUntil: '2026-03-09' })
  await createContract(state.db, clientId, { packageCode: 'vendor-licence' })
  expect(await ask({ portalId: portal.id })).toMatchObject({
    entitlement: 'covered',
    licenceClass: 'restricted_licence',
    flags: [{ code: 'licence_expired', until: '2026-03-09' }],
  })
})

test('a version that begins later answers by its date, and the past by the past', async () => {
  const { clientId, ask } = await world()
  const contract = await createContract(state.db, clientId, { packageCode: 'crm-basic' })
  const later = { ...contract.terms, slaPolicyCode: 'crm-business' }
  await state.db.owner`insert into contract_version (client_id, contract_id, valid_from, terms)
    values (${clientId}, ${contract.id}, '2026-03-11', ${state.db.owner.json(later as never)})`
  expect((await ask()).slaPolicyCode).toBe('crm-basic')
  expect((await ask({ at: AT + 86_400_000 })).slaPolicyCode).toBe('crm-business')
})

test('a client sees the coverage of the own company and of no other', async () => {
  const mine = await world()
  const other = await world()
  await createContract(state.db, other.clientId, { packageCode: 'crm-basic' })
  const scope = { as: 'client' as const, clientId: mine.clientId, accountId: 1 }
  const ask = {
    clientId: other.clientId,
    portalId: null,
    contactId: null,
    channel: 'email' as const,
    topic: null,
    at: AT,
  }
  const answer = await state.db.read(scope, (sql) => coverageOf(sql, ask))
  expect(answer).toMatchObject({ reason: 'no_contract', contract: null })
})
