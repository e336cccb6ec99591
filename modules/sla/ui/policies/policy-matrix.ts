import type { slaSpec } from '@opora/contracts/contract'
import type { z } from 'zod'

export type PolicySpec = z.infer<typeof slaSpec>
export type PolicyRow = PolicySpec['rows'][number]
export type Binding = Omit<PolicyRow['when'], 'priority'>
export type Target = NonNullable<PolicyRow['targets']['reaction']>
export type MetricKey = 'reaction' | 'nextAnswer' | 'resolution'

export const METRIC_KEYS: readonly MetricKey[] = ['reaction', 'nextAnswer', 'resolution']
/** A priority, or whatever priority has no row of its own. */
export type Column = 1 | 2 | 3 | 4 | 'any'
export const COLUMNS: readonly Column[] = [1, 2, 3, 4, 'any']

/** The rows of a table that bind the same but for the priority: a line of the matrix. */
export interface Line {
  key: string
  when: Binding
  rows: PolicyRow[]
}

export function lineKey(when: Binding): string {
  const bound = Object.entries(when).filter(([name, value]) => name !== 'priority' && value !== undefined)
  return JSON.stringify(bound.map(([name, value]) => [name, [value].flat().map(String).toSorted()]).toSorted())
}

/** The lines of the matrix, in the order in which the table names them. */
export function linesOf(spec: PolicySpec): Line[] {
  const lines = new Map<string, Line>()
  for (const row of spec.rows) {
    const { priority: _priority, ...when } = row.when
    const key = lineKey(when)
    const line = lines.get(key) ?? { key, when, rows: [] }
    line.rows.push(row)
    lines.set(key, line)
  }
  return [...lines.values()]
}

/** The row of a line that speaks for a column; `null` where none does by name. */
export function rowAt(line: Line, column: Column): PolicyRow | null {
  return line.rows.find((row) => prioritiesOf(row).includes(column)) ?? null
}

function prioritiesOf(row: PolicyRow): Column[] {
  const { priority } = row.when
  return priority === undefined ? ['any'] : ([priority].flat() as Column[])
}

export interface RowNames {
  name: string
  nameEn: string
}

/**
 * The table with one cell changed. A row that speaks for several priorities gives the changed one away to a row of its own, which gets
 * these names; so does a cell that had no row.
 */
export function withCell(
  spec: PolicySpec,
  line: Line,
  column: Column,
  names: RowNames,
  change: (row: PolicyRow) => PolicyRow,
): PolicySpec {
  const row = rowAt(line, column)
  const isOwn = row !== null && prioritiesOf(row).length === 1
  if (isOwn) return replaced(spec, row, [change(row)])
  const priority = column === 'any' ? {} : { priority: column }
  const own = change({ ...(row ?? { targets: {} }), ...names, when: { ...line.when, ...priority } })
  if (row) {
    const others = prioritiesOf(row).filter((one) => one !== column) as number[]
    return replaced(spec, row, [{ ...row, when: { ...row.when, priority: others } }, own])
  }
  const last = line.rows.at(-1)
  return last ? replaced(spec, last, [last, own]) : { ...spec, rows: [...spec.rows, own] }
}

export function withTarget(row: PolicyRow, metric: MetricKey, target: Target | null): PolicyRow {
  const { [metric]: _was, ...rest } = row.targets
  return { ...row, targets: target === null ? rest : { ...rest, [metric]: target } }
}

/** A line without promises yet; the table as it is when there is such a line already. */
export function withLine(spec: PolicySpec, when: Binding, names: RowNames): PolicySpec {
  if (linesOf(spec).some((line) => line.key === lineKey(when))) return spec
  return { ...spec, rows: [...spec.rows, { ...names, when, targets: {} }] }
}

export function withoutLine(spec: PolicySpec, line: Line): PolicySpec {
  return { ...spec, rows: spec.rows.filter((row) => !line.rows.includes(row)) }
}

/** Service hours of a whole line; `null`: as the contract says. */
export function withHours(spec: PolicySpec, line: Line, calendarCode: string | null): PolicySpec {
  return {
    ...spec,
    rows: spec.rows.map((row) => {
      if (!line.rows.includes(row)) return row
      const { calendarCode: _was, ...rest } = row
      return calendarCode === null ? rest : { ...rest, calendarCode }
    }),
  }
}

/** Whether two tables say the same, whatever the order of their fields. */
export function isSameSpec(a: PolicySpec, b: PolicySpec): boolean {
  return canonical(a) === canonical(b)
}

function replaced(spec: PolicySpec, row: PolicyRow, by: PolicyRow[]): PolicySpec {
  return { ...spec, rows: spec.rows.flatMap((one) => (one === row ? by : [one])) }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** What holds where a policy says nothing. */
const USUAL_LOWERING = { from: [1, 2], to: [3, 4] }
const USUAL_WARNINGS = [50, 75, 90]
const WARNINGS_MAX = 9

export function loweringOf(spec: PolicySpec): { from: readonly number[]; to: readonly number[] } {
  return spec.resolvedByLowering ?? USUAL_LOWERING
}

export function withLowering(spec: PolicySpec, side: 'from' | 'to', priority: number, on: boolean): PolicySpec {
  const { from, to } = loweringOf(spec)
  const rule = { from: [...from], to: [...to] }
  const others = rule[side].filter((one) => one !== priority)
  return { ...spec, resolvedByLowering: { ...rule, [side]: on ? [...others, priority].toSorted() : others } }
}

export function warningsOf(spec: PolicySpec): readonly number[] {
  return spec.warnings ?? USUAL_WARNINGS
}

/** Percents as typed, `50, 80`, in order; `null` where something else stands there. */
export function readWarnings(typed: string): number[] | null {
  const parts = typed.split(/[\s,;%]+/).filter((part) => part !== '')
  const percents = [...new Set(parts.map(Number))].toSorted((a, b) => a - b)
  const fits = percents.every((one) => Number.isInteger(one) && one >= 1 && one <= 99)
  return fits && percents.length <= WARNINGS_MAX ? percents : null
}

/** The alarms on which a step can hang, in the order of time. */
export function alarmsOf(spec: PolicySpec): (`warn${number}` | 'breach')[] {
  return [...warningsOf(spec).map((percent) => `warn${percent}` as const), 'breach']
}

/** What happens where a policy says nothing, as steps to begin from. */
export function usualLadder(spec: PolicySpec): NonNullable<PolicySpec['ladder']> {
  const [breach, last, before] = alarmsOf(spec).toReversed()
  const told = (at: typeof breach, ...people: ('assignee' | 'im' | 'account_manager')[]) =>
    at === undefined ? [] : people.map((to) => ({ at, act: 'notify' as const, to }))
  return [
    ...told(before, 'assignee'),
    ...told(last, 'assignee', 'im'),
    ...told(breach, 'assignee', 'im', 'account_manager'),
  ]
}
