import type { Json, Queryable, Tx } from '@opora/platform/database'

export async function savePassword(tx: Tx, accountId: number, hash: string): Promise<void> {
  await tx`update account set password_hash = ${hash} where id = ${accountId}`
}

export interface TotpRow {
  totpSealed: Uint8Array | null
  totpOn: boolean
}

export async function readTotp(sql: Queryable, accountId: number): Promise<TotpRow | undefined> {
  const [row] = await sql<TotpRow[]>`select totp_sealed, totp_on from account where id = ${accountId}`
  return row
}

/** Keeps the secret of an enrolment that is not confirmed yet; false when the factor is on already. */
export async function beginTotp(tx: Tx, accountId: number, sealed: Buffer): Promise<boolean> {
  const rows = await tx`
    update account set totp_sealed = ${sealed}, totp_last_step = null where id = ${accountId} and not totp_on returning id`
  return rows.length > 0
}

export async function turnTotpOn(tx: Tx, accountId: number, recoveryHashes: string[]): Promise<void> {
  await tx`update account set totp_on = true, recovery_hashes = ${recoveryHashes} where id = ${accountId}`
}

export async function turnTotpOff(tx: Tx, accountId: number): Promise<void> {
  await tx`update account set totp_on = false, totp_sealed = null, totp_last_step = null, recovery_hashes = '{}' where id = ${accountId}`
  await tx`update session set second_factor = false where account_id = ${accountId} and revoked_at is null`
}

export async function saveRecoveryCodes(tx: Tx, accountId: number, recoveryHashes: string[]): Promise<void> {
  await tx`update account set recovery_hashes = ${recoveryHashes} where id = ${accountId}`
}

/** Spends a step: a code that was seen once, or an older one, is no good any more. True when it was still unspent. */
export async function spendTotpStep(sql: Queryable, accountId: number, step: number): Promise<boolean> {
  const rows = await sql`
    update account set totp_last_step = ${step}
    where id = ${accountId} and (totp_last_step is null or totp_last_step < ${step}) returning id`
  return rows.length > 0
}

/** Spends a recovery code; true when there was such a one. */
export async function spendRecoveryCode(sql: Queryable, accountId: number, hash: string): Promise<boolean> {
  const rows = await sql`
    update account set recovery_hashes = array_remove(recovery_hashes, ${hash})
    where id = ${accountId} and ${hash} = any(recovery_hashes) returning id`
  return rows.length > 0
}

export interface NewAccount {
  side: 'staff' | 'client' | 'partner'
  email: string
  name: string
  locale: 'ru' | 'en'
  zone?: string | undefined
  serves?: 'all' | 'listed'
  specialities?: readonly string[]
  grade?: string | null
  passwordHash?: string | null
}

/** The new account's number; null when the address is taken. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<number | null> {
  const [row] = await tx<{ id: number }[]>`
    insert into account (side, email, name, locale, zone, serves, specialities, grade, password_hash)
    values (${account.side}, ${account.email}, ${account.name}, ${account.locale}, ${account.zone ?? 'Europe/Moscow'}, ${account.serves ?? 'all'},
      ${[...(account.specialities ?? [])]}, ${account.grade ?? null}, ${account.passwordHash ?? null})
    on conflict (lower(email)) do nothing returning id`
  return row?.id ?? null
}

export async function replaceRoles(tx: Tx, accountId: number, roles: readonly string[]): Promise<void> {
  await tx`delete from account_role where account_id = ${accountId} and role <> all(${[...roles]}::text[])`
  await tx`insert into account_role (account_id, role) select ${accountId}, unnest(${[...roles]}::text[]) on conflict do nothing`
}

/** Which clients a person serves; false when one of them does not exist. */
export async function replaceServedClients(tx: Tx, accountId: number, clientIds: readonly number[]): Promise<boolean> {
  const wanted = [...new Set(clientIds)]
  const [found] = await tx<{ count: number }[]>`select count(*) from client where id = any(${wanted}::bigint[])`
  if (found!.count !== wanted.length) return false
  await tx`delete from account_client where account_id = ${accountId} and client_id <> all(${wanted}::bigint[])`
  await tx`insert into account_client (account_id, client_id) select ${accountId}, unnest(${wanted}::bigint[]) on conflict do nothing`
  return true
}

/** Names the people who serve a client, beside those who serve everybody. */
export async function replaceServingStaff(tx: Tx, clientId: number, accountIds: readonly number[]): Promise<void> {
  const wanted = [...new Set(accountIds)]
  await tx`delete from account_client where client_id = ${clientId} and account_id <> all(${wanted}::bigint[])`
  await tx`insert into account_client (account_id, client_id) select unnest(${wanted}::bigint[]), ${clientId} on conflict do nothing`
}

export interface ProfileChange {
  name?: string | undefined
  locale?: 'ru' | 'en' | undefined
  zone?: string | undefined
  preferences?: Record<string, Json> | undefined
}

/** Preferences are laid over the old ones; a null takes one away. */
export async function changeProfile(tx: Tx, accountId: number, change: ProfileChange): Promise<void> {
  await tx`update account set name = coalesce(${change.name ?? null}, name), locale = coalesce(${change.locale ?? null}, locale),
    zone = coalesce(${change.zone ?? null}, zone),
    preferences = jsonb_strip_nulls(preferences || ${tx.json(change.preferences ?? {})}), version = version + 1 where id = ${accountId}`
}
