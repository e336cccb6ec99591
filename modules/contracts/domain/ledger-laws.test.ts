import fc from 'fast-check'
import { expect, test } from 'vitest'
import { availableBuckets, type Draw, drawOrder, planDraws } from './draws.ts'
import {
  availableFrom,
  type Bucket,
  balanceAt,
  balanceOnDate,
  type LedgerEntry,
  post,
  reverse,
  transfer,
} from './ledger.ts'
import { MOSCOW } from './terms.fixture.ts'

const DAY = 86_400_000

function bucket(id: string, from: number, lastInstant: number | null, service: string | null = null): Bucket {
  return {
    id,
    contractId: 'c1',
    formCode: id,
    formKind: lastInstant === null ? 'deposit' : 'subscription',
    service,
    name: { ru: id, en: id },
    covers: { activities: 'all', factorPercentByActivity: {} },
    leftover: lastInstant === null ? { kind: 'stays' } : { kind: 'burns' },
    from,
    lastInstant,
  }
}

function grant(to: Bucket, minutes: number, effectiveAt = to.from): LedgerEntry {
  return {
    key: `grant:${to.id}:${effectiveAt}`,
    bucketId: to.id,
    kind: 'grant',
    minutes,
    effectiveAt,
    postedAt: effectiveAt,
    source: { kind: 'form', id: to.id },
    reversesKey: null,
    explanation: [],
  }
}

function drawOf(key: string, effectiveAt: number, billableMinutes: number): Draw {
  return {
    key,
    timeEntryId: key,
    effectiveAt,
    billableMinutes,
    activity: 'development',
    service: null,
    explanation: [],
  }
}

const buckets = [
  bucket('month-1', 0, 30 * DAY - 1),
  bucket('month-2', 30 * DAY, 60 * DAY - 1),
  bucket('deposit', 5 * DAY, null),
]
const granted = [
  grant(buckets[0]!, 600),
  grant(buckets[1]!, 600),
  grant(buckets[2]!, 900),
  grant(buckets[2]!, 300, 40 * DAY),
]

const draws = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 60 * DAY - 1 }), minutes: fc.integer({ min: 1, max: 400 }) }),
  {
    maxLength: 25,
  },
)

/** Posts draws in the given order, whatever their effective times, as late entries do. */
function drawAll(moves: { at: number; minutes: number }[]) {
  let entries: LedgerEntry[] = granted
  let covered = 0
  let overage = 0
  moves.forEach(({ at, minutes }, index) => {
    const plan = planDraws(availableBuckets({ buckets, entries }, at), drawOf(`d${index}`, at, minutes), {
      beyondBuckets: 'postpaid',
    })
    const posting = post(entries, plan.entries, index)
    if (!posting.posted) throw new Error(posting.refused)
    entries = posting.entries
    covered += plan.coveredMinutes
    overage += plan.overageMinutes
  })
  return { entries, covered, overage }
}

