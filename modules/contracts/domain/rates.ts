import type { Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords, moneyInWords, priceOfMinutes, scaleKopecks } from '@opora/core'
import { MICRO_PER_MINUTE, type MicroMinutes, roundUpToStep } from './rounding.ts'
import type { ActivityCode, Composition, GradeCode, RateTerms, RoundingStep } from './terms.ts'

/** A multiplier in hundredths of a percent: 10 000 = ×1, 24 000 = ×2.4. */
export type BasisPoints = number

export const PLAIN: BasisPoints = 10_000

export interface Circumstances {
  urgent: boolean
  onSite: boolean
  outOfHours: boolean
}

export type MultiplierTerms = Pick<RateTerms, 'urgentPercent' | 'onSiteSurchargePercent' | 'composition'>

/** The figures of the catalogue; a contract may say others. */
export const CATALOGUE_MULTIPLIERS = { urgentPercent: 200, onSiteSurchargePercent: 20 } as const

/** Urgent, weekend and out-of-hours are one multiplier, taken once; the client's site is another. */
export function multiplierOf(circumstances: Circumstances, terms: MultiplierTerms): BasisPoints {
  const percents = [
    ...(circumstances.urgent || circumstances.outOfHours ? [terms.urgentPercent] : []),
    ...(circumstances.onSite ? [100 + terms.onSiteSurchargePercent] : []),
  ]
  return compose(percents, terms.composition)
}

function compose(percents: number[], composition: Composition): BasisPoints {
  if (composition === 'greatest') return Math.max(100, ...percents) * 100
  if (composition === 'sum') return percents.reduce((sum, percent) => sum + percent - 100, 100) * 100
  return percents.reduce((product, percent) => (product * percent) / 100, PLAIN)
}

/** The exact time that a piece of work counts for, before rounding. */
export function exactTime(workedMinutes: Minutes, multiplier: BasisPoints, factorPercent = 100): MicroMinutes {
  return workedMinutes * multiplier * factorPercent
}

/** The rate of a kind of work and a grade: the row that names more wins, activity before grade; else the postpaid rate. */
export function rateFor(rates: RateTerms, activity: ActivityCode, grade: GradeCode | null): Kopecks {
  const matching = rates.rows.filter(
    (row) => (row.activity === null || row.activity === activity) && (row.grade === null || row.grade === grade),
  )
  const weight = (row: RateTerms['rows'][number]) => (row.activity === null ? 0 : 2) + (row.grade === null ? 0 : 1)
  const best = matching.reduce<(typeof matching)[number] | null>(
    (found, row) => (found === null || weight(row) > weight(found) ? row : found),
    null,
  )
  return best?.perHourKopecks ?? rates.postpaidPerHourKopecks
}

/** The price of minutes under a multiplier that takes money, rounded once. */
export function priceUnderMultiplier(
  parts: readonly { minutes: Minutes; multiplier: BasisPoints }[],
  ratePerHourKopecks: Kopecks,
): Kopecks {
  const weighted = parts.reduce((sum, part) => sum + part.minutes * part.multiplier, 0)
  return scaleKopecks(ratePerHourKopecks, weighted, 60 * PLAIN)
}

export interface ChargeInput extends Circumstances {
  workedMinutes: Minutes
  composition: Composition
  roundingStep: RoundingStep
  ratePerHourKopecks: Kopecks
  urgentPercent?: number
  onSiteSurchargePercent?: number
  multipliersTake?: RateTerms['multipliersTake']
  /** Agreed for work that a bucket does not list: 150 = an hour counts as 1:30. */
  factorPercent?: number
}

export interface Charge {
  workedMinutes: Minutes
  /** Minutes that leave a bucket or stand on the invoice; equal to the worked ones where multipliers take money. */
  billableMinutes: Minutes
  multiplier: BasisPoints
  sumKopecks: Kopecks
  /** How the figures came about, in order: multiply, round, price. */
  steps: Words[]
}

/** One piece of work in one place of the calendar: multiply, round up once to the step, price. */
export function chargeOf(input: ChargeInput): Charge {
  const multiplier = multiplierOf(input, { ...CATALOGUE_MULTIPLIERS, ...definedMultipliers(input) })
  const factorPercent = input.factorPercent ?? 100
  const takesMoney = input.multipliersTake === 'money'
  const exact = exactTime(input.workedMinutes, takesMoney ? PLAIN : multiplier, factorPercent)
  const billableMinutes = roundUpToStep(exact, input.roundingStep)
  const sumKopecks = takesMoney
    ? priceUnderMultiplier([{ minutes: billableMinutes, multiplier }], input.ratePerHourKopecks)
    : priceOfMinutes(billableMinutes, input.ratePerHourKopecks)
  return {
    workedMinutes: input.workedMinutes,
    billableMinutes,
    multiplier,
    sumKopecks,
    steps: [
      ...multiplierSteps(input.workedMinutes, multiplier, input, takesMoney),
      ...factorSteps(factorPercent),
      ...roundingSteps(exact, billableMinutes, input.roundingStep),
      priceStep(billableMinutes, input.ratePerHourKopecks, sumKopecks, takesMoney ? multiplier : PLAIN),
    ],
  }
}

