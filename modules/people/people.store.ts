import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'

/** Columns of a client as they are written; what is absent stays as it is. */
export interface ClientColumns {
  name?: string
  kind?: string
  legalName?: string | null
  legalAddress?: string | null
  inn?: string | null
  kpp?: string | null
  ogrn?: string | null
  bankName?: string | null
  bik?: string | null
  settlementAccount?: string | null
  corrAccount?: string | null
  zone?: string
  locale?: string
  mailDomains?: string[]
  licenceClass?: string
  accountManagerId?: number | null
  notes?: string
  archivedAt?: number | null
}

export interface ContactColumns {
  name?: string
  email?: string | null
  phone?: string | null
  department?: string | null
  position?: string | null
  scope?: string
  responsible?: boolean
  portalAdmin?: boolean
  status?: string
  locale?: string
}

export async function insertClient(tx: Tx, columns: ClientColumns & { name: string }): Promise<number> {
  const row = defined(columns)
  const [made] = await tx<{ id: number }[]>`insert into client ${tx(row)} returning id`
  return made!.id
}

/** Throws the version conflict when somebody else was faster; `expected` null skips the check. */
export async function updateClient(
  tx: Tx,
  id: number,
  expected: number | null,
  columns: ClientColumns,
): Promise<number> {
  const changes = { ...defined(columns), version: tx`version + 1` }
  const [row] = await tx<{ version: number }[]>`
    update client set ${tx(changes as never)}
    where id = ${id} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (row) return row.version
  return await staleVersion(tx`select version from client where id = ${id}`)
}

export async function insertContact(
  tx: Tx,
  clientId: number,
  columns: ContactColumns & { name: string },
): Promise<number | null> {
  const row = { clientId, ...defined(columns) }
  const [made] = await tx<{ id: number }[]>`
    insert into contact ${tx(row)} on conflict (client_id, lower(email)) do nothing returning id`
  return made?.id ?? null
}

export async function updateContact(
  tx: Tx,
  id: number,
  expected: number | null,
  columns: ContactColumns,
): Promise<number> {
  const changes = { ...defined(columns), version: tx`version + 1` }
  const [row] = await tx<{ version: number }[]>`
    update contact set ${tx(changes as never)}
    where id = ${id} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (row) return row.version
  return await staleVersion(tx`select version from contact where id = ${id}`)
}

/** Gives the contact its account, once; false when it has one already. */
export async function linkAccount(tx: Tx, contactId: number, accountId: number): Promise<boolean> {
  const rows = await tx`update contact set account_id = ${accountId}, version = version + 1
    where id = ${contactId} and account_id is null returning id`
  return rows.length === 1
}

export async function setMailBad(tx: Tx, email: string, bad: boolean): Promise<void> {
  if (bad) {
    await tx`update contact set mail_bad_since = app_now() where lower(email) = lower(${email}) and mail_bad_since is null`
  } else {
    await tx`update contact set mail_bad_since = null where lower(email) = lower(${email}) and mail_bad_since is not null`
  }
}

/** One sender at a time: two first letters of the same stranger make one prospect. */
export async function lockSender(tx: Tx, email: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`sender:${email.toLowerCase()}`}, 0))`
}

/** Mail domains of one client cannot be claimed by another at the same time. */
export async function lockMailDomains(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('client.mail_domains', 0))`
}

async function staleVersion(query: PromiseLike<readonly { version?: number }[]>): Promise<never> {
  const [row] = await query
  throw refuseHttp('http.version_conflict', { details: { currentVersion: row?.version ?? null } })
}

function defined<Row extends object>(row: Row): Record<string, never> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Record<string, never>
}
