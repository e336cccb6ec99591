import type { CivilMonth, Kopecks, Minutes, Words } from '@opora/core'
import { inBoth, minutesInWords, moneyInWords, scaleKopecks } from '@opora/core'
import type { TermDiscount } from './agreement.ts'
import { discounted, discountOf, monthlyPriceOf, purchasePriceOf } from './money-of-terms.ts'
import { type MonthPart, monthlyShare, partsOfMonth } from './month-parts.ts'
import { USUAL_SUSPENSION } from './suspension.ts'
import type { ContractVersion, EngagementForm } from './terms.ts'
import type { WorkCharge } from './time-charge.ts'
import { type UsedUnits, unitLines } from './unit-lines.ts'

/** A line of the month's bill. The total is the sum of the lines, each rounded once. */
export interface CloseLine {
  key: string
  kind: 'fee' | 'hours' | 'purchase' | 'one_off' | 'units' | WorkCharge['kind']
  title: Words
  /** Hours behind the line, where it is made of hours. */
  minutes: Minutes | null
  ratePerHourKopecks: Kopecks | null
  timeEntryId: string | null
  ticketId: string | null
  sumKopecks: Kopecks
  explanation: Words[]
  /** Of a line of units: how many are paid for, at which price. */
  units?: { count: number; priceKopecks: Kopecks }
}

export function sumOfLines(lines: readonly CloseLine[]): Kopecks {
  return lines.reduce((sum, line) => sum + line.sumKopecks, 0)
}

/** Fees and hours of the month, what was bought in it, units of services, then work beyond the buckets, one line for each time entry. */
export function linesOf(
  versions: readonly ContractVersion[],
  month: CivilMonth,
  charges: readonly WorkCharge[],
  units: readonly UsedUnits[] = [],
): CloseLine[] {
  const work = charges
    .filter((charge) => charge.month === month)
    .toSorted((a, b) => a.effectiveAt - b.effectiveAt || (a.key < b.key ? -1 : 1))
  return [
    ...recurringLines(versions, month),
    ...onceLines(versions, month),
    ...unitLines(versions, month, units),
    ...work.map(workLine),
  ]
}

interface Recurring {
  kind: 'fee' | 'hours'
  code: string
  title: Words
  minutes: Minutes | null
  ratePerHourKopecks: Kopecks | null
  fullKopecks: Kopecks
  /** Before the discount for the term, where there is one. */
  listKopecks: Kopecks
  discount: TermDiscount | null
  /** How much of it is paid for a suspended day. */
  suspendedPercent: number
}

function recurringOf({ terms }: ContractVersion): Recurring[] {
  const discount = discountOf(terms)
  const { feePercent: suspendedPercent } = terms.suspension ?? USUAL_SUSPENSION
  const plain = { minutes: null, ratePerHourKopecks: null, discount, suspendedPercent }
  const feeOf = (code: string, title: Words, listKopecks: Kopecks): Recurring => {
    return { ...plain, kind: 'fee', code, title, fullKopecks: discounted(listKopecks, discount), listKopecks }
  }
  const title = { ru: 'Абонентская плата по пакету поддержки', en: 'Monthly fee of the support package' }
  const fee = feeOf('fee', title, terms.monthlyFeeKopecks)
  const forms = terms.forms.map(
    (form): Recurring => ({
      ...plain,
      kind: 'hours',
      code: form.code,
      title: hoursTitle(form),
      minutes: 'minutesPerMonth' in form ? form.minutesPerMonth : null,
      ratePerHourKopecks: form.kind === 'subscription' ? discounted(form.ratePerHourKopecks, discount) : null,
      fullKopecks: monthlyPriceOf(form, discount),
      listKopecks: monthlyPriceOf(form),
    }),
  )
  const options = (terms.options ?? []).map((one) =>
    feeOf(`option-${one.code}`, { ru: one.title, en: one.title }, one.pricePerMonthKopecks),
  )
  return [fee, ...forms, ...options].filter((item) => item.fullKopecks > 0)
}

