import type { CivilDate, Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords } from '@opora/core'
import {
  CHANNEL_CODES,
  type ContractTerms,
  type Covers,
  type EngagementForm,
  type LeftoverRule,
  type PenaltyRule,
  ROUNDING_STEPS,
} from './terms.ts'

/** What is wrong with one field: a dotted path, and the sentence for it. */
export interface FieldError {
  field: string
  message: Words
}

/** Limits of the price list and the dictionaries that terms may name; the catalogue gives the starting values. */
export interface TermsLimits {
  subscriptionMinMinutes: Minutes
  depositMinMinutes: Minutes
  activityCodes: readonly string[]
  serviceCodes: readonly string[]
  calendarCodes: readonly string[]
  slaPolicyCodes: readonly string[]
}

type Report = (field: string, ru: string, en: string) => void

/** Rules that the shape alone cannot say. The shape itself is checked by the schema at the edge. */
export function checkTerms(terms: ContractTerms, limits: TermsLimits): FieldError[] {
  const errors: FieldError[] = []
  const report: Report = (field, ru, en) => errors.push({ field, message: { ru, en } })
  checkFrame(terms, limits, report)
  checkForms(terms.forms, limits, report)
  checkRates(terms, limits, report)
  checkEntitlement(terms, report)
  checkEstimates(terms, report)
  checkPenalties(terms, report)
  return errors
}

function checkFrame(terms: ContractTerms, limits: TermsLimits, report: Report): void {
  if (!isZone(terms.zone)) report('zone', 'Неизвестный часовой пояс.', 'Unknown time zone.')
  amount('monthlyFeeKopecks', terms.monthlyFeeKopecks, report)
  within('minTermMonths', terms.minTermMonths, 0, 120, report)
  within('capacityCeilingMinutesPerMonth', terms.capacityCeilingMinutesPerMonth, 1, 60 * 24 * 31 * 1000, report)
  if (!limits.calendarCodes.includes(terms.calendarCode)) {
    report('calendarCode', 'Такого календаря нет.', 'There is no such calendar.')
  }
  if (!limits.slaPolicyCodes.includes(terms.slaPolicyCode)) {
    report('slaPolicyCode', 'Таких правил SLA нет.', 'There is no such SLA policy.')
  }
  if (!terms.coupon) return
  within('coupon.perYear', terms.coupon.perYear, 1, 12, report)
  within('coupon.reactionMinutes', terms.coupon.reactionMinutes, 1, 60, report)
}

function checkForms(forms: readonly EngagementForm[], limits: TermsLimits, report: Report): void {
  if (forms.length === 0)
    report('forms', 'Нужна хотя бы одна форма работы.', 'At least one form of engagement is needed.')
  const seen = new Set<string>()
  forms.forEach((form, index) => {
    const field = `forms.${index}`
    if (!/^[a-z][a-z0-9_-]{0,39}$/.test(form.code)) {
      report(
        `${field}.code`,
        'Код: латинские буквы, цифры, дефис.',
        'The code is made of Latin letters, digits and hyphens.',
      )
    }
    if (seen.has(form.code)) report(`${field}.code`, 'Код формы повторяется.', 'The code of the form is used twice.')
    seen.add(form.code)
    checkForm(form, field, limits, report)
    if ('covers' in form) checkCovers(form.covers, `${field}.covers`, limits, report)
    if ('leftover' in form) checkLeftover(form.leftover, `${field}.leftover`, report)
  })
}

