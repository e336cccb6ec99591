import { amount, type FieldError, isZone, type Report, within } from './field-check.ts'
import { checkForms } from './forms-check.ts'
import { CHANNEL_CODES, type ContractTerms, type PenaltyRule, ROUNDING_STEPS, type TermsLimits } from './terms.ts'

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
  if (rule.kind === 'per_tenth_of_uptime') {
    within(`${field}.uptimeMilliPercent`, rule.uptimeMilliPercent, 1, 100_000, report)
  } else if (rule.kind === 'figure_below') {
    within(`${field}.threshold`, rule.threshold, 1, 100_000, report)
  } else {
    within(`${field}.graceMinutes`, rule.graceMinutes, 0, 100_000, report)
    if (rule.priorities.length > 0 && rule.metrics.length > 0) return
    report(field, 'Укажите приоритеты и показатели.', 'Name the priorities and the clocks.')
  }
}
