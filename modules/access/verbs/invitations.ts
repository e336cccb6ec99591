import { isoInstant, type Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { writeAudit } from '../access.audit.ts'
import { attachAccount } from '../access.contacts.store.ts'
import { insertOneTime, voidOneTime } from '../access.one-time.store.ts'
import type { AccessPorts } from '../access.ports.ts'
import { actorOfPerson, findPerson } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import type { Actor } from '../domain/actor.ts'
import { can } from '../domain/policy.ts'

const INVITATION_LIFE_MS = 7 * 86_400_000
export const INVITE_CONTACT_TASK = 'access.invite_contact'

export interface Invited {
  accountId: number
  email: string
  name: string
  locale: Locale
}

/** Sends a letter with a link that lets its reader choose a password; the link of an earlier letter opens no more. */
export async function sendInvitation(ports: AccessPorts, tx: Tx, to: Invited): Promise<void> {
  await voidOneTime(tx, to.accountId, ['invitation'])
  const { token, expiresAt } = await insertOneTime(tx, {
    prefix: 'inv',
    purpose: 'invitation',
    accountId: to.accountId,
    email: to.email,
    lifeMs: INVITATION_LIFE_MS,
  })
  const data = { name: to.name, path: `/sign-in/invitation#${token}`, expiresAt: isoInstant(expiresAt) }
  await ports.sendMail(tx, { kind: 'access.invitation', to: to.email, locale: to.locale, data })
}

/**
 * Invites a contact to the cabinet. Works with any caller's rights in the database: the account is made by a job, which judges again
 * whether the inviter may. Throws `access.cannot_sign_in` when the contact has no address.
 */
export async function inviteContact(tx: Tx, actor: Actor, contactId: number): Promise<void> {
  const [contact] = await tx<{ email: string | null }[]>`select email from contact where id = ${contactId}`
  if (!contact) throw refuseAccess('access.not_found')
  if (!contact.email) throw refuseAccess('access.cannot_sign_in')
  await enqueue(tx, INVITE_CONTACT_TASK, { contactId, byAccountId: actor.accountId })
}

/** The job behind `inviteContact`. Somebody who has a password already gets no letter. */
export async function inviteContactNow(
  ports: AccessPorts,
  asked: { contactId: number; byAccountId: number | null },
): Promise<void> {
  await ports.database.begin({ as: 'worker' }, async (tx) => {
    const [contact] = await tx<{ clientId: number; email: string | null }[]>`
      select client_id, email from contact where id = ${asked.contactId}`
    if (!contact?.email) return
    const inviter = await actorByAccount(tx, asked.byAccountId)
    if (inviter === null || !can(inviter, 'contact.change', { clientId: contact.clientId })) return
    const accountId = await attachAccount(tx, asked.contactId, contact.email)
    const person = accountId === null ? undefined : await findPerson(tx, accountId)
    if (!person || person.passwordHash !== null) return
    await sendInvitation(ports, tx, person)
    await writeAudit(tx, inviter, {
      action: 'account.invited',
      objectType: 'account',
      objectId: person.accountId,
      clientId: contact.clientId,
    })
  })
}

/** Somebody's rights as they are now, for a job that acts on their word; null: they may not come in any more. */
export async function actorByAccount(sql: Queryable, accountId: number | null): Promise<Actor | null> {
  const row = accountId === null ? undefined : await findPerson(sql, accountId)
  if (!row) return null
  return actorOfPerson(row, {
    key: `account:${row.accountId}`,
    sessionId: null,
    tokenScopes: null,
    secondFactor: row.totpOn,
    fresh: false,
  })
}
