import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

export * from './estimates.contract.ts'

/** Shapes of requests and answers about time and estimates, shared with the browser. Money is `null` for those who do not see prices. */
const instant = z.iso.datetime()
const instantIn = z.iso.datetime({ offset: true })
const date = z.iso.date().refine(isOfOurTime)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const person = z.object({ id: z.number(), name: z.string() })
const ticketRef = z.object({ id: z.number(), number: z.number(), subject: z.string() })
const minutes = z.number().int().min(1).max(1440)

export const idParams = z.object({ id })
export const tokenParams = z.object({ token: z.string().min(1).max(200) })
export const billableReasons = [
  'own_duty',
  'service_included',
  'service_excluded',
  'diagnosis_exempt',
  'estimate_approved',
  'inside_package',
  'outside_package',
  'not_covered',
  'chosen',
] as const
export const timeSources = ['manual', 'timer', 'reply'] as const

const workFields = {
  activity: z.string().trim().min(1).max(60),
  note: z.string().trim().max(4_000).default(''),
  /** Left out: as proposed. */
  billable: z.boolean().optional(),
  urgent: z.boolean().default(false),
  onSite: z.boolean().default(false),
  visible: z.boolean().default(true),
  /** A service that the contract names; null: none of them. Left out: as proposed by the ticket's context. */
  service: z.string().trim().min(1).max(60).nullish(),
}
const allowances = ['unlimited', 'minutes', 'units', 'excluded'] as const

/**
 * Time as somebody logs it: a beginning with an end or minutes; or minutes on a day (today when left out). Without a beginning the
 * out-of-hours multiplier is taken only where the whole day lies outside service hours; else the explanation says that it was not.
 */
export const newTime = z.strictObject({
  ...workFields,
  minutes: minutes.optional(),
  startedAt: instantIn.optional(),
  endedAt: instantIn.optional(),
  date: date.optional(),
  source: z.enum(timeSources).default('manual'),
})

export const timeChange = z.strictObject({
  activity: workFields.activity.optional(),
  note: z.string().trim().max(4_000).optional(),
  billable: z.boolean().optional(),
  urgent: z.boolean().optional(),
  onSite: z.boolean().optional(),
  visible: z.boolean().optional(),
  service: workFields.service,
  minutes: minutes.optional(),
  startedAt: instantIn.optional(),
  endedAt: instantIn.optional(),
  date: date.optional(),
  /** Demanded once the month is closed. */
  reason: z.string().trim().max(1_000).default(''),
})
export const timeRemoval = z.strictObject({ reason: z.string().trim().max(1_000).default('') })

/** What the time would take, before it is saved: "30 мин × 2 = 60 мин из абонемента". */
export const timePreview = z.object({
  workedMinutes: z.number(),
  chargedMinutes: z.number(),
  amountKopecks: z.number().nullable(),
  billable: z.boolean(),
  reason: z.enum(billableReasons),
  /** included: in the fee; package: leaves the hours; extra: beyond them. */
  share: z.enum(['included', 'package', 'extra']),
  needsEstimate: z.boolean(),
  /** The service that the time goes to, with why it was proposed; null where none is named. */
  service: z
    .object({
      code: z.string(),
      name: z.string(),
      allowance: z.enum(allowances).nullable(),
      because: z.string().nullable(),
    })
    .nullable(),
  /** The services that the contract names; empty where it sells hours. */
  services: z.array(z.object({ code: z.string(), name: z.string(), allowance: z.enum(allowances) })),
  /** Why it is billable or not. */
  explanation: z.string(),
  /** The calculation in one line, then its steps. */
  sentence: z.string(),
  steps: z.array(z.string()),
  fromPackageMinutes: z.number(),
  beyondMinutes: z.number(),
  /** Minutes that wait for the client, because the contract says to stop. */
  stoppedMinutes: z.number(),
  estimate: z
    .object({
      approvedMinutes: z.number(),
      limitMinutes: z.number(),
      usedMinutes: z.number(),
      usedAfterMinutes: z.number(),
      refusedMinutes: z.number(),
      warns: z.boolean(),
      explanation: z.string(),
    })
    .nullable(),
})

