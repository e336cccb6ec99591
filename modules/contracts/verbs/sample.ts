import { type Actor, refuseAccess, scopeOf } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { termsOfPackage } from '../catalogue/terms-of-package.ts'
import { calendarsByCode, listActivities, namedPriceListOn, priceListOn } from '../catalogue.read-model.ts'
import { contractTerms, type SampleMonthView, type samplePreviewBody } from '../contract.ts'
import type { SamplePorts } from '../contracts.ports.ts'
import { contractCard } from '../contracts.read-model.ts'
import type { PackageOffer } from '../domain/offer.ts'
import type { PriceList } from '../domain/price-list.ts'
import { type SampleUnits, type SampleWork, sampleInWords, sampleMonth } from '../domain/sample-month.ts'
import type { ContractTerms } from '../domain/terms.ts'
import { refuseContractService } from '../service.refusals.ts'

export type SampleBody = z.infer<typeof samplePreviewBody>
type Choice = SampleBody['sample']

const DAYS_SPREAD = 28

/** What a client would pay for a month under what is being edited, line by line; nothing is changed. */
export async function previewSample(
  sql: Queryable,
  actor: Actor,
  ports: SamplePorts,
  body: SampleBody,
): Promise<SampleMonthView> {
  const { works, units } = await worksOf(sql, actor, ports, body.sample)
  const { month } = body.sample
  const list = await listOf(sql, body)
  return await priceSample(sql, { terms: termsOf(body, list), list, month, works, units })
}

/** The list that is edited, the named one or the default one, as it is on the first of the month. */
async function listOf(sql: Queryable, { priceList, priceListCode, sample }: SampleBody): Promise<PriceList> {
  if (priceList) return priceList
  const day = `${sample.month}-01`
  if (priceListCode === undefined) return (await priceListOn(sql, day)).spec
  const named = await namedPriceListOn(sql, priceListCode, day)
  if (!named) throw refuseContractService('contracts.price_list_unknown', { field: 'priceListCode' })
  return named.spec
}

/** A month of work under given terms, as the API tells it. */
export async function priceSample(
  sql: Queryable,
  given: {
    terms: ContractTerms
    list: PriceList
    month: string
    works: readonly SampleWork[]
    units: readonly SampleUnits[]
  },
): Promise<SampleMonthView> {
  const { terms, list, month, works, units } = given
  const calendars = await calendarsByCode(sql, [{ code: terms.calendarCode }])
  const openIntervals = (from: number, to: number, code: string) => calendars.get(code)?.openIntervals(from, to) ?? []
  const sample = sampleMonth({ terms, month, works, units, unitPrices: list.unitPrices, openIntervals })
  const { lines, included, totals } = sample
  const buckets = sample.buckets.map(({ name, grantedMinutes, drawnMinutes, burnedMinutes, closingMinutes }) => ({
    name,
    grantedMinutes,
    drawnMinutes,
    burnedMinutes,
    closingMinutes,
  }))
  const words = sampleInWords(sample)
  return { month, words, vat: terms.rates.vat, works: works.length, lines, included, buckets, totals }
}

async function worksOf(
  sql: Queryable,
  actor: Actor,
  ports: SamplePorts,
  choice: Choice,
): Promise<{ works: SampleWork[]; units: SampleUnits[] }> {
  if (choice.kind === 'contract') {
    const known = await contractCard(sql, scopeOf(actor, 'contract.read'), choice.contractId)
    if (!known) throw refuseAccess('access.not_found')
    return { works: await ports.workOfMonth(sql, choice.contractId, choice.month), units: [] }
  }
  const activities = new Set((await listActivities(sql)).map((one) => one.code))
  const works = choice.works.map(({ minutes, outOfHours, ...work }, index): SampleWork => {
    if (!activities.has(work.activity)) {
      throw refuseContractService('contracts.activity_unknown', { field: `sample.works.${index}.activity` })
    }
    const day = String((index % DAYS_SPREAD) + 1).padStart(2, '0')
    const when = { date: `${choice.month}-${day}`, minutes, outOfHours }
    return { ...work, ticketId: String(index + 1), personId: '', when }
  })
  return { works, units: choice.units }
}

/** The terms in full, or those that the edited package begins a contract with on the first of the month. */
function termsOf(body: SampleBody, list: PriceList): ContractTerms {
  const { terms, offer, monthlyFeeKopecks, minutesPerMonth, options, sample } = body
  if ((terms === undefined) === (offer === undefined)) {
    throw refuseContractService('contracts.terms_or_package', { field: 'offer' })
  }
  if (terms) return terms
  const startsOn = `${sample.month}-01`
  const endsOn = body.termMonths === undefined ? null : endOfTerm(startsOn, body.termMonths)
  const choice = { startsOn, endsOn, monthlyFeeKopecks, minutesPerMonth, options }
  return usableTerms(() => termsOfPackage(offer as unknown as PackageOffer, choice, list))
}

/** Terms with a shape, or a refusal that names the fields of the package. */
function usableTerms(make: () => ContractTerms): ContractTerms {
  const refuse = (errors: { code: string; field: string; message: string }[]) =>
    refuseContractService('contracts.offer_invalid', { field: errors[0]?.field, details: { errors } })
  try {
    const shape = contractTerms.safeParse(make())
    if (shape.success) return shape.data
    throw refuse(
      shape.error.issues.map((issue) => ({
        code: 'contracts.offer_invalid',
        field: `offer.${issue.path.map(String).join('.')}`,
        message: issue.message,
      })),
    )
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw refuse([{ code: 'contracts.offer_invalid', field: 'offer', message: error.message }])
  }
}

function endOfTerm(startsOn: string, months: number): string {
  return Temporal.PlainDate.from(startsOn).add({ months }).subtract({ days: 1 }).toString()
}
