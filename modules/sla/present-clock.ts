import { codeOfKey, hoursAhead } from '@opora/contracts'
import { isoInstant, isoInstantOrNull, type Locale } from '@opora/core'
import { clockName, countingKey, shownState } from './clock-row.ts'
import type { FoldedTicket } from './clocks-of.ts'
import type { ClockResult, ClockView, ExplanationReply } from './contract.ts'
import { isRunning } from './domain/breach.ts'
import type { ClockState } from './domain/clock-state.ts'
import { explainDeadline } from './explained.ts'
import { calendarName, factInWords, intervalInWords, type Reader, targetInWords, wordFor } from './sla-words.ts'

export function presentResult(clock: ClockState, { rules }: FoldedTicket, locale: Locale): ClockResult {
  const state = shownState(clock)
  const calendar = clock.state === 'running' ? rules.book.calendar(countingKey(clock)) : null
  const ahead = calendar && hoursAhead(calendar, clock.asOf)
  return {
    metric: clock.metric,
    metricName: wordFor(clock.metric, locale),
    seq: clock.seq,
    state,
    stateName: wordFor(state, locale),
    priority: clock.priority,
    promised: targetInWords(clock.target, locale),
    registeredAt: isoInstant(clock.registeredAt),
    dueAt: isoInstantOrNull(clock.dueAt),
    metAt: isoInstantOrNull(clock.metAt),
    endedAt: isoInstantOrNull(clock.endedAt),
    breachedAt: isoInstantOrNull(clock.breachedAt),
    pauseReason: clock.pauseReason,
    pauseText: clock.pauseReason && wordFor(clock.pauseReason, locale),
    remainingMinutes: isRunning(clock) ? clock.remainingMinutes : null,
    open: ahead?.open ?? false,
    turnsIn: ahead?.turnsIn ?? [],
    estimated: clock.estimated,
    asOf: isoInstant(clock.asOf),
  }
}

export function presentClock(clock: ClockState, ticket: FoldedTicket, locale: Locale): ClockView {
  const { rules, rung } = ticket
  const calendar = (key: string) => ({ code: codeOfKey(key), name: calendarName(rules.book, key, locale) })
  const heard = rung.get(clockName(clock))
  const { amount, unit } = clock.target
  return {
    ...presentResult(clock, ticket, locale),
    startedAt: isoInstant(clock.startedAt),
    endedBy: clock.endedBy,
    target: { amount, unit },
    row: locale === 'ru' ? clock.rowName : clock.rowNameEn,
    policy: { code: clock.policyCode, name: rules.policyName(clock.policyCode)[locale] },
    calendar: calendar(clock.calendarCode),
    dayCalendar: clock.dayCalendarCode === null ? null : calendar(clock.dayCalendarCode),
    agreedDueAt: isoInstantOrNull(clock.agreedDueAt),
    mayAgree: clock.mayAgree,
    targetMinutes: clock.targetMinutes,
    usedMinutes: clock.usedMinutes,
    alarms: clock.alarms.map(({ kind, at }) => ({ kind, at: isoInstant(at), rung: heard?.has(kind) ?? false })),
  }
}

/** Everything of an explanation but the clock itself, whose shape depends on who reads it. */
export function presentExplanation(
  clock: ClockState,
  { rules }: FoldedTicket,
  reader: Reader,
): Omit<ExplanationReply, 'clock' | 'steps'> {
  const { intervals, usedMinutes, aheadMinutes } = explainDeadline(clock, rules.book.all())
  return {
    intervals: intervals.map((interval) => ({
      from: isoInstant(interval.from),
      to: isoInstant(interval.to),
      counted: interval.counted,
      minutes: interval.minutes,
      reason: interval.reason,
      text: intervalInWords(interval, reader.locale),
      ahead: interval.ahead,
    })),
    usedMinutes,
    aheadMinutes,
    targetMinutes: clock.targetMinutes,
    facts: clock.facts.map((fact) => ({
      at: isoInstant(fact.at),
      code: fact.code,
      text: factInWords(fact, reader),
    })),
  }
}
