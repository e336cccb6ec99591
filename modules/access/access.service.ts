import type { Instant, Locale } from '@opora/core'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { JobTasks } from '@opora/platform/jobs'
import type { Log } from '@opora/platform/log'
import type { Vault } from '@opora/platform/secrets'
import { type AccessSettings, accessDefaults } from './access.config.ts'
import { cookieNameFor } from './access.cookie.ts'
import { accessCron, accessTasks } from './access.jobs.ts'
import { createLinks, type Links } from './access.links.ts'
import { createPasswordHasher, type PasswordHasher } from './access.passwords.ts'
import type { AccessMail, AccessPorts } from './access.ports.ts'
import type { Request } from './access.route.ts'
import { createActorCache } from './actor-cache.ts'
import { createAuthenticate, createRevalidate } from './authenticate.ts'
import { authorise } from './authorise.ts'
import type { Actor } from './domain/actor.ts'
import { auditRoutes } from './routes/audit.routes.ts'
import { profileRoutes } from './routes/profile.routes.ts'
import { recoveryRoutes, setUpRoutes } from './routes/recovery.routes.ts'
import { sessionRoutes } from './routes/session.routes.ts'
import { staffRoutes } from './routes/staff.routes.ts'
import { tokenRoutes } from './routes/token.routes.ts'
import { type CabinetUserWish, createCabinetUser, createToken, createUser, type UserWish } from './verbs/console.ts'
import { actorByAccount, type CabinetInvitation, inviteToCabinet } from './verbs/contact-accounts.ts'
import {
  endPartnerLinks,
  type PartnerAccount,
  type PartnerLinks,
  partnerAccount,
  partnerLinks,
} from './verbs/partner-accounts.ts'
import { createProfile } from './verbs/profile.ts'
import { createSecondFactor } from './verbs/second-factor.ts'
import { ensureSetupCode } from './verbs/set-up.ts'
import { createSignIn } from './verbs/sign-in.ts'
import type { MadeToken, TokenWish } from './verbs/tokens.ts'

export interface AccessOptions {
  database: Database
  vault: Vault
  log: Log
  /** The address at which people see Opora; https makes the cookie travel over TLS only. */
  publicUrl: string | null
  sendMail(tx: Tx, mail: AccessMail): Promise<void>
  /** Notes on a contact which account it signs in with: a verb of the module that keeps contacts. */
  linkContact(tx: Tx, contactId: number, accountId: number): Promise<unknown>
  settings?: AccessSettings
  passwords?: PasswordHasher
  /** How long a process may go on believing what it read of a session, ms. */
  cacheTtlMs?: number
}

export interface Access {
  authenticate(request: Request): Promise<Actor | null>
  authorise(actor: Actor | null, policy: string): Actor
  /** Does what let this caller in still hold, with the same reach? For streams that stay open. */
  revalidate(actor: Actor): Promise<boolean>
  routes: AnyRoute<Actor>[]
  /** Letters and cleaning, for the job runner, and when the cleaning is due. */
  tasks: JobTasks
  cron: string
  links: Links
  /** The code for the first account, to be printed at the start; null once it is made. */
  ensureSetupCode(tx: Tx): Promise<string | null>
  /** For the module that keeps contacts: makes the account and mails the invitation; null when the address is another account's. */
  inviteToCabinet(tx: Tx, actor: Actor, invitation: CabinetInvitation): Promise<{ accountId: number } | null>
  /** For the module that passes tickets to partners: the account behind an address, made when there is none. */
  partnerAccount(
    tx: Tx,
    actor: Actor,
    wish: { email: string; name: string | null; locale: Locale },
  ): Promise<PartnerAccount>
  /** Links for the letter that invites a partner to a ticket; null when that person may not come in. */
  partnerLinks(tx: Tx, accountId: number, about: { ticketId: number; endsAt: Instant }): Promise<PartnerLinks | null>
  endPartnerLinks(tx: Tx, accountId: number, ticketId: number): Promise<void>
  /** Somebody's rights as they are now; null when they may not come in any more. */
  actorOf(sql: Queryable, accountId: number): Promise<Actor | null>
  /** For the command line: the new account's number. */
  createUser(tx: Tx, wish: UserWish): Promise<number>
  /** For demo data: the account of a contact, with its password. */
  createCabinetUser(tx: Tx, wish: CabinetUserWish): Promise<number>
  /** For the command line: a token for the person with this address. */
  createToken(tx: Tx, email: string, wish: TokenWish): Promise<MadeToken>
  /** Hears that rights have changed elsewhere; answers how to stop hearing. */
  start(): Promise<() => Promise<void>>
  /** Makes this process look a person up anew; for acts that change rights, in the act itself. */
  forget(accountId: number): void
}

const CACHE_TTL_MS = 5_000
const CHANNEL = 'opora_sessions'

export function createAccess(options: AccessOptions): Access {
  const secure = options.publicUrl?.startsWith('https://') ?? false
  const settings = options.settings ?? accessDefaults
  const cache = createActorCache(options.cacheTtlMs ?? CACHE_TTL_MS)
  const ports: AccessPorts = {
    database: options.database,
    vault: options.vault,
    log: options.log,
    settings,
    passwords: options.passwords ?? createPasswordHasher(),
    cache,
    secure,
    cookieName: cookieNameFor(secure),
    sendMail: options.sendMail,
    linkContact: options.linkContact,
  }
  const profile = createProfile(ports)
  return {
    authenticate: createAuthenticate(ports),
    authorise,
    revalidate: createRevalidate(ports),
    routes: [
      ...sessionRoutes(ports, createSignIn(ports), profile),
      ...profileRoutes(ports, profile, createSecondFactor(ports)),
      ...tokenRoutes(ports),
      ...recoveryRoutes(ports, profile),
      ...setUpRoutes(ports, profile),
      ...staffRoutes(ports),
      ...auditRoutes(ports),
    ],
    tasks: accessTasks(ports),
    cron: accessCron,
    links: createLinks(options.database),
    ensureSetupCode: (tx) => ensureSetupCode(options.vault, tx),
    inviteToCabinet: (tx, actor, invitation) => inviteToCabinet(ports, tx, actor, invitation),
    partnerAccount,
    partnerLinks,
    endPartnerLinks,
    actorOf: actorByAccount,
    createUser: (tx, wish) => createUser(tx, ports.passwords, wish),
    createCabinetUser: (tx, wish) => createCabinetUser(ports, tx, wish),
    createToken,
    start: () =>
      options.database.listen(
        CHANNEL,
        (accountId) => cache.forget(Number(accountId)),
        // after a break of the connection nobody knows what was missed
        () => cache.clear(),
      ),
    forget: (accountId) => cache.forget(accountId),
  }
}
