import { type Action, type Actor, mayEver, type Role, refuseAccess } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import { type AnyRoute, createHttpServer } from '@opora/platform/http'
import { silentLog } from '@opora/platform/log'
import type { TestDatabase } from '@opora/platform/testkit'
import { listClients } from './clients.read-model.ts'
import { contactById, type KnownContact, listContacts } from './contacts.read-model.ts'
import type { CabinetAccounts } from './people.ports.ts'
import type { ClientColumns, ContactColumns } from './people.store.ts'

/* Rows and actors for tests of this and later modules: literals with overrides, no rules. */

const counter = { next: 1 }

export async function createClient(
  sql: Queryable,
  overrides: ClientColumns = {},
): Promise<{ id: number; name: string }> {
  const row = { name: `Клиент ${counter.next++}`, ...overrides }
  const [made] = await sql<{ id: number; name: string }[]>`insert into client ${sql(row as never)} returning id, name`
  return made!
}

export async function createContact(
  sql: Queryable,
  clientId: number,
  overrides: ContactColumns & { accountId?: number } = {},
): Promise<KnownContact> {
  const number = counter.next++
  const row = { clientId, name: `Контакт ${number}`, email: `contact${number}@client.test`, ...overrides }
  const [made] = await sql<{ id: number }[]>`insert into contact ${sql(row as never)} returning id`
  return (await contactById(sql, made!.id))!
}

export async function createStaff(
  sql: Queryable,
  given: { roles?: Role[]; name?: string; serves?: 'all' | 'listed'; clientIds?: number[] } = {},
): Promise<{ id: number; name: string }> {
  const number = counter.next++
  const row = {
    side: 'staff',
    email: `staff${number}@provider.test`,
    name: given.name ?? `Сотрудник ${number}`,
    serves: given.serves ?? (given.clientIds ? 'listed' : 'all'),
  }
  const [made] = await sql<{ id: number; name: string }[]>`insert into account ${sql(row)} returning id, name`
  for (const role of given.roles ?? []) await sql`insert into account_role values (${made!.id}, ${role})`
  for (const id of given.clientIds ?? []) await sql`insert into account_client values (${made!.id}, ${id})`
  return made!
}

/** A person of the provider with these roles; `clientIds` null means that they serve everybody. */
export function staffActor(accountId: number, roles: Role[], clientIds: number[] | null = null): Actor {
  return {
    key: `account:${accountId}`,
    side: 'staff',
    accountId,
    name: `Сотрудник ${accountId}`,
    email: null,
    roles,
    locale: 'ru',
    zone: 'Europe/Moscow',
    clientIds,
    contact: null,
    tokenScopes: null,
    sessionId: null,
    fresh: true,
    secondFactor: true,
    brokeGlass: false,
    ip: null,
    requestId: null,
    scope: { as: 'staff' },
  }
}

/** A contact signed in to the cabinet. */
export function contactActor(contact: KnownContact, accountId = 1_000_000 + contact.id): Actor {
  const { id, clientId, scope, department, responsible, portalAdmin } = contact
  return {
    ...staffActor(accountId, []),
    side: 'client',
    name: contact.name,
    email: contact.email,
    contact: { id, clientId, scope, department, responsible, portalAdmin },
    scope: { as: 'client', clientId, accountId },
  }
}

/** Accounts that invite nobody for real; `sent` holds the invitations. */
export function fakeAccounts(actors: Actor[] = []): CabinetAccounts & { sent: string[]; accountId: number | null } {
  const accounts = {
    sent: [] as string[],
    accountId: null as number | null,
    async inviteToCabinet(sql: Queryable, _actor: Actor, invitation: { email: string; name: string }) {
      const [made] = await sql<{ id: number }[]>`
        insert into account (side, email, name) values ('client', ${invitation.email}, ${invitation.name})
        on conflict do nothing returning id`
      if (!made) return null
      accounts.sent.push(invitation.email)
      return { accountId: made.id }
    },
    async actorOf(_sql: Queryable, accountId: number) {
      return actors.find((actor) => actor.accountId === accountId) ?? null
    },
  }
  return accounts
}

export interface Answer {
  status: number
  body: Record<string, unknown> & { items?: Record<string, unknown>[] }
  text: string
}

/** Serves routes as the product does, with the caller given by hand: `call(actor, 'GET', '/clients')`. */
export async function serveRoutes(database: TestDatabase, routes: AnyRoute<Actor>[]) {
  const callers = new Map<string, Actor>()
  const app = await createHttpServer<Actor>(
    {
      database,
      log: silentLog,
      version: 'test',
      authenticate: async (request) => callers.get(String(request.headers['x-test-actor'])) ?? null,
      authorise(caller, policy) {
        if (!caller) throw refuseAccess('access.sign_in_required')
        if (policy !== 'signed-in' && !mayEver(caller, policy as Action)) throw refuseAccess('access.not_allowed')
        return caller
      },
      allowedOrigins: () => [],
    },
    routes,
  )
  await app.ready()
  return {
    async call(
      actor: Actor | null,
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body?: object,
      version?: number,
    ): Promise<Answer> {
      const key = actor?.key ?? 'nobody'
      if (actor) callers.set(key, actor)
      const answer = await app.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          'x-test-actor': key,
          'accept-language': actor?.locale ?? 'ru',
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
        ...(body ? { payload: body } : {}),
      })
      return {
        status: answer.statusCode,
        body: answer.headers['content-type']?.includes('json') && answer.body ? answer.json() : {},
        text: answer.body,
      }
    },
    /** The bytes of a file's answer. */
    async bytes(actor: Actor | null, path: string): Promise<Buffer> {
      const key = actor?.key ?? 'nobody'
      if (actor) callers.set(key, actor)
      return (await app.inject({ url: `/api/v1${path}`, headers: { 'x-test-actor': key } })).rawPayload
    },
    close: () => app.close(),
  }
}

/** The queries behind the lists, for tests of their plans. */
export const peopleLists = { listClients, listContacts }
