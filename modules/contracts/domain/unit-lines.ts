import type { CivilMonth, Kopecks, Words } from '@opora/core'
import { moneyInWords } from '@opora/core'
import type { CloseLine } from './close-lines.ts'
import { type MonthPart, monthlyShare, partsOfMonth } from './month-parts.ts'
import { USUAL_SUSPENSION } from './suspension.ts'
import { allowanceOf, type ContractVersion, type ServiceCode } from './terms.ts'

/** Units of a service that were used in a month: licences, letters, pages. */
export interface UsedUnits {
  service: ServiceCode
  name: Words
  units: number
  /** Of a unit beyond what is included, by the price list; the contract's own price goes before it. */
  listKopecks: Kopecks | null
}

export interface UnitsOfMonth {
  includedUnits: number | 'unlimited'
  usedUnits: number
  beyondUnits: number
  priceKopecks: Kopecks
  sumKopecks: Kopecks
}

/** What units of a service cost in a month: the package's own first, by its days in force, then each at its price. */
export function unitsOfMonth(versions: readonly ContractVersion[], month: CivilMonth, used: UsedUnits): UnitsOfMonth {
  const parts = partsOfMonth(versions, month)
  const includedUnits = includedIn(parts, used.service)
  const beyondUnits = includedUnits === 'unlimited' ? 0 : Math.max(0, used.units - includedUnits)
  // where the last terms of the month price no units, those that did when they were used
  const priced = parts.map((part) => unitPriceOf(part.version, used)).findLast((price) => price !== null)
  const priceKopecks = priced ?? 0
  return { includedUnits, usedUnits: used.units, beyondUnits, priceKopecks, sumKopecks: beyondUnits * priceKopecks }
}

/** `null` where neither the contract nor the list names a price. */
export function unitPriceOf(
  version: ContractVersion | undefined,
  { service, listKopecks }: Pick<UsedUnits, 'service' | 'listKopecks'>,
): Kopecks | null {
  return version?.terms.unitPrices?.[service] ?? listKopecks
}

function includedIn(parts: readonly MonthPart[], service: ServiceCode): number | 'unlimited' {
  // in units × days, whole numbers: parts of a month count against the same number of days
  let brought = 0
  let ofDays = 1
  for (const part of parts) {
    const { terms } = part.version
    const allowance = allowanceOf(terms, service)
    const share = monthlyShare(part, parts)
    const { hours } = terms.suspension ?? USUAL_SUSPENSION
    const days = hours === 'granted' ? share.days : share.days - share.suspended
    if (allowance?.kind === 'unlimited' && days > 0) return 'unlimited'
    if (allowance?.kind !== 'units' || days === 0) continue
    brought += allowance.unitsPerMonth * days
    ofDays = share.of
  }
  return Math.ceil(brought / ofDays)
}

/** A line for each service whose units were used; what the package includes stands there for nothing. */
export function unitLines(
  versions: readonly ContractVersion[],
  month: CivilMonth,
  used: readonly UsedUnits[],
): CloseLine[] {
  return used
    .filter((one) => one.units > 0)
    .toSorted((a, b) => (a.service < b.service ? -1 : 1))
    .map((one) => {
      const figures = unitsOfMonth(versions, month, one)
      return {
        key: `${month}:units:${one.service}`,
        kind: 'units',
        title: one.name,
        minutes: null,
        ratePerHourKopecks: null,
        timeEntryId: null,
        ticketId: null,
        sumKopecks: figures.sumKopecks,
        explanation: stepsOf(figures),
        units: { count: figures.beyondUnits, priceKopecks: figures.priceKopecks },
      }
    })
}

function stepsOf({ includedUnits, usedUnits, beyondUnits, priceKopecks, sumKopecks }: UnitsOfMonth): Words[] {
  const within = {
    ru:
      includedUnits === 'unlimited'
        ? `использовано ${usedUnits} шт., включено без ограничений`
        : `использовано ${usedUnits} шт., включено ${includedUnits}`,
    en:
      includedUnits === 'unlimited'
        ? `${usedUnits} used, included without limit`
        : `${usedUnits} used, ${includedUnits} included`,
  }
  if (beyondUnits === 0) return [within]
  const say = (locale: 'ru' | 'en') =>
    `${beyondUnits} × ${moneyInWords(priceKopecks, locale)} = ${moneyInWords(sumKopecks, locale)}`
  return [within, { ru: `сверх включённого: ${say('ru')}`, en: `beyond what is included: ${say('en')}` }]
}
