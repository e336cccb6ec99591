import type { CivilMonth, Kopecks, Locale, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { listServices, priceListOn } from './catalogue.read-model.ts'
import { type KnownContract, versionsOf } from './contracts.read-model.ts'
import { partsOfMonth } from './domain/month-parts.ts'
import { includedServices } from './domain/terms.ts'
import { type UsedUnits, unitsOfMonth } from './domain/unit-lines.ts'
import type { UnitUseList } from './unit-use.contract.ts'

/** Units of services that contracts used in a month, added up; the price list of the month's first day stands beside them. */
export async function usedUnitsOf(
  sql: Queryable,
  contractIds: readonly number[],
  month: CivilMonth,
): Promise<Map<number, UsedUnits[]>> {
  const rows = await sql<{ contractId: number; service: string; nameRu: string; nameEn: string; units: number }[]>`
    select u.contract_id, u.service, s.name_ru, s.name_en, sum(u.units)::bigint as units
    from unit_use u join catalogue_service s on s.code = u.service
    where u.contract_id = any(${[...contractIds]}::bigint[]) and u.period = ${month} and u.taken_back_at is null
    group by 1, 2, 3, 4 order by 1, 2`
  if (rows.length === 0) return new Map()
  const prices = await listPricesOf(sql, month)
  const used = rows.map(({ contractId, service, nameRu, nameEn, units }) => {
    const name: Words = { ru: nameRu, en: nameEn }
    return { contractId, service, name, units, listKopecks: prices[service] ?? null }
  })
  const byContract = Map.groupBy(used, ({ contractId }) => contractId)
  return new Map([...byContract].map(([id, own]) => [id, own.map(({ contractId: _, ...one }) => one)]))
}

export async function listPricesOf(sql: Queryable, month: CivilMonth): Promise<Record<string, Kopecks>> {
  return (await priceListOn(sql, `${month}-01`)).spec.unitPrices
}

/** A contract's month in units: what was recorded, how much of it the package has, what may be recorded. */
export async function unitUseOf(
  sql: Queryable,
  contract: Pick<KnownContract, 'id'>,
  { month, closed, locale }: { month: CivilMonth; closed: boolean; locale: Locale },
): Promise<UnitUseList> {
  const [versions, used, services, items] = await Promise.all([
    versionsOf(sql, contract.id),
    usedUnitsOf(sql, [contract.id], month),
    listServices(sql),
    itemsOf(sql, contract.id, { month, locale }),
  ])
  const own = used.get(contract.id) ?? []
  const inUnits = new Set(
    partsOfMonth(versions, month).flatMap(({ version }) =>
      includedServices(version.terms).flatMap(({ service, allowance }) =>
        allowance.kind === 'units' ? [service] : [],
      ),
    ),
  )
  const codes = [...new Set([...inUnits, ...own.map((one) => one.service)])].toSorted()
  const nameOf = (code: string) => {
    const known = services.find((one) => one.code === code)
    return known ? (locale === 'ru' ? known.nameRu : known.nameEn) : code
  }
  return {
    month,
    closed,
    items,
    services: codes.map((code) => {
      const one = own.find(({ service }) => service === code)
      const blank = { service: code, name: { ru: code, en: code }, units: 0, listKopecks: null }
      const { includedUnits, usedUnits, beyondUnits } = unitsOfMonth(versions, month, one ?? blank)
      const included = includedUnits === 'unlimited' ? null : includedUnits
      return { code, name: nameOf(code), includedUnits: included, usedUnits, beyondUnits }
    }),
    offered: services
      .filter((one) => !one.archived && (one.price === 'by_piece' || inUnits.has(one.code)))
      .map(({ code }) => ({ code, name: nameOf(code) })),
  }
}

async function itemsOf(
  sql: Queryable,
  contractId: number,
  { month, locale }: { month: CivilMonth; locale: Locale },
): Promise<UnitUseList['items']> {
  const rows = await sql<
    {
      id: number
      service: string
      nameRu: string
      nameEn: string
      units: number
      usedOn: string
      ticketId: number | null
      ticketNumber: number | null
      note: string
      by: string | null
    }[]
  >`
    select u.id, u.service, s.name_ru, s.name_en, u.units, u.used_on, t.id as ticket_id, t.number as ticket_number, u.note, a.name as by
    from unit_use u join catalogue_service s on s.code = u.service left join ticket t on t.id = u.ticket_id
      left join account a on a.id = u.recorded_by
    where u.contract_id = ${contractId} and u.period = ${month} and u.taken_back_at is null order by u.used_on desc, u.id desc limit 500`
  return rows.map(({ id, service, nameRu, nameEn, units, usedOn, ticketId, ticketNumber, note, by }) => ({
    id,
    service: { code: service, name: locale === 'ru' ? nameRu : nameEn },
    units,
    date: usedOn,
    ticket: ticketId === null ? null : { id: ticketId, number: ticketNumber ?? 0 },
    note,
    by,
  }))
}
