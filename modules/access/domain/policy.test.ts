import { expect, test } from 'vitest'
import { type Actor, systemActor } from './actor.ts'
import { type Action, actions, can, mayEver, policy } from './policy.ts'
import { type Role, roleCodes, roles } from './roles.ts'

const person = (...held: Role[]): Actor => ({
  ...systemActor(),
  side: 'staff',
  accountId: 1,
  roles: held,
  clientIds: [10],
})
const contactOf = (change: Partial<NonNullable<Actor['contact']>> = {}): Actor => ({
  ...systemActor(),
  side: 'client',
  accountId: 2,
  contact: {
    id: 5,
    clientId: 10,
    scope: 'own',
    department: 'склад',
    responsible: false,
    portalAdmin: false,
    ...change,
  },
})
const mayAll = (actor: Actor, ...wanted: Action[]) => wanted.filter((action) => mayEver(actor, action))

test('an administrator’s role alone opens no ticket and no money', () => {
  const admin = person('ad')
  const closed = actions.filter((action) =>
    /^(ticket|message|attachment|ledger|balance|price|contract|time|estimate|report)\./.test(action),
  )
  // asking to break the glass opens nothing by itself
  expect(mayAll(admin, ...closed)).toEqual(['ticket.break_glass'])
  expect(mayAll(admin, 'staff.change', 'role.change', 'settings.change', 'audit.read')).toHaveLength(4)
})

test('a broken glass lets an administrator read the tickets it was broken for, and do nothing to them', () => {
  const admin = { ...person('ad'), brokeGlass: true }
  const opened = { clientId: 10, openedForAccountIds: [1] }
  const reading: Action[] = ['ticket.read', 'ticket.text', 'ticket.history', 'attachment.read']
  expect(reading.filter((action) => can(admin, action, opened))).toEqual(reading)
  expect(reading.filter((action) => can(admin, action, { clientId: 10, openedForAccountIds: [2] }))).toEqual([])
  expect(reading.filter((action) => can(person('ad'), action, opened))).toEqual([])
  const others = actions.filter((action) => /^(ticket|message|attachment)\./.test(action) && !reading.includes(action))
  expect(others.filter((action) => can(admin, action, opened))).toEqual(['ticket.break_glass'])
})

test('those who work on tickets never see money', () => {
  const money: Action[] = [
    'ledger.read',
    'ledger.correct',
    'price.read',
    'balance.read',
    'contract.read',
    'report.read',
    'period.close',
  ]
  for (const role of ['l1', 'im', 'qa', 'it', 'dev', 'an', 'rb', 'in'] as const)
    expect(mayAll(person(role), ...money)).toEqual([])
})

test('finance and director read of all clients, an account manager of the ones served', () => {
  const foreign = { clientId: 11 }
  expect(can(person('fi'), 'ledger.read', foreign)).toBe(true)
  expect(can(person('di'), 'ticket.read', foreign)).toBe(true)
  expect(can(person('am'), 'ledger.read', foreign)).toBe(false)
  expect(can(person('am'), 'ledger.read', { clientId: 10 })).toBe(true)
  expect(can({ ...person('am'), clientIds: null }, 'ledger.read', foreign)).toBe(true)
})

test('finance sees a ticket’s head, never its text', () => {
  expect(mayAll(person('fi'), 'ticket.read', 'ticket.text', 'attachment.read', 'message.reply')).toEqual([
    'ticket.read',
  ])
})

test('a contact reaches own things, and what the scope on the contact adds', () => {
  const own = { clientId: 10, contactId: 5 }
  const colleague = { clientId: 10, contactId: 6, department: 'склад' }
  const other = { clientId: 10, contactId: 7, department: 'офис' }
  const foreign = { clientId: 11, contactId: 5000, department: 'склад' }
  const reach = (actor: Actor) => [own, colleague, other, foreign].map((row) => can(actor, 'ticket.read', row))
  expect(reach(contactOf())).toEqual([true, false, false, false])
  expect(reach(contactOf({ scope: 'department' }))).toEqual([true, true, false, false])
  expect(reach(contactOf({ scope: 'all' }))).toEqual([true, true, true, false])
  expect(reach(contactOf({ responsible: true }))).toEqual([true, true, true, false])
  expect(reach(contactOf({ scope: 'finance' }))).toEqual([true, false, false, false])
})

test('the scope «finance» opens the client’s money and no ticket of others; only the responsible contact decides', () => {
  const row = { clientId: 10, contactId: 6 }
  expect(can(contactOf({ scope: 'finance' }), 'ledger.read', row)).toBe(true)
  expect(can(contactOf({ scope: 'finance' }), 'ticket.text', row)).toBe(false)
  expect(can(contactOf({ scope: 'finance' }), 'estimate.decide', row)).toBe(false)
  expect(can(contactOf({ scope: 'all' }), 'estimate.decide', row)).toBe(false)
  expect(can(contactOf({ responsible: true }), 'estimate.decide', row)).toBe(true)
})

test('a partner reaches only what was passed, one by one', () => {
  const partner: Actor = { ...person('in'), side: 'partner', clientIds: [] }
  expect(can(partner, 'ticket.read', { clientId: 10, sharedWithAccountIds: [1] })).toBe(true)
  expect(can(partner, 'ticket.read', { clientId: 10, sharedWithAccountIds: [2] })).toBe(false)
})

test('a role named in a contact’s account gives nothing: a contact’s rights come from the contact', () => {
  expect(mayAll({ ...contactOf(), roles: ['ad', 'di'] }, 'staff.change', 'audit.read', 'ledger.read')).toEqual([
    'audit.read',
  ])
})

test('a token narrows to its scopes and widens nothing', () => {
  const token = (...scopes: string[]): Actor => ({ ...person('im'), tokenScopes: scopes })
  expect(actions.filter((action) => mayEver(token(), action))).toEqual([])
  expect(mayAll(token('ticket.read'), 'ticket.read', 'ticket.text')).toEqual(['ticket.read'])
  expect(mayAll(token('ticket.*', 'ledger.*'), 'ticket.read', 'ledger.read', 'client.read')).toEqual(['ticket.read'])
  expect(mayAll(token('read'), 'ticket.read', 'client.read', 'ticket.change')).toEqual(['ticket.read', 'client.read'])
  const all = actions.filter((action) => mayEver(token('*'), action))
  expect(all).toEqual(actions.filter((action) => mayEver(person('im'), action)))
})

test('roles of the client’s side never reach beyond the client, except for lists that hold no client’s data', () => {
  const open: Action[] = ['topic.read']
  for (const action of actions)
    for (const role of roleCodes.filter((code) => roles[code].side === 'client')) {
      const reach = (policy[action] as Partial<Record<Role, string>>)[role]
      if (reach !== undefined && !open.includes(action))
        expect([action, role, reach]).toEqual([action, role, expect.stringMatching(/^(own|client)$/)])
    }
})
