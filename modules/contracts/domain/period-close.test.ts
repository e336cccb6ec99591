import { parseInstant } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planGrants } from './grants.ts'
import { balanceAt, type Ledger, type LedgerEntry, type PlannedEntry, post } from './ledger.ts'
import { type CloseInput, canonicalJson, closeMonth, undoClose } from './period-close.ts'
import { deposit, subscription, terms, version } from './terms.fixture.ts'
import type { ContractVersion, LeftoverRule } from './terms.ts'
import type { WorkCharge } from './time-charge.ts'
import { type MonthState, unfinishedOf } from './unfinished.ts'

const POSTED = parseInstant('2026-02-02T09:00:00Z')

function posted(entries: readonly LedgerEntry[], planned: readonly PlannedEntry[]): LedgerEntry[] {
  const posting = post(entries, planned, POSTED)
  if (!posting.posted) throw new Error(posting.refused)
  return posting.entries
}

function ledgerOf(versions: ContractVersion[], months: string[], draws: PlannedEntry[] = []): Ledger {
  const plans = months.map((month) => planGrants('c1', versions, month))
  return {
    buckets: plans.flatMap((plan) => plan.buckets),
    entries: posted([], [...plans.flatMap((plan) => plan.entries), ...draws]),
  }
}

function draw(bucketId: string, minutes: number, at: string, key = `draw:${bucketId}:${at}`): PlannedEntry {
  return {
    key,
    bucketId,
    kind: 'draw',
    minutes: -minutes,
    effectiveAt: parseInstant(at),
    source: { kind: 'time_entry', id: key },
    reversesKey: null,
    explanation: [],
  }
}

function workCharge(overrides: Partial<WorkCharge> = {}): WorkCharge {
  return {
    key: 'charge:w1',
    kind: 'postpaid',
    contractId: 'c1',
    timeEntryId: 'w1',
    ticketId: 't1',
    activity: 'development',
    effectiveAt: parseInstant('2026-01-25T09:00:00Z'),
    month: '2026-01',
    minutes: 61,
    ratePerHourKopecks: 200_000,
    sumKopecks: 203_333,
    explanation: [],
    ...overrides,
  }
}

function input(versions: ContractVersion[], ledger: Ledger, overrides: Partial<CloseInput> = {}): CloseInput {
  return {
    contractId: 'c1',
    month: '2026-01',
    revision: 1,
    versions,
    ledger,
    charges: [],
    credits: [],
    unfinished: [],
    ...overrides,
  }
}

function closed(given: CloseInput) {
  const result = closeMonth(given)
  if (!result.closed) throw new Error(result.refused)
  return result
}

const subscribed = (leftover: LeftoverRule) => [version({ terms: terms({ forms: [subscription({ leftover })] }) })]
const JANUARY = 'c1/subscription/2026-01'
const FEBRUARY = 'c1/subscription/2026-02'

test('unused hours burn at the last instant of the month, and the month’s movements add up to its closing', () => {
  const versions = subscribed({ kind: 'burns' })
  const result = closed(input(versions, ledgerOf(versions, ['2026-01'], [draw(JANUARY, 420, '2026-01-20T09:00:00Z')])))
  expect(result.entries).toMatchObject([
    { kind: 'expire', minutes: -780, effectiveAt: parseInstant('2026-01-31T23:59:59.999+03:00') },
  ])
  expect(result.statement.buckets).toMatchObject([
    {
      bucketId: JANUARY,
      openingMinutes: 0,
      grantedMinutes: 1200,
      drawnMinutes: 420,
      burnedMinutes: 780,
      carriedOutMinutes: 0,
      closingMinutes: 0,
    },
  ])
})

test('hours that carry go into the next month up to the cap, and the rest burns', () => {
  const versions = subscribed({ kind: 'carries', capMinutes: 120 })
  const result = closed(input(versions, ledgerOf(versions, ['2026-01'], [draw(JANUARY, 420, '2026-01-20T09:00:00Z')])))
  expect(result.entries.map((e) => [e.kind, e.bucketId, e.minutes, e.effectiveAt])).toEqual([
    ['carry', JANUARY, -120, parseInstant('2026-01-31T23:59:59.999+03:00')],
    ['carry', FEBRUARY, 120, parseInstant('2026-02-01T00:00:00+03:00')],
    ['expire', JANUARY, -660, parseInstant('2026-01-31T23:59:59.999+03:00')],
  ])
  expect(result.buckets.map((bucket) => bucket.id)).toEqual([FEBRUARY])
})

