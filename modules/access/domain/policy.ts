import type { Actor } from './actor.ts'
import type { Role } from './roles.ts'

/**
 * How far a right reaches. `all`: every client; `served`: the clients that the person serves; `client`: the contact's own client;
 * `own`: the person's own things; `shared`: what was passed to a partner, one by one; `opened`: tickets opened by breaking the glass,
 * as long as that holds.
 */
export type Reach = 'all' | 'served' | 'client' | 'own' | 'shared' | 'opened'
type Grants = Partial<Record<Role, Reach>>

const every = (reach: Reach, ...roles: Role[]): Grants => Object.fromEntries(roles.map((role) => [role, reach]))
const doers: Role[] = ['l1', 'im', 'it', 'dev', 'an']

/** The one source of who may do what: the matrix of 70-security §2, a line an action. */
export const policy = {
  // tickets
  'ticket.read': {
    ...every('served', ...doers, 'qa', 'rb', 'am'),
    di: 'all',
    fi: 'all',
    in: 'shared',
    cu: 'own',
    cr: 'client',
    pa: 'own',
    ad: 'opened',
  },
  'ticket.create': { ...every('served', 'l1', 'im', 'am'), cu: 'own', cr: 'client', pa: 'own' },
  'ticket.change': { ...every('served', ...doers, 'qa', 'am'), in: 'shared' },
  'ticket.act': { ...every('served', ...doers, 'qa', 'rb', 'am'), in: 'shared', cu: 'own', cr: 'client', pa: 'own' },
  'ticket.assign': every('served', 'l1', 'im', 'it', 'dev', 'an', 'am', 'qa'),
  'ticket.merge': every('served', 'l1', 'im', 'am'),
  'ticket.share': every('served', 'im', 'am'),
  'vendor.override': every('served', 'im'),
  'ticket.history': { ...every('served', ...doers, 'qa', 'rb', 'am'), di: 'all', ad: 'opened' },
  'ticket.break_glass': { ad: 'all', di: 'all' },
  'ticket.text': {
    ...every('served', ...doers, 'qa', 'rb', 'am'),
    di: 'all',
    in: 'shared',
    cu: 'own',
    cr: 'client',
    pa: 'own',
    ad: 'opened',
  },
  'message.reply': {
    ...every('served', 'l1', 'im', 'it', 'dev', 'an', 'am'),
    in: 'shared',
    cu: 'own',
    cr: 'client',
    pa: 'own',
  },
  'message.note': { ...every('served', ...doers, 'qa', 'am'), in: 'shared' },
  'message.accept': every('served', 'l1', 'im', 'am'),
  'attachment.read': {
    ...every('served', ...doers, 'qa', 'rb', 'am'),
    di: 'all',
    in: 'shared',
    cu: 'own',
    cr: 'client',
    pa: 'own',
    ad: 'opened',
  },
  'attachment.add': { ...every('served', ...doers, 'qa', 'am'), in: 'shared', cu: 'own', cr: 'client', pa: 'own' },
  'participant.change': { ...every('served', 'l1', 'im', 'am'), cu: 'own', cr: 'client', pa: 'own' },
  'draft.change': { ...every('own', ...doers, 'qa', 'rb', 'am', 'di', 'fi', 'ad', 'in', 'cu', 'cr', 'pa') },
  'presence.change': { ...every('served', ...doers, 'qa', 'rb', 'am'), di: 'all' },
  'view.use': every('own', ...doers, 'qa', 'rb', 'am', 'di', 'fi'),
  'template.use': { ...every('all', ...doers, 'qa', 'am', 'di'), ad: 'all' },
  'template.change': every('all', 'im', 'am', 'ad'),
  'topic.read': {
    ...every('all', ...doers, 'qa', 'rb', 'am', 'di', 'fi', 'ad'),
    cu: 'all',
    cr: 'all',
    pa: 'all',
    in: 'all',
  },
  'topic.change': { ad: 'all' },
  'process.read': { ...every('all', ...doers, 'qa', 'rb', 'am', 'di', 'ad') },
  'process.publish': { ad: 'all' },
  // clocks
  'clock.read': { ...every('served', ...doers, 'qa', 'am'), fi: 'all', di: 'all', cu: 'own', cr: 'client', pa: 'own' },
  'breach.read': { ...every('served', 'im', 'am'), di: 'all', fi: 'all' },
  'breach.explain': every('served', 'im', 'am'),
  'calendar.read': every('all', ...doers, 'qa', 'rb', 'am', 'fi', 'di', 'ad'),
  'calendar.change': { ad: 'all' },
  'sla.read': every('all', ...doers, 'qa', 'am', 'di', 'ad'),
  'sla.change': { am: 'all', di: 'all', ad: 'all' },
  // whoever may see a ticket's work may answer what calls for it
  'page.read': { ...every('served', ...doers, 'qa', 'rb', 'am'), di: 'all' },
  'page.answer': { ...every('served', ...doers, 'qa', 'rb', 'am'), di: 'all' },
  'deadline.offer': every('served', 'im', 'am', 'it', 'dev', 'an'),
  'deadline.decide': { cu: 'own', cr: 'client', pa: 'own' },
  // people
  'client.read': {
    ...every('served', ...doers, 'qa', 'am'),
    fi: 'all',
    di: 'all',
    ad: 'all',
    cr: 'client',
    cu: 'client',
    pa: 'client',
  },
  'client.change': { am: 'served', ad: 'all' },
  'client.create': { am: 'all', ad: 'all', im: 'all', l1: 'all' },
  'contact.read': {
    ...every('served', 'l1', 'im', 'it', 'am', 'dev', 'an'),
    di: 'all',
    fi: 'all',
    ad: 'all',
    cr: 'client',
    cu: 'own',
    pa: 'own',
  },
  'contact.change': { am: 'served', ad: 'all', im: 'served', l1: 'served', cr: 'client' },
  // what is kept of a person: two of these give it out or erase it
  'person.request': { ad: 'all', di: 'all' },
  'staff.read': { ...every('all', ...doers, 'qa', 'rb', 'am', 'di', 'fi', 'ad') },
  'staff.card': { ad: 'all', di: 'all' },
  'staff.change': { ad: 'all' },
  'role.change': { ad: 'all' },
  // portals
  'portal.read': {
    ...every('served', ...doers, 'qa', 'am'),
    fi: 'all',
    di: 'all',
    cr: 'client',
    pa: 'client',
    cu: 'client',
  },
  'portal.change': every('served', 'im', 'it', 'am'),
  // contracts, hours, money
  'catalogue.read': { am: 'all', fi: 'all', di: 'all', ad: 'all' },
  'catalogue.change': { fi: 'all' },
  'contract.read': { am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'contract.service': { im: 'served', it: 'served', am: 'served', fi: 'all', di: 'all' },
  'contract.change': { am: 'served' },
  'units.record': { ...every('served', ...doers, 'am'), fi: 'all' },
  'balance.read': { am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'coverage.read': { ...every('served', ...doers, 'qa', 'am'), fi: 'all', di: 'all' },
  'ledger.read': { fi: 'all', di: 'all', am: 'served', cr: 'client' },
  'ledger.correct': { fi: 'all' },
  'price.read': { am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'coupon.use': { cu: 'own', cr: 'client', pa: 'own', l1: 'served' },
  'coupon.read': { im: 'served', am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'coupon.grant': { am: 'served' },
  // work
  'time.read': {
    ...every('served', ...doers, 'qa', 'am'),
    fi: 'all',
    di: 'all',
    cr: 'client',
    cu: 'own',
    pa: 'own',
    in: 'own',
  },
  'time.log': { ...every('own', 'l1', 'qa', 'it', 'dev', 'an', 'im', 'am'), in: 'shared' },
  'time.approve': { im: 'served', am: 'served', fi: 'all' },
  'estimate.read': { ...every('served', ...doers, 'am'), fi: 'all', di: 'all', cr: 'client', in: 'shared' },
  'estimate.offer': { ...every('served', 'im', 'it', 'dev', 'an', 'am'), in: 'shared' },
  'estimate.decide': { cr: 'client' },
  // changes and their board
  'change.read': {
    ...every('served', ...doers, 'qa', 'rb', 'am'),
    fi: 'all',
    di: 'all',
    cu: 'own',
    cr: 'client',
    pa: 'own',
  },
  'change.write': every('served', 'im', 'it', 'dev', 'an', 'qa', 'am'),
  'change.manage': { ...every('served', 'im', 'rb'), di: 'all' },
  'change.vote': { rb: 'served', di: 'all' },
  'change.install': every('served', 'im', 'it', 'dev'),
  'change.agree_window': { cr: 'client', pa: 'client' },
  'board.read': { ...every('all', ...doers, 'qa', 'rb', 'am', 'di', 'ad') },
  'board.change': { ad: 'all' },
  'freeze.change': every('served', 'im', 'it', 'am'),
  'pipeline.change': { ad: 'all' },
  // surveys, month's end, reports
  'rating.give': { cu: 'own', cr: 'client', pa: 'own' },
  'rating.read': { im: 'served', am: 'served', di: 'all', cr: 'client', cu: 'own', pa: 'own' },
  'period.read': { am: 'served', fi: 'all', di: 'all' },
  'period.close': { fi: 'all' },
  'report.read': { am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'report.send': { am: 'served', fi: 'all' },
  // closing documents and payments
  'document.read': { am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'document.issue': { fi: 'all' },
  'document.decide': { cr: 'client' },
  'payment.read': { fi: 'all', di: 'all' },
  'payment.change': { fi: 'all' },
  'legal_entity.read': { am: 'all', fi: 'all', di: 'all', ad: 'all' },
  'legal_entity.change': { fi: 'all', ad: 'all' },
  'document_template.read': { fi: 'all', di: 'all', ad: 'all' },
  'document_template.change': { ad: 'all' },
  'contract.billing': { fi: 'all', di: 'all', am: 'served' },
  'contract.bill': { fi: 'all' },
  // what work costs and brings, who is loaded with what, the year's plan
  'cost.read': { fi: 'all', di: 'all' },
  'cost.change': { fi: 'all' },
  'revenue.read': { am: 'served', fi: 'all', di: 'all' },
  'risk.read': { am: 'served', fi: 'all', di: 'all' },
  'risk.change': { fi: 'all', di: 'all' },
  'capacity.read': { im: 'served', am: 'served', fi: 'all', di: 'all' },
  'capacity.change': { im: 'all', di: 'all' },
  'team.change': { im: 'served', am: 'served', di: 'all' },
  'budget.read': { am: 'served', fi: 'all', di: 'all', cr: 'client' },
  'budget.change': { am: 'served', fi: 'all' },
  // settings
  'mailbox.read': { ad: 'all' },
  'mailbox.change': { ad: 'all' },
  'intake.read': { ...every('all', 'im', 'l1'), ad: 'all' },
  'intake.rerun': { im: 'all', ad: 'all' },
  'settings.change': { ad: 'all' },
  'token.own': { ...every('own', ...doers, 'qa', 'rb', 'am', 'di', 'fi', 'ad'), cr: 'own' },
  'audit.read': { di: 'all', ad: 'all', fi: 'all', cr: 'client', cu: 'own', pa: 'own' },
  'notice.read': every('own', ...doers, 'qa', 'rb', 'am', 'di', 'fi', 'ad'),
} as const satisfies Record<string, Grants>

export type Action = keyof typeof policy
export const actions = Object.keys(policy) as Action[]

/** What a rule asks about a row. */
export interface Subject {
  clientId: number | null
  /** The contact whose thing it is, with the department. */
  contactId?: number | null
  department?: string | null
  /** Contacts who take part (participants of a ticket). */
  participantContactIds?: readonly number[]
  /** The account that made it, or that it belongs to. */
  ownerAccountId?: number | null
  /** Partner accounts that it was passed to and that may still see it. */
  sharedWithAccountIds?: readonly number[]
  /** Accounts for which the glass before it is broken now. */
  openedForAccountIds?: readonly number[]
}

/** Which rows of a kind a person reaches by an action: a union of these; none of them set means nothing. */
export interface Scope {
  everything: boolean
  clientIds: readonly number[]
  ownerAccountId: number | null
  contactId: number | null
  department: { clientId: number; name: string } | null
  sharedWithAccountId: number | null
  openedForAccountId: number | null
}

const NOTHING: Scope = {
  everything: false,
  clientIds: [],
  ownerAccountId: null,
  contactId: null,
  department: null,
  sharedWithAccountId: null,
  openedForAccountId: null,
}
// What a contact with the scope "finance" reaches as the responsible contact does, without the text of tickets.
const FINANCE_ACTIONS: readonly Action[] = [
  'balance.read',
  'ledger.read',
  'contract.read',
  'price.read',
  'report.read',
  'document.read',
  'document.decide',
  'estimate.read',
  'time.read',
  'budget.read',
]

/** May this person call anything of this action at all? Rows are judged by `can` and `scopeOf`. */
export function mayEver(actor: Actor, action: Action): boolean {
  const scope = scopeOf(actor, action)
  return (
    scope.everything ||
    scope.clientIds.length > 0 ||
    scope.ownerAccountId !== null ||
    scope.contactId !== null ||
    scope.sharedWithAccountId !== null ||
    scope.openedForAccountId !== null
  )
}

function roleScope(actor: Actor, action: Action): Scope {
  if (actor.side === 'system') return { ...NOTHING, everything: true }
  if (actor.tokenScopes !== null && !tokenAllows(actor.tokenScopes, action)) return NOTHING
  const grants: Grants = policy[action]
  let scope = NOTHING
  for (const role of rolesOf(actor)) {
    const reach = grants[role]
    if (reach) scope = unite(scope, reachScope(actor, reach, action))
  }
  return scope
}

/** `area.verb`, `area.*`, `*` or `read` (every reading action). */
function tokenAllows(scopes: readonly string[], action: Action): boolean {
  const [area] = action.split('.')
  return (
    scopes.includes('*') ||
    scopes.includes(action) ||
    scopes.includes(`${area}.*`) ||
    (scopes.includes('read') && action.endsWith('.read'))
  )
}

/** A contact's rights follow from the marks on the contact, not from a list of roles that somebody may forget to change. */
function rolesOf(actor: Actor): readonly Role[] {
  if (!actor.contact) return actor.roles
  return [actor.contact.responsible ? 'cr' : 'cu', ...(actor.contact.portalAdmin ? (['pa'] as const) : [])]
}

function reachScope(actor: Actor, reach: Reach, action: Action): Scope {
  const { contact } = actor
  if (reach === 'all') return { ...NOTHING, everything: true }
  if (reach === 'served')
    return actor.clientIds === null ? { ...NOTHING, everything: true } : { ...NOTHING, clientIds: actor.clientIds }
  if (reach === 'opened') return actor.brokeGlass ? { ...NOTHING, openedForAccountId: actor.accountId } : NOTHING
  if (reach === 'shared') return { ...NOTHING, sharedWithAccountId: actor.accountId }
  if (reach === 'client') return contact ? { ...NOTHING, clientIds: [contact.clientId] } : NOTHING
  if (!contact) return { ...NOTHING, ownerAccountId: actor.accountId }
  const own = { ...NOTHING, contactId: contact.id, ownerAccountId: actor.accountId }
  if (contact.scope === 'all' && action !== 'audit.read' && action !== 'draft.change' && action !== 'notice.read')
    return { ...own, clientIds: [contact.clientId] }
  if (contact.scope === 'department' && contact.department)
    return { ...own, department: { clientId: contact.clientId, name: contact.department } }
  return own
}

function unite(a: Scope, b: Scope): Scope {
  return {
    everything: a.everything || b.everything,
    clientIds: [...new Set([...a.clientIds, ...b.clientIds])],
    ownerAccountId: a.ownerAccountId ?? b.ownerAccountId,
    contactId: a.contactId ?? b.contactId,
    department: a.department ?? b.department,
    sharedWithAccountId: a.sharedWithAccountId ?? b.sharedWithAccountId,
    openedForAccountId: a.openedForAccountId ?? b.openedForAccountId,
  }
}

/**
 * The list form of `can`: the rows that `can` would allow, as data that a store turns into SQL. A contact with the scope "finance"
 * reads money and documents of the client; that grant stands beside the roles.
 */
export function scopeOf(actor: Actor, action: Action): Scope {
  const scope = roleScope(actor, action)
  if (actor.contact?.scope !== 'finance' || !FINANCE_ACTIONS.includes(action)) return scope
  return unite(scope, { ...NOTHING, clientIds: [actor.contact.clientId] })
}

/** May this person do this to that row? */
export function can(actor: Actor, action: Action, subject: Subject): boolean {
  return inScope(scopeOf(actor, action), subject)
}

export function inScope(scope: Scope, subject: Subject): boolean {
  if (scope.everything) return true
  if (subject.clientId !== null && scope.clientIds.includes(subject.clientId)) return true
  if (scope.ownerAccountId !== null && subject.ownerAccountId === scope.ownerAccountId) return true
  if (
    scope.contactId !== null &&
    (subject.contactId === scope.contactId || subject.participantContactIds?.includes(scope.contactId) === true)
  )
    return true
  if (
    scope.department &&
    subject.clientId === scope.department.clientId &&
    subject.department === scope.department.name
  )
    return true
  if (scope.openedForAccountId !== null && subject.openedForAccountIds?.includes(scope.openedForAccountId) === true)
    return true
  return (
    scope.sharedWithAccountId !== null && subject.sharedWithAccountIds?.includes(scope.sharedWithAccountId) === true
  )
}