function hoursTitle(form: EngagementForm): Words {
  if (!('minutesPerMonth' in form)) return { ru: 'Услуги', en: 'Services' }
  const name =
    form.kind === 'subscription'
      ? { ru: 'Абонемент', en: 'Subscription' }
      : { ru: 'Пакет часов', en: 'Package of hours' }
  return {
    ru: `${name.ru}, ${minutesInWords(form.minutesPerMonth, 'ru')} в месяц`,
    en: `${name.en}, ${minutesInWords(form.minutesPerMonth, 'en')} a month`,
  }
}

interface Share {
  item: Recurring
  days: number
  of: number
  /** Suspended days by what of the fee is paid for them. */
  suspended: Map<number, number>
}

/** Equal fees of successive versions make one line, rounded once, so that a change of other terms does not split the bill. */
function recurringLines(versions: readonly ContractVersion[], month: CivilMonth): CloseLine[] {
  const parts = partsOfMonth(versions, month)
  const grouped = new Map<string, Share>()
  for (const part of parts) {
    const share = monthlyShare(part, parts)
    for (const item of share.days > 0 ? recurringOf(part.version) : []) {
      const key = `${item.kind}:${item.code}:${item.fullKopecks}`
      const known = grouped.get(key) ?? { item, days: 0, of: share.of, suspended: new Map<number, number>() }
      const { suspendedPercent } = item
      if (share.suspended > 0)
        known.suspended.set(suspendedPercent, (known.suspended.get(suspendedPercent) ?? 0) + share.suspended)
      grouped.set(key, { ...known, item, days: known.days + share.days })
    }
  }
  return [...grouped].map(([key, share]) => recurringLine(`${month}:${key}`, share, parts))
}

function recurringLine(key: string, share: Share, parts: readonly MonthPart[]): CloseLine {
  const { item, days, of, suspended } = share
  // in hundredths of a day: a suspended day counts for as many of them as the contract says
  const paid = [...suspended].reduce((sum, [percent, lost]) => sum - lost * (100 - percent), days * 100)
  const sumKopecks = scaleKopecks(item.fullKopecks, paid, of * 100)
  const steps =
    suspended.size === 0
      ? [shareStep(item.fullKopecks, days, of, sumKopecks)]
      : suspendedSteps(share, sumKopecks, parts)
  return {
    key,
    kind: item.kind,
    title: item.title,
    minutes: days === of && suspended.size === 0 ? item.minutes : null,
    ratePerHourKopecks: item.ratePerHourKopecks,
    timeEntryId: null,
    ticketId: null,
    sumKopecks,
    explanation: [...discountSteps(item), ...steps],
  }
}

/** "Приостановлен с 11.03 по 20.03", then "30 000 ₽ × 20 из 30 дн. = 20 000 ₽". */
function suspendedSteps(
  { item, days, of, suspended }: Share,
  sumKopecks: Kopecks,
  parts: readonly MonthPart[],
): Words[] {
  const { fullKopecks: full } = item
  const spans = parts.flatMap((part) => part.suspended)
  const day = (date: string) => date.slice(5).split('-').toReversed().join('.')
  const list = (from: string, to: string) =>
    spans.map((span) => `${from} ${day(span.from)} ${to} ${day(span.to)}`).join(', ')
  const worked = [...suspended.values()].reduce((left, lost) => left - lost, days)
  const paid = [...suspended].filter(([percent]) => percent > 0)
  const counted = (unit: string, gap: string) =>
    paid.length === 0
      ? `${worked}`
      : `(${[`${worked}`, ...paid.map(([percent, lost]) => `${lost} ${unit} × ${percent}${gap}%`)].join(' + ')})`
  const said = (unit: string, free: string, at: (percent: number) => string) =>
    [...suspended].map(([percent, lost]) => `${lost} ${unit} ${percent === 0 ? free : at(percent)}`).join(', ')
  return [
    {
      ru: `договор приостановлен ${list('с', 'по')}: ${said('дн.', 'без оплаты', (percent) => `за ${percent} % платы`)}`,
      en: `the contract was suspended ${list('from', 'to')}: ${said('days', 'without a fee', (percent) => `at ${percent}% of the fee`)}`,
    },
    {
      ru: `${moneyInWords(full, 'ru')} × ${counted('дн.', '\u00a0')} из ${of} дн. = ${moneyInWords(sumKopecks, 'ru')}`,
      en: `${moneyInWords(full, 'en')} × ${counted('days', '')} of ${of} days = ${moneyInWords(sumKopecks, 'en')}`,
    },
  ]
}

