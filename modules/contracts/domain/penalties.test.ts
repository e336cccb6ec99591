import { expect, test } from 'vitest'
import { type BreachFact, type MonthFacts, proposePenalties } from './penalties.ts'
import type { PenaltyRule, PenaltyTerms } from './terms.ts'

const FEE = 18_000_000

const perMiss: PenaltyRule = {
  kind: 'per_breach',
  code: 'missed-critical',
  priorities: [1],
  metrics: ['reaction', 'resolution'],
  graceMinutes: 0,
  amount: { kind: 'fee_share', basisPoints: 200 },
}
const lowUptime: PenaltyRule = {
  kind: 'figure_below',
  code: 'uptime-99',
  figure: 'uptime_milli_percent',
  threshold: 99_000,
  amount: { kind: 'fee_share', basisPoints: 1000 },
}
const terms: PenaltyTerms = { rules: [perMiss, lowUptime], capFeeBasisPoints: 1500 }

function breach(id: string, overrides: Partial<BreachFact> = {}): BreachFact {
  return {
    id,
    ticketNumber: id,
    metric: 'resolution',
    priority: 1,
    lateMinutes: 30,
    whollyWaitingForClient: false,
    ...overrides,
  }
}

function facts(overrides: Partial<MonthFacts> = {}): MonthFacts {
  return {
    feeKopecks: FEE,
    breaches: [breach('1'), breach('2')],
    figures: { uptime_milli_percent: 98_600 },
    ...overrides,
  }
}

test('two misses and uptime of 98.6 % give 25 200 ₽ on a fee of 180 000 ₽', () => {
  expect(proposePenalties(terms, facts())).toMatchObject({ uncappedKopecks: 2_520_000, totalKopecks: 2_520_000 })
})

test('a third miss is capped at 27 000 ₽, and the sum before the cap is kept', () => {
  const proposal = proposePenalties(terms, facts({ breaches: [breach('1'), breach('2'), breach('3')] }))
  expect(proposal).toMatchObject({ uncappedKopecks: 2_880_000, capKopecks: 2_700_000, totalKopecks: 2_700_000 })
})

test('a miss that lies wholly in "waiting for client" gives nothing', () => {
  const waiting = breach('3', { whollyWaitingForClient: true })
  const proposal = proposePenalties(terms, facts({ breaches: [breach('1'), breach('2'), waiting] }))
  expect(proposal.totalKopecks).toBe(2_520_000)
  expect(proposal.lines[0]?.evidence).toHaveLength(2)
})

test('other priorities, lateness within the grace and figures that were not measured give nothing', () => {
  const graced: PenaltyTerms = { rules: [{ ...perMiss, graceMinutes: 30 }, lowUptime], capFeeBasisPoints: null }
  const proposal = proposePenalties(
    graced,
    facts({ breaches: [breach('1'), breach('2', { priority: 3 })], figures: {} }),
  )
  expect(proposal).toEqual({ lines: [], uncappedKopecks: 0, capKopecks: null, totalKopecks: 0 })
})

test('uptime is charged by full tenths of a percent that are missing', () => {
  const rule: PenaltyRule = {
    kind: 'per_tenth_of_uptime',
    code: 'uptime',
    uptimeMilliPercent: 99_900,
    amount: { kind: 'sum', kopecks: 100_000 },
  }
  const at = (uptime: number) =>
    proposePenalties(
      { rules: [rule], capFeeBasisPoints: null },
      facts({ breaches: [], figures: { uptime_milli_percent: uptime } }),
    )
  expect(at(99_701).totalKopecks).toBe(100_000)
  expect(at(99_700).totalKopecks).toBe(200_000)
  expect(at(100_000).totalKopecks).toBe(0)
})

test('delay is charged by its full hours past the grace, over all breaches of the rule', () => {
  const rule: PenaltyRule = {
    ...perMiss,
    kind: 'per_hour_late',
    graceMinutes: 15,
    amount: { kind: 'sum', kopecks: 50_000 },
  }
  const late = [
    breach('1', { lateMinutes: 15 + 125 }),
    breach('2', { lateMinutes: 74 }),
    breach('3', { lateMinutes: 75 }),
  ]
  const proposal = proposePenalties({ rules: [rule], capFeeBasisPoints: null }, facts({ breaches: late }))
  expect(proposal.lines[0]).toMatchObject({ times: 3, sumKopecks: 150_000 })
})

test('a line says how it came about', () => {
  const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
  const [line] = proposePenalties(terms, facts()).lines
  expect(plain(line?.explanation.ru)).toBe('2 % абонентской платы × 2 = 7 200 ₽')
})
