import type { CivilDate, Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords, moneyInWords } from '@opora/core'
import { daysUntil, exhaustionDate } from './exhaustion.ts'
import { marginPermille } from './revenue.ts'

export const RISK_CODES = [
  'ending',
  'guarantee',
  'exhausted',
  'runs_out',
  'overspent',
  'over_budget',
  'unprofitable',
] as const
export type RiskCode = (typeof RISK_CODES)[number]

/** The last days by which the pace of spending hours is measured. */
export const PACE_DAYS = 28

export interface RiskRule {
  code: RiskCode
  enabled: boolean
  threshold: number
}

/** What is known of a contract on a day. Parts that the reader may not see, or that it does not have, are null. */
export interface ContractFacts {
  today: CivilDate
  endsOn: CivilDate | null
  /** A later contract of the client goes on from this one. */
  followed: boolean
  signed: boolean
  letterUntil: CivilDate | null
  hours: {
    leftMinutes: Minutes
    ofMinutes: Minutes
    drawnMinutes: Minutes
    /** When the hours end anyway; null where they never expire. */
    periodEndsOn: CivilDate | null
    /** Beyond the package in the present month. */
    overMinutes: Minutes
    overKopecks: Kopecks
  } | null
  /** What the client's plan of the year foresees up to the last month that is over, and what was billed. */
  budget: { planKopecks: Kopecks; factKopecks: Kopecks } | null
  /** Of the last months that are over. */
  margin: { revenueKopecks: Kopecks; costKopecks: Kopecks } | null
}

export interface Risk {
  code: RiskCode
  level: 'warn' | 'danger'
  threshold: number
  /** What the contract has, in the rule's unit. */
  value: number
  reason: Words
  /** The rule with its threshold, as a sentence. */
  rule: Words
}

interface Finding {
  danger: boolean
  value: number
  reason: Words
}

type Check = (facts: ContractFacts, threshold: number) => Finding | null

const CHECKS: Record<RiskCode, Check> = {
  ending: checkEnding,
  guarantee: checkGuarantee,
  exhausted: checkExhausted,
  runs_out: checkRunsOut,
  overspent: checkOverspent,
  over_budget: checkBudget,
  unprofitable: checkMargin,
}

/** Every rule that the contract breaks, in the order of the rules; each says why and by which threshold. */
export function risksOf(facts: ContractFacts, rules: readonly RiskRule[]): Risk[] {
  return rules.flatMap(({ code, enabled, threshold }) => {
    const finding = enabled ? CHECKS[code](facts, threshold) : null
    if (!finding) return []
    const { danger, value, reason } = finding
    return [{ code, level: danger ? 'danger' : 'warn', threshold, value, reason, rule: ruleInWords(code, threshold) }]
  })
}

/** What orders a list by urgency: dangers first, then by how many rules are broken. */
export function weightOf(risks: readonly Risk[]): number {
  return risks.reduce((sum, risk) => sum + (risk.level === 'danger' ? 100 : 1), 0)
}

function checkEnding({ today, endsOn, followed }: ContractFacts, threshold: number): Finding | null {
  if (endsOn === null || followed) return null
  const days = daysUntil(today, endsOn)
  if (days > threshold) return null
  return { danger: days <= Math.floor(threshold / 3), value: days, reason: endingReason(endsOn, days) }
}

function endingReason(endsOn: CivilDate, days: number): Words {
  if (days < 0) return { ru: `закончился ${day(endsOn)}`, en: `ended on ${endsOn}` }
  return {
    ru: `заканчивается ${day(endsOn)}, осталось ${days} дн., следующего договора нет`,
    en: `ends on ${endsOn}, in ${days} days, and no contract follows`,
  }
}

function checkGuarantee({ today, signed, letterUntil }: ContractFacts, threshold: number): Finding | null {
  if (signed || letterUntil === null) return null
  const days = daysUntil(today, letterUntil)
  if (days > threshold) return null
  return {
    danger: days < 0,
    value: days,
    reason: {
      ru: `не подписан, гарантийное письмо до ${day(letterUntil)}`,
      en: `not signed, the letter of guarantee holds until ${letterUntil}`,
    },
  }
}

function checkExhausted({ hours }: ContractFacts, threshold: number): Finding | null {
  if (!hours || hours.ofMinutes <= 0) return null
  if (hours.leftMinutes * 100 > hours.ofMinutes * threshold) return null
  const { leftMinutes, ofMinutes } = hours
  return {
    danger: leftMinutes <= 0,
    value: percent(leftMinutes, ofMinutes),
    reason:
      leftMinutes <= 0
        ? {
            ru: `часы закончились: было ${inRu(ofMinutes)}`,
            en: `the hours are used up: there were ${inEn(ofMinutes)}`,
          }
        : {
            ru: `осталось ${inRu(leftMinutes)} из ${inRu(ofMinutes)}`,
            en: `${inEn(leftMinutes)} left of ${inEn(ofMinutes)}`,
          },
  }
}