/** A partner reads their own work and nothing of what it takes: `billable`, `reason` and `share` are null, the figures zero. */
export const timeEntry = z.object({
  id: z.number(),
  ticket: ticketRef,
  client: person,
  account: person,
  activity: z.object({ code: z.string(), name: z.string() }),
  startedAt: instant,
  endedAt: instant,
  /** False where only a day and minutes were given. */
  timed: z.boolean(),
  date: z.string(),
  minutes: z.number(),
  note: z.string(),
  billable: z.boolean().nullable(),
  reason: z.enum(billableReasons).nullable(),
  share: z.enum(['included', 'package', 'extra']).nullable(),
  explanation: z.string(),
  urgent: z.boolean(),
  onSite: z.boolean(),
  outOfHours: z.boolean(),
  service: z.object({ code: z.string(), name: z.string() }).nullable(),
  visible: z.boolean(),
  chargedMinutes: z.number(),
  stoppedMinutes: z.number(),
  amountKopecks: z.number().nullable(),
  steps: z.array(z.string()),
  source: z.enum(timeSources),
  period: z.string(),
  periodClosed: z.boolean(),
  /** The entry that this one takes back, and the one that took this one back. */
  reversesId: z.number().nullable(),
  reversedById: z.number().nullable(),
  correctionReason: z.string().nullable(),
  approvedBy: person.nullable(),
  approvedAt: instant.nullable(),
  mine: z.boolean(),
  createdAt: instant,
  version: z.number(),
})

export const estimateProgress = z.object({
  approvedMinutes: z.number(),
  limitMinutes: z.number(),
  usedMinutes: z.number(),
  percent: z.number().nullable(),
  warned: z.boolean(),
  explanation: z.string(),
})
export const ticketTime = z.object({
  items: z.array(timeEntry),
  totalMinutes: z.number(),
  chargedMinutes: z.number(),
  estimate: estimateProgress.nullable(),
})

export const timeQuery = z.strictObject({
  from: date,
  to: date,
  accountId: id.optional(),
  clientId: id.optional(),
  approved: z.enum(['yes', 'no', 'all']).default('all'),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
})
/** Entries of days; `sheet` is the seven days from `from` of one person. */
export const timePage = z.object({
  items: z.array(timeEntry),
  nextCursor: z.string().nullable(),
  sheet: z.object({
    days: z.array(z.string()),
    rows: z.array(
      z.object({
        ticket: ticketRef,
        activity: z.object({ code: z.string(), name: z.string() }),
        minutesByDay: z.array(z.number()),
        totalMinutes: z.number(),
      }),
    ),
    totalsByDay: z.array(z.number()),
    totalMinutes: z.number(),
  }),
})

export const activityList = z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) })

/** What the client sees of work: who, what, when, how long. */
export const cabinetTime = z.object({
  items: z.array(
    z.object({
      id: z.number(),
      person: z.string(),
      activity: z.string(),
      note: z.string(),
      startedAt: instant,
      date: z.string(),
      minutes: z.number(),
      chargedMinutes: z.number(),
      billable: z.boolean(),
      correction: z.boolean(),
    }),
  ),
  totalMinutes: z.number(),
})

export const timer = z.object({
  ticket: ticketRef,
  client: person,
  activity: z.string(),
  note: z.string(),
  startedAt: instant,
  runningMinutes: z.number(),
  /** The person's last sign of life on any device. */
  seenAt: instant,
  /** How long they have been silent, once that is long enough to ask about. */
  idleMinutes: z.number().nullable(),
})
/** `idleAfterMinutes`: how long a silence is asked about; 0: never. */
export const timerState = z.object({ timer: timer.nullable(), now: instant, idleAfterMinutes: z.number() })
export const timerPreference = z.strictObject({ idleAfterMinutes: z.number().int().min(0).max(480) })
/** `keep`: the silence was work; `discard`: it was not, go on from now; `stop`: end at the last sign of life. */
export const idleAnswer = z.strictObject({ answer: z.enum(['keep', 'discard', 'stop']) })
/** Starts a timer, or changes the note of the running one. `switch` logs what runs on another ticket and goes over. */
export const timerStart = z.strictObject({
  ticketId: id,
  activity: z.string().trim().min(1).max(60),
  note: z.string().trim().max(4_000).default(''),
  switch: z.boolean().default(false),
})
export const timerStarted = timerState.extend({ logged: timeEntry.nullable() })
export const timerStop = z.strictObject({
  activity: z.string().trim().min(1).max(60).optional(),
  note: z.string().trim().max(4_000).optional(),
  billable: z.boolean().optional(),
  urgent: z.boolean().default(false),
  onSite: z.boolean().default(false),
  visible: z.boolean().default(true),
  service: workFields.service,
  /** Corrects what the timer shows, for example after a forgotten stop. */
  minutes: minutes.optional(),
})

export type TimeEntryView = z.infer<typeof timeEntry>
export type TimePreview = z.infer<typeof timePreview>
export type NewTime = z.infer<typeof newTime>
export type TimeChange = z.infer<typeof timeChange>
export type TimeQuery = z.infer<typeof timeQuery>
export type IdleAnswer = z.infer<typeof idleAnswer>
export type TimerStart = z.infer<typeof timerStart>
export type TimerStop = z.infer<typeof timerStop>
export type TimerView = z.infer<typeof timer>
