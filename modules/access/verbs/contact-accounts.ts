import type { Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { insertAccount } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import type { AccessPorts } from '../access.ports.ts'
import { actorOfPerson, findContactToEnter, findPerson } from '../access.read-model.ts'
import type { Actor } from '../domain/actor.ts'
import { readEmail } from '../domain/email.ts'
import { sendInvitation, sendSignInLink } from './letters.ts'

/**
 * The account of a contact, made when there is none; null when the contact is not to come in, has another address by now, or the address
 * is another account's.
 */
export async function accountOfContact(
  ports: AccessPorts,
  tx: Tx,
  contactId: number,
  email: string | null,
): Promise<number | null> {
  const contact = await findContactToEnter(tx, contactId)
  const address = readEmail(contact?.email ?? '')
  if (!contact || !address || address.toLowerCase() !== email?.toLowerCase()) return null
  if (contact.accountId !== null) return contact.accountId
  const { name, locale, zone } = contact
  const accountId = await insertAccount(tx, { side: 'client', email: address, name, locale, zone })
  if (accountId !== null) await ports.linkContact(tx, contactId, accountId)
  return accountId
}

export interface CabinetInvitation {
  contactId: number
  clientId: number
  accountId: number | null
  email: string
  name: string
  locale: Locale
  zone: string
}

/**
 * Makes the contact's account where there is none and mails the invitation; who has joined already gets a link to sign in. Null when the
 * address is another account's. Which contact the account belongs to is for the caller to note.
 */
export async function inviteToCabinet(
  ports: AccessPorts,
  tx: Tx,
  actor: Actor,
  invitation: CabinetInvitation,
): Promise<{ accountId: number } | null> {
  const { email, name, locale, zone, clientId } = invitation
  const accountId = invitation.accountId ?? (await insertAccount(tx, { side: 'client', email, name, locale, zone }))
  if (accountId === null) return null
  const joined = invitation.accountId === null ? undefined : await findPerson(tx, accountId)
  const to = { accountId, contactId: invitation.contactId, email, name, locale }
  if (joined && joined.passwordHash !== null) await sendSignInLink(ports, tx, 'magic', { ...to, email: joined.email })
  else await sendInvitation(ports, tx, to)
  await writeAudit(tx, actor, { action: 'account.invited', objectType: 'account', objectId: accountId, clientId })
  return { accountId }
}

/** Somebody's rights as they are now, for a job that acts on their word; null: they may not come in any more. */
export async function actorByAccount(sql: Queryable, accountId: number): Promise<Actor | null> {
  const row = await findPerson(sql, accountId)
  if (!row) return null
  return actorOfPerson(row, {
    key: `account:${row.accountId}`,
    sessionId: null,
    tokenScopes: null,
    secondFactor: row.totpOn,
    fresh: false,
  })
}
