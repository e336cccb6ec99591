import { RU_PRODUCTION_YEARS } from '@opora/calendar'
import { type CivilDate, type Instant, isoInstant } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ACTIVITIES } from './catalogue/activities.ts'
import { CALENDARS } from './catalogue/calendars.ts'
import { PACKAGES } from './catalogue/packages.ts'
import { PRICE_LISTS } from './catalogue/price-lists.ts'
import { SERVICES } from './catalogue/services.ts'
import { SLA_POLICIES } from './catalogue/sla-policies.ts'
import type { PriceList } from './domain/price-list.ts'

/**
 * Puts the shipped catalogue into the database: production years, calendars, SLA policies, packages, services, activities.
 * What is there already stays as the installation has edited it; a production year that was only estimated is replaced.
 */
export async function seedCatalogue(tx: Tx): Promise<void> {
  for (const year of RU_PRODUCTION_YEARS) {
    await tx`insert into production_year (country, year, data, source)
      values ('RU', ${year.year}, ${tx.json(year as unknown as Json)}, ${year.source})
      on conflict (country, year) do update set data = excluded.data, source = excluded.source, loaded_at = app_now()
        where production_year.data ->> 'status' <> 'approved' and excluded.data ->> 'status' = 'approved'`
  }
  for (const { code, name, spec } of CALENDARS) await addVersioned(tx, 'calendar', code, name, spec as unknown as Json)
  for (const { code, name, spec } of SLA_POLICIES) {
    await addVersioned(tx, 'sla_policy', code, name, spec as unknown as Json)
  }
  for (const [position, offer] of PACKAGES.entries()) {
    await tx`insert into catalogue_package (code, offer, name_ru, name_en, spec, position)
      values (${offer.code}, ${offer.offer}, ${offer.name.ru}, ${offer.name.en}, ${tx.json(offer as unknown as Json)}, ${position})
      on conflict (code) do nothing`
  }
  for (const [position, { code, name, activity, unit, price, role }] of SERVICES.entries()) {
    await tx`insert into catalogue_service (code, name_ru, name_en, activity, unit, price, role, position)
      values (${code}, ${name.ru}, ${name.en}, ${activity}, ${unit}, ${price}, ${role}, ${position}) on conflict (code) do nothing`
  }
  for (const [position, { code, name }] of ACTIVITIES.entries()) {
    await tx`insert into activity (code, name_ru, name_en, position)
      values (${code}, ${name.ru}, ${name.en}, ${position}) on conflict (code) do nothing`
  }
  for (const { code, name, validFrom, spec } of PRICE_LISTS) {
    const made = await tx`insert into price_list (code, name_ru, name_en, is_default)
      values (${code}, ${name.ru}, ${name.en}, true) on conflict do nothing returning code`
    if (made.length > 0) await insertPriceListVersion(tx, { code, validFrom, spec, reason: '', actorId: null })
  }
}

type Versioned = 'calendar' | 'sla_policy'

async function addVersioned(
  tx: Tx,
  table: Versioned,
  code: string,
  name: { ru: string; en: string },
  spec: Json,
): Promise<void> {
  const made = await tx`insert into ${tx(table)} (code, name_ru, name_en, spec)
    values (${code}, ${name.ru}, ${name.en}, ${tx.json(spec)}) on conflict (code) do nothing returning code`
  if (made.length === 0) return
  await tx`insert into ${tx(`${table}_version`)} (code, version, spec) values (${code}, 1, ${tx.json(spec)})`
}

export interface VersionedChange {
  code: string
  nameRu: string
  nameEn: string
  spec: Json
  actorId: number | null
  /** Of a policy: when this version comes into force; absent: at once. */
  validFrom?: Instant | null
}

/** Adds one with its first version; false when the code is taken. */
export async function insertVersioned(tx: Tx, table: Versioned, row: VersionedChange): Promise<boolean> {
  const made = await tx`insert into ${tx(table)} (code, name_ru, name_en, spec)
    values (${row.code}, ${row.nameRu}, ${row.nameEn}, ${tx.json(row.spec)}) on conflict (code) do nothing returning code`
  if (made.length === 0) return false
  await keepVersion(tx, table, row, 1)
  return true
}

