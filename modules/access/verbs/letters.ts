import { isoInstant, type Locale } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { insertOneTime, voidOneTime } from '../access.one-time.store.ts'
import type { AccessMailKind, AccessPorts } from '../access.ports.ts'

const LINK_LIFE_MS = 30 * 60_000
const INVITATION_LIFE_MS = 7 * 86_400_000

export type AskedLink = 'magic' | 'reset'

const letters: Record<AskedLink, { kind: AccessMailKind; prefix: string; path: string }> = {
  magic: { kind: 'access.magic_link', prefix: 'mgc', path: '/sign-in/magic' },
  reset: { kind: 'access.reset_password', prefix: 'rst', path: '/sign-in/reset' },
}

export interface Addressee {
  accountId: number | null
  contactId: number | null
  email: string
  name: string
  locale: Locale
}

/** Puts a letter with a link on its way: to sign in, or to choose a new password. It works for half an hour. */
export async function sendSignInLink(ports: AccessPorts, tx: Tx, asked: AskedLink, to: Addressee): Promise<void> {
  const { kind, prefix, path } = letters[asked]
  const { accountId, contactId, email, locale, name } = to
  const { token, expiresAt } = await insertOneTime(tx, {
    prefix,
    purpose: asked,
    accountId,
    contactId,
    email,
    lifeMs: LINK_LIFE_MS,
  })
  const data = { name, path: `${path}#${token}`, expiresAt: isoInstant(expiresAt) }
  await ports.sendMail(tx, { kind, to: email, locale, data })
}

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
