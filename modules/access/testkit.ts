import { createHash } from 'node:crypto'
import type { Locale } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { type AnyRoute, createHttpServer } from '@opora/platform/http'
import { silentLog } from '@opora/platform/log'
import { createVault, hashToken, newToken } from '@opora/platform/secrets'
import { TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { accessDefaults } from './access.config.ts'
import { createPasswordHasher } from './access.passwords.ts'
import type { AccessMail } from './access.ports.ts'
import { type Access, type AccessOptions, createAccess } from './access.service.ts'
import type { Actor, ContactScope } from './domain/actor.ts'
import type { Role } from './domain/roles.ts'

/** As cheap as Argon2id allows: tests sign in hundreds of times. */
export { createLinks } from './access.links.ts'

export const testPasswords = createPasswordHasher({ memoryKib: 8, passes: 1 })
export const TEST_PASSWORD = 'correct-horse-battery'

export interface AccountWish {
  side?: 'staff' | 'client' | 'partner'
  roles?: Role[]
  name?: string
  email?: string
  locale?: Locale
  serves?: 'all' | 'listed'
  /** Clients served, by number. */
  clientIds?: number[]
  password?: string
  specialities?: string[]
  /** For the client's side; without `clientId` a new client is made. */
  contact?: {
    clientId?: number
    scope?: ContactScope
    department?: string | null
    responsible?: boolean
    portalAdmin?: boolean
  }
}

export interface TestAccount {
  id: number
  side: 'staff' | 'client' | 'partner'
  roles: Role[]
  name: string
  email: string
  locale: Locale
  clientIds: number[] | null
  contact: Actor['contact']
  password: string
}

let made = 0

/** A person who may sign in: staff by default, with the roles named. Of the client's side: with a contact, and a client unless one is named. */
export async function createAccount(db: TestDatabase, wish: AccountWish = {}): Promise<TestAccount> {
  made += 1
  const { side = 'staff', roles = [], password = TEST_PASSWORD, locale = 'ru' } = wish
  const unique = createHash('sha256').update(`${process.pid}-${made}`).digest('hex').slice(0, 6)
  const email = wish.email ?? `person-${made}-${unique}@example.test`
  const name = wish.name ?? `Person ${made}`
  const serves = wish.serves ?? (wish.clientIds ? 'listed' : 'all')
  const hash = await testPasswords.hash(password)
  return db.owner.begin(async (tx) => {
    const [row] = await tx<{ id: number }[]>`
      insert into account (side, email, name, locale, serves, password_hash, specialities)
      values (${side}, ${email}, ${name}, ${locale}, ${serves}, ${hash}, ${wish.specialities ?? []}) returning id`
    const id = row!.id
    for (const role of roles) await tx`insert into account_role (account_id, role) values (${id}, ${role})`
    for (const clientId of wish.clientIds ?? [])
      await tx`insert into account_client (account_id, client_id) values (${id}, ${clientId})`
    const contact = side === 'client' ? await insertContact(tx, { id, name, email, wish: wish.contact ?? {} }) : null
    const clientIds = side === 'staff' && serves === 'all' ? null : (wish.clientIds ?? [])
    return { id, side, roles, name, email, locale, clientIds, contact, password }
  }) as Promise<TestAccount>
}

async function insertContact(
  tx: Tx,
  person: { id: number; name: string; email: string; wish: NonNullable<AccountWish['contact']> },
): Promise<NonNullable<Actor['contact']>> {
  const { scope = 'own', department = null, responsible = false, portalAdmin = false } = person.wish
  const clientId = person.wish.clientId ?? (await insertClient(tx, `Client of ${person.name}`))
  const [row] = await tx<{ id: number }[]>`
    insert into contact (client_id, account_id, name, email, scope, department, responsible, portal_admin)
    values (${clientId}, ${person.id}, ${person.name}, ${person.email}, ${scope}, ${department}, ${responsible}, ${portalAdmin}) returning id`
  return { id: row!.id, clientId, scope, department, responsible, portalAdmin }
}

async function insertClient(tx: Tx, name: string): Promise<number> {
  const [row] = await tx<{ id: number }[]>`insert into client (name) values (${name}) returning id`
  return row!.id
}

/** The actor of a person, as a signed-in request would carry it. */
export function actorOf(account: TestAccount, overrides: Partial<Actor> = {}): Actor {
  return {
    key: `account:${account.id}`,
    side: account.side,
    accountId: account.id,
    name: account.name,
    email: account.email,
    roles: account.roles,
    locale: account.locale,
    zone: 'Europe/Moscow',
    clientIds: account.clientIds,
    contact: account.contact,
    tokenScopes: null,
    sessionId: null,
    fresh: true,
    secondFactor: true,
    brokeGlass: false,
    ip: '127.0.0.1',
    requestId: 'test',
    scope:
      account.side === 'staff'
        ? { as: 'staff' }
        : account.side === 'partner'
          ? { as: 'partner', accountId: account.id }
          : { as: 'client', clientId: account.contact?.clientId ?? 0, accountId: account.id },
    ...overrides,
  }
}

/** The `cookie` header of a new session of this person. */
export async function sessionCookie(
  db: TestDatabase,
  account: { id: number },
  options: { secondFactor?: boolean; fresh?: boolean } = {},
): Promise<string> {
  const { secondFactor = true, fresh = true } = options
  const token = newToken('ses')
  await db.owner`
    insert into session (account_id, token_hash, expires_at, second_factor, confirmed_at)
    values (${account.id}, ${hashToken(token)}, app_now() + interval '30 days', ${secondFactor},
      app_now() - ${fresh ? '0 minutes' : '11 minutes'}::interval)`
  return `opora_session=${token}`
}

export interface TestAccess extends Access {
  /** Letters that would have been sent, oldest first. */
  mails: AccessMail[]
}

/** The module over a test's database: nothing is remembered between requests, letters are only noted. */
export function createTestAccess(db: TestDatabase, options: Partial<AccessOptions> = {}): TestAccess {
  const mails: AccessMail[] = []
  const access = createAccess({
    database: db,
    vault: createVault(TEST_SECRET),
    log: silentLog,
    publicUrl: null,
    settings: accessDefaults,
    passwords: testPasswords,
    cacheTtlMs: 0,
    sendMail: async (_tx, mail) => {
      mails.push(mail)
    },
    linkContact: (tx, contactId, accountId) => tx`update contact set account_id = ${accountId} where id = ${contactId}`,
    ...options,
  })
  return { ...access, mails }
}

export type TestServer = Awaited<ReturnType<typeof createHttpServer>>

/** A server with sign-in wired, for `app.inject`; the module's own routes are there too when none are named. */
export async function startTestServer(
  db: TestDatabase,
  routes?: AnyRoute<Actor>[],
  access: Access = createTestAccess(db),
): Promise<TestServer> {
  const app = await createHttpServer<Actor>(
    {
      database: db,
      log: silentLog,
      version: 'test',
      authenticate: access.authenticate,
      authorise: access.authorise,
      allowedOrigins: () => [],
    },
    routes ?? access.routes,
  )
  await app.ready()
  return app
}
