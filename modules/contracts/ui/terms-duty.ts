import type { ContractTerms, EstimateRule, PenaltyAmount, PenaltyRule } from '../domain/terms.ts'
import type { Telling, TermsLine } from './terms-lines.ts'

const BASIS_POINTS = 100
const MILLI_PERCENT = 1_000

/** Estimates, coupons and penalties. */
export function dutyLines({ estimates, coupon, penalties }: ContractTerms, telling: Telling): TermsLine[] {
  const { say, time, locale } = telling
  const group = 'duty'
  const tolerance = estimates.tolerancePercent
  const lines: TermsLine[] = [
    { key: 'estimates', group, name: say('estimates'), value: estimateText(estimates.rule, telling) },
    {
      key: 'diagnosis',
      group,
      name: say('diagnosis'),
      value: say('upTo', { time: time(estimates.diagnosisExemptMinutes) }),
    },
    {
      key: 'tolerance',
      group,
      name: say('tolerance'),
      value: tolerance > 0 ? say('percent', { n: tolerance }) : say('exactly'),
    },
  ]
  if (coupon) {
    const channels = coupon.channels.map((code) => say(`channel_${code}`)).join(', ')
    const value = say('couponIs', { n: coupon.perYear, time: time(coupon.reactionMinutes), channels })
    lines.push({ key: 'coupon', group, name: say('coupon'), value })
  }
  for (const rule of penalties.rules) {
    lines.push({ key: `penalty ${rule.code}`, group, name: say('penalty'), value: penaltyText(rule, telling) })
  }
  if (penalties.capFeeBasisPoints !== null) {
    const percent = (penalties.capFeeBasisPoints / BASIS_POINTS).toLocaleString(locale)
    lines.push({ key: 'cap', group, name: say('cap'), value: say('feeShare', { percent }) })
  }
  return lines
}

function estimateText(rule: EstimateRule, { say, time }: Telling): string {
  return rule.kind === 'above' ? say('estimate_above', { time: time(rule.minutes) }) : say(`estimate_${rule.kind}`)
}

function penaltyText(rule: PenaltyRule, telling: Telling): string {
  const { say, locale, time } = telling
  const amount = amountText(rule.amount, telling)
  const share = (milli: number) => (milli / MILLI_PERCENT).toLocaleString(locale)
  if (rule.kind === 'per_tenth_of_uptime') {
    return say('penalty_per_tenth_of_uptime', { amount, threshold: share(rule.uptimeMilliPercent) })
  }
  if (rule.kind === 'figure_below') {
    return say('penalty_figure_below', { amount, figure: say(rule.figure), threshold: share(rule.threshold) })
  }
  const what = [
    rule.metrics.map((metric) => say(`metric_${metric}`)).join(', '),
    say('priorities', { list: rule.priorities.join(', ') }),
    ...(rule.graceMinutes > 0 ? [say('grace', { time: time(rule.graceMinutes) })] : []),
  ].join('; ')
  return say(`penalty_${rule.kind}`, { amount, what })
}

function amountText(amount: PenaltyAmount, { say, money, locale }: Telling): string {
  if (amount.kind === 'sum') return money(amount.kopecks)
  return say('feeShare', { percent: (amount.basisPoints / BASIS_POINTS).toLocaleString(locale) })
}
