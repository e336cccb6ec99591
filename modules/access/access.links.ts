import type { Instant, Locale } from '@opora/core'
import type { Database, Json, Queryable, Tx } from '@opora/platform/database'
import {
  endOneTime,
  insertOneTime,
  liveOneTime,
  type OneTimeRow,
  peekOneTime,
  takeOneTime,
} from './access.one-time.store.ts'
import { actorOfPerson, findPerson } from './access.read-model.ts'
import { refuseAccess } from './access.refusals.ts'
import type { Actor, ContactScope } from './domain/actor.ts'
import type { Action } from './domain/policy.ts'

/** What a link in a letter lets its holder do, and nothing else. */
const purposes = {
  'ticket.view': ['ticket.read', 'ticket.text', 'message.reply', 'attachment.read', 'clock.read'],
  'ticket.confirm': ['ticket.read', 'ticket.text', 'ticket.act'],
  'deadline.decide': ['ticket.read', 'ticket.text', 'deadline.decide'],
  'estimate.decide': ['ticket.read', 'estimate.read', 'estimate.decide'],
  'rating.give': ['ticket.read', 'rating.give'],
  'document.view': ['document.read'],
  'page.answer': ['page.answer'],
} as const satisfies Record<string, readonly Action[]>

export type LinkPurpose = keyof typeof purposes
export const linkPurposes = Object.keys(purposes) as LinkPurpose[]

export interface LinkWish {
  purpose: LinkPurpose
  /** What it is about, for example `{ ticketId: 7 }`; the holder reaches this and nothing beside. */
  subject: Record<string, Json>
  /** Whose rights it carries: a contact (with an account or without one) or an account. */
  contactId?: number
  accountId?: number
  ttlDays: number
  singleUse: boolean
}

/** Who holds the link, with the rights that this person has today, narrowed to the link's purpose. */
export interface OpenedLink {
  id: number
  purpose: LinkPurpose
  subject: Record<string, Json>
  actor: Actor
}

const DAY_MS = 86_400_000

/** Makes a link for a letter, in a transaction of staff or a job. The token is the only copy: it goes into the letter. */
export async function issueLink(tx: Tx, wish: LinkWish): Promise<{ token: string; expiresAt: Instant }> {
  return insertOneTime(tx, {
    prefix: 'lnk',
    purpose: wish.purpose,
    accountId: wish.accountId ?? null,
    contactId: wish.contactId ?? null,
    subject: wish.subject,
    lifeMs: wish.ttlDays * DAY_MS,
    singleUse: wish.singleUse,
  })
}

/** Ends every link of a purpose that is about this; how many still worked. Lists inside `about` are met by any list that holds them. */
export async function revokeLinks(tx: Tx, purpose: LinkPurpose, about: Record<string, Json>): Promise<number> {
  return endOneTime(tx, purpose, about)
}

/** How many links of a purpose about this still work, and until when. */
export async function liveLinks(
  sql: Queryable,
  purpose: LinkPurpose,
  about: Record<string, Json>,
): Promise<{ live: number; until: Instant | null }> {
  return liveOneTime(sql, purpose, about)
}

/** Takes the link: one that works once is spent, in the transaction of the act. Throws `access.link_expired`. */
export async function openLink(tx: Tx, token: string, purpose: LinkPurpose): Promise<OpenedLink> {
  return linkOf(tx, purpose, await takeOneTime(tx, token, purpose))
}

/** Looks at the link without spending it, with staff's eyes. Throws `access.link_expired`. */
export async function peekLink(sql: Queryable, token: string, purpose: LinkPurpose): Promise<OpenedLink> {
  return linkOf(sql, purpose, await peekOneTime(sql, token, purpose))
}

export interface Links {
  /** Shows what a link is about: the body reads with the holder's eyes. */
  read<T>(token: string, purpose: LinkPurpose, body: (sql: Queryable, link: OpenedLink) => Promise<T>): Promise<T>
  /** Acts by a link: takes it and acts in one transaction that has the holder's rights in the database. */
  act<T>(token: string, purpose: LinkPurpose, body: (tx: Tx, link: OpenedLink) => Promise<T>): Promise<T>
}

/**
 * For routes of policy `public` with `ownTransactions`: whoever is signed in in the browser, the letter's link acts for the person whom
 * the letter was sent to.
 */
export function createLinks(database: Database): Links {
  return {
    async read(token, purpose, body) {
      const link = await peekLink(database.staff, token, purpose)
      return database.read(link.actor.scope, (sql) => body(sql, link))
    },
    async act(token, purpose, body) {
      const { actor } = await peekLink(database.staff, token, purpose)
      return database.begin(actor.scope, async (tx) => {
        const taken = await takeOneTime(tx, token, purpose)
        if (!taken) throw refuseAccess('access.link_expired')
        return body(tx, { id: taken.id, purpose, subject: taken.subject, actor })
      })
    },
  }
}

async function linkOf(sql: Queryable, purpose: LinkPurpose, row: OneTimeRow | undefined): Promise<OpenedLink> {
  if (!row) throw refuseAccess('access.link_expired')
  const actor =
    row.contactId !== null ? await actorOfContact(sql, row.contactId) : await actorOfAccount(sql, row.accountId)
  if (!actor) throw refuseAccess('access.link_expired')
  const narrowed = { ...actor, key: `link:${row.id}`, tokenScopes: purposes[purpose] }
  return { id: row.id, purpose, subject: row.subject, actor: narrowed }
}

interface ContactRow {
  id: number
  clientId: number
  accountId: number | null
  name: string
  email: string | null
  locale: Locale
  zone: string
  scope: ContactScope
  department: string | null
  responsible: boolean
  portalAdmin: boolean
}

async function actorOfContact(sql: Queryable, contactId: number): Promise<Actor | null> {
  const [row] = await sql<ContactRow[]>`
    select c.id, c.client_id, c.account_id, c.name, c.email, c.locale, cl.zone, c.scope, c.department, c.responsible, c.portal_admin
    from contact c join client cl on cl.id = c.client_id
    where c.id = ${contactId} and c.status <> 'blocked' and cl.archived_at is null`
  if (!row) return null
  const { id, clientId, scope, department, responsible, portalAdmin } = row
  return {
    key: '',
    side: 'client',
    accountId: row.accountId,
    name: row.name,
    email: row.email,
    roles: [],
    locale: row.locale,
    zone: row.zone,
    clientIds: [],
    contact: { id, clientId, scope, department, responsible, portalAdmin },
    tokenScopes: [],
    sessionId: null,
    fresh: false,
    secondFactor: false,
    brokeGlass: false,
    ip: null,
    requestId: null,
    scope: { as: 'client', clientId, accountId: row.accountId ?? 0 },
  }
}

async function actorOfAccount(sql: Queryable, accountId: number | null): Promise<Actor | null> {
  const row = accountId === null ? undefined : await findPerson(sql, accountId)
  if (!row) return null
  return actorOfPerson(row, { key: '', sessionId: null, tokenScopes: [], secondFactor: false, fresh: false })
}
