import type { CivilMonth, Instant, Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords, moneyInWords } from '@opora/core'
import type { Span } from './borders.ts'
import type { PiecesInput } from './charge-pieces.ts'
import type { CloseLine } from './close-lines.ts'
import type { BucketStatement } from './close-statement.ts'
import { planGrants } from './grants.ts'
import type { Ledger, PlannedEntry } from './ledger.ts'
import { closeMonth } from './period-close.ts'
import { allowanceOf, type ContractTerms, type ContractVersion, type ServiceCode } from './terms.ts'
import { chargeTime, type TimeCharge, type WorkCharge } from './time-charge.ts'

/** A piece of work of the sample: of a client's real month, or typed. */
export interface SampleWork {
  ticketId: string
  personId: string
  activity: string
  grade: string | null
  service: ServiceCode | null
  urgent: boolean
  onSite: boolean
  when: PiecesInput['when']
}

/** Units of a service that the sample uses: licences, letters, pages. */
export interface SampleUnits {
  service: ServiceCode
  units: number
}

export interface SampleInput {
  terms: ContractTerms
  month: CivilMonth
  works: readonly SampleWork[]
  units: readonly SampleUnits[]
  /** A unit beyond what is included, by the price list. */
  unitPrices: Readonly<Record<ServiceCode, Kopecks>>
  openIntervals: (from: Instant, to: Instant, calendarCode: string) => readonly Span[]
}

/** A line of what the client would pay; work of one kind at one rate is one line. */
export interface SampleLine {
  kind: CloseLine['kind'] | 'units'
  title: Words
  activity: string | null
  service: ServiceCode | null
  minutes: Minutes | null
  units: number | null
  /** Of an hour, or of a unit. */
  rateKopecks: Kopecks | null
  sumKopecks: Kopecks
  explanation: Words[]
}

/** What cost nothing, and why. */
export interface SampleIncluded {
  service: ServiceCode
  minutes: Minutes | null
  units: number | null
}

export interface SampleMonth {
  month: CivilMonth
  lines: SampleLine[]
  included: SampleIncluded[]
  buckets: BucketStatement[]
  totals: {
    /** Paid each month whether work is done or not. */
    monthlyKopecks: Kopecks
    /** Bought in this month: a deposit, a year of hours, a job. */
    onceKopecks: Kopecks
    /** By fact. */
    workKopecks: Kopecks
    totalKopecks: Kopecks
    workedMinutes: Minutes
    /** After multipliers and rounding. */
    billableMinutes: Minutes
    /** Paid by hours of buckets. */
    coveredMinutes: Minutes
    stoppedMinutes: Minutes
  }
}

const SAMPLE = 'sample'
const STEPS_MAX = 20

/** What a client would pay for a month of work under these terms: the month is drawn, charged and closed as a real one would be. */
export function sampleMonth(input: SampleInput): SampleMonth {
  const versions: ContractVersion[] = [{ id: SAMPLE, from: `${input.month}-01`, to: null, terms: input.terms }]
  const grants = planGrants(SAMPLE, versions, input.month)
  const ledger: Ledger & { entries: (PlannedEntry & { postedAt: Instant })[] } = {
    buckets: grants.buckets,
    entries: grants.entries.map(posted),
  }
  const charges: TimeCharge[] = []
  const included: SampleIncluded[] = []
  for (const [index, work] of input.works.toSorted((a, b) => placeOf(a) - placeOf(b)).entries()) {
    if (allowanceOf(input.terms, work.service)?.kind === 'unlimited') {
      addIncluded(included, { service: work.service!, minutes: minutesOf(work), units: null })
      continue
    }
    const one = { ...work, id: `${SAMPLE}-${index}`, revision: 0 }
    const charge = chargeTime({
      contractId: SAMPLE,
      work: one,
      versions,
      ledger,
      openIntervals: input.openIntervals,
      exactBefore: charges.at(-1)?.exactByGroup ?? {},
    })
    ledger.entries.push(...charge.entries.map(posted))
    charges.push(charge)
  }
  return priced(input, versions, ledger, charges, included)
}

function priced(
  input: SampleInput,
  versions: readonly ContractVersion[],
  ledger: Ledger,
  charges: readonly TimeCharge[],
  included: SampleIncluded[],
): SampleMonth {
  const { month } = input
  const work = charges.flatMap((charge) => charge.charges)
  const base = { contractId: SAMPLE, month, revision: 1, credits: [], unfinished: [] }
  const close = closeMonth({ ...base, versions, ledger, charges: [] })
  if (!close.closed) throw new RangeError('a sample month has nothing unfinished')
  const fees = close.statement.lines.map(lineOf)
  const units = input.units.flatMap((one) => unitLine(input, one, included))
  const lines = [...fees, ...workLines(work), ...units]
  const sumOf = (...kinds: SampleLine['kind'][]) =>
    lines.reduce((sum, line) => (kinds.includes(line.kind) ? sum + line.sumKopecks : sum), 0)
  const add = (pick: (charge: TimeCharge) => number) => charges.reduce((sum, charge) => sum + pick(charge), 0)
  const beyond = work.reduce((sum, one) => (one.kind === 'surcharge' ? sum : sum + one.minutes), 0)
  const billableMinutes = add((charge) => charge.billableMinutes)
  const stoppedMinutes = add((charge) => charge.stoppedMinutes)
  return {
    month,
    lines,
    included,
    buckets: close.statement.buckets,
    totals: {
      monthlyKopecks: sumOf('fee', 'hours'),
      onceKopecks: sumOf('purchase', 'one_off'),
      workKopecks: sumOf('postpaid', 'outstaff', 'surcharge', 'units'),
      totalKopecks: lines.reduce((sum, line) => sum + line.sumKopecks, 0),
      workedMinutes: input.works.reduce((sum, one) => sum + minutesOf(one), 0),
      billableMinutes,
      coveredMinutes: billableMinutes - beyond - stoppedMinutes,
      stoppedMinutes,
    },
  }
}

