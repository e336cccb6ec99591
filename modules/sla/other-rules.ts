import { type Calendar, type CalendarSpec, compileCalendar, type ProductionYear } from '@opora/calendar'
import { type CalendarKey, codeOfKey } from '@opora/contracts'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { PolicyVersion, SlaPolicyData } from './domain/policy.ts'
import { type CalendarSpecs, calendarSpecs, contractRules, type PolicyRule, policyRules } from './rules.read-model.ts'
import { namesOf, type Rules, type RulesBook, timelineOf } from './timeline.ts'

/** Rules that somebody is thinking about: beside what is there, from a moment on, or in its place from the beginning. */
export interface RulesChange {
  /** A version of a policy that would come into force. */
  policy?: { code: string; spec: SlaPolicyData; from: Instant }
  /** A version of a calendar that would come into force. */
  calendar?: { code: string; spec: CalendarSpec; from: Instant }
  /** Production years that would take the place of those loaded. */
  years?: readonly ProductionYear[]
  /** Every contract goes by these from its first day. */
  instead?: { spec?: SlaPolicyData; policyCode?: string; calendarCode?: string }
}

/** A policy or a calendar by its code. */
export interface RulesNamed {
  policy?: string
  calendar?: string
}

export function namedBy({ policy, calendar }: RulesChange): RulesNamed {
  return { ...(policy ? { policy: policy.code } : {}), ...(calendar ? { calendar: calendar.code } : {}) }
}

/** Whether a version of a contract's promises rests on the policy or the calendar of that name. */
export function isUnder(version: PolicyVersion | null, { policy, calendar }: RulesNamed): boolean {
  if (!version) return false
  if (policy !== undefined && version.code === policy) return true
  if (calendar === undefined) return false
  const days = version.spec.rows.flatMap((row) => Object.values(row.targets).map((target) => target.dayCalendar))
  const hours = version.spec.rows.map((row) => row.calendarCode)
  const keys = [version.calendarCode, version.duty?.calendarCode, ...hours, ...days]
  return keys.some((key) => key !== undefined && codeOfKey(key) === calendar)
}

export type RulesFor = (clientId: number) => Rules

const INSTEAD = 'what-if'

/** The rules of clients as they would be after a change. Nothing of it is kept. */
export async function rulesUnder(
  sql: Queryable,
  book: RulesBook,
  clientIds: readonly number[],
  change: RulesChange,
): Promise<RulesFor> {
  const needsSpecs = change.calendar !== undefined || change.years !== undefined
  const [present, contracts, specs] = await Promise.all([
    policyRules(sql),
    contractRules(sql, clientIds),
    needsSpecs ? calendarSpecs(sql) : null,
  ])
  const policies = changedPolicies(present, change)
  const changedBook = specs ? bookUnder(book, specs, change) : book
  const names = namesOf(policies)
  const timelines = new Map(
    [...contracts].map(([clientId, rules]) => {
      const own = change.instead ? rules.map((rule) => ({ ...rule, ...insteadOf(change.instead!) })) : rules
      return [clientId, timelineOf(own, policies, changedBook)]
    }),
  )
  return (clientId) => ({ timeline: timelines.get(clientId) ?? [], book: changedBook, ...names })
}

function insteadOf(instead: NonNullable<RulesChange['instead']>): { policyCode?: string; calendarCode?: string } {
  const policyCode = instead.spec ? INSTEAD : instead.policyCode
  return {
    ...(policyCode === undefined ? {} : { policyCode }),
    ...(instead.calendarCode === undefined ? {} : { calendarCode: instead.calendarCode }),
  }
}

function changedPolicies(present: ReadonlyMap<string, PolicyRule>, change: RulesChange): Map<string, PolicyRule> {
  const policies = new Map(present)
  const { policy, instead } = change
  if (policy) {
    const { code, spec, from } = policy
    const known = policies.get(code) ?? { code, name: { ru: code, en: code }, versions: [] }
    policies.set(code, { ...known, versions: [...known.versions.filter((one) => one.from <= from), { from, spec }] })
  }
  if (instead?.spec) {
    const versions = [{ from: 0, spec: instead.spec }]
    policies.set(INSTEAD, { code: INSTEAD, name: { ru: 'Что если', en: 'What if' }, versions })
  }
  return policies
}

/** The installation's calendars with the change in them, by the keys that they would have. */
function bookUnder(book: RulesBook, specs: CalendarSpecs, { calendar, years }: RulesChange): RulesBook {
  const changedYears = new Set(years?.map((one) => one.year))
  const allYears = [...specs.years.filter((one) => !changedYears.has(one.year)), ...(years ?? [])]
  const calendars = new Map<CalendarKey, Calendar>(years ? [] : book.all())
  if (years) for (const { key, spec } of specs.calendars) calendars.set(key, compileCalendar(spec, allYears))
  const key = calendar && `${calendar.code}@next`
  if (calendar && key) calendars.set(key, compileCalendar(calendar.spec, allYears))
  const keyAt = (code: string, at: Instant) =>
    calendar && key && code === calendar.code && at >= calendar.from ? key : book.keyAt(code, at)
  return {
    keyAt,
    all: () => calendars,
    nameOf: book.nameOf,
    changesOf(code) {
      const known = book.changesOf(code)
      return calendar && code === calendar.code ? [...known, calendar.from] : known
    },
    calendar(wanted) {
      const [hours, days] = wanted.split('+').map((part) => calendars.get(part))
      if (!hours || !wanted.includes('+')) return hours ?? book.calendar(wanted)
      return days ? hours.onWorkingDaysOf(days) : null
    },
  }
}
