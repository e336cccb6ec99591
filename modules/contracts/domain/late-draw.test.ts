import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planGrants } from './grants.ts'
import { leftBehind, moveOn, type Returned } from './late-draw.ts'
import { type Bucket, balanceAt, type Ledger, type LedgerEntry, type PlannedEntry, post, reverse } from './ledger.ts'
import { closeMonth } from './period-close.ts'
import { deposit, MOSCOW, rates, subscription, terms, version } from './terms.fixture.ts'
import { chargeTime, type TimeCharge, type TimeChargeInput, type WorkedTime } from './time-charge.ts'

const NOW = Date.parse('2026-02-10T09:00:00Z')
const AFTER = Date.parse('2026-03-31T00:00:00Z')

interface World {
  leftover: 'burns' | 'carries'
  withDeposit: boolean
  beyondBuckets: 'postpaid' | 'stop'
  /** Other work of January, before and after the entry; of February, before the correction. */
  others: [number, number, number]
}
const worlds: fc.Arbitrary<World> = fc.record({
  leftover: fc.constantFrom('burns', 'carries'),
  withDeposit: fc.boolean(),
  beyondBuckets: fc.constantFrom('postpaid', 'stop'),
  others: fc.tuple(fc.nat({ max: 1300 }), fc.nat({ max: 700 }), fc.nat({ max: 1300 })),
})
const minutes = fc.integer({ min: 1, max: 600 })

function work(id: string, date: string, amount: number, revision = 0): WorkedTime {
  return {
    id,
    revision,
    ticketId: id,
    personId: '1',
    activity: 'development',
    grade: null,
    service: null,
    urgent: false,
    onSite: false,
    when: { date, minutes: amount, outOfHours: false },
  }
}

function versionsOf(world: World) {
  const leftover =
    world.leftover === 'burns' ? ({ kind: 'burns' } as const) : { kind: 'carries' as const, capMinutes: 300 }
  const forms = [subscription({ leftover }), ...(world.withDeposit ? [deposit({ minutes: 400 })] : [])]
  return [version({ terms: terms({ forms, rates: rates({ beyondBuckets: world.beyondBuckets }) }) })]
}

/** A ledger that takes draws and closes as the product does. */
function ledgerOf(world: World) {
  const versions = versionsOf(world)
  const grants = ['2026-01', '2026-02'].map((month) => planGrants('c1', versions, month))
  const buckets: Bucket[] = [...new Map(grants.flatMap((plan) => plan.buckets).map((one) => [one.id, one])).values()]
  let entries: LedgerEntry[] = []
  const append = (planned: readonly PlannedEntry[]) => {
    const posting = post(entries, planned, NOW)
    if (!posting.posted) throw new Error(`${posting.refused}: ${posting.entry.key}`)
    entries = posting.entries
  }
  append(grants.flatMap((plan) => plan.entries))
  const ledger = (): Ledger => ({ buckets, entries })
  const charge = (one: WorkedTime, more: Partial<TimeChargeInput> = {}) =>
    chargeTime({ contractId: 'c1', work: one, versions, ledger: ledger(), openIntervals: () => [], ...more })
  return {
    ledger,
    append,
    charge,
    draw(one: WorkedTime): TimeCharge {
      const charged = charge(one)
      append(charged.entries)
      return charged
    },
    close() {
      const input = {
        contractId: 'c1',
        month: '2026-01',
        revision: 1,
        versions,
        charges: [],
        credits: [],
        unfinished: [],
      }
      const close = closeMonth({ ...input, ledger: ledger() })
      if (close.closed) append(close.entries)
    },
    /** Corrects a piece of closed January as the verbs do: gives back, draws late, moves on. */
    correct(taken: TimeCharge, anew: WorkedTime | null): TimeCharge | null {
      const reason = { ru: 'ошибка', en: 'mistake' }
      append(taken.entries.map((entry) => reverse(entry, { id: 'x', effectiveAt: NOW, reason })))
      const returned = returnedOf(taken, buckets)
      const places = returned.places.map((place) => ({
        bucket: buckets.find((bucket) => bucket.id === place.bucketId)!,
        availableMinutes: place.minutes,
      }))
      const late = { at: NOW, buckets: places, beyondMinutes: returned.beyondMinutes }
      const charged = anew === null ? null : charge(anew, { late })
      append(charged?.entries ?? [])
      const left = leftBehind(returned, charged?.entries ?? [])
      const moved = moveOn({ id: 'x', at: NOW, zone: MOSCOW, month: '2026-02', left, buckets })
      buckets.push(...moved.buckets)
      append(moved.entries)
      return charged
    },
  }
}

function returnedOf(taken: TimeCharge, buckets: readonly Bucket[]): Returned {
  const places = taken.entries.map((entry) => {
    const last = buckets.find((bucket) => bucket.id === entry.bucketId)?.lastInstant ?? null
    return { bucketId: entry.bucketId, minutes: -entry.minutes, isOver: last !== null && last < NOW }
  })
  return { places, beyondMinutes: beyondOf(taken) }
}