function checkForm(form: EngagementForm, field: string, limits: TermsLimits, report: Report): void {
  const atLeast = (name: string, minutes: Minutes, least: Minutes) => {
    if (Number.isSafeInteger(minutes) && minutes >= least) return
    report(`${field}.${name}`, `Не меньше ${minutesInWords(least, 'ru')}.`, `At least ${minutesInWords(least, 'en')}.`)
  }
  switch (form.kind) {
    case 'subscription':
      atLeast('minutesPerMonth', form.minutesPerMonth, limits.subscriptionMinMinutes)
      return amount(`${field}.ratePerHourKopecks`, form.ratePerHourKopecks, report)
    case 'deposit':
      atLeast('minutes', form.minutes, limits.depositMinMinutes)
      date(`${field}.boughtOn`, form.boughtOn, report)
      return amount(`${field}.ratePerHourKopecks`, form.ratePerHourKopecks, report)
    case 'monthly_package':
      atLeast('minutesPerMonth', form.minutesPerMonth, 1)
      return amount(`${field}.pricePerMonthKopecks`, form.pricePerMonthKopecks, report)
    case 'annual_package':
      atLeast('minutesPerYear', form.minutesPerYear, 1)
      date(`${field}.yearFrom`, form.yearFrom, report)
      return amount(`${field}.pricePerYearKopecks`, form.pricePerYearKopecks, report)
    case 'project_hours':
      atLeast('minutes', form.minutes, 1)
      return dates(field, form, report)
    case 'outstaff':
      amount(`${field}.ratePerHourKopecks`, form.ratePerHourKopecks, report)
      return dates(field, form, report)
    case 'one_off':
      date(`${field}.on`, form.on, report)
      if (form.title.trim() === '') report(`${field}.title`, 'Назовите работу.', 'Name the job.')
      return form.price.kind === 'fixed' ? amount(`${field}.price.kopecks`, form.price.kopecks, report) : undefined
    case 'flat':
      return checkServices(form, field, limits, report)
    case 'postpaid':
      return
  }
}

function checkServices(
  form: EngagementForm & { kind: 'flat' },
  field: string,
  limits: TermsLimits,
  report: Report,
): void {
  const seen = new Set<string>()
  form.services.forEach(({ service, allowance }, index) => {
    const path = `${field}.services.${index}`
    if (!limits.serviceCodes.includes(service))
      report(`${path}.service`, 'Такой услуги нет.', 'There is no such service.')
    if (seen.has(service)) report(`${path}.service`, 'Услуга повторяется.', 'The service is listed twice.')
    seen.add(service)
    if (allowance.kind === 'minutes') {
      within(`${path}.allowance.minutesPerMonth`, allowance.minutesPerMonth, 1, 100_000, report)
      checkLeftover(allowance.leftover, `${path}.allowance.leftover`, report)
    }
    if (allowance.kind === 'units')
      within(`${path}.allowance.unitsPerMonth`, allowance.unitsPerMonth, 1, 100_000, report)
  })
}

function checkCovers(covers: Covers, field: string, limits: TermsLimits, report: Report): void {
  const listed = covers.activities === 'all' ? [] : covers.activities
  const unknown = [...listed, ...Object.keys(covers.factorPercentByActivity)].filter(
    (a) => !limits.activityCodes.includes(a),
  )
  for (const activity of unknown) report(field, `Нет вида работ «${activity}».`, `There is no activity “${activity}”.`)
  for (const [activity, percent] of Object.entries(covers.factorPercentByActivity)) {
    within(`${field}.factorPercentByActivity.${activity}`, percent, 1, 1000, report)
  }
}

function checkLeftover(leftover: LeftoverRule, field: string, report: Report): void {
  if (leftover.kind === 'carries') within(`${field}.capMinutes`, leftover.capMinutes, 1, 1_000_000, report)
}

function checkRates({ rates }: ContractTerms, limits: TermsLimits, report: Report): void {
  amount('rates.postpaidPerHourKopecks', rates.postpaidPerHourKopecks, report)
  within('rates.onSiteSurchargePercent', rates.onSiteSurchargePercent, 0, 500, report)
  within('rates.urgentPercent', rates.urgentPercent, 100, 1000, report)
  if (!ROUNDING_STEPS.includes(rates.roundingStepMinutes)) {
    report(
      'rates.roundingStepMinutes',
      `Шаг: ${ROUNDING_STEPS.join(', ')} мин.`,
      `The step is ${ROUNDING_STEPS.join(', ')} min.`,
    )
  }
  rates.rows.forEach((row, index) => {
    amount(`rates.rows.${index}.perHourKopecks`, row.perHourKopecks, report)
    if (row.activity !== null && !limits.activityCodes.includes(row.activity)) {
      report(`rates.rows.${index}.activity`, 'Такого вида работ нет.', 'There is no such activity.')
    }
  })
  const keys = rates.rows.map((row) => `${row.activity}/${row.grade}`)
  keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) report(`rates.rows.${index}`, 'Ставка повторяется.', 'The rate is listed twice.')
  })
}

