import type { CivilMonth, Instant, Kopecks, Minutes, Words } from '@opora/core'
import { minutesInWords, monthSpan } from '@opora/core'
import { type CloseLine, linesOf, sumOfLines } from './close-lines.ts'
import { type BucketStatement, bucketStatement, withoutCancelled } from './close-statement.ts'
import { planGrants } from './grants.ts'
import { type Bucket, balanceAt, type Ledger, type LedgerEntry, type PlannedEntry } from './ledger.ts'
import type { ContractVersion } from './terms.ts'
import type { WorkCharge } from './time-charge.ts'
import type { Unfinished } from './unfinished.ts'
import type { UsedUnits } from './unit-lines.ts'

export interface CloseCredit {
  key: string
  title: Words
  kopecks: Kopecks
}

export interface CloseInput {
  contractId: string
  month: CivilMonth
  /** 1 for the first close; one more after each undoing, so that the new entries have keys of their own. */
  revision: number
  versions: readonly ContractVersion[]
  /** The contract's whole ledger; entries of an earlier close of this month are passed over. */
  ledger: Ledger
  charges: readonly WorkCharge[]
  /** Units of services that were used in the month. */
  units?: readonly UsedUnits[]
  /** Penalties that finance has accepted. */
  credits: readonly CloseCredit[]
  unfinished: readonly Unfinished[]
}

/** What a month came to. Made of the input alone: the same input gives the same bytes in any order and at any time. */
export interface CloseStatement {
  contractId: string
  month: CivilMonth
  from: Instant
  to: Instant
  buckets: BucketStatement[]
  lines: CloseLine[]
  credits: CloseCredit[]
  totals: { overageMinutes: Minutes; chargedKopecks: Kopecks; creditedKopecks: Kopecks; dueKopecks: Kopecks }
}

export type MonthClose =
  | { closed: false; refused: 'contracts.month_unfinished'; unfinished: Unfinished[] }
  | { closed: true; statement: CloseStatement; buckets: Bucket[]; entries: PlannedEntry[] }

/** Leftovers burn or carry, overage and fees are priced, credits are set against them; or the list of what is unfinished. */
export function closeMonth(input: CloseInput): MonthClose {
  if (input.unfinished.length > 0) {
    const unfinished = input.unfinished.toSorted((a, b) => compareText(a.kind + a.id, b.kind + b.id))
    return { closed: false, refused: 'contracts.month_unfinished', unfinished }
  }
  const span = monthSpan(zoneOf(input.versions), input.month)
  const ledger = ledgerBeforeClose(input)
  const { entries, buckets } = settleLeftovers(input, ledger, span)
  const lines = linesOf(input.versions, input.month, input.charges, input.units)
  const credits = input.credits.toSorted((a, b) => compareText(a.key, b.key))
  const chargedKopecks = sumOfLines(lines)
  const creditedKopecks = credits.reduce((sum, credit) => sum + credit.kopecks, 0)
  return {
    closed: true,
    statement: {
      contractId: input.contractId,
      month: input.month,
      ...span,
      buckets: statementsOf(ledger, entries, span),
      lines,
      credits,
      totals: {
        overageMinutes: lines.reduce((sum, line) => (line.kind === 'postpaid' ? sum + (line.minutes ?? 0) : sum), 0),
        chargedKopecks,
        creditedKopecks,
        dueKopecks: chargedKopecks - creditedKopecks,
      },
    },
    buckets,
    entries,
  }
}

/** The id of the close in the source of its entries. */
export function closeSourceId(contractId: string, month: CivilMonth): string {
  return `${contractId}:${month}`
}

/** The opposite entries that undo a close, each at its own time; refuse when posting them would spend carried hours twice. */
export function undoClose(entries: readonly LedgerEntry[], contractId: string, month: CivilMonth): PlannedEntry[] {
  const own = entries.filter((entry) => isOfClose(entry, closeSourceId(contractId, month)))
  const undone = new Set(own.map((entry) => entry.reversesKey))
  return own
    .filter((entry) => entry.reversesKey === null && !undone.has(entry.key))
    .map((entry) => ({
      key: `undo:${entry.key}`,
      bucketId: entry.bucketId,
      kind: 'reverse',
      minutes: -entry.minutes,
      effectiveAt: entry.effectiveAt,
      source: entry.source,
      reversesKey: entry.key,
      explanation: [{ ru: `закрытие ${month} отменено`, en: `closing of ${month} undone` }],
    }))
}