/** "24 000 ₽ − 5 % за срок 12 мес. = 22 800 ₽". */
function discountSteps({ discount, listKopecks, fullKopecks }: Recurring): Words[] {
  if (discount === null) return []
  const percent = String(discount.basisPoints / 100)
  const say = (locale: 'ru' | 'en', why: string) =>
    `${moneyInWords(listKopecks, locale)} − ${why} = ${moneyInWords(fullKopecks, locale)}`
  return [
    {
      ru: say('ru', `${percent.replace('.', ',')} % за срок ${discount.months} мес.`),
      en: say('en', `${percent}% for a term of ${discount.months} months`),
    },
  ]
}

function shareStep(full: Kopecks, days: number, of: number, sum: Kopecks): Words {
  if (days === of)
    return { ru: `${moneyInWords(full, 'ru')} за месяц`, en: `${moneyInWords(full, 'en')} for the month` }
  return {
    ru: `${moneyInWords(full, 'ru')} × ${days} из ${of} дн. = ${moneyInWords(sum, 'ru')}`,
    en: `${moneyInWords(full, 'en')} × ${days} of ${of} days = ${moneyInWords(sum, 'en')}`,
  }
}

function onceLines(versions: readonly ContractVersion[], month: CivilMonth): CloseLine[] {
  const lines = new Map<string, CloseLine>()
  for (const { version, from, to } of partsOfMonth(versions, month)) {
    for (const form of version.terms.forms) {
      const on = boughtOn(form, month)
      if (on === null || on < from || to < on || purchasePriceOf(form) === 0) continue
      lines.set(`${form.code}:${on}`, onceLine(form, `${month}:once:${form.code}:${on}`))
    }
  }
  return [...lines.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function boughtOn(form: EngagementForm, month: CivilMonth): string | null {
  if (form.kind === 'deposit') return form.boughtOn
  if (form.kind === 'one_off') return form.on
  if (form.kind !== 'annual_package') return null
  const first = Temporal.PlainDate.from(form.yearFrom)
  const years = Temporal.PlainYearMonth.from(month).year - first.year
  return years < 0 ? null : first.add({ years }).toString()
}

function onceLine(form: EngagementForm, key: string): CloseLine {
  const sumKopecks = purchasePriceOf(form)
  const minutes = form.kind === 'deposit' ? form.minutes : form.kind === 'annual_package' ? form.minutesPerYear : null
  const hours = (locale: 'ru' | 'en') => minutesInWords(minutes ?? 0, locale)
  const titles: Partial<Record<EngagementForm['kind'], Words>> = {
    deposit: { ru: `Депозит, ${hours('ru')}`, en: `Deposit, ${hours('en')}` },
    annual_package: { ru: `Годовой пакет, ${hours('ru')}`, en: `Annual package, ${hours('en')}` },
  }
  const own = form.kind === 'one_off' ? { ru: form.title, en: form.title } : undefined
  return {
    key,
    kind: form.kind === 'one_off' ? 'one_off' : 'purchase',
    title: own ?? titles[form.kind] ?? { ru: 'Услуги', en: 'Services' },
    minutes,
    ratePerHourKopecks: form.kind === 'deposit' ? form.ratePerHourKopecks : null,
    timeEntryId: null,
    ticketId: null,
    sumKopecks,
    explanation: [inBoth((locale) => moneyInWords(sumKopecks, locale))],
  }
}

const WORK_TITLES: Record<WorkCharge['kind'], Words> = {
  postpaid: { ru: 'Работы сверх пакета', en: 'Work beyond the package' },
  outstaff: { ru: 'Работа выделенного специалиста (аутстафф)', en: 'Outstaffed specialist' },
  surcharge: { ru: 'Надбавка за условия работ', en: 'Surcharge for the conditions of work' },
}

function workLine(charge: WorkCharge): CloseLine {
  return {
    key: charge.key,
    kind: charge.kind,
    title: WORK_TITLES[charge.kind],
    minutes: charge.minutes,
    ratePerHourKopecks: charge.ratePerHourKopecks,
    timeEntryId: charge.timeEntryId,
    ticketId: charge.ticketId,
    sumKopecks: charge.sumKopecks,
    explanation: charge.explanation,
  }
}
