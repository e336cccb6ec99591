import { z } from 'zod'
import { boardRound, changeKinds, instantIn, stages, windowStates } from './vote.contract.ts'

/** Shapes of requests and answers about the board, the calendar of changes, pipelines and the cabinet. */
const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const longText = z.string().trim().max(20_000)
const person = z.object({ id: z.number(), name: z.string() })

export const sessionWish = z.strictObject({
  mode: z.enum(['meeting', 'correspondence']),
  title: z.string().trim().max(200).default(''),
  place: z.string().trim().max(300).default(''),
  /** Of a meeting. Left out: now. */
  startsAt: instantIn.optional(),
  /** Of a vote by correspondence. Left out: as the board's settings say. */
  deadlineAt: instantIn.optional(),
  changeIds: z.array(id).min(1).max(50),
})
export const sessionRow = z.object({
  id: z.number(),
  mode: z.enum(['meeting', 'correspondence']),
  title: z.string(),
  place: z.string(),
  startsAt: instant,
  deadlineAt: instant.nullable(),
  state: z.enum(['open', 'closed']),
  closedAt: instant.nullable(),
  calledBy: z.string(),
  changes: z.number(),
  open: z.number(),
  version: z.number(),
})
export const sessionPage = z.object({ items: z.array(sessionRow), nextCursor: z.string().nullable() })
export const sessionQuery = z.strictObject({
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const boardSession = sessionRow.extend({
  rounds: z.array(
    boardRound.extend({ changeId: z.number(), ticketNumber: z.number(), subject: z.string(), clientName: z.string() }),
  ),
})
export const minutesQuery = z.strictObject({
  format: z.enum(['pdf', 'text']).default('pdf'),
  locale: z.enum(['ru', 'en']).optional(),
})

export const boardSettings = z.strictObject({
  quorum: z.number().int().min(1).max(64),
  rule: z.enum(['majority', 'share']),
  sharePercent: z.number().int().min(1).max(100),
  shareOf: z.enum(['votes', 'seats']),
  opensAtOnce: z.boolean(),
  voteDays: z.number().int().min(1).max(30),
  remindHours: z.number().int().min(0).max(72),
})
export const boardMembers = z.strictObject({
  members: z.array(z.strictObject({ accountId: id, veto: z.boolean().default(false) })).max(64),
})
export const delegationWish = z.strictObject({
  /** Left out: one's own seat. Another's only by whoever sets the board up. */
  memberId: id.optional(),
  delegateId: id,
  from: instantIn.optional(),
  until: instantIn,
})
const delegation = z.object({
  id: z.number(),
  member: person,
  delegate: person,
  from: instant,
  until: instant,
  mine: z.boolean(),
})
export const board = z.object({
  settings: z.object(boardSettings.shape),
  members: z.array(person.extend({ veto: z.boolean(), active: z.boolean() })),
  delegations: z.array(delegation),
  /** Who may sit on the board or stand in. */
  candidates: z.array(person),
  version: z.number(),
})
export const templateWish = z.strictObject({
  nameRu: z.string().trim().min(1).max(200),
  nameEn: z.string().trim().min(1).max(200),
  description: longText.default(''),
  buildPlan: longText.default(''),
  testPlan: longText.default(''),
  rollbackPlan: longText.min(1),
})
export const changeTemplate = z.object({
  id: z.number(),
  ...templateWish.shape,
  approvedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
  version: z.number(),
})
export const changeTemplates = z.object({ items: z.array(changeTemplate) })

export type SessionWish = z.infer<typeof sessionWish>
export type SessionView = z.infer<typeof boardSession>
export type SessionRowView = z.infer<typeof sessionRow>
export type BoardSettings = z.infer<typeof boardSettings>
export type BoardView = z.infer<typeof board>
export type DelegationWish = z.infer<typeof delegationWish>
export type TemplateWish = z.infer<typeof templateWish>
export type TemplateView = z.infer<typeof changeTemplate>

// the calendar

export const calendarQuery = z.strictObject({ from: instantIn, until: instantIn, clientId: id.optional() })
export const conflict = z.object({
  kind: z.enum(['freeze', 'same_portal', 'same_person', 'same_window']),
  stops: z.boolean(),
  reason: z.string().nullable(),
  changeId: z.number().nullable(),
  number: z.number().nullable(),
  from: instant,
  until: instant,
})
export const conflicts = z.object({ items: z.array(conflict) })
export const freezeWish = z.strictObject({
  /** Null: every client. */
  clientId: id.nullable(),
  from: instantIn,
  until: instantIn,
  reason: z.string().trim().min(1).max(300),
  allowsEmergency: z.boolean().default(true),
})
export const freeze = z.object({
  id: z.number(),
  client: person.nullable(),
  from: instant,
  until: instant,
  reason: z.string(),
  allowsEmergency: z.boolean(),
})
export const changeCalendar = z.object({
  windows: z.array(
    z.object({
      changeId: z.number(),
      ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
      client: person,
      portal: person.nullable(),
      implementer: z.string().nullable(),
      kind: z.enum(changeKinds),
      stage: z.enum(stages),
      windowState: z.enum(windowStates),
      from: instant,
      until: instant,
      conflicts: z.array(conflict),
    }),
  ),
  freezes: z.array(freeze),
})
export type CalendarView = z.infer<typeof changeCalendar>
export type ConflictView = z.infer<typeof conflict>
export type FreezeWish = z.infer<typeof freezeWish>
export type FreezeView = z.infer<typeof freeze>

// pipelines

export const sourceWish = z.strictObject({ name: z.string().trim().min(1).max(100), clientId: id.nullable() })
export const deploymentSource = z.object({
  id: z.number(),
  name: z.string(),
  client: person.nullable(),
  path: z.string(),
  lastCallAt: instant.nullable(),
  lastProblem: z.string().nullable(),
  version: z.number(),
})
export const deploymentSources = z.object({ items: z.array(deploymentSource) })
/** The key to sign with. */
export const deploymentKey = z.object({ key: z.string() })
export type SourceView = z.infer<typeof deploymentSource>

// the cabinet: what, when, and what is asked of the client

export const cabinetChange = z.object({
  id: z.number(),
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
  portal: z.string().nullable(),
  state: z.enum(['preparing', 'deciding', 'approved', 'rejected', 'planned', 'installing', 'installed', 'rolled_back']),
  windowFrom: instant.nullable(),
  windowUntil: instant.nullable(),
  windowState: z.enum(windowStates),
  windowBy: z.string().nullable(),
  /** The reader is asked to agree to the window. */
  mayAgree: z.boolean(),
})
export const cabinetChanges = z.object({ items: z.array(cabinetChange) })
export const cabinetChangeQuery = z.strictObject({
  show: z.enum(['waiting', 'planned', 'all']).default('all'),
  ticketId: id.optional(),
})
export const windowDecision = z.strictObject({
  agree: z.boolean(),
  comment: z.string().trim().max(1_000).default(''),
})
export type CabinetChangeView = z.infer<typeof cabinetChange>