function checkEntitlement({ entitlement }: ContractTerms, report: Report): void {
  if (entitlement.contacts === 'listed' && entitlement.contactIds.length === 0) {
    report('entitlement.contactIds', 'Укажите хотя бы одного человека.', 'Name at least one person.')
  }
  if (entitlement.portals === 'listed' && entitlement.portalIds.length === 0) {
    report('entitlement.portalIds', 'Укажите хотя бы один портал.', 'Name at least one portal.')
  }
  if (entitlement.channels.length === 0)
    report('entitlement.channels', 'Нужен хотя бы один канал.', 'A channel is needed.')
  if (entitlement.channels.some((channel) => !CHANNEL_CODES.includes(channel))) {
    report('entitlement.channels', 'Такого канала нет.', 'There is no such channel.')
  }
}

function checkEstimates({ estimates }: ContractTerms, report: Report): void {
  within('estimates.diagnosisExemptMinutes', estimates.diagnosisExemptMinutes, 0, 10_000, report)
  within('estimates.tolerancePercent', estimates.tolerancePercent, 0, 100, report)
  within('estimates.warnAtPercent', estimates.warnAtPercent, 1, 100, report)
  if (estimates.rule.kind === 'above') within('estimates.rule.minutes', estimates.rule.minutes, 1, 1_000_000, report)
}

function checkPenalties({ penalties }: ContractTerms, report: Report): void {
  if (penalties.capFeeBasisPoints !== null) {
    within('penalties.capFeeBasisPoints', penalties.capFeeBasisPoints, 1, 10_000, report)
  }
  penalties.rules.forEach((rule, index) => {
    checkPenalty(rule, `penalties.rules.${index}`, report)
  })
}

function checkPenalty(rule: PenaltyRule, field: string, report: Report): void {
  if (rule.amount.kind === 'sum') amount(`${field}.amount.kopecks`, rule.amount.kopecks, report)
  else within(`${field}.amount.basisPoints`, rule.amount.basisPoints, 1, 10_000, report)
  if (rule.kind === 'per_tenth_of_uptime')
    return within(`${field}.uptimeMilliPercent`, rule.uptimeMilliPercent, 1, 100_000, report)
  if (rule.kind === 'figure_below') return within(`${field}.threshold`, rule.threshold, 1, 100_000, report)
  within(`${field}.graceMinutes`, rule.graceMinutes, 0, 100_000, report)
  if (rule.priorities.length === 0 || rule.metrics.length === 0) {
    report(field, 'Укажите приоритеты и показатели.', 'Name the priorities and the clocks.')
  }
}

function amount(field: string, kopecks: Kopecks, report: Report): void {
  if (Number.isSafeInteger(kopecks) && kopecks >= 0) return
  report(field, 'Сумма в целых копейках, не меньше нуля.', 'A sum in whole kopecks, not below zero.')
}

function within(field: string, value: number, least: number, most: number, report: Report): void {
  if (Number.isSafeInteger(value) && least <= value && value <= most) return
  report(field, `Целое число от ${least} до ${most}.`, `A whole number from ${least} to ${most}.`)
}

function date(field: string, value: CivilDate, report: Report): void {
  if (!isDate(value)) report(field, 'Дата указывается как ГГГГ-ММ-ДД.', 'A date is given as YYYY-MM-DD.')
}

function dates(field: string, form: { from: CivilDate; to: CivilDate }, report: Report): void {
  date(`${field}.from`, form.from, report)
  date(`${field}.to`, form.to, report)
  if (form.to < form.from) report(`${field}.to`, 'Окончание раньше начала.', 'The end is before the beginning.')
}

function isDate(value: string): boolean {
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false
  }
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
