import type { Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords } from '@opora/core'

/** What has been approved on a ticket and how much of it is used, in billable minutes. */
export interface GateState {
  approvedMinutes: Minutes
  usedMinutes: Minutes
  tolerancePercent: number
  warnAtPercent: number
}

export interface GateAnswer {
  /** The most that is billable: the estimate and the contract's tolerance. */
  limitMinutes: Minutes
  acceptedMinutes: Minutes
  /** Not billable until a supplementary round is approved. */
  refusedMinutes: Minutes
  usedAfterMinutes: Minutes
  /** This time brings the work past the share at which people are warned; earlier or later time does not warn again. */
  warns: boolean
  opensRound: boolean
  explanation: Words
}

/**
 * Lets billable minutes through up to 100 % and the tolerance.
 * `exemptMinutes` of them are diagnosis that needs no estimate: they pass and do not count.
 */
export function gateTime(state: GateState, minutes: Minutes, exemptMinutes: Minutes = 0): GateAnswer {
  const limitMinutes = Math.floor((state.approvedMinutes * (100 + state.tolerancePercent)) / 100)
  const exempt = Math.min(minutes, exemptMinutes)
  const counted = minutes - exempt
  const room = Math.max(0, limitMinutes - state.usedMinutes)
  const passed = Math.min(counted, room)
  const usedAfterMinutes = state.usedMinutes + passed
  const warnAt = (state.approvedMinutes * state.warnAtPercent) / 100
  return {
    limitMinutes,
    acceptedMinutes: exempt + passed,
    refusedMinutes: counted - passed,
    usedAfterMinutes,
    warns: state.usedMinutes < warnAt && usedAfterMinutes >= warnAt,
    opensRound: counted > passed,
    explanation: explain(state, usedAfterMinutes, counted - passed),
  }
}

function explain(state: GateState, usedAfter: Minutes, refused: Minutes): Words {
  const tolerance = { ru: '', en: '' }
  if (state.tolerancePercent > 0) {
    tolerance.ru = ` + ${state.tolerancePercent} %`
    tolerance.en = tolerance.ru
  }
  const say = (locale: 'ru' | 'en') => ({
    used: minutesInWords(usedAfter, locale),
    approved: minutesInWords(state.approvedMinutes, locale) + tolerance[locale],
    refused: minutesInWords(refused, locale),
  })
  const ru = say('ru')
  const en = say('en')
  if (refused === 0)
    return { ru: `${ru.used} из ${ru.approved} по оценке`, en: `${en.used} of ${en.approved} estimated` }
  return {
    ru: `${ru.used} из ${ru.approved} по оценке; ${ru.refused} ждёт дополнительного согласования`,
    en: `${en.used} of ${en.approved} estimated; ${en.refused} waits for a further approval`,
  }
}

/** Actual against estimate, kept for every ticket that had one. */
export interface EstimateAgainstFact {
  estimatedMinutes: Minutes
  actualMinutes: Minutes
  /** Positive when the work took longer. */
  differenceMinutes: Minutes
  estimatedKopecks: Kopecks
  /** Actual ÷ estimated in whole percents; `null` for an estimate of nothing. */
  percent: number | null
}

export function estimateAgainstFact(
  approved: { minutes: Minutes; kopecks: Kopecks },
  actualMinutes: Minutes,
): EstimateAgainstFact {
  return {
    estimatedMinutes: approved.minutes,
    actualMinutes,
    differenceMinutes: actualMinutes - approved.minutes,
    estimatedKopecks: approved.kopecks,
    percent: approved.minutes === 0 ? null : Math.round((actualMinutes * 100) / approved.minutes),
  }
}
