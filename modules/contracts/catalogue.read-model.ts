import { type Calendar, type CalendarSpec, compileCalendar, type ProductionYear } from '@opora/calendar'
import type { CivilDate, Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { PRICE_LISTS, STARTING_PRICE_LIST } from './catalogue/price-lists.ts'
import type { SlaPolicyData } from './catalogue/sla-policies.ts'
import type { PackageOffer } from './domain/offer.ts'
import type { DatedPriceList, PriceList } from './domain/price-list.ts'
import type { TermsLimits } from './domain/terms.ts'

export interface Named {
  code: string
  nameRu: string
  nameEn: string
}

export interface PackageRow extends Named {
  offer: string
  spec: PackageOffer
  archived: boolean
  version: number
}

export async function listPackages(sql: Queryable): Promise<PackageRow[]> {
  return await sql<PackageRow[]>`
    select code, offer, name_ru, name_en, spec, archived_at is not null as archived, version
    from catalogue_package order by archived_at is not null, position, code`
}

export async function packageByCode(sql: Queryable, code: string): Promise<PackageRow | null> {
  const [row] = await sql<PackageRow[]>`
    select code, offer, name_ru, name_en, spec, archived_at is not null as archived, version
    from catalogue_package where code = ${code}`
  return row ?? null
}

export interface ServiceRow extends Named {
  activity: string | null
  unit: 'hour' | 'month' | 'piece'
  price: 'by_hours' | 'by_month' | 'by_piece'
  role: string
  archived: boolean
  version: number
}

export async function listServices(sql: Queryable): Promise<ServiceRow[]> {
  return await sql<ServiceRow[]>`
    select code, name_ru, name_en, activity, unit, price, role, archived_at is not null as archived, version
    from catalogue_service order by archived_at is not null, position, code`
}

export async function listActivities(sql: Queryable): Promise<Named[]> {
  return await sql<Named[]>`select code, name_ru, name_en from activity order by position, code`
}

export interface CalendarRow extends Named {
  spec: CalendarSpec
  version: number
}

export async function listCalendars(sql: Queryable): Promise<CalendarRow[]> {
  return await sql<CalendarRow[]>`select code, name_ru, name_en, spec, version from calendar order by code`
}

export interface SlaPolicyRow extends Named {
  spec: SlaPolicyData
  version: number
}

export async function listSlaPolicies(sql: Queryable): Promise<SlaPolicyRow[]> {
  return await sql<SlaPolicyRow[]>`select code, name_ru, name_en, spec, version from sla_policy order by code`
}

/** A policy as it is now, or as it was in an earlier version. */
export async function slaPolicyAt(sql: Queryable, code: string, version?: number): Promise<SlaPolicyRow | null> {
  const [row] = await sql<SlaPolicyRow[]>`
    select p.code, p.name_ru, p.name_en, v.spec, v.version
    from sla_policy p join sla_policy_version v on v.code = p.code and v.version = ${version ?? sql`p.version`}
    where p.code = ${code}`
  return row ?? null
}

/** Dictionaries that a contract's terms may name and the least that it may buy, as the installation has them on a day. */
export async function termsLimits(sql: Queryable, on?: CivilDate): Promise<TermsLimits> {
  const [row] = await sql<Omit<TermsLimits, 'subscriptionMinMinutes' | 'depositMinMinutes'>[]>`
    select (select coalesce(array_agg(code), '{}') from activity) as activity_codes,
      (select coalesce(array_agg(code), '{}') from catalogue_service) as service_codes,
      (select coalesce(array_agg(code), '{}') from calendar) as calendar_codes,
      (select coalesce(array_agg(code), '{}') from sla_policy) as sla_policy_codes`
  const { subscriptionMinMinutes, depositMinMinutes } = (await priceListOn(sql, on)).spec
  return { ...row!, subscriptionMinMinutes, depositMinMinutes }
}

type Fragment = ReturnType<Queryable>

/** The default list in force on a day (today's when absent); the earliest before its first day. */
export async function priceListOn(sql: Queryable, on?: CivilDate): Promise<DatedPriceList> {
  const day: Fragment = on ? sql`${on}::date` : sql`app_now()::date`
  const row = await listVersionOn(sql, sql`l.is_default`, day)
  return row ?? { code: 'standard', from: PRICE_LISTS[0]!.validFrom, spec: STARTING_PRICE_LIST }
}

/** A named list in force on a day, the earliest before its first day; null when there is no such list. */
export async function namedPriceListOn(sql: Queryable, code: string, on: CivilDate): Promise<DatedPriceList | null> {
  return await listVersionOn(sql, sql`l.code = ${code}`, sql`${on}::date`)
}

async function listVersionOn(sql: Queryable, which: Fragment, day: Fragment): Promise<DatedPriceList | null> {
  const [row] = await sql<DatedPriceList[]>`
    select v.code, v.valid_from as from, v.spec from price_list_version v join price_list l on l.code = v.code
    where ${which} order by v.valid_from <= ${day} desc, abs(v.valid_from - ${day}) limit 1`
  return row ?? null
}

export interface PriceListRow extends Named {
  isDefault: boolean
  archived: boolean
  version: number
  versions: {
    validFrom: CivilDate
    standing: 'future' | 'in_force' | 'past'
    spec: PriceList
    reason: string
    by: string | null
    createdAt: Instant
  }[]
}

/** Price lists with everything that was and will be in force, the newest first. */
export async function listPriceLists(sql: Queryable): Promise<PriceListRow[]> {
  const lists = await sql<Omit<PriceListRow, 'versions'>[]>`
    select code, name_ru, name_en, is_default, archived_at is not null as archived, version from price_list
    order by is_default desc, code`
  const versions = await sql<(PriceListRow['versions'][number] & { code: string })[]>`
    select v.code, v.valid_from, v.spec, v.reason, a.name as by, v.created_at,
      case when v.valid_from > today then 'future'
        when v.valid_from = max(v.valid_from) filter (where v.valid_from <= today) over (partition by v.code) then 'in_force'
        else 'past' end as standing
    from price_list_version v left join account a on a.id = v.actor_id
      cross join (select (app_now() at time zone company_zone)::date as today from installation) d order by v.valid_from desc`
  return lists.map((list) => ({ ...list, versions: versions.filter((one) => one.code === list.code) }))
}

const compiled = new Map<string, Calendar>()
const COMPILED_MAX = 500

/**
 * Calendars ready to count with, by code; `version` of a calendar as it was, else the present one. Compiled ones are kept by their version
 * and by the state of the production years, so they never go stale. Codes that do not exist are left out.
 */
export async function calendarsByCode(
  sql: Queryable,
  wanted: readonly { code: string; version?: number }[],
): Promise<Map<string, Calendar>> {
  const codes = wanted.map((one) => one.code)
  const versions = wanted.map((one) => one.version ?? null)
  return await readyCalendars(sql, sql`unnest(${codes}::text[], ${versions}::int[]) w(code, version)`)
}

/** The calendars that any version of a contract names, by code. */
export async function calendarsOfContract(sql: Queryable, contractId: number): Promise<Map<string, Calendar>> {
  return await readyCalendars(
    sql,
    sql`(select distinct terms ->> 'calendarCode' as code, null::int as version from contract_version where contract_id = ${contractId}) w`,
  )
}

async function readyCalendars(sql: Queryable, wanted: ReturnType<Queryable>): Promise<Map<string, Calendar>> {
  const rows = await sql<{ code: string; version: number; years: number | null }[]>`
    select c.code, coalesce(w.version, c.version) as version,
      (select (extract(epoch from max(loaded_at)) * 1000)::bigint from production_year where country = 'RU') as years
    from ${wanted} join calendar c on c.code = w.code`
  const found = new Map<string, Calendar>()
  for (const { code, version, years } of rows) {
    const key = `${code}:${version}:${years}`
    const known = compiled.get(key) ?? (await compile(sql, code, version))
    if (!known) continue
    if (compiled.size >= COMPILED_MAX) compiled.clear()
    compiled.set(key, known)
    found.set(code, known)
  }
  return found
}

async function compile(sql: Queryable, code: string, version: number): Promise<Calendar | null> {
  const [row] = await sql<{ spec: CalendarSpec; years: ProductionYear[] | null }[]>`
    select spec, (select jsonb_agg(data order by year) from production_year where country = 'RU') as years
    from calendar_version where code = ${code} and version = ${version}`
  return row ? compileCalendar(row.spec, row.years ?? []) : null
}

export interface ProductionYearRow {
  year: number
  status: ProductionYear['status']
  source: string
  loadedAt: Instant
}

export async function listProductionYears(sql: Queryable): Promise<ProductionYearRow[]> {
  return await sql<ProductionYearRow[]>`
    select year, data ->> 'status' as status, source, loaded_at from production_year where country = 'RU' order by year`
}

/** The years that calendars count with now. */
export async function productionYearsInForce(sql: Queryable): Promise<ProductionYear[]> {
  const rows = await sql<{ data: ProductionYear }[]>`
    select data from production_year where country = 'RU' order by year`
  return rows.map((row) => row.data)
}
