import { type Metric, type SlaPolicyData, type SlaRow, type SlaTarget, warningsOf } from './policy.ts'

/** One thing that a version of a policy says otherwise than another. Rows are the same when they bind the same. */
export type PolicyDifference =
  | { kind: 'row_added' | 'row_removed'; row: SlaRow }
  | { kind: 'target'; row: SlaRow; metric: Metric; before: SlaTarget | null; after: SlaTarget | null }
  | { kind: 'row_hours'; row: SlaRow; before: string | null; after: string | null }
  | { kind: 'agreed_term'; row: SlaRow; allowed: boolean }
  | { kind: 'pause_on' | 'pause_off'; reason: string }
  | { kind: 'lowering'; from: readonly number[]; to: readonly number[] }
  | { kind: 'warnings'; percents: readonly number[] }
  | { kind: 'ladder'; steps: number }

const METRICS = [
  ['reaction', 'reaction'],
  ['next_answer', 'nextAnswer'],
  ['resolution', 'resolution'],
] as const

/** What changed from one version to the next, rows first and in their order; empty when nothing did. */
export function policyDifference(before: SlaPolicyData, after: SlaPolicyData): PolicyDifference[] {
  const old = new Map(before.rows.map((row) => [bindingOf(row), row]))
  const next = new Map(after.rows.map((row) => [bindingOf(row), row]))
  const rows = after.rows.flatMap((row): PolicyDifference[] => {
    const was = old.get(bindingOf(row))
    return was ? rowDifference(was, row) : [{ kind: 'row_added', row }]
  })
  const removed = before.rows.filter((row) => !next.has(bindingOf(row)))
  return [...rows, ...removed.map((row) => ({ kind: 'row_removed' as const, row })), ...restDifference(before, after)]
}

function rowDifference(was: SlaRow, row: SlaRow): PolicyDifference[] {
  const found: PolicyDifference[] = METRICS.flatMap(([metric, key]) => {
    const [before, after] = [was.targets[key] ?? null, row.targets[key] ?? null]
    return isSame(before, after) ? [] : [{ kind: 'target', row, metric, before, after }]
  })
  const [before, after] = [was.calendarCode ?? null, row.calendarCode ?? null]
  if (before !== after) found.push({ kind: 'row_hours', row, before, after })
  const allowed = row.agreedTerm ?? false
  if ((was.agreedTerm ?? false) !== allowed) found.push({ kind: 'agreed_term', row, allowed })
  return found
}

function restDifference(before: SlaPolicyData, after: SlaPolicyData): PolicyDifference[] {
  const on = after.pausesCounted.filter((reason) => !before.pausesCounted.includes(reason))
  const off = before.pausesCounted.filter((reason) => !after.pausesCounted.includes(reason))
  const lowering = after.resolvedByLowering ?? null
  return [
    ...on.map((reason) => ({ kind: 'pause_on' as const, reason })),
    ...off.map((reason) => ({ kind: 'pause_off' as const, reason })),
    ...(lowering && !isSame(before.resolvedByLowering ?? null, lowering)
      ? [{ kind: 'lowering' as const, from: lowering.from, to: lowering.to }]
      : []),
    ...(isSame(warningsOf(before), warningsOf(after))
      ? []
      : [{ kind: 'warnings' as const, percents: warningsOf(after) }]),
    ...(isSame(before.ladder ?? null, after.ladder ?? null)
      ? []
      : [{ kind: 'ladder' as const, steps: after.ladder?.length ?? 0 }]),
  ]
}

function bindingOf(row: SlaRow): string {
  const bound = Object.entries(row.when).map(([name, value]) => [name, [value].flat().map(String).toSorted()])
  return JSON.stringify(bound.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
}

/** By content: the order in which JSON keeps fields says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
