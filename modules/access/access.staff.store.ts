import type { Tx } from '@opora/platform/database'
import type { Role } from './domain/roles.ts'

export interface StaffChange {
  email?: string | undefined
  name?: string | undefined
  active?: boolean | undefined
  locale?: 'ru' | 'en' | undefined
  zone?: string | undefined
  serves?: 'all' | 'listed' | undefined
  specialities?: string[] | undefined
  /** `null` takes it away. */
  grade?: string | null | undefined
}

/** False when somebody else has changed the person since this version. */
export async function updateStaff(tx: Tx, id: number, version: number, change: StaffChange): Promise<boolean> {
  const rows = await tx`
    update account set email = coalesce(${change.email ?? null}, email), name = coalesce(${change.name ?? null}, name),
      active = coalesce(${change.active ?? null}, active), locale = coalesce(${change.locale ?? null}, locale),
      zone = coalesce(${change.zone ?? null}, zone), serves = coalesce(${change.serves ?? null}, serves),
      specialities = coalesce(${change.specialities ?? null}::text[], specialities),
      grade = ${change.grade === undefined ? tx`grade` : change.grade}, version = version + 1
    where id = ${id} and version = ${version} returning id`
  return rows.length > 0
}

export async function emailTaken(tx: Tx, email: string, exceptId: number): Promise<boolean> {
  const rows = await tx`select 1 from account where lower(email) = lower(${email}) and id <> ${exceptId}`
  return rows.length > 0
}

/**
 * Is there an administrator beside this one? Holds a lock until the transaction ends: of two administrators who retire each other at the
 * same moment, one is refused.
 */
export async function otherAdministrator(tx: Tx, exceptId: number): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(hashtext('access.administrators'))`
  const role: Role = 'ad'
  const rows = await tx`
    select 1 from account_role r join account a on a.id = r.account_id
    where r.role = ${role} and a.active and a.id <> ${exceptId} limit 1`
  return rows.length > 0
}