function checkRunsOut({ today, hours }: ContractFacts, threshold: number): Finding | null {
  if (!hours || hours.leftMinutes <= 0 || hours.periodEndsOn === null) return null
  const { leftMinutes, drawnMinutes, periodEndsOn } = hours
  const on = exhaustionDate({ leftMinutes, drawnMinutes, days: PACE_DAYS, today })
  if (on === null) return null
  const days = daysUntil(on, periodEndsOn)
  if (days < threshold) return null
  return {
    danger: daysUntil(today, on) <= 3,
    value: days,
    reason: {
      ru: `часов хватит до ${day(on)}, а период до ${day(periodEndsOn)}: за ${PACE_DAYS} дн. ушло ${inRu(drawnMinutes)}`,
      en: `the hours last until ${on}, the period until ${periodEndsOn}: ${inEn(drawnMinutes)} in ${PACE_DAYS} days`,
    },
  }
}

function checkOverspent({ hours }: ContractFacts, threshold: number): Finding | null {
  if (!hours || hours.ofMinutes <= 0 || hours.overMinutes <= 0) return null
  const share = percent(hours.overMinutes, hours.ofMinutes)
  if (hours.overMinutes * 100 < hours.ofMinutes * threshold) return null
  const { overMinutes, overKopecks, ofMinutes } = hours
  return {
    danger: share >= 5 * threshold,
    value: share,
    reason: {
      ru: `за месяц ${inRu(overMinutes)} сверх пакета в ${inRu(ofMinutes)}: ${moneyInWords(overKopecks, 'ru')}`,
      en: `${inEn(overMinutes)} this month beyond the package of ${inEn(ofMinutes)}: ${moneyInWords(overKopecks, 'en')}`,
    },
  }
}

function checkBudget({ budget }: ContractFacts, threshold: number): Finding | null {
  if (!budget || budget.planKopecks <= 0) return null
  if (budget.factKopecks * 100 <= budget.planKopecks * threshold) return null
  const share = percent(budget.factKopecks, budget.planKopecks)
  return {
    danger: share >= 2 * threshold - 100,
    value: share,
    reason: {
      ru: `с начала года начислено ${moneyInWords(budget.factKopecks, 'ru')} при плане ${moneyInWords(budget.planKopecks, 'ru')}`,
      en: `${moneyInWords(budget.factKopecks, 'en')} billed this year where ${moneyInWords(budget.planKopecks, 'en')} were planned`,
    },
  }
}

function checkMargin({ margin }: ContractFacts, threshold: number): Finding | null {
  if (!margin || (margin.revenueKopecks <= 0 && margin.costKopecks <= 0)) return null
  const share = marginPermille(margin.revenueKopecks, margin.costKopecks)
  if (share !== null && share >= threshold * 10) return null
  const [revenue, cost] = [margin.revenueKopecks, margin.costKopecks]
  return {
    danger: share === null || share < 0,
    value: share === null ? -100 : Math.floor(share / 10),
    reason: {
      ru: `выручка ${moneyInWords(revenue, 'ru')}, затраты ${moneyInWords(cost, 'ru')} за три месяца`,
      en: `revenue ${moneyInWords(revenue, 'en')}, cost ${moneyInWords(cost, 'en')} in three months`,
    },
  }
}

const RULES: Record<RiskCode, (n: number) => Words> = {
  ending: (n) => ({ ru: `до конца договора не больше ${n} дн.`, en: `at most ${n} days to the contract's end` }),
  guarantee: (n) => ({
    ru: `до конца гарантийного письма не больше ${n} дн.`,
    en: `at most ${n} days to the end of the letter of guarantee`,
  }),
  exhausted: (n) => ({ ru: `осталось не больше ${n} % часов`, en: `at most ${n} % of the hours left` }),
  runs_out: (n) => ({
    ru: `часы кончатся за ${n} дн. до конца периода или раньше`,
    en: `the hours run out ${n} days before the period's end or earlier`,
  }),
  overspent: (n) => ({ ru: `сверх пакета не меньше ${n} % его часов`, en: `at least ${n} % of the package beyond it` }),
  over_budget: (n) => ({ ru: `начислено больше ${n} % плана`, en: `more than ${n} % of the plan is billed` }),
  unprofitable: (n) => ({ ru: `маржа меньше ${n} %`, en: `a margin under ${n} %` }),
}

export function ruleInWords(code: RiskCode, threshold: number): Words {
  return RULES[code](threshold)
}

function percent(part: number, whole: number): number {
  return Math.floor((part * 100) / whole)
}
function day(date: CivilDate): string {
  return date.split('-').toReversed().join('.')
}
function inRu(minutes: Minutes): string {
  return minutesInWords(minutes, 'ru')
}
function inEn(minutes: Minutes): string {
  return minutesInWords(minutes, 'en')
}
