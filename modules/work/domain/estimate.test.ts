import { minutesOfHours } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workRefusals } from '../work.refusals.ts'
import {
  answerQuestion,
  approvedTotals,
  approveEstimate,
  askAboutEstimate,
  type Decider,
  declineEstimate,
  type EstimateLine,
  type EstimateRound,
  type EstimateState,
  type EstimateStep,
  estimateOn,
  estimateTotals,
  nextRound,
  offerEstimate,
  reviseEstimate,
} from './estimate.ts'
import { estimateAgainstFact, type GateState, gateTime } from './estimate-gate.ts'

const tenHours: EstimateLine = { title: 'Отчёт по сделкам', minutes: minutesOfHours(10), ratePerHourKopecks: 200_000 }

function round(overrides: Partial<EstimateRound> = {}): EstimateRound {
  return {
    id: 'e1',
    ticketId: 't1',
    round: 1,
    state: 'offered',
    lines: [tenHours],
    specification: '',
    validUntil: '2026-03-31',
    question: null,
    decided: null,
    ...overrides,
  }
}

const anna: Decider = { at: 1, on: '2026-03-20', by: 'anna', comment: '' }

function stateOf(step: EstimateStep): EstimateState | string {
  return step.ok ? step.round.state : step.refused
}

test('lines are hours by rate, and the total is the sum of the lines', () => {
  const lines = [tenHours, { title: 'Проверка', minutes: 1, ratePerHourKopecks: 200_000 }]
  expect(estimateTotals(lines)).toEqual({ minutes: 601, kopecks: 2_003_333, lineKopecks: [2_000_000, 3_333] })
})

test('a draft is offered, asked about, answered, and approved with who and when', () => {
  const offered = offerEstimate(round({ state: 'draft' }), '2026-03-01')
  if (!offered.ok) throw new Error(offered.refused)
  const asked = askAboutEstimate(offered.round, 'Входит ли обучение?', '2026-03-02')
  if (!asked.ok) throw new Error(asked.refused)
  expect(asked.round).toMatchObject({ state: 'asked', question: 'Входит ли обучение?' })
  const answered = answerQuestion(asked.round, '2026-04-10')
  if (!answered.ok) throw new Error(answered.refused)
  const approved = approveEstimate(answered.round, anna)
  expect(approved).toMatchObject({ ok: true, round: { state: 'approved', decided: anna, validUntil: '2026-04-10' } })
})

test.each<['approved' | 'declined']>([['approved'], ['declined']])(
  'an estimate that is %s cannot be decided again',
  (state) => {
    const decided = round({ state, decided: anna })
    for (const again of [
      approveEstimate(decided, anna),
      declineEstimate(decided, anna),
      askAboutEstimate(decided, '?', anna.on),
    ]) {
      expect(again).toEqual({ ok: false, refused: 'work.estimate_decided', params: { state, date: '2026-03-20' } })
    }
  },
)

test('an estimate nobody decided in time is expired from the next day on', () => {
  expect(stateOf(approveEstimate(round(), { ...anna, on: '2026-03-31' }))).toBe('approved')
  expect(stateOf(approveEstimate(round(), { ...anna, on: '2026-04-01' }))).toBe('work.estimate_expired')
  expect(estimateOn(round(), '2026-04-01').state).toBe('expired')
  expect(estimateOn(round({ state: 'approved' }), '2026-04-01').state).toBe('approved')
})

test('what is not offered or was replaced cannot be decided', () => {
  expect(stateOf(approveEstimate(round({ state: 'draft' }), anna))).toBe('work.estimate_not_offered')
  expect(stateOf(approveEstimate(round({ state: 'superseded' }), anna))).toBe('work.estimate_superseded')
  expect(stateOf(answerQuestion(round(), null))).toBe('work.estimate_not_offered')
})

test('only a draft can be changed', () => {
  expect(reviseEstimate(round({ state: 'draft' }), { specification: 'Кратко' })).toMatchObject({ ok: true })
  expect(stateOf(reviseEstimate(round(), { lines: [] }))).toBe('work.estimate_not_draft')
})

test.each<[string, Partial<EstimateRound>, string, string | undefined]>([
  ['without lines', { lines: [] }, 'work.estimate_empty', 'lines'],
  [
    'with a line of no time',
    { lines: [tenHours, { ...tenHours, minutes: 0 }] },
    'work.estimate_line_invalid',
    'lines.1',
  ],
  ['with a line of no title', { lines: [{ ...tenHours, title: ' ' }] }, 'work.estimate_line_invalid', 'lines.0'],
  ['valid until yesterday', { validUntil: '2026-02-28' }, 'work.estimate_validity_past', 'validUntil'],
])('an estimate %s is not offered', (_case, overrides, refused, field) => {
  expect(offerEstimate(round({ state: 'draft', ...overrides }), '2026-03-01')).toMatchObject({ refused, field })
})