const drawnBy = (charge: TimeCharge) =>
  Object.fromEntries(charge.entries.map((entry) => [entry.bucketId, -entry.minutes] as const))
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
const beyondOf = (charge: TimeCharge) =>
  charge.stoppedMinutes + sum(charge.charges.filter((one) => one.kind === 'postpaid').map((one) => one.minutes))

/** January with the entry among its work, closed, and February begun. `alone` is what the corrected entry would have drawn in its stead. */
function story(world: World, wrong: number, right: number) {
  const [before, after, february] = world.others
  const book = ledgerOf(world)
  if (before > 0) book.draw(work('before', '2026-01-08', before))
  const alone = book.charge(work('e', '2026-01-12', right))
  const taken = book.draw(work('e', '2026-01-12', wrong))
  if (after > 0) book.draw(work('after', '2026-01-20', after))
  book.close()
  if (february > 0) book.draw(work('february', '2026-02-04', february))
  return { book, taken, alone }
}

const balance = (ledger: Ledger) => balanceAt(ledger.entries, AFTER)
const overBuckets = (ledger: Ledger) =>
  ledger.buckets.filter((bucket) => bucket.lastInstant !== null && bucket.lastInstant < NOW)

test('law: a shorter entry of a closed month draws what it alone would have drawn, and the rest is left to the client', () => {
  fc.assert(
    fc.property(worlds, minutes, minutes, (world, a, b) => {
      const { book, taken, alone } = story(world, Math.max(a, b), Math.min(a, b))
      const before = balance(book.ledger())
      const charged = book.correct(taken, work('e', '2026-01-12', Math.min(a, b), 1))!
      expect(drawnBy(charged)).toEqual(drawnBy(alone))
      expect(beyondOf(charged)).toBe(beyondOf(alone))
      const returned = sum(Object.values(drawnBy(taken))) - sum(Object.values(drawnBy(alone)))
      expect(balance(book.ledger())).toBe(before + returned)
    }),
    { numRuns: 150 },
  )
})

test('law: whatever a correction makes of an entry, each of its minutes is drawn or charged once, and no hour stays in a month that is over', () => {
  fc.assert(
    fc.property(worlds, minutes, fc.option(minutes), (world, wrong, right) => {
      const { book, taken } = story(world, wrong, right ?? 1)
      const before = balance(book.ledger())
      const anew = right === null ? null : work('e', '2026-01-12', right, 1)
      const charged = book.correct(taken, anew)
      const drawn = charged === null ? 0 : sum(Object.values(sumByBucket(charged)))
      expect(drawn + (charged === null ? 0 : beyondOf(charged))).toBe(right ?? 0)
      expect(balance(book.ledger())).toBe(before + sum(Object.values(drawnBy(taken))) - drawn)
      for (const { id } of overBuckets(book.ledger())) {
        expect(
          balanceAt(
            book.ledger().entries.filter((entry) => entry.bucketId === id),
            NOW,
          ),
        ).toBe(0)
      }
    }),
    { numRuns: 150 },
  )
})

/** A bucket may be drawn twice: in the place of what was given back, and anew. */
function sumByBucket(charge: TimeCharge): Record<string, number> {
  const groups = Map.groupBy(charge.entries, (entry) => entry.bucketId)
  return Object.fromEntries([...groups].map(([id, own]) => [id, -sum(own.map((entry) => entry.minutes))]))
}

test('a closed month stays as it was reported: nothing of a correction is effective in it', () => {
  fc.assert(
    fc.property(worlds, minutes, minutes, (world, wrong, right) => {
      const { book, taken } = story(world, wrong, right)
      const end = Date.parse('2026-01-31T20:59:59.999Z')
      const reported = (ledger: Ledger) => ledger.entries.filter((entry) => entry.effectiveAt <= end)
      const before = reported(book.ledger())
      book.correct(taken, work('e', '2026-01-12', right, 1))
      expect(reported(book.ledger())).toEqual(before)
    }),
    { numRuns: 60 },
  )
})

test('hours of a form that has ended come back in a bucket of their own, open till the month’s end', () => {
  const world: World = { leftover: 'burns', withDeposit: false, beyondBuckets: 'postpaid', others: [0, 0, 0] }
  const { book, taken } = story(world, 90, 60)
  const january = book.ledger().buckets.filter((bucket) => bucket.id.endsWith('/2026-01'))
  const left = leftBehind(returnedOf(taken, january), [])
  const moved = moveOn({ id: 'x', at: NOW, zone: MOSCOW, month: '2026-02', left, buckets: january })
  expect(moved.buckets).toMatchObject([
    { id: 'c1/subscription/2026-01/returned/2026-02', lastInstant: Date.parse('2026-02-28T20:59:59.999Z') },
  ])
  expect(moved.entries.map(({ bucketId, minutes: amount }) => [bucketId, amount])).toEqual([
    ['c1/subscription/2026-01', -90],
    ['c1/subscription/2026-01/returned/2026-02', 90],
  ])
})
