import { compileCalendar, READY_CALENDARS } from '@opora/calendar'
import type { Instant } from '@opora/core'
import type { ClockState } from './clock-state.ts'
import type { ClockEvent, ClockEventType, OpenedData } from './events.ts'
import { foldClocks } from './fold.ts'
import type { Metric, PolicyVersion, SlaPolicyData, SlaRow, SlaTarget } from './policy.ts'
import type { CalendarBook } from './term.ts'

export const BOOK: CalendarBook = new Map(
  Object.entries(READY_CALENDARS).map(([code, spec]) => [code, compileCalendar(spec)]),
)

/** Moscow time, `2026-02-03T10:00`; a time alone is on Tuesday 3 February 2026. */
export function msk(text: string): Instant {
  const whole = text.length === 5 ? `2026-02-03T${text}` : text
  return Date.parse(`${whole}:00+03:00`)
}

export function show(instant: Instant | null): string | null {
  if (instant === null) return null
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO('Europe/Moscow')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

export const service = (amount: number): SlaTarget => ({ amount, unit: 'service_minutes' })
export const clock = (amount: number): SlaTarget => ({ amount, unit: 'clock_minutes' })
export const days = (amount: number): SlaTarget => ({ amount, unit: 'working_days' })

export function row(
  name: string,
  when: SlaRow['when'],
  targets: SlaRow['targets'],
  rest: Partial<SlaRow> = {},
): SlaRow {
  return { name, nameEn: name, when, targets, ...rest }
}

export function policy(
  rows: SlaRow[],
  calendarCode = 'mon-fri-10-18',
  rest: Partial<SlaPolicyData> = {},
  version: Partial<PolicyVersion> = {},
): PolicyVersion {
  const spec = { rows, pausesCounted: ['client', 'approval', 'payment', 'date'] as const, ...rest }
  return { contractId: 1, from: 0, code: 'test', calendarCode, spec, ...version }
}

/** Table A of the offers, as it stands in the specification. */
export const CRM_BASIC = policy([
  row('P1', { priority: 1 }, { reaction: service(24 * 60) }),
  row('P2–4', { priority: [2, 3, 4] }, { reaction: service(48 * 60) }),
])
export const CRM_BUSINESS = policy(
  [row('P1', { priority: 1 }, { reaction: service(4 * 60) }), row('P2–4', {}, { reaction: service(24 * 60) })],
  'mon-sat-9-19',
)
export const CRM_PREMIUM = policy(
  [
    row('P1', { priority: 1 }, { reaction: clock(60) }),
    row('P2–4', { priority: [2, 3, 4] }, { reaction: service(4 * 60) }),
    row('Incident P1', { kind: 'incident', priority: 1 }, { reaction: clock(60), resolution: clock(12 * 60) }),
    row('Incident P2', { kind: 'incident', priority: 2 }, { reaction: service(4 * 60), resolution: days(3) }),
    row(
      'Incident P3',
      { kind: 'incident', priority: 3 },
      { reaction: service(6 * 60), resolution: days(10) },
      { agreedTerm: true },
    ),
    row(
      'Incident P4',
      { kind: 'incident', priority: 4 },
      { reaction: service(6 * 60), resolution: days(20) },
      { agreedTerm: true },
    ),
  ],
  '24x7',
  { resolvedByLowering: { from: [1, 2], to: [3, 4] } },
)

type Told = readonly [at: string, type: ClockEventType, data?: Record<string, unknown>]

/** A history in Moscow time; `opened` facts get contract 1 and priority 3 unless they say otherwise. */
export function history(...told: Told[]): ClockEvent[] {
  const opening: OpenedData = { priority: 3, contractId: 1, kind: 'incident' }
  return told.map(([at, type, data], i) => {
    const whole = type === 'opened' ? { ...opening, ...data } : (data ?? {})
    return { id: i + 1, type, at: msk(at), data: whole } as ClockEvent
  })
}

/** The clocks of a history at a moment of Moscow time. */
export function clocksAt(now: string, version: PolicyVersion | PolicyVersion[], ...told: Told[]): ClockState[] {
  return foldClocks(history(...told), Array.isArray(version) ? version : [version], BOOK, msk(now))
}

export function only(clocks: readonly ClockState[], metric: Metric): ClockState {
  const found = clocks.filter((state) => state.metric === metric)
  if (found.length !== 1) throw new Error(`${found.length} clocks of ${metric}`)
  return found[0] as ClockState
}