test('hours that stay are left alone, and hours with nowhere to go burn', () => {
  const stays = subscribed({ kind: 'stays' })
  expect(closed(input(stays, ledgerOf(stays, ['2026-01']))).entries).toEqual([])
  const ending = [
    version({
      to: '2026-01-31',
      terms: terms({ forms: [subscription({ leftover: { kind: 'carries', capMinutes: 120 } })] }),
    }),
  ]
  expect(closed(input(ending, ledgerOf(ending, ['2026-01']))).entries.map((e) => [e.kind, e.minutes])).toEqual([
    ['expire', -1200],
  ])
})

test('an annual package burns in the month in which its year ends', () => {
  const annual = {
    kind: 'annual_package' as const,
    code: 'annual',
    minutesPerYear: 6000,
    pricePerYearKopecks: 15_000_000,
    yearFrom: '2026-01-15',
    leftover: { kind: 'carries' as const, capMinutes: 600 },
    covers: { activities: 'all' as const, factorPercentByActivity: {} },
  }
  const versions = [version({ terms: terms({ forms: [annual] }) })]
  const ledger = ledgerOf(versions, ['2026-01', '2027-01'])
  expect(closed(input(versions, ledger, { month: '2026-12' })).entries).toEqual([])
  const result = closed(input(versions, ledger, { month: '2027-01' }))
  expect(result.entries.map((e) => [e.kind, e.bucketId, e.minutes])).toEqual([
    ['carry', 'c1/annual/2026-01-15', -600],
    ['carry', 'c1/annual/2027-01-15', 600],
    ['expire', 'c1/annual/2026-01-15', -5400],
  ])
  expect(result.statement.lines.map((line) => line.sumKopecks)).toEqual([15_000_000])
})

test('the bill has the fee, the hours, what was bought and each piece of work beyond, and is the sum of its lines', () => {
  const versions = [version({ terms: terms({ monthlyFeeKopecks: 8_900_000, forms: [subscription(), deposit()] }) })]
  const given = input(versions, ledgerOf(versions, ['2026-01']), {
    charges: [workCharge(), workCharge({ key: 'charge:w2', month: '2026-02' })],
    credits: [{ key: 'p1', title: { ru: 'штраф', en: 'penalty' }, kopecks: 2_520_000 }],
  })
  const { statement } = closed(given)
  expect(statement.lines.map((line) => [line.kind, line.sumKopecks])).toEqual([
    ['fee', 8_900_000],
    ['hours', 3_400_000],
    ['purchase', 10_200_000],
    ['postpaid', 203_333],
  ])
  expect(statement.totals).toEqual({
    overageMinutes: 61,
    chargedKopecks: 22_703_333,
    creditedKopecks: 2_520_000,
    dueKopecks: 20_183_333,
  })
})

test('a month that the contract covers in part costs and grants by its days', () => {
  const versions = [
    version({ from: '2026-01-17', terms: terms({ monthlyFeeKopecks: 3_100_000, forms: [subscription()] }) }),
  ]
  const ledger = ledgerOf(versions, ['2026-01'])
  expect(balanceAt(ledger.entries, POSTED)).toBe(Math.ceil((1200 * 15) / 31))
  const { statement } = closed(input(versions, ledger))
  expect(statement.lines[0]).toMatchObject({ kind: 'fee', sumKopecks: 1_500_000 })
  expect(statement.lines[0]?.explanation[0]?.ru).toContain('15 из 31 дн.')
})

test('where partial months count in full, a change in the middle begins with the next month', () => {
  const full = (fee: number) => terms({ monthlyFeeKopecks: fee, partialMonth: 'full' })
  const versions = [
    version({ to: '2026-01-14', terms: full(1_000_000) }),
    version({ id: 'v2', from: '2026-01-15', terms: full(2_000_000) }),
  ]
  const lines = (month: string) => closed(input(versions, ledgerOf(versions, [month]), { month })).statement.lines
  expect(lines('2026-01').map((line) => line.sumKopecks)).toEqual([1_000_000])
  expect(lines('2026-02').map((line) => line.sumKopecks)).toEqual([2_000_000])
})

