import type { Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords, moneyInWords, scaleKopecks } from '@opora/core'
import type { MonthlyFigure, PenaltyAmount, PenaltyMetric, PenaltyRule, PenaltyTerms } from './terms.ts'

/** A clock that ran past its target in the month. */
export interface BreachFact {
  id: string
  ticketNumber: string
  metric: PenaltyMetric
  priority: number
  lateMinutes: Minutes
  /** The lateness lies wholly in "waiting for client": it costs nothing. */
  whollyWaitingForClient: boolean
}

export interface MonthFacts {
  feeKopecks: Kopecks
  breaches: readonly BreachFact[]
  /** Figures that were measured; a figure that is absent gives no penalty. */
  figures: Partial<Record<MonthlyFigure, number>>
}

/** Proposed, for finance to review with its evidence; never credited by itself. */
export interface PenaltyLine {
  ruleCode: string
  times: number
  sumKopecks: Kopecks
  evidence: string[]
  explanation: Words
}

export interface PenaltyProposal {
  lines: PenaltyLine[]
  uncappedKopecks: Kopecks
  capKopecks: Kopecks | null
  totalKopecks: Kopecks
}

/** The penalties that a month's facts give by the contract's rules, with the cap over all of them. */
export function proposePenalties(terms: PenaltyTerms, facts: MonthFacts): PenaltyProposal {
  const lines = terms.rules.map((rule) => lineOf(rule, facts)).filter((line) => line.times > 0)
  const uncappedKopecks = lines.reduce((sum, line) => sum + line.sumKopecks, 0)
  const capKopecks =
    terms.capFeeBasisPoints === null ? null : scaleKopecks(facts.feeKopecks, terms.capFeeBasisPoints, 10_000)
  return {
    lines,
    uncappedKopecks,
    capKopecks,
    totalKopecks: capKopecks === null ? uncappedKopecks : Math.min(uncappedKopecks, capKopecks),
  }
}

function lineOf(rule: PenaltyRule, facts: MonthFacts): PenaltyLine {
  const { times, evidence } = timesOf(rule, facts)
  const sumKopecks = amountOf(rule.amount, times, facts.feeKopecks)
  const say = (locale: 'ru' | 'en') =>
    `${amountInWords(rule.amount, locale)} × ${times} = ${moneyInWords(sumKopecks, locale)}`
  return {
    ruleCode: rule.code,
    times,
    sumKopecks,
    evidence,
    explanation: { ru: say('ru'), en: say('en') },
  }
}

function timesOf(rule: PenaltyRule, facts: MonthFacts): { times: number; evidence: string[] } {
  if (rule.kind === 'per_tenth_of_uptime') {
    const uptime = facts.figures.uptime_milli_percent
    if (uptime === undefined) return { times: 0, evidence: [] }
    const times = Math.max(0, Math.floor((rule.uptimeMilliPercent - uptime) / 100))
    return { times, evidence: [`uptime_milli_percent=${uptime}`] }
  }
  if (rule.kind === 'figure_below') {
    const figure = facts.figures[rule.figure]
    const times = figure !== undefined && figure < rule.threshold ? 1 : 0
    return { times, evidence: figure === undefined ? [] : [`${rule.figure}=${figure}`] }
  }
  const missed = facts.breaches.filter(
    (breach) =>
      rule.priorities.includes(breach.priority) &&
      rule.metrics.includes(breach.metric) &&
      !breach.whollyWaitingForClient &&
      breach.lateMinutes > rule.graceMinutes,
  )
  // Full hours, as the tenths of uptime are full tenths.
  const hoursLate = (breach: BreachFact) => Math.floor((breach.lateMinutes - rule.graceMinutes) / 60)
  const times = rule.kind === 'per_breach' ? missed.length : missed.reduce((sum, breach) => sum + hoursLate(breach), 0)
  return { times, evidence: missed.map((b) => `${b.ticketNumber} ${b.metric} +${minutesInWords(b.lateMinutes, 'en')}`) }
}

function amountOf(amount: PenaltyAmount, times: number, feeKopecks: Kopecks): Kopecks {
  return amount.kind === 'sum' ? amount.kopecks * times : scaleKopecks(feeKopecks, amount.basisPoints * times, 10_000)
}

function amountInWords(amount: PenaltyAmount, locale: 'ru' | 'en'): string {
  if (amount.kind === 'sum') return moneyInWords(amount.kopecks, locale)
  const percent = String(amount.basisPoints / 100)
  return locale === 'ru' ? `${percent.replace('.', ',')} % абонентской платы` : `${percent} % of the fee`
}
