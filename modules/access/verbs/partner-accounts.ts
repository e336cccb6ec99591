import { domainToASCII, domainToUnicode } from 'node:url'
import type { Instant, Locale } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { insertAccount, replaceRoles } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { endOneTime, insertOneTime } from '../access.one-time.store.ts'
import { findAddressee, findPerson } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import type { Actor } from '../domain/actor.ts'
import { readEmail } from '../domain/email.ts'

export interface PartnerAccount {
  accountId: number
  email: string
  name: string
  locale: Locale
  zone: string
}

const LINK_LIFE_MS = 7 * 86_400_000
const PARTNER_ROLE = 'in'

/**
 * The partner's account behind an address, made when there is none. An address of the provider's own people or of a client's person is
 * refused: a partner reads what is written for partners, and those two are told otherwise.
 */
export async function partnerAccount(
  tx: Tx,
  actor: Actor,
  wish: { email: string; name: string | null; locale: Locale },
): Promise<PartnerAccount> {
  const email = readEmail(wish.email)
  if (!email) throw refuseAccess('access.email_malformed', { field: 'email' })
  const name = wish.name ?? email.slice(0, email.indexOf('@'))
  const { locale } = wish
  const spellings = spellingsOf(email)
  const known =
    (await findAddressee(tx, email)) ??
    (await findAddressee(tx, spellings[0]!)) ??
    (await findAddressee(tx, spellings[1]!))
  if (known?.side === 'partner' && known.active) return { ...known, accountId: known.id }
  if (known?.side === 'partner') throw refuseAccess('access.partner_switched_off', { field: 'email' })
  if (known || (await tx`select 1 from contact where lower(email) = any(${spellings}::text[]) limit 1`).length > 0)
    throw refuseAccess('access.not_a_partner', { field: 'email' })
  const accountId = await insertAccount(tx, { side: 'partner', email, name, locale, serves: 'listed' })
  // two inviters of one new address at once: the second finds what the first has made
  if (accountId === null) return partnerAccount(tx, actor, wish)
  await replaceRoles(tx, accountId, [PARTNER_ROLE])
  await writeAudit(tx, actor, { action: 'account.invited', objectType: 'account', objectId: accountId })
  return { accountId, email, name, locale, zone: 'Europe/Moscow' }
}

/** A domain in letters of its language and the same in those of the mail's wires: one address, whichever was typed. */
function spellingsOf(email: string): string[] {
  const at = email.indexOf('@')
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)]
  return [domainToUnicode(domain), domainToASCII(domain)].map((one) => `${local}@${one || domain}`.toLowerCase())
}

export interface PartnerLinks {
  /** Signs in once. */
  enterPath: string
  /** Lets somebody who has no password choose one, once; null for who has. */
  joinPath: string | null
}

/**
 * Links for a letter about an invitation; none outlives it. Those of earlier letters about the same open no more, but where `besides` says
 * that this letter comes besides them.
 */
export async function partnerLinks(
  tx: Tx,
  accountId: number,
  about: { ticketId: number; endsAt: Instant; besides?: boolean },
): Promise<PartnerLinks | null> {
  const person = await findPerson(tx, accountId)
  if (!person) return null
  if (!about.besides) await endPartnerLinks(tx, accountId, about.ticketId)
  const lifeMs = Math.max(0, Math.min(LINK_LIFE_MS, about.endsAt - (await databaseNow(tx))))
  const one = { accountId, email: person.email, subject: subjectOf(accountId, about.ticketId), lifeMs }
  const enter = await insertOneTime(tx, { ...one, prefix: 'mgc', purpose: 'magic' })
  const join =
    person.passwordHash === null ? await insertOneTime(tx, { ...one, prefix: 'inv', purpose: 'invitation' }) : null
  return {
    enterPath: `/sign-in/magic#${enter.token}`,
    joinPath: join && `/sign-in/invitation#${join.token}`,
  }
}

/** What was sent about this ticket lets nobody in any more. */
export async function endPartnerLinks(tx: Tx, accountId: number, ticketId: number): Promise<void> {
  for (const purpose of ['magic', 'invitation']) await endOneTime(tx, purpose, subjectOf(accountId, ticketId))
}

function subjectOf(accountId: number, ticketId: number): { partner: number; ticketId: number } {
  return { partner: accountId, ticketId }
}