test('a version that changes other terms does not split the fee into two lines', () => {
  const fee = terms({ monthlyFeeKopecks: 1_000_001 })
  const versions = [version({ to: '2026-01-14', terms: fee }), version({ id: 'v2', from: '2026-01-15', terms: fee })]
  expect(closed(input(versions, ledgerOf(versions, ['2026-01']))).statement.lines.map((l) => l.sumKopecks)).toEqual([
    1_000_001,
  ])
})

test('rebuilding a closed month gives the same bytes: later events, its own entries and the order of input do not matter', () => {
  const versions = subscribed({ kind: 'carries', capMinutes: 120 })
  const draws = [draw(JANUARY, 200, '2026-01-20T09:00:00Z'), draw(JANUARY, 220, '2026-01-21T09:00:00Z')]
  const first = input(versions, ledgerOf(versions, ['2026-01'], draws), {
    charges: [workCharge(), workCharge({ key: 'charge:w0' })],
  })
  const result = closed(first)
  const later: Ledger = {
    buckets: [...first.ledger.buckets, ...planGrants('c1', versions, '2026-02').buckets].toReversed(),
    entries: posted(first.ledger.entries, [
      ...result.entries,
      ...planGrants('c1', versions, '2026-02').entries,
    ]).toReversed(),
  }
  const again = closed({ ...first, ledger: later, charges: first.charges.toReversed() })
  expect(canonicalJson(again)).toBe(canonicalJson(result))
})

test('undoing a close restores every balance, and closing again posts new entries', () => {
  const versions = subscribed({ kind: 'carries', capMinutes: 120 })
  const given = input(versions, ledgerOf(versions, ['2026-01']))
  const afterClose = posted(given.ledger.entries, closed(given).entries)
  const afterUndo = posted(afterClose, undoClose(afterClose, 'c1', '2026-01'))
  expect(
    balanceAt(
      afterUndo.filter((e) => e.bucketId === JANUARY),
      POSTED,
    ),
  ).toBe(1200)
  expect(undoClose(afterUndo, 'c1', '2026-01')).toEqual([])
  const second = closed({ ...given, revision: 2, ledger: { buckets: given.ledger.buckets, entries: afterUndo } })
  const afterSecond = posted(afterUndo, second.entries)
  expect(
    balanceAt(
      afterSecond.filter((e) => e.bucketId === FEBRUARY),
      POSTED,
    ),
  ).toBe(120)
  expect(canonicalJson(second.statement)).toBe(canonicalJson(closed(given).statement))
})

test('undoing a close whose carried hours are spent is refused by the ledger', () => {
  const versions = subscribed({ kind: 'carries', capMinutes: 120 })
  const given = input(versions, ledgerOf(versions, ['2026-01']))
  const spent = posted(given.ledger.entries, [...closed(given).entries, draw(FEBRUARY, 90, '2026-02-03T09:00:00Z')])
  const undo = post(spent, undoClose(spent, 'c1', '2026-01'), POSTED)
  expect(undo).toMatchObject({ posted: false, refused: 'contracts.insufficient_hours' })
})

test('hours that a correction returns to a burned month are settled with the end of the month in which they returned', () => {
  const versions = subscribed({ kind: 'burns' })
  const drawn = draw(JANUARY, 420, '2026-01-20T09:00:00Z')
  const january = input(versions, ledgerOf(versions, ['2026-01', '2026-02'], [drawn]))
  const returned: PlannedEntry = {
    ...drawn,
    key: 'back',
    kind: 'reverse',
    minutes: 60,
    effectiveAt: parseInstant('2026-02-05T09:00:00Z'),
  }
  const entries = posted(january.ledger.entries, [...closed(january).entries, returned])
  const february = closed({ ...january, month: '2026-02', ledger: { buckets: january.ledger.buckets, entries } })
  expect(february.entries.map((e) => [e.bucketId, e.minutes])).toContainEqual([JANUARY, -60])
  expect(february.statement.buckets.find((b) => b.bucketId === JANUARY)).toMatchObject({
    correctedMinutes: 60,
    closingMinutes: 0,
  })
})

