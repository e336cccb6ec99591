import type { CivilDate, Instant, Kopecks, Minutes } from '@opora/core'
import { priceOfMinutes } from '@opora/core'

export type EstimateState = 'draft' | 'offered' | 'approved' | 'declined' | 'asked' | 'expired' | 'superseded'

export interface EstimateLine {
  title: string
  minutes: Minutes
  ratePerHourKopecks: Kopecks
}

/** A round of agreeing on a piece of work. A supplementary round adds to the approved ones; it does not replace them. */
export interface EstimateRound {
  id: string
  ticketId: string
  round: number
  state: EstimateState
  lines: EstimateLine[]
  /** A short specification; may be empty for simple work. */
  specification: string
  /** Last day on which the client can decide; `null` for no limit. */
  validUntil: CivilDate | null
  question: string | null
  decided: { at: Instant; on: CivilDate; by: string; comment: string } | null
}

export type EstimateRefusal =
  | 'work.estimate_decided'
  | 'work.estimate_not_offered'
  | 'work.estimate_not_draft'
  | 'work.estimate_expired'
  | 'work.estimate_superseded'
  | 'work.estimate_empty'
  | 'work.estimate_line_invalid'
  | 'work.estimate_validity_past'
  | 'work.estimate_question_missing'

export type EstimateStep =
  | { ok: true; round: EstimateRound }
  | { ok: false; refused: EstimateRefusal; params: Record<string, string | number>; field?: string }

export interface Decider {
  at: Instant
  /** The date of `at` in the contract's zone. */
  on: CivilDate
  by: string
  comment: string
}

/** Minutes and money of the lines; each line is rounded once and the total is the sum of the lines. */
export function estimateTotals(lines: readonly EstimateLine[]): {
  minutes: Minutes
  kopecks: Kopecks
  lineKopecks: Kopecks[]
} {
  const lineKopecks = lines.map((line) => priceOfMinutes(line.minutes, line.ratePerHourKopecks))
  return {
    minutes: lines.reduce((sum, line) => sum + line.minutes, 0),
    kopecks: lineKopecks.reduce((sum, kopecks) => sum + kopecks, 0),
    lineKopecks,
  }
}

/** Changes a draft; what has been offered is changed by a new round. */
export function reviseEstimate(
  round: EstimateRound,
  change: Partial<Pick<EstimateRound, 'lines' | 'specification' | 'validUntil'>>,
): EstimateStep {
  return round.state === 'draft' ? step({ ...round, ...change }) : refuse('work.estimate_not_draft')
}

/** Sends a draft to the client. */
export function offerEstimate(round: EstimateRound, today: CivilDate): EstimateStep {
  if (round.state !== 'draft') return refuse('work.estimate_not_draft')
  if (round.lines.length === 0) return refuse('work.estimate_empty', {}, 'lines')
  const faulty = round.lines.findIndex(
    (line) => line.title.trim() === '' || !(line.minutes > 0) || !(line.ratePerHourKopecks >= 0),
  )
  if (faulty >= 0) return refuse('work.estimate_line_invalid', {}, `lines.${faulty}`)
  if (round.validUntil !== null && round.validUntil < today)
    return refuse('work.estimate_validity_past', {}, 'validUntil')
  return step({ ...round, state: 'offered' })
}

export function approveEstimate(round: EstimateRound, decider: Decider): EstimateStep {
  return decide(round, 'approved', decider)
}

export function declineEstimate(round: EstimateRound, decider: Decider): EstimateStep {
  return decide(round, 'declined', decider)
}

/** The client asks before deciding; the provider's answer offers the round again. */
export function askAboutEstimate(round: EstimateRound, question: string, today: CivilDate): EstimateStep {
  const refused = whyNotDecidable(round, today)
  if (refused) return refused
  if (question.trim() === '') return refuse('work.estimate_question_missing', {}, 'question')
  return step({ ...round, state: 'asked', question })
}

export function answerQuestion(round: EstimateRound, validUntil: CivilDate | null): EstimateStep {
  if (round.state !== 'asked') return refuse('work.estimate_not_offered')
  return step({ ...round, state: 'offered', validUntil })
}

/** The round as it stands on a date: one that nobody decided in time is expired. */
export function estimateOn(round: EstimateRound, today: CivilDate): EstimateRound {
  const open = round.state === 'offered' || round.state === 'asked'
  return open && round.validUntil !== null && round.validUntil < today ? { ...round, state: 'expired' } : round
}

/** A ticket's next round. Rounds that wait are superseded by it; approved ones keep their hours. */
export function nextRound(
  rounds: readonly EstimateRound[],
  draft: Pick<EstimateRound, 'id' | 'ticketId' | 'lines' | 'specification' | 'validUntil'>,
): { round: EstimateRound; superseded: EstimateRound[] } {
  const waiting = rounds.filter((r) => r.state === 'draft' || r.state === 'offered' || r.state === 'asked')
  return {
    round: {
      ...draft,
      round: Math.max(0, ...rounds.map((r) => r.round)) + 1,
      state: 'draft',
      question: null,
      decided: null,
    },
    superseded: waiting.map((r) => ({ ...r, state: 'superseded' })),
  }
}

/** What the approved rounds allow together; `null` while none is approved. */
export function approvedTotals(rounds: readonly EstimateRound[]): { minutes: Minutes; kopecks: Kopecks } | null {
  const approved = rounds.filter((round) => round.state === 'approved').map((round) => estimateTotals(round.lines))
  if (approved.length === 0) return null
  return {
    minutes: approved.reduce((sum, total) => sum + total.minutes, 0),
    kopecks: approved.reduce((sum, total) => sum + total.kopecks, 0),
  }
}

function decide(round: EstimateRound, state: 'approved' | 'declined', decider: Decider): EstimateStep {
  return whyNotDecidable(round, decider.on) ?? step({ ...round, state, decided: { ...decider } })
}

function whyNotDecidable(round: EstimateRound, today: CivilDate): EstimateStep | null {
  if (round.state === 'approved' || round.state === 'declined') {
    return refuse('work.estimate_decided', { state: round.state, date: round.decided?.on ?? '' })
  }
  if (round.state === 'superseded') return refuse('work.estimate_superseded')
  if (estimateOn(round, today).state === 'expired')
    return refuse('work.estimate_expired', { date: round.validUntil ?? '' })
  return round.state === 'draft' ? refuse('work.estimate_not_offered') : null
}

function step(round: EstimateRound): EstimateStep {
  return { ok: true, round }
}

function refuse(refused: EstimateRefusal, params: Record<string, string | number> = {}, field?: string): EstimateStep {
  return { ok: false, refused, params, ...(field === undefined ? {} : { field }) }
}