/** A new version beside the old ones; throws the version conflict when somebody else was faster. */
export async function updateVersioned(
  tx: Tx,
  table: Versioned,
  row: VersionedChange,
  expected: number | null,
): Promise<number> {
  const [made] = await tx<{ version: number }[]>`
    update ${tx(table)} set name_ru = ${row.nameRu}, name_en = ${row.nameEn}, spec = ${tx.json(row.spec)}, version = version + 1,
      updated_at = app_now()
    where code = ${row.code} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (!made) {
    const [now] = await tx<{ version: number }[]>`select version from ${tx(table)} where code = ${row.code}`
    throw refuseHttp('http.version_conflict', { details: { currentVersion: now?.version ?? null } })
  }
  await keepVersion(tx, table, row, made.version)
  return made.version
}

async function keepVersion(tx: Tx, table: Versioned, row: VersionedChange, version: number): Promise<void> {
  const { code, spec, actorId } = row
  const validFrom = row.validFrom ?? null
  const from = table === 'sla_policy' && validFrom !== null ? { validFrom: isoInstant(validFrom) } : {}
  await tx`insert into ${tx(`${table}_version`)} ${tx({ code, version, spec: tx.json(spec), actorId, ...from } as never)}`
}

export async function updatePackage(
  tx: Tx,
  row: { code: string; nameRu: string; nameEn: string; spec: Json; archived: boolean },
  expected: number | null,
): Promise<void> {
  const rows = await tx`
    update catalogue_package set name_ru = ${row.nameRu}, name_en = ${row.nameEn}, spec = ${tx.json(row.spec)}, version = version + 1,
      archived_at = case when ${row.archived} then coalesce(archived_at, app_now()) end
    where code = ${row.code} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (rows.length === 1) return
  const [now] = await tx<{ version: number }[]>`select version from catalogue_package where code = ${row.code}`
  throw refuseHttp('http.version_conflict', { details: { currentVersion: now?.version ?? null } })
}

export async function saveProductionYear(
  tx: Tx,
  row: { country: string; year: number; data: Json; source: string },
): Promise<void> {
  await tx`insert into production_year (country, year, data, source)
    values (${row.country}, ${row.year}, ${tx.json(row.data)}, ${row.source})
    on conflict (country, year) do update set data = excluded.data, source = excluded.source, loaded_at = app_now()`
}

export interface PriceListVersionRow {
  code: string
  validFrom: CivilDate
  spec: PriceList
  reason: string
  actorId: number | null
}

/** False when the list has a version of this date already. */
export async function insertPriceListVersion(tx: Tx, row: PriceListVersionRow): Promise<boolean> {
  const made = await tx`insert into price_list_version (code, valid_from, spec, reason, actor_id)
    values (${row.code}, ${row.validFrom}, ${tx.json(row.spec as unknown as Json)}, ${row.reason}, ${row.actorId})
    on conflict do nothing returning code`
  return made.length > 0
}

/** False when the code is taken. */
export async function insertPackage(
  tx: Tx,
  row: { code: string; offer: string; nameRu: string; nameEn: string; spec: Json },
): Promise<boolean> {
  const made = await tx`insert into catalogue_package (code, offer, name_ru, name_en, spec, position)
    values (${row.code}, ${row.offer}, ${row.nameRu}, ${row.nameEn}, ${tx.json(row.spec)},
      (select coalesce(max(position), 0) + 1 from catalogue_package)) on conflict (code) do nothing returning code`
  return made.length > 0
}

export interface ServiceColumns {
  code: string
  nameRu: string
  nameEn: string
  activity: string
  unit: string
  price: string
  role: string
}

/** False when the code is taken. */
export async function insertService(tx: Tx, row: ServiceColumns): Promise<boolean> {
  const made = await tx`insert into catalogue_service ${tx(row as never)} on conflict (code) do nothing returning code`
  return made.length > 0
}

export async function updateService(
  tx: Tx,
  { code, archived, ...row }: ServiceColumns & { archived: boolean },
  expected: number | null,
): Promise<void> {
  const rows = await tx`update catalogue_service set ${tx(row as never)}, version = version + 1,
      archived_at = case when ${archived} then coalesce(archived_at, app_now()) end
    where code = ${code} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (rows.length === 0) await refuseStale(tx, 'catalogue_service', code)
}

/** False when the code is taken. */
export async function insertPriceList(tx: Tx, row: { code: string; nameRu: string; nameEn: string }): Promise<boolean> {
  const made = await tx`insert into price_list ${tx(row as never)} on conflict (code) do nothing returning code`
  return made.length > 0
}

export async function updatePriceList(
  tx: Tx,
  row: { code: string; nameRu: string; nameEn: string; isDefault: boolean },
  expected: number | null,
): Promise<void> {
  if (row.isDefault)
    await tx`update price_list set is_default = false, version = version + 1 where is_default and code <> ${row.code}`
  const rows =
    await tx`update price_list set name_ru = ${row.nameRu}, name_en = ${row.nameEn}, is_default = ${row.isDefault},
      version = version + 1
    where code = ${row.code} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (rows.length === 0) await refuseStale(tx, 'price_list', row.code)
}

async function refuseStale(tx: Tx, table: 'catalogue_service' | 'price_list', code: string): Promise<never> {
  const [now] = await tx<{ version: number }[]>`select version from ${tx(table)} where code = ${code}`
  throw refuseHttp('http.version_conflict', { details: { currentVersion: now?.version ?? null } })
}
