import type { Instant } from '@opora/core'
import type { LadderStep } from './ladder.ts'

export type Metric = 'reaction' | 'next_answer' | 'resolution'

/** What a ticket may wait for. Which of them stop the clocks is the policy's word. */
export type PauseReason = (typeof PAUSE_REASONS)[number]
export const PAUSE_REASONS = ['client', 'vendor', 'partner', 'approval', 'payment', 'date'] as const

/**
 * An amount with its unit. `service_minutes` run in the service hours, `clock_minutes` without a break once begun,
 * `working_days` end at the close of the n-th working day after the day of registration.
 */
export interface SlaTarget {
  amount: number
  unit: 'service_minutes' | 'clock_minutes' | 'working_days'
  /** The calendar whose days are counted; only with `working_days`. */
  dayCalendar?: string
}

/** One value or several, any of which will do. */
export type OneOf<Value> = Value | readonly Value[]

/** What a row is bound to; all that is named must hold. */
export interface RowBinding {
  client?: OneOf<string>
  portal?: OneOf<string>
  /** `cloud`, `boxed` … : ranks just below `portal`. */
  portalType?: OneOf<string>
  topic?: OneOf<string>
  kind?: OneOf<string>
  licenceClass?: OneOf<string>
  priority?: OneOf<number>
}

export interface SlaRow {
  name: string
  nameEn: string
  when: RowBinding
  targets: { reaction?: SlaTarget; nextAnswer?: SlaTarget; resolution?: SlaTarget }
  /** Service hours of this row where they are others than the contract's, for example duty around the clock. */
  calendarCode?: string
  /** The responsible people of both sides may agree another term of resolution, which then binds. */
  agreedTerm?: boolean
}

/** A policy as the catalogue holds it (JSON). */
export interface SlaPolicyData {
  rows: readonly SlaRow[]
  /** Reasons of waiting that stop resolution and next answer. `agreed_date` is another word for `date`. */
  pausesCounted: readonly (PauseReason | 'agreed_date')[]
  /** Priorities that count as resolved when service is restored so far that the priority drops. Default: 1 and 2, to 3 or 4. */
  resolvedByLowering?: { from: readonly number[]; to: readonly number[] }
  /** Percents of the counted time at which is warned, 1–99; absent: 50, 75 and 90. */
  warnings?: readonly number[]
  /** What happens at warnings and at a breach; absent: `usualLadder`. */
  ladder?: readonly LadderStep[]
}

/** An option of a contract: an answer within so many minutes by the clock, at any hour, for these priorities. */
export interface DutyOption {
  priorities: readonly number[]
  reactionMinutes: number
  calendarCode: string
}

/** A policy with the hours of the contract that it belongs to, in force from a moment. */
export interface PolicyVersion {
  /** `null`: for tickets without a contract. */
  contractId: number | null
  from: Instant
  code: string
  calendarCode: string
  spec: SlaPolicyData
  duty?: DutyOption | null
}

/** What rows are matched against. */
export interface RowFacts {
  client: string | null
  portal: string | null
  portalType: string | null
  topic: string | null
  kind: string | null
  licenceClass: string | null
  priority: number
}

/** The row that won for a metric, and its target. */
export interface PickedRow {
  row: SlaRow
  target: SlaTarget
}

/** Bindings from the most telling to the least: a row that binds an earlier one is the more specific. */
const RANK = ['client', 'portal', 'portalType', 'topic', 'kind', 'licenceClass', 'priority'] as const
const DEFAULT_LOWERING = { from: [1, 2], to: [3, 4] } as const
const DEFAULT_WARNINGS = [50, 75, 90] as const
const NOMINAL_DAY_MINUTES = 480

/** The version in force at a moment for a contract; its first one before that, `null` when it has none. */
export function versionInForce(
  timeline: readonly PolicyVersion[],
  contractId: number | null,
  at: Instant,
): PolicyVersion | null {
  const own = timeline.filter((version) => version.contractId === contractId).sort((a, b) => a.from - b.from)
  return own.findLast((version) => version.from <= at) ?? own[0] ?? null
}

/**
 * The most specific row that promises something for the metric. An asker without a licence class gets the rows for
 * everybody, and where there are none, the slowest class. `null`: nothing is promised.
 */
export function pickRow(policy: SlaPolicyData, metric: Metric, facts: RowFacts): PickedRow | null {
  const picked = mostSpecific(policy, metric, facts)
  if (picked || facts.licenceClass !== null) return picked
  const classes = new Set(policy.rows.flatMap((row) => valuesOf(row.when.licenceClass)))
  return [...classes]
    .map((licenceClass) => mostSpecific(policy, metric, { ...facts, licenceClass }))
    .filter((candidate) => candidate !== null)
    .reduce<PickedRow | null>((slowest, next) => (slowest && length(slowest) >= length(next) ? slowest : next), null)
}

/** Whether a work-around from one priority to the other resolves the first. */
export function resolvesByLowering(policy: SlaPolicyData, from: number, to: number): boolean {
  const rule = policy.resolvedByLowering ?? DEFAULT_LOWERING
  return rule.from.some((priority) => priority === from) && rule.to.some((priority) => priority === to)
}

/** The percents at which a policy warns, each once, in order. */
export function warningsOf(policy: SlaPolicyData): readonly number[] {
  return [...new Set(policy.warnings ?? DEFAULT_WARNINGS)].sort((a, b) => a - b)
}

export function countsPause(policy: SlaPolicyData, reason: PauseReason): boolean {
  return policy.pausesCounted.some((counted) => counted === reason || (counted === 'agreed_date' && reason === 'date'))
}

function mostSpecific(policy: SlaPolicyData, metric: Metric, facts: RowFacts): PickedRow | null {
  let best: PickedRow | null = null
  for (const row of policy.rows) {
    const target = targetOf(row, metric)
    if (!target || !binds(row.when, facts)) continue
    if (!best || isMoreSpecific(row.when, best.row.when)) best = { row, target }
  }
  return best
}

function targetOf(row: SlaRow, metric: Metric): SlaTarget | undefined {
  if (metric === 'resolution') return row.targets.resolution
  return metric === 'next_answer' ? (row.targets.nextAnswer ?? row.targets.reaction) : row.targets.reaction
}

function binds(when: RowBinding, facts: RowFacts): boolean {
  return RANK.every(
    (name) => when[name] === undefined || valuesOf<string | number>(when[name]).some((v) => v === facts[name]),
  )
}

function isMoreSpecific(a: RowBinding, b: RowBinding): boolean {
  const telling = RANK.find((name) => (a[name] === undefined) !== (b[name] === undefined))
  return telling !== undefined && a[telling] !== undefined
}

function valuesOf<Value>(bound: OneOf<Value> | undefined): readonly Value[] {
  if (bound === undefined) return []
  return Array.isArray(bound) ? bound : [bound as Value]
}

function length({ target }: PickedRow): number {
  return target.unit === 'working_days' ? target.amount * NOMINAL_DAY_MINUTES : target.amount
}
