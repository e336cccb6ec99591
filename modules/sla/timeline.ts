import {
  type CalendarBook,
  type CalendarKey,
  DEFAULT_DAY_CALENDAR,
  PROSPECT_CALENDAR,
  PROSPECT_SLA_POLICY,
} from '@opora/contracts'
import type { Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AlarmKind } from './domain/clock-state.ts'
import { type LadderStep, usualLadder, warnsAt } from './domain/ladder.ts'
import type { PolicyVersion, SlaPolicyData, SlaRow, SlaTarget } from './domain/policy.ts'
import {
  type ContractRule,
  contractRules,
  type PolicyRule,
  policyRules,
  type RulesStamp,
  rulesStamp,
} from './rules.read-model.ts'

/** Calendars by key, as far as a timeline asks: those of the installation, or those that somebody is thinking about. */
export type RulesBook = Pick<CalendarBook, 'keyAt' | 'changesOf' | 'calendar' | 'all' | 'nameOf'>

/** What clocks are folded with: the policy versions of a client's contracts, and the calendars that they name by key. */
export interface Rules {
  timeline: readonly PolicyVersion[]
  book: RulesBook
  policyName(code: string): Words
  /** The escalation ladder of a policy for an alarm as it is at a moment; of an earlier version where the present one does not warn so. */
  ladderOf(code: string, at: Instant, kind: AlarmKind): readonly LadderStep[]
}

export interface TimelineCache {
  book: CalendarBook
  /** The rules of these clients, as they are now. One query while nothing has changed. */
  of(sql: Queryable, clientIds: readonly number[]): Promise<(clientId: number) => Rules>
}

const CLIENTS_MAX = 5_000
const ROUND_THE_CLOCK = '24x7'

/** Timelines are kept by this process and compared with the database before every use, so that no answer rests on old rules. */
export function createTimelineCache(book: CalendarBook): TimelineCache {
  let policies = new Map<string, PolicyRule>()
  let shared = ''
  const clients = new Map<number, { stamp: string; timeline: readonly PolicyVersion[] }>()
  const refresh = async (sql: Queryable, stamp: RulesStamp) => {
    await book.refresh(sql, stamp.calendars)
    const now = `${stamp.calendars} ${stamp.policies}`
    if (now === shared) return
    policies = await policyRules(sql)
    shared = now
    clients.clear()
  }
  return {
    book,
    async of(sql, clientIds) {
      const stamp = await rulesStamp(sql, clientIds)
      await refresh(sql, stamp)
      for (const [clientId, newest] of stamp.contracts) {
        if (clients.get(clientId)?.stamp === newest) continue
        if (clients.size >= CLIENTS_MAX) clients.clear()
        clients.set(clientId, {
          stamp: newest,
          timeline: timelineOf((await contractRules(sql, [clientId])).get(clientId) ?? [], policies, book),
        })
      }
      const found = new Map(clientIds.map((id) => [id, clients.get(id)?.timeline ?? []]))
      const named = namesOf(policies)
      return (clientId) => ({ timeline: found.get(clientId) ?? [], book, ...named })
    },
  }
}

/** What of the policies is asked beside their rows. */
export function namesOf(policies: ReadonlyMap<string, PolicyRule>): Pick<Rules, 'policyName' | 'ladderOf'> {
  return {
    policyName: (code) => policies.get(code)?.name ?? { ru: code, en: code },
    ladderOf(code, at, kind) {
      const versions = policies.get(code)?.versions ?? []
      const inForce = versions.filter((version) => version.from <= at)
      const known = inForce.findLast(({ spec }) => warnsAt(spec, kind)) ?? inForce.at(-1) ?? versions[0]
      return known ? (known.spec.ladder ?? usualLadder(known.spec)) : []
    },
  }
}

/** Every moment at which a contract's promises changed: its own versions, and those of its policy and calendars. */
export function timelineOf(
  contracts: readonly ContractRule[],
  policies: ReadonlyMap<string, PolicyRule>,
  book: RulesBook,
): PolicyVersion[] {
  const nobodys = {
    contractId: null,
    from: -Infinity,
    policyCode: PROSPECT_SLA_POLICY,
    calendarCode: PROSPECT_CALENDAR,
    promises: null,
  }
  return [nobodys, ...contracts].flatMap((rule, index, all) => {
    const next = all[index + 1]
    const until = next?.contractId === rule.contractId ? next.from : Infinity
    return versionsOf(rule, until, policies.get(rule.policyCode), book)
  })
}

type Rule = Omit<ContractRule, 'contractId'> & { contractId: number | null }

function versionsOf(rule: Rule, until: Instant, policy: PolicyRule | undefined, book: RulesBook): PolicyVersion[] {
  if (!policy) return []
  const { pausesCounted, duty } = rule.promises ?? { pausesCounted: null, duty: null }
  const changes = [
    ...policy.versions.slice(1).map((version) => version.from),
    ...calendarsNamedBy(rule, policy).flatMap((code) => book.changesOf(code)),
  ]
  const moments = new Set([rule.from, ...changes.filter((at) => at > rule.from && at < until)])
  return [...moments]
    .sort((a, b) => a - b)
    .flatMap((from) => {
      const calendarCode = book.keyAt(rule.calendarCode, from)
      const spec = (policy.versions.findLast((version) => version.from <= from) ?? policy.versions[0])?.spec
      if (calendarCode === null || !spec) return []
      const kept = withKeys(pausesCounted === null ? spec : { ...spec, pausesCounted }, from, book)
      const { contractId, policyCode: code } = rule
      const onDuty = duty && { ...duty, calendarCode: couponCalendar(book, from) }
      return [{ contractId, from, code, calendarCode, spec: kept, duty: onDuty }]
    })
}

function calendarsNamedBy(rule: Rule, policy: PolicyRule): string[] {
  const named = policy.versions
    .flatMap((version) => version.spec.rows)
    .flatMap((row) => [row.calendarCode, ...Object.values(row.targets).map((target) => target.dayCalendar)])
  return [...new Set([rule.calendarCode, DEFAULT_DAY_CALENDAR, ...named.filter((code) => code !== undefined)])]
}

/** The policy with every calendar named by the version that was in force, so that later versions move nothing. */
function withKeys(spec: SlaPolicyData, at: Instant, book: RulesBook): SlaPolicyData {
  const target = (one: SlaTarget): SlaTarget => {
    if (one.unit !== 'working_days') return one
    const key = book.keyAt(one.dayCalendar ?? DEFAULT_DAY_CALENDAR, at) ?? book.keyAt(DEFAULT_DAY_CALENDAR, at)
    return { ...one, ...(key === null ? {} : { dayCalendar: key }) }
  }
  const row = (one: SlaRow): SlaRow => {
    const { calendarCode, ...rest } = one
    const key = calendarCode === undefined ? null : book.keyAt(calendarCode, at)
    const targets = Object.fromEntries(Object.entries(one.targets).map(([metric, t]) => [metric, target(t)]))
    return { ...rest, targets, ...(key === null ? {} : { calendarCode: key }) }
  }
  return { ...spec, rows: spec.rows.map(row) }
}

/** The hours of a spent coupon and of the duty option, as they were when the one was spent or the other agreed. */
export function couponCalendar(book: RulesBook, at: Instant): CalendarKey {
  return book.keyAt(ROUND_THE_CLOCK, at) ?? ROUND_THE_CLOCK
}
