import type { Actor } from '@opora/access'
import type { CivilDate, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { priceListOn } from '../catalogue.read-model.ts'
import type { ContractsPorts, SamplePorts } from '../contracts.ports.ts'
import { type ContractView, versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import { indexed } from '../domain/indexation.ts'
import { type ContractTerms, versionOn } from '../domain/terms.ts'
import { faultsOfTerms } from './contracts.ts'
import { priceSample } from './sample.ts'

interface Change {
  validFrom: CivilDate
  terms: ContractTerms
}

/** What a new version would say and what a month like the last one would cost by it; nothing is changed. */
export async function previewVersion(
  sql: Queryable,
  actor: Actor,
  ports: SamplePorts & Pick<ContractsPorts, 'isMonthClosed'>,
  contract: ContractView,
  { validFrom, terms }: Change,
) {
  const versions = await versionsOf(sql, contract.id)
  const before = versionOn(versions, dayBefore(validFrom))?.terms ?? versions[0]?.terms ?? contract.terms
  const faults = (await faultsOfTerms(sql, actor, contract.clientId, terms)).map(({ field, message }) => ({
    field,
    message,
  }))
  const last = versions.at(-1)
  if (last && validFrom <= last.from) {
    const refusal = contractsRefusals.refuse('contracts.version_overlaps', { params: { date: last.from } })
    faults.push({ field: 'validFrom', message: refusal.sentence(actor.locale) })
  }
  const month = validFrom.slice(0, 7)
  if (await ports.isMonthClosed(sql, contract.id, month)) {
    const refusal = contractsRefusals.refuse('contracts.version_in_closed_month', { params: { month } })
    faults.push({ field: 'validFrom', message: refusal.sentence(actor.locale) })
  }
  const sample = await lastWorkedMonth(sql, ports, contract, validFrom)
  const list = (await priceListOn(sql, validFrom)).spec
  const price = (given: ContractTerms) => priceSample(sql, { terms: given, list, units: [], ...sample })
  const [paidBefore, paidAfter] = [await price(before), await price(terms)]
  return { faults, warnings: warningsOf(before, validFrom, contract), before, after: terms, paidBefore, paidAfter }
}

/** The newest terms with their prices raised, as the next version would hold them. */
export async function indexedTerms(
  sql: Queryable,
  contract: ContractView,
  { basisPoints }: { basisPoints: number },
): Promise<{ terms: ContractTerms; warnings: Words[] }> {
  const latest = (await versionsOf(sql, contract.id)).at(-1)?.terms ?? contract.terms
  const limit = latest.agreement?.indexation?.limitBasisPoints ?? null
  const warnings: Words[] = []
  if (limit !== null && basisPoints > limit) {
    const percent = (points: number) => String(points / 100)
    warnings.push({
      ru: `Договор разрешает поднять цены не больше чем на ${percent(limit).replace('.', ',')} %.`,
      en: `The contract allows prices to rise by ${percent(limit)}% at most.`,
    })
  }
  return { terms: indexed(latest, basisPoints), warnings }
}

function warningsOf(before: ContractTerms, validFrom: CivilDate, contract: ContractView): Words[] {
  const rule = before.agreement?.indexation
  if (!rule || contract.startsOn >= validFrom) return []
  const months = Temporal.PlainDate.from(contract.startsOn).until(validFrom, { largestUnit: 'months' }).months
  if (months >= rule.everyMonths) return []
  return [
    {
      ru: `Пересматривать цены можно раз в ${rule.everyMonths} мес. и с предупреждением за ${rule.noticeDays} дн.`,
      en: `Prices are revised once in ${rule.everyMonths} months with ${rule.noticeDays} days of notice.`,
    },
  ]
}

const MONTHS_BACK = 12

/** The last whole month before a day that had work; the month before it when none had. */
async function lastWorkedMonth(sql: Queryable, ports: SamplePorts, contract: ContractView, day: CivilDate) {
  const [row] = await sql<{ today: CivilDate }[]>`select (app_now() at time zone ${contract.zone})::date as today`
  const first = Temporal.PlainYearMonth.from((day < row!.today ? day : row!.today).slice(0, 7)).subtract({ months: 1 })
  for (let back = 0; back < MONTHS_BACK; back += 1) {
    const month = first.subtract({ months: back }).toString()
    const works = await ports.workOfMonth(sql, contract.id, month)
    if (works.length > 0) return { month, works }
  }
  return { month: first.toString(), works: [] }
}

function dayBefore(date: CivilDate): CivilDate {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
}