function posted(entry: PlannedEntry): PlannedEntry & { postedAt: Instant } {
  return { ...entry, postedAt: entry.effectiveAt }
}

function placeOf({ when }: SampleWork): number {
  return 'from' in when ? when.from : Date.parse(`${when.date}T12:00:00Z`)
}

function minutesOf({ when }: SampleWork): Minutes {
  return 'from' in when ? Math.floor((when.to - when.from) / 60_000) : when.minutes
}

function addIncluded(included: SampleIncluded[], one: SampleIncluded): void {
  const known = included.find(
    (other) => other.service === one.service && (other.units === null) === (one.units === null),
  )
  if (!known) included.push({ ...one })
  else if (one.units === null) known.minutes = (known.minutes ?? 0) + (one.minutes ?? 0)
  else known.units = (known.units ?? 0) + one.units
}

function lineOf(line: CloseLine): SampleLine {
  const { kind, title, minutes, ratePerHourKopecks: rateKopecks, sumKopecks, explanation } = line
  return { kind, title, activity: null, service: null, minutes, units: null, rateKopecks, sumKopecks, explanation }
}

const WORK_TITLES: Record<WorkCharge['kind'], Words> = {
  postpaid: { ru: 'Работы сверх пакета', en: 'Work beyond the package' },
  outstaff: { ru: 'Аутстафф', en: 'Outstaffed specialist' },
  surcharge: { ru: 'Надбавка за условия работ', en: 'Surcharge for the conditions of work' },
}

/** Work of one kind at one rate together; the sum is the sum of the pieces, each rounded once as on the bill. */
function workLines(work: readonly WorkCharge[]): SampleLine[] {
  const lines = new Map<string, SampleLine>()
  for (const charge of work) {
    const key = `${charge.kind}:${charge.activity}:${charge.ratePerHourKopecks}`
    const line = lines.get(key) ?? {
      kind: charge.kind,
      title: WORK_TITLES[charge.kind],
      activity: charge.activity,
      service: null,
      minutes: 0,
      units: null,
      rateKopecks: charge.ratePerHourKopecks,
      sumKopecks: 0,
      explanation: [],
    }
    lines.set(key, {
      ...line,
      minutes: (line.minutes ?? 0) + charge.minutes,
      sumKopecks: line.sumKopecks + charge.sumKopecks,
      explanation: [...line.explanation, ...charge.explanation.slice(-2)].slice(0, STEPS_MAX),
    })
  }
  return [...lines.values()]
}

function unitLine(input: SampleInput, { service, units }: SampleUnits, included: SampleIncluded[]): SampleLine[] {
  const allowance = allowanceOf(input.terms, service)
  const free = allowance?.kind === 'unlimited' ? units : allowance?.kind === 'units' ? allowance.unitsPerMonth : 0
  const within = Math.min(units, free)
  if (within > 0) addIncluded(included, { service, minutes: null, units: within })
  const beyond = units - within
  if (beyond === 0) return []
  const price = input.unitPrices[service] ?? 0
  const sumKopecks = beyond * price
  const say = (locale: 'ru' | 'en') =>
    `${beyond} × ${moneyInWords(price, locale)} = ${moneyInWords(sumKopecks, locale)}`
  return [
    {
      kind: 'units',
      title: { ru: 'Сверх включённого', en: 'Beyond what is included' },
      activity: null,
      service,
      minutes: null,
      units: beyond,
      rateKopecks: price,
      sumKopecks,
      explanation: [{ ru: say('ru'), en: say('en') }],
    },
  ]
}

/** The whole in a sentence: "24 000 ₽: 24 000 ₽ в месяц, работы по факту нет". */
export function sampleInWords({ totals }: SampleMonth): Words {
  const say = (locale: 'ru' | 'en') => {
    const ru = locale === 'ru'
    const money = (sum: Kopecks) => moneyInWords(sum, locale)
    const parts = [
      ...(totals.monthlyKopecks > 0 ? [`${money(totals.monthlyKopecks)} ${ru ? 'каждый месяц' : 'every month'}`] : []),
      ...(totals.onceKopecks > 0 ? [`${money(totals.onceKopecks)} ${ru ? 'один раз' : 'once'}`] : []),
      ...(totals.workKopecks > 0
        ? [`${money(totals.workKopecks)} ${ru ? 'за работу по факту' : 'for work by fact'}`]
        : []),
      ...(totals.stoppedMinutes > 0
        ? [
            `${minutesInWords(totals.stoppedMinutes, locale)} ${ru ? 'ждали бы решения клиента' : 'would wait for the client'}`,
          ]
        : []),
    ]
    return `${money(totals.totalKopecks)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
  }
  return { ru: say('ru'), en: say('en') }
}