test('an empty question is not asked', () => {
  expect(stateOf(askAboutEstimate(round(), ' ', '2026-03-01'))).toBe('work.estimate_question_missing')
})

test('a new round supersedes those that wait and adds to those that are approved', () => {
  const approved = round({ state: 'approved' })
  const waiting = round({ id: 'e2', round: 2 })
  const { round: third, superseded } = nextRound([approved, waiting], {
    ...round({ id: 'e3' }),
    lines: [{ ...tenHours, minutes: 120 }],
  })
  expect(third).toMatchObject({ round: 3, state: 'draft' })
  expect(superseded).toMatchObject([{ id: 'e2', state: 'superseded' }])
  expect(approvedTotals([approved, ...superseded, { ...third, state: 'approved' }])).toEqual({
    minutes: 720,
    kopecks: 2_400_000,
  })
  expect(approvedTotals(superseded)).toBeNull()
})

const gate: GateState = { approvedMinutes: 600, usedMinutes: 0, tolerancePercent: 10, warnAtPercent: 80 }

test('10 h with a tolerance of 10 %: time is accepted up to 11:00 h, the next minute is refused and opens a round', () => {
  expect(gateTime(gate, 660)).toMatchObject({
    limitMinutes: 660,
    acceptedMinutes: 660,
    refusedMinutes: 0,
    opensRound: false,
  })
  expect(gateTime({ ...gate, usedMinutes: 660 }, 1)).toMatchObject({
    acceptedMinutes: 0,
    refusedMinutes: 1,
    opensRound: true,
  })
  expect(gateTime({ ...gate, usedMinutes: 659 }, 2)).toMatchObject({
    acceptedMinutes: 1,
    refusedMinutes: 1,
    opensRound: true,
  })
})

test('without tolerance the limit is the estimate', () => {
  expect(gateTime({ ...gate, tolerancePercent: 0 }, 601)).toMatchObject({ limitMinutes: 600, refusedMinutes: 1 })
})

test('diagnosis is exempt: it passes and does not count', () => {
  expect(gateTime({ ...gate, usedMinutes: 660 }, 30, 30)).toMatchObject({
    acceptedMinutes: 30,
    refusedMinutes: 0,
    usedAfterMinutes: 660,
  })
})

test('people are warned once, when work reaches 80 % of the estimate', () => {
  expect(gateTime(gate, 479).warns).toBe(false)
  expect(gateTime(gate, 480).warns).toBe(true)
  expect(gateTime({ ...gate, usedMinutes: 480 }, 10).warns).toBe(false)
})

test('the gate says how much is used and what waits', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ')
  expect(plain(gateTime({ ...gate, usedMinutes: 650 }, 20).explanation.ru)).toBe(
    '11 ч из 10 ч + 10 % по оценке; 10 мин ждёт дополнительного согласования',
  )
})

test('law: however time is cut into entries, the same minutes are accepted and one warning is given', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 12 }), (entries) => {
      let used = 0
      let warnings = 0
      for (const minutes of entries) {
        const answer = gateTime({ ...gate, usedMinutes: used }, minutes)
        expect(answer.acceptedMinutes + answer.refusedMinutes).toBe(minutes)
        used = answer.usedAfterMinutes
        warnings += answer.warns ? 1 : 0
      }
      const worked = entries.reduce((sum, minutes) => sum + minutes, 0)
      expect(used).toBe(Math.min(worked, 660))
      expect(warnings).toBe(worked >= 480 ? 1 : 0)
    }),
  )
})

test('actual against estimate is kept in minutes and percents', () => {
  expect(estimateAgainstFact({ minutes: 600, kopecks: 2_000_000 }, 660)).toMatchObject({
    differenceMinutes: 60,
    percent: 110,
  })
  expect(estimateAgainstFact({ minutes: 0, kopecks: 0 }, 5).percent).toBeNull()
})

test('every refusal that an estimate gives has its sentences', () => {
  const codes = [
    'work.estimate_decided',
    'work.estimate_not_offered',
    'work.estimate_not_draft',
    'work.estimate_expired',
    'work.estimate_superseded',
    'work.estimate_empty',
    'work.estimate_line_invalid',
    'work.estimate_validity_past',
    'work.estimate_question_missing',
  ]
  for (const code of codes) expect(workRefusals.specs).toHaveProperty([code])
})
