import type { Instant } from '@opora/core'
import postgres from 'postgres'
import { readTimestamp } from './read-timestamp.ts'
import { type LoginRole, rolePassword } from './roles.ts'

const TYPES = {
  // int8: our identifiers, kopecks and minutes stay far below 2^53
  bigint: { to: 20, from: [20], parse: (text: string) => Number(text), serialize: (value: number) => String(value) },
  // timestamptz <-> Instant (integer milliseconds)
  instant: {
    to: 1184,
    from: [1184],
    parse: readTimestamp,
    serialize: (value: Instant | Date | string) => (typeof value === 'string' ? value : new Date(value).toISOString()),
  },
  // civil dates stay text
  date: { to: 1082, from: [1082], parse: (text: string) => text, serialize: (value: string) => value },
}

export type Sql = postgres.Sql<{ bigint: number; instant: number; date: string }>
/** A transaction or a plain pool: what a store needs to run a query. */
export type Queryable = Sql | postgres.TransactionSql<{ bigint: number; instant: number; date: string }>
export type Tx = postgres.TransactionSql<{ bigint: number; instant: number; date: string }>
export type Json = postgres.JSONValue

/** Whose eyes a transaction has. Staff and jobs see every row, a client the rows of one client, a partner what was shared. */
export type DatabaseScope =
  | { as: 'staff' }
  | { as: 'worker' }
  /** `actorKey` names who calls, where saved answers are kept for them alone. */
  | { as: 'client'; clientId: number; accountId: number; actorKey?: string }
  | { as: 'partner'; accountId: number; actorKey?: string }

export interface Database {
  /** The pool of one login role. Clients' and partners' rows are reached through `begin` and `read` only. */
  readonly staff: Sql
  readonly worker: Sql
  /** Read models that may lag: the replica when there is one. */
  readonly replica: Sql
  begin<T>(scope: DatabaseScope, body: (tx: Tx) => Promise<T>): Promise<T>
  read<T>(scope: DatabaseScope, body: (sql: Queryable) => Promise<T>): Promise<T>
  listen(channel: string, onPayload: (payload: string) => void, onListen?: () => void): Promise<() => Promise<void>>
  ping(): Promise<Instant>
  close(): Promise<void>
}

export interface ConnectOptions {
  url: string
  replicaUrl?: string | undefined
  /** Key from which the login roles' passwords are derived. */
  secret: Buffer
  staffConnections?: number
  clientConnections?: number
  workerConnections?: number
  applicationName?: string
  /** Folder of the server's Unix socket: on the same machine a shorter way than TCP. The port of `url` names the socket. */
  socketDir?: string | null
}

/** One pool over `url` with the product's types. `login` replaces the user of the address by one of our login roles. */
export function openPool(
  url: string,
  options: { login?: LoginRole; secret?: Buffer; max: number; applicationName?: string; socketDir?: string | null },
): Sql {
  const as =
    options.login && options.secret
      ? { username: options.login, password: rolePassword(options.secret, options.login) }
      : {}
  const by = options.socketDir ? { host: options.socketDir, port: Number(new URL(url).port) } : {}
  return postgres(url, {
    ...as,
    ...by,
    max: options.max,
    types: TYPES,
    idle_timeout: 60,
    connect_timeout: 10,
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    onnotice: () => {},
    connection: {
      application_name: options.applicationName ?? 'opora',
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      timezone: 'UTC',
    },
  }) as unknown as Sql
}

export function connect(options: ConnectOptions): Database {
  const { url, secret, applicationName = 'opora' } = options
  const pool = (login: LoginRole, max: number, address = url) =>
    openPool(address, {
      login,
      secret,
      max,
      applicationName,
      socketDir: address === url ? (options.socketDir ?? null) : null,
    })
  const staff = pool('opora_staff', options.staffConnections ?? 10)
  const client = pool('opora_client', options.clientConnections ?? 5)
  const partner = pool('opora_partner', 2)
  const worker = pool('opora_worker', options.workerConnections ?? 6)
  const replica = options.replicaUrl ? pool('opora_staff', 5, options.replicaUrl) : staff

  const begin = <T>(scope: DatabaseScope, body: (tx: Tx) => Promise<T>): Promise<T> => {
    if (scope.as === 'staff') return staff.begin(body) as Promise<T>
    if (scope.as === 'worker') return worker.begin(body) as Promise<T>
    const outside = scope.as === 'client' ? client : partner
    return outside.begin(async (tx) => {
      const clientId = scope.as === 'client' ? String(scope.clientId) : ''
      await tx`select set_config('app.client_id', ${clientId}, true), set_config('app.account_id', ${String(scope.accountId)}, true),
        set_config('app.actor_key', ${scope.actorKey ?? ''}, true)`
      return body(tx)
    }) as Promise<T>
  }
  return {
    staff,
    worker,
    replica,
    begin,
    read(scope, body) {
      if (scope.as === 'staff') return body(staff)
      if (scope.as === 'worker') return body(worker)
      return begin(scope, body)
    },
    async listen(channel, onPayload, onListen) {
      const subscription = await worker.listen(channel, onPayload, onListen)
      return () => subscription.unlisten()
    },
    async ping() {
      const [row] = await staff<{ now: Instant }[]>`select now() as now`
      return row!.now
    },
    async close() {
      await Promise.all(
        [staff, client, partner, worker, ...(replica === staff ? [] : [replica])].map((p) => p.end({ timeout: 5 })),
      )
    },
  }
}