test('a month with anything unfinished is refused with the whole list', () => {
  const state: MonthState = {
    month: '2026-01',
    today: '2026-01-31',
    previousMonthOpen: true,
    runningTimers: [{ id: 'p1', person: 'Иван', ticketNumber: 'OP-7' }],
    undecidedEntries: [{ id: 'w1', ticketNumber: 'OP-7', minutes: 30 }],
    stoppedEntries: [{ id: 'w2', ticketNumber: 'OP-8', minutes: 90 }],
    pendingEstimates: [{ id: 'e1', ticketNumber: 'OP-9' }],
    unreviewedPenalties: [{ id: 'n1', title: { ru: 'реакция', en: 'reaction' } }],
    unapprovedTime: [{ id: 'a1', person: 'Иван', count: 3, date: '2026-01-12' }],
  }
  const versions = subscribed({ kind: 'burns' })
  const result = closeMonth(input(versions, ledgerOf(versions, ['2026-01']), { unfinished: unfinishedOf(state) }))
  expect(result).toMatchObject({ closed: false, refused: 'contracts.month_unfinished' })
  expect(result.closed ? [] : result.unfinished.map((item) => item.kind)).toEqual([
    'estimate_pending',
    'hours_stopped',
    'month_not_over',
    'penalty_unreviewed',
    'previous_month_open',
    'time_entry_undecided',
    'time_unapproved',
    'timer_running',
  ])
  // what is unfinished says where it is mended
  expect(unfinishedOf(state).map(({ kind, ticketNumber, date }) => [kind, ticketNumber, date])).toEqual([
    ['month_not_over', null, null],
    ['previous_month_open', null, null],
    ['timer_running', 'OP-7', null],
    ['time_entry_undecided', 'OP-7', null],
    ['hours_stopped', 'OP-8', null],
    ['estimate_pending', 'OP-9', null],
    ['time_unapproved', null, '2026-01-12'],
    ['penalty_unreviewed', null, null],
  ])
  const settled: MonthState = {
    ...state,
    today: '2026-02-01',
    previousMonthOpen: false,
    runningTimers: [],
    undecidedEntries: [],
    stoppedEntries: [],
    pendingEstimates: [],
    unreviewedPenalties: [],
    unapprovedTime: [],
  }
  expect(unfinishedOf(settled)).toEqual([])
})

test('law: the total is the sum of the lines, and the movements of every bucket add up', () => {
  const charges = fc.uniqueArray(
    fc.record({ key: fc.string({ minLength: 1 }), minutes: fc.integer({ min: 1, max: 600 }) }),
    {
      maxLength: 10,
      selector: (charge) => charge.key,
    },
  )
  const leftover = fc.oneof(
    fc.constant<LeftoverRule>({ kind: 'burns' }),
    fc.record({ kind: fc.constant('carries' as const), capMinutes: fc.integer({ min: 1, max: 2000 }) }),
  )
  fc.assert(
    fc.property(
      charges,
      leftover,
      fc.integer({ min: 0, max: 1200 }),
      fc.integer({ min: 0, max: 9_999_999 }),
      (work, rule, drawn, fee) => {
        const versions = [
          version({ terms: terms({ monthlyFeeKopecks: fee, forms: [subscription({ leftover: rule })] }) }),
        ]
        const draws = drawn > 0 ? [draw(JANUARY, drawn, '2026-01-20T09:00:00Z')] : []
        const given = input(versions, ledgerOf(versions, ['2026-01'], draws), {
          charges: work.map((charge) => workCharge({ ...charge, sumKopecks: charge.minutes * 3333 })),
        })
        const { statement, entries } = closed(given)
        expect(statement.totals.chargedKopecks).toBe(statement.lines.reduce((sum, line) => sum + line.sumKopecks, 0))
        for (const b of statement.buckets) {
          const moved =
            b.grantedMinutes +
            b.carriedInMinutes -
            b.drawnMinutes +
            b.correctedMinutes -
            b.burnedMinutes -
            b.carriedOutMinutes
          expect(b.openingMinutes + moved).toBe(b.closingMinutes)
        }
        const after = posted(given.ledger.entries, entries)
        expect(
          balanceAt(
            after.filter((entry) => entry.bucketId === JANUARY),
            POSTED,
          ),
        ).toBe(0)
      },
    ),
    { numRuns: 60 },
  )
})