function definedMultipliers(input: ChargeInput): MultiplierTerms {
  return {
    composition: input.composition,
    urgentPercent: input.urgentPercent ?? CATALOGUE_MULTIPLIERS.urgentPercent,
    onSiteSurchargePercent: input.onSiteSurchargePercent ?? CATALOGUE_MULTIPLIERS.onSiteSurchargePercent,
  }
}

/** `×2`, `×2.4`: the multiplier as it is said in explanations. */
export function multiplierInWords(multiplier: BasisPoints, locale: 'ru' | 'en'): string {
  const text = String(multiplier / PLAIN)
  return locale === 'ru' ? text.replace('.', ',') : text
}

function reasonsOf(circumstances: Circumstances): Words {
  const reasons = [
    ...(circumstances.urgent ? [{ ru: 'срочно', en: 'urgent' }] : []),
    ...(circumstances.outOfHours ? [{ ru: 'вне часов обслуживания', en: 'out of hours' }] : []),
    ...(circumstances.onSite ? [{ ru: 'на площадке клиента', en: 'on the client’s site' }] : []),
  ]
  return { ru: reasons.map((r) => r.ru).join(', '), en: reasons.map((r) => r.en).join(', ') }
}

/** "30 мин × 2 = 60 мин (срочно)"; nothing for plain work. */
export function multiplierSteps(
  workedMinutes: Minutes,
  multiplier: BasisPoints,
  circumstances: Circumstances,
  takesMoney: boolean,
): Words[] {
  if (multiplier === PLAIN) return []
  const why = reasonsOf(circumstances)
  if (takesMoney) {
    return [
      {
        ru: `цена × ${multiplierInWords(multiplier, 'ru')} (${why.ru})`,
        en: `price × ${multiplierInWords(multiplier, 'en')} (${why.en})`,
      },
    ]
  }
  const exactMinutes = (workedMinutes * multiplier) / PLAIN
  return [
    {
      ru: `${workedMinutes} мин × ${multiplierInWords(multiplier, 'ru')} = ${decimal(exactMinutes, 'ru')} мин (${why.ru})`,
      en: `${workedMinutes} min × ${multiplierInWords(multiplier, 'en')} = ${decimal(exactMinutes, 'en')} min (${why.en})`,
    },
  ]
}

function factorSteps(factorPercent: number): Words[] {
  if (factorPercent === 100) return []
  const factor = factorPercent * 100
  return [
    {
      ru: `коэффициент вида работ × ${multiplierInWords(factor, 'ru')}`,
      en: `factor of the activity × ${multiplierInWords(factor, 'en')}`,
    },
  ]
}

/** "округлено вверх до шага 15 мин: 72 → 75"; nothing where rounding changed nothing. */
export function roundingSteps(exact: MicroMinutes, billableMinutes: Minutes, stepMinutes: RoundingStep): Words[] {
  const exactMinutes = exact / MICRO_PER_MINUTE
  if (exactMinutes === billableMinutes) return []
  return [
    {
      ru: `округлено вверх до шага ${stepMinutes} мин: ${decimal(exactMinutes, 'ru')} → ${billableMinutes} мин`,
      en: `rounded up to the step of ${stepMinutes} min: ${decimal(exactMinutes, 'en')} → ${billableMinutes} min`,
    },
  ]
}

/** How a later piece of a task's day comes to its minutes: "за день по обращению: 35 → 60 мин с шагом 30 мин, из них учтено раньше 30 мин". */
export function groupSteps(
  before: MicroMinutes,
  exact: MicroMinutes,
  stepMinutes: RoundingStep,
  taken: Minutes = roundUpToStep(before, stepMinutes),
): Words[] {
  const sum = (before + exact) / MICRO_PER_MINUTE
  const whole = roundUpToStep(before + exact, stepMinutes)
  return [
    {
      ru: `за день по обращению с шагом ${stepMinutes} мин: ${decimal(sum, 'ru')} → ${whole} мин, из них учтено раньше ${taken} мин`,
      en: `the ticket’s day in steps of ${stepMinutes} min: ${decimal(sum, 'en')} → ${whole} min, ${taken} min of them counted before`,
    },
  ]
}

/** "1 ч 12 мин × 2 000 ₽/ч = 2 400 ₽". */
export function priceStep(
  billableMinutes: Minutes,
  ratePerHourKopecks: Kopecks,
  sumKopecks: Kopecks,
  multiplier: BasisPoints,
): Words {
  const say = (locale: 'ru' | 'en', hour: string) => {
    const times = multiplier === PLAIN ? '' : ` × ${multiplierInWords(multiplier, locale)}`
    const rate = `${moneyInWords(ratePerHourKopecks, locale)}/${hour}`
    return `${minutesInWords(billableMinutes, locale)} × ${rate}${times} = ${moneyInWords(sumKopecks, locale)}`
  }
  return { ru: say('ru', 'ч'), en: say('en', 'h') }
}

function decimal(value: number, locale: 'ru' | 'en'): string {
  const text = String(Math.round(value * 100) / 100)
  return locale === 'ru' ? text.replace('.', ',') : text
}