test('law: no bucket is below zero at any instant, in whatever order draws are posted', () => {
  fc.assert(
    fc.property(draws, (moves) => {
      const { entries } = drawAll(moves)
      for (const { id } of buckets) {
        const own = entries.filter((entry) => entry.bucketId === id)
        for (const entry of own) expect(balanceAt(own, entry.effectiveAt)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 60 },
  )
})

test('law: the balance is the sum of the entries, and every drawn minute is covered or beyond', () => {
  fc.assert(
    fc.property(draws, (moves) => {
      const { entries, covered, overage } = drawAll(moves)
      const drawn = entries.filter((entry) => entry.kind === 'draw').reduce((sum, entry) => sum - entry.minutes, 0)
      expect(drawn).toBe(covered)
      expect(covered + overage).toBe(moves.reduce((sum, move) => sum + move.minutes, 0))
      expect(balanceAt(entries, 100 * DAY)).toBe(2400 - drawn)
    }),
    { numRuns: 60 },
  )
})

test('law: posting the same entries again, in part or whole, changes nothing', () => {
  fc.assert(
    fc.property(draws, fc.nat(), (moves, cut) => {
      const { entries } = drawAll(moves)
      const again = post(entries, entries.slice(cut % (entries.length + 1)), 99 * DAY)
      expect(again).toEqual({ posted: true, entries, added: 0 })
    }),
    { numRuns: 60 },
  )
})

test('law: an entry and its reversal leave every balance as if neither had been', () => {
  fc.assert(
    fc.property(draws, (moves) => {
      const { entries } = drawAll(moves)
      const reversals = entries
        .filter((entry) => entry.kind === 'draw')
        .map((entry) => reverse(entry, { id: 'x', effectiveAt: entry.effectiveAt, reason: { ru: '', en: '' } }))
      const posting = post(entries, reversals, 99 * DAY)
      expect(posting.posted && balanceAt(posting.entries, 100 * DAY)).toBe(2400)
    }),
    { numRuns: 60 },
  )
})

test('law: what is available never exceeds the balance of any later instant', () => {
  fc.assert(
    fc.property(draws, fc.integer({ min: 0, max: 60 * DAY }), (moves, at) => {
      const own = drawAll(moves).entries.filter((entry) => entry.bucketId === 'deposit')
      const available = availableFrom(own, at)
      for (const entry of own.filter((e) => e.effectiveAt >= at)) {
        expect(available).toBeLessThanOrEqual(balanceAt(own, entry.effectiveAt))
      }
    }),
    { numRuns: 60 },
  )
})

test('the draw order is total: own allowance, first to expire, oldest, then the id', () => {
  const order = [
    bucket('own', 0, null, 'backups'),
    bucket('b', 0, 9),
    bucket('a', 1, 9),
    bucket('c', 0, null),
    bucket('d', 0, null),
  ]
  expect(order.toReversed().toSorted(drawOrder)).toEqual(order)
})

test('a draw that would bring a bucket below zero is refused, and nothing of its batch is posted', () => {
  const [first] = planDraws(availableBuckets({ buckets, entries: granted }, DAY), drawOf('a', DAY, 600), {
    beyondBuckets: 'stop',
  }).entries
  const [second] = planDraws(availableBuckets({ buckets, entries: granted }, DAY), drawOf('b', DAY, 1), {
    beyondBuckets: 'stop',
  }).entries
  if (!first || !second) throw new Error('nothing was planned')
  expect(post(granted, [first, second], 0)).toMatchObject({ posted: false, refused: 'contracts.insufficient_hours' })
})

test('a known key with another content is refused', () => {
  const changed = { ...granted[0]!, minutes: 1 }
  expect(post(granted, [changed], 0)).toMatchObject({ posted: false, refused: 'contracts.entry_key_reused' })
})

test('a transfer takes from one bucket what it gives to another', () => {
  const pair = transfer({
    id: 'x',
    fromBucket: buckets[2]!,
    toBucket: buckets[1]!,
    minutes: 60,
    effectiveAt: 31 * DAY,
    reason: { ru: 'по письму клиента', en: 'by the client’s letter' },
  })
  const posting = post(granted, pair, 31 * DAY)
  expect(pair.map((entry) => entry.minutes)).toEqual([-60, 60])
  expect(posting.posted && balanceAt(posting.entries, 60 * DAY)).toBe(2400)
})

test('a day’s balance is the one after its last instant in the zone', () => {
  const last = Date.parse('1970-01-31T23:59:59.999+03:00')
  const expiry = { ...grant(buckets[0]!, -600, last), key: 'expire', kind: 'expire' as const }
  const own = [granted[0]!, expiry]
  expect([balanceOnDate(own, MOSCOW, '1970-01-30'), balanceOnDate(own, MOSCOW, '1970-01-31')]).toEqual([600, 0])
})
