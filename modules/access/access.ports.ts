import type { Locale } from '@opora/core'
import type { Database, Json, Tx } from '@opora/platform/database'
import type { Log } from '@opora/platform/log'
import type { Vault } from '@opora/platform/secrets'
import type { AccessSettings } from './access.config.ts'
import type { PasswordHasher } from './access.passwords.ts'
import type { ActorCache } from './actor-cache.ts'

export type AccessMailKind =
  | 'access.magic_link'
  | 'access.reset_password'
  | 'access.invitation'
  | 'access.password_changed'
  | 'access.second_factor_off'
  | 'access.audit_seal'

/** A letter of this module, for whoever sends letters. It is put on its way in the transaction that caused it. */
export interface AccessMail {
  kind: AccessMailKind
  to: string
  locale: Locale
  /** `name` of the person; for letters with a link also `path` (to be put after the public address) and `expiresAt` (ISO). */
  data: { [key: string]: Json } & { name: string; path?: string; expiresAt?: string }
}

export interface AccessPorts {
  database: Database
  vault: Vault
  log: Log
  settings: AccessSettings
  passwords: PasswordHasher
  cache: ActorCache
  cookieName: string
  /** The public address is https: the cookie travels over TLS only. */
  secure: boolean
  sendMail(tx: Tx, mail: AccessMail): Promise<void>
  /** Notes on a contact which account it signs in with. */
  linkContact(tx: Tx, contactId: number, accountId: number): Promise<unknown>
}
