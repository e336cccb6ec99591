import { type CivilDate, type Minutes, parseInstant } from '@opora/core'
import { expect, test } from 'vitest'
import { planGrants } from './grants.ts'
import { type Bucket, balanceOnDate, type Ledger, type LedgerEntry, type PlannedEntry, post } from './ledger.ts'
import { closeMonth } from './period-close.ts'
import { remainingAt, remainingInWords } from './remaining.ts'
import { deposit, MOSCOW, subscription, terms, version } from './terms.fixture.ts'
import { chargeTime } from './time-charge.ts'

const versions = [version({ terms: terms({ forms: [subscription(), deposit()] }) })]

/** A ledger that is written as the product writes it: plan, then post. */
class Book {
  buckets: Bucket[] = []
  entries: LedgerEntry[] = []

  ledger(): Ledger {
    return { buckets: this.buckets, entries: this.entries }
  }

  open(buckets: Bucket[]): void {
    const known = new Set(this.buckets.map((b) => b.id))
    this.buckets.push(...buckets.filter((b) => !known.has(b.id)))
  }

  post(planned: PlannedEntry[], postedAt: string): number {
    const posting = post(this.entries, planned, parseInstant(postedAt))
    if (!posting.posted) throw new Error(posting.refused)
    this.entries = posting.entries
    return posting.added
  }

  grant(month: string, postedAt: string): number {
    const plan = planGrants('c1', versions, month)
    this.open(plan.buckets)
    return this.post(plan.entries, postedAt)
  }

  work(id: string, date: CivilDate, minutes: Minutes, postedAt: string) {
    const charge = chargeTime({
      contractId: 'c1',
      work: {
        id,
        revision: 1,
        ticketId: 't1',
        personId: 'p1',
        activity: 'development',
        grade: null,
        service: null,
        urgent: false,
        onSite: false,
        when: { date, minutes, outOfHours: false },
      },
      versions,
      ledger: this.ledger(),
      openIntervals: (from, to) => [{ from, to }],
    })
    this.post(charge.entries, postedAt)
    return charge
  }

  close(month: string, postedAt: string): number {
    const result = closeMonth({
      contractId: 'c1',
      month,
      revision: 1,
      versions,
      ledger: this.ledger(),
      charges: [],
      credits: [],
      unfinished: [],
    })
    if (!result.closed) throw new Error(result.refused)
    this.open(result.buckets)
    return this.post(result.entries, postedAt)
  }

  balance(bucketId: string, date: CivilDate): Minutes {
    return balanceOnDate(
      this.entries.filter((entry) => entry.bucketId === bucketId),
      MOSCOW,
      date,
    )
  }
}

function januaryAndFebruary(): Book {
  const book = new Book()
  book.grant('2026-01', '2026-01-01T00:00:00Z')
  book.work('w1', '2026-01-20', 25 * 60, '2026-01-20T12:00:00Z')
  book.close('2026-01', '2026-02-02T09:00:00Z')
  book.grant('2026-02', '2026-02-01T00:00:00Z')
  book.work('w2', '2026-02-10', 7 * 60, '2026-02-10T12:00:00Z')
  book.close('2026-02', '2026-03-02T09:00:00Z')
  return book
}

test('the worked example: a burning subscription is drawn before a deposit that stays', () => {
  const book = januaryAndFebruary()
  expect(book.balance('c1/subscription/2026-01', '2026-01-31')).toBe(0)
  expect(book.balance('c1/deposit/2026-01-01', '2026-01-31')).toBe(55 * 60)
  expect(book.balance('c1/subscription/2026-02', '2026-02-27')).toBe(13 * 60)
  expect(book.balance('c1/subscription/2026-02', '2026-02-28')).toBe(0)
  expect(book.balance('c1/deposit/2026-01-01', '2026-02-28')).toBe(55 * 60)
})

test('the expiry of the unused hours is effective at the last instant of 28 February in Moscow and posted at close', () => {
  const expiry = januaryAndFebruary().entries.find((entry) => entry.kind === 'expire')
  expect(expiry).toMatchObject({
    bucketId: 'c1/subscription/2026-02',
    minutes: -13 * 60,
    effectiveAt: parseInstant('2026-02-28T23:59:59.999+03:00'),
    postedAt: parseInstant('2026-03-02T09:00:00Z'),
  })
})

test('posting any event a second time changes nothing', () => {
  const book = januaryAndFebruary()
  const before = [...book.entries]
  expect(book.grant('2026-01', '2026-05-01T00:00:00Z')).toBe(0)
  expect(book.grant('2026-02', '2026-05-01T00:00:00Z')).toBe(0)
  expect(book.close('2026-01', '2026-05-01T00:00:00Z')).toBe(0)
  expect(book.close('2026-02', '2026-05-01T00:00:00Z')).toBe(0)
  expect(book.post(before, '2026-05-01T00:00:00Z')).toBe(0)
  expect(book.entries).toEqual(before)
})

test('time dated in an open period draws that period’s hours however late it is posted', () => {
  const book = new Book()
  book.grant('2026-01', '2026-01-01T00:00:00Z')
  book.grant('2026-02', '2026-02-01T00:00:00Z')
  const charge = book.work('late', '2026-01-31', 60, '2026-02-03T12:00:00Z')
  expect(charge.entries.map((entry) => entry.bucketId)).toEqual(['c1/subscription/2026-01'])
})

test('a late entry never takes hours that a later one has used: the deposit of a past day is what no draw has taken since', () => {
  const book = new Book()
  book.grant('2026-01', '2026-01-01T00:00:00Z')
  book.close('2026-01', '2026-02-02T09:00:00Z')
  book.work('w1', '2026-02-20', 58 * 60, '2026-02-20T12:00:00Z')
  const late = book.work('late', '2026-01-31', 3 * 60, '2026-02-21T12:00:00Z')
  expect(late.entries.map((entry) => [entry.bucketId, entry.minutes])).toEqual([['c1/deposit/2026-01-01', -120]])
  expect(late.charges.map((charge) => [charge.minutes, charge.sumKopecks])).toEqual([[60, 200_000]])
})

test('a balance says what is left first, with what was carried, and never a negative number', () => {
  const book = new Book()
  book.grant('2026-01', '2026-01-01T00:00:00Z')
  book.work('w1', '2026-01-20', 25 * 60, '2026-01-20T12:00:00Z')
  const remaining = remainingAt(book.ledger(), parseInstant('2026-01-21T00:00:00Z'), 30)
  expect(remaining).toEqual({ leftMinutes: 3300, ofMinutes: 4800, carriedMinutes: 0, overMinutes: 30 })
  const plain = (text: string) => text.replaceAll('\u00a0', ' ')
  expect(plain(remainingInWords(remaining, 'ru'))).toBe('осталось 55 ч из 80 ч; 30 мин сверх пакета')
  const carried = { leftMinutes: 560, ofMinutes: 1320, carriedMinutes: 120, overMinutes: 0 }
  expect(plain(remainingInWords(carried, 'ru'))).toBe('осталось 9 ч 20 мин из 22 ч, в т. ч. 2 ч перенесено')
  expect(plain(remainingInWords(carried, 'en'))).toBe('9 h 20 min left of 22 h, 2 h of it carried over')
})