/** A value as text with its keys in order: equal values give equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => compareText(a, b)))
      : part,
  )
}

function isOfClose(entry: PlannedEntry, sourceId: string): boolean {
  return entry.source.kind === 'close' && entry.source.id === sourceId
}

/** The ledger as the close meets it, its own earlier entries left out and everything in one order. */
function ledgerBeforeClose(input: CloseInput): Ledger {
  const sourceId = closeSourceId(input.contractId, input.month)
  return {
    buckets: input.ledger.buckets.toSorted((a, b) => a.from - b.from || compareText(a.id, b.id)),
    entries: withoutCancelled(input.ledger.entries)
      .filter((entry) => !isOfClose(entry, sourceId))
      .toSorted((a, b) => a.effectiveAt - b.effectiveAt || compareText(a.key, b.key)),
  }
}

interface Span {
  from: Instant
  to: Instant
}

function settleLeftovers(input: CloseInput, ledger: Ledger, span: Span) {
  const nextMonth = Temporal.PlainYearMonth.from(input.month).add({ months: 1 }).toString()
  const planned = [input.month, nextMonth].flatMap((m) => planGrants(input.contractId, input.versions, m).buckets)
  const entries: PlannedEntry[] = []
  const opened = new Map<string, Bucket>()
  const carriedInto = new Map<string, Minutes>()
  for (const bucket of ledger.buckets) {
    if (bucket.lastInstant === null || bucket.lastInstant >= span.to) continue
    // Hours that a correction returned to a period that is over are settled with this month's end.
    const at = bucket.lastInstant < span.from ? span.to - 1 : bucket.lastInstant
    const left = balanceAt(
      ledger.entries.filter((entry) => entry.bucketId === bucket.id),
      at,
    )
    if (left <= 0) continue
    const next = successorOf(bucket, at, planned)
    const cap = bucket.leftover.kind === 'carries' && next ? bucket.leftover.capMinutes : 0
    const carried = Math.min(left, Math.max(0, cap - (carriedInto.get(next?.id ?? '') ?? 0)))
    if (next && carried > 0) {
      carriedInto.set(next.id, (carriedInto.get(next.id) ?? 0) + carried)
      opened.set(next.id, next)
      entries.push(...carryEntries(input, bucket, next, carried, at))
    }
    if (left > carried) entries.push(expireEntry(input, bucket, left - carried, at))
  }
  return { entries, buckets: [...opened.values()] }
}

/** The bucket of the same form and service that begins right after an instant. */
function successorOf(bucket: Bucket, at: Instant, planned: readonly Bucket[]): Bucket | undefined {
  return planned.find((b) => b.formCode === bucket.formCode && b.service === bucket.service && b.from === at + 1)
}

function expireEntry(input: CloseInput, bucket: Bucket, minutes: Minutes, at: Instant): PlannedEntry {
  return {
    ...closeEntry(input, 'expire', bucket, at),
    kind: 'expire',
    minutes: -minutes,
    explanation: [
      {
        ru: `сгорело ${minutesInWords(minutes, 'ru')}: ${bucket.name.ru}`,
        en: `burned ${minutesInWords(minutes, 'en')}: ${bucket.name.en}`,
      },
    ],
  }
}

function carryEntries(input: CloseInput, from: Bucket, to: Bucket, minutes: Minutes, at: Instant): PlannedEntry[] {
  const explanation = [
    {
      ru: `перенесено ${minutesInWords(minutes, 'ru')}: ${from.name.ru} → ${to.name.ru}`,
      en: `carried over ${minutesInWords(minutes, 'en')}: ${from.name.en} → ${to.name.en}`,
    },
  ]
  return [
    { ...closeEntry(input, 'carry-out', from, at), kind: 'carry', minutes: -minutes, explanation },
    {
      ...closeEntry(input, 'carry-in', from, at),
      bucketId: to.id,
      kind: 'carry',
      minutes,
      effectiveAt: to.from,
      explanation,
    },
  ]
}

function closeEntry(input: CloseInput, what: string, bucket: Bucket, at: Instant) {
  return {
    key: `close:${input.month}:r${input.revision}:${what}:${bucket.id}`,
    bucketId: bucket.id,
    effectiveAt: at,
    source: { kind: 'close' as const, id: closeSourceId(input.contractId, input.month) },
    reversesKey: null,
  }
}

function statementsOf(ledger: Ledger, closing: PlannedEntry[], span: Span): BucketStatement[] {
  return ledger.buckets.flatMap((bucket) => {
    const own = [...ledger.entries, ...closing].filter((entry) => entry.bucketId === bucket.id)
    const statement = bucketStatement(bucket, own, span)
    return statement === null ? [] : [statement]
  })
}

function zoneOf(versions: readonly ContractVersion[]): string {
  return versions[0]?.terms.zone ?? 'UTC'
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
