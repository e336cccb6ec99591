import type { Database, Tx } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Log } from '@opora/platform/log'
import type { Vault } from '@opora/platform/secrets'
import { type AccessSettings, accessDefaults } from './access.config.ts'
import { cookieNameFor } from './access.cookie.ts'
import { createPasswordHasher, type PasswordHasher } from './access.passwords.ts'
import type { AccessMail, AccessPorts } from './access.ports.ts'
import type { Request } from './access.route.ts'
import { createActorCache } from './actor-cache.ts'
import { createAuthenticate } from './authenticate.ts'
import { authorise } from './authorise.ts'
import type { Actor } from './domain/actor.ts'
import { profileRoutes } from './routes/profile.routes.ts'
import { sessionRoutes } from './routes/session.routes.ts'
import { createProfile } from './verbs/profile.ts'
import { createSecondFactor } from './verbs/second-factor.ts'
import { createSignIn } from './verbs/sign-in.ts'

export interface AccessOptions {
  database: Database
  vault: Vault
  log: Log
  /** The address at which people see Opora; https makes the cookie travel over TLS only. */
  publicUrl: string | null
  sendMail(tx: Tx, mail: AccessMail): Promise<void>
  settings?: AccessSettings
  passwords?: PasswordHasher
  /** How long a process may go on believing what it read of a session, ms. */
  cacheTtlMs?: number
}

export interface Access {
  authenticate(request: Request): Promise<Actor | null>
  authorise(actor: Actor | null, policy: string): Actor
  routes: AnyRoute<Actor>[]
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
  }
  const profile = createProfile(ports)
  return {
    authenticate: createAuthenticate(ports),
    authorise,
    routes: [
      ...sessionRoutes(ports, createSignIn(ports), profile),
      ...profileRoutes(ports, profile, createSecondFactor(ports)),
    ],
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
