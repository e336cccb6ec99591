import { z } from 'zod'
import { NextDue } from './countdown.contract.ts'
import { TicketForm as FormOfTicket, SentAnswers } from './forms.contract.ts'

/** Shapes of requests and answers about tickets, shared with the browser. */
export const kinds = ['accident', 'incident', 'change', 'service_request', 'consultation'] as const
export const channels = [
  'email',
  'cabinet',
  'form',
  'telegram',
  'whatsapp',
  'max',
  'phone',
  'bitrix24',
  'monitoring',
  'api',
] as const
export const states = ['open', 'waiting', 'confirming', 'closed'] as const
export const visibilities = ['public', 'note', 'partner'] as const
export const waits = ['client', 'vendor', 'partner', 'approval', 'payment', 'date', 'entitlement'] as const
export const linkKinds = ['duplicate', 'caused_by', 'related', 'follow_up', 'split'] as const

export const Kind = z.enum(kinds)
export const Channel = z.enum(channels)
export const TicketState = z.enum(states)
export const Visibility = z.enum(visibilities)
export const Priority = z.number().int().min(1).max(4)
export const Instant = z.iso.datetime()
export const Id = z.coerce.number().int().min(1).max(9_007_199_254_740_991)
export const Person = z.object({ id: z.number(), name: z.string() })
const Named = z.object({ id: z.number(), name: z.string() })

export const TicketRow = z.object({
  id: z.number(),
  number: z.number(),
  subject: z.string(),
  client: Named,
  portal: Named.nullable(),
  contact: Named.nullable(),
  channel: z.string(),
  topic: z.string().nullable(),
  kind: z.string().nullable(),
  priority: z.number(),
  state: z.string(),
  waitingFor: z.string().nullable(),
  place: z.string().nullable(),
  lane: z.string().nullable(),
  status: z.string(),
  assignee: Person.nullable(),
  tags: z.array(z.string()),
  entitlement: z.string(),
  flags: z.array(z.string()),
  breached: z.boolean(),
  next: NextDue.nullable(),
  unanswered: z.boolean(),
  messagesCount: z.number(),
  /** Per cent of what the form asks; what is missing stands beside it. */
  completeness: z.number().nullable(),
  missing: z.array(z.string()),
  registeredAt: Instant,
  updatedAt: Instant,
  /** Where words are looked for, not a number: when the last text was written, the newest of which stand first; else null. */
  writtenAt: Instant.nullable(),
  version: z.number(),
})
export type TicketRow = z.infer<typeof TicketRow>

const OwnField = z.string().regex(/^[a-z][a-z0-9_]{0,59}:.{1,200}$/s)
const idOrWord = z.union([z.literal('me'), z.literal('none'), Id])
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1).max(50))

/** The conditions of a list; a saved view is the same thing kept. */
export const TicketFilter = z.strictObject({
  q: z.string().trim().min(1).max(200).optional(),
  state: list(TicketState).optional(),
  priority: list(z.coerce.number().int().min(1).max(4)).optional(),
  kind: list(z.union([Kind, z.literal('none')])).optional(),
  topic: z.string().max(60).optional(),
  client: Id.optional(),
  portal: Id.optional(),
  contact: Id.optional(),
  contract: Id.optional(),
  assignee: idOrWord.optional(),
  lane: list(z.string().max(10)).optional(),
  place: list(z.string().max(80)).optional(),
  waitingFor: list(z.enum(waits)).optional(),
  channel: list(Channel).optional(),
  entitlement: list(z.enum(['covered', 'waiting', 'not_covered'])).optional(),
  tag: z.string().max(60).optional(),
  /** An own field of tickets and its value: `room:204`; a yes or no is `urgent:yes`. */
  custom: OwnField.optional(),
  breached: z.stringbool().or(z.boolean()).optional(),
  /** A promise ends within this many minutes. */
  dueWithin: z.coerce.number().int().min(0).max(1_000_000).optional(),
  parent: Id.optional(),
  registeredFrom: Instant.optional(),
  registeredTo: Instant.optional(),
})
export type TicketFilter = z.infer<typeof TicketFilter>
export const TicketSort = z.enum(['due', 'updated', 'registered', 'priority'])
export const TicketListQuery = TicketFilter.extend({
  view: z.string().max(60).optional(),
  sort: TicketSort.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const TicketPage = z.object({ items: z.array(TicketRow), nextCursor: z.string().nullable() })

export const FileLink = z.object({
  id: z.string(),
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.number(),
  url: z.string(),
  inlineCid: z.string().nullable(),
})
export const Message = z.object({
  id: z.number(),
  visibility: z.string(),
  direction: z.string(),
  channel: z.string(),
  author: z.object({
    name: z.string(),
    email: z.string().nullable(),
    accountId: z.number().nullable(),
    contactId: z.number().nullable(),
  }),
  text: z.string(),
  visibleText: z.string(),
  html: z.string().nullable(),
  recipients: z.array(z.string()),
  unverified: z.boolean(),
  isAnswer: z.boolean(),
  createdAt: Instant,
  /** Until then the sending can be undone. */
  undoUntil: Instant.nullable(),
  sentAt: Instant.nullable(),
  cancelled: z.boolean(),
  files: z.array(FileLink),
})
export type Message = z.infer<typeof Message>

export const OutcomeField = z.object({
  name: z.string(),
  type: z.string(),
  label: z.string(),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
})
/** One button of the present task. */
export const Outcome = z.object({
  id: z.string(),
  taskId: z.string(),
  label: z.string(),
  style: z.string(),
  needs: z.string().nullable(),
  fields: z.array(OutcomeField),
})
export type Outcome = z.infer<typeof Outcome>

/** A term proposed for one ticket; with `agreed` it binds. */
export const DeadlineOffer = z.object({
  id: z.number(),
  dueAt: Instant,
  reason: z.string(),
  offeredBy: z.string(),
  offeredAt: Instant,
  decision: z.enum(['agreed', 'declined', 'withdrawn']).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
})
export type DeadlineOffer = z.infer<typeof DeadlineOffer>
export const NewDeadlineOffer = z.strictObject({ dueAt: Instant, reason: z.string().trim().min(3).max(2_000) })
export const DeadlineAnswer = z.strictObject({ offerId: Id, agree: z.boolean() })

export const Ticket = TicketRow.extend({
  contract: z.object({ id: z.number(), number: z.string(), title: z.string() }).nullable(),
  contactEmail: z.string().nullable(),
  contactPhone: z.string().nullable(),
  impact: z.number().nullable(),
  urgency: z.number().nullable(),
  proposedPriority: z.number().nullable(),
  complexity: z.number().nullable(),
  category: z.string().nullable(),
  plannedMinutes: z.number().nullable(),
  expectedOn: z.string().nullable(),
  licenceClass: z.string(),
  entitlementReason: z.string().nullable(),
  form: FormOfTicket,
  /** What the topic advises the first line before anybody has answered: its route and its ready answer. */
  advice: z.object({ route: z.string(), excluded: z.boolean(), readyAnswer: z.string().nullable() }).nullable(),
  /** Marks that the kind is given and that nobody has set. */
  marksMissing: z.array(z.string()),
  custom: z.record(z.string(), z.unknown()),
  instruction: z.string().nullable(),
  /** Of the lane that the present task stands in. */
  laneInstruction: z.string().nullable(),
  statusForClient: z.string(),
  outcomes: z.array(Outcome),
  messages: z.array(Message),
  messagesBefore: z.number().nullable(),
  people: z.array(
    z.object({
      role: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      accountId: z.number().nullable(),
      contactId: z.number().nullable(),
    }),
  ),
  links: z.array(
    z.object({
      kind: z.string(),
      direction: z.string(),
      id: z.number(),
      number: z.number(),
      subject: z.string(),
      state: z.string(),
    }),
  ),
  children: z.array(z.object({ id: z.number(), number: z.number(), subject: z.string(), state: z.string() })),
  parent: z.object({ id: z.number(), number: z.number(), subject: z.string() }).nullable(),
  mergedInto: z.object({ id: z.number(), number: z.number() }).nullable(),
  shares: z.array(z.object({ accountId: z.number(), name: z.string(), endsAt: Instant })),
  presence: z.array(z.object({ accountId: z.number(), name: z.string(), activity: z.string() })),
  firstAnswerAt: Instant.nullable(),
  solvedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  snoozedUntil: Instant.nullable(),
  deadlineOffer: DeadlineOffer.nullable(),
})
export type Ticket = z.infer<typeof Ticket>

const Text = z.string().trim().min(1).max(200_000)
const Subject = z.string().trim().min(1).max(300)
const Files = z.array(z.uuid()).max(20).default([])
const TicketForm = z.strictObject({
  did: z.string().max(5_000).optional(),
  expected: z.string().max(5_000).optional(),
  saw: z.string().max(20_000).optional(),
  looked: z.string().max(5_000).optional(),
})
export type TicketForm = z.infer<typeof TicketForm>

export const NewTicket = z.strictObject({
  clientId: Id,
  contactId: Id.nullish(),
  portalId: Id.nullish(),
  subject: Subject,
  text: Text,
  channel: Channel.default('phone'),
  topic: z.string().max(60).nullish(),
  priority: Priority.optional(),
  impact: z.number().int().min(1).max(3).nullish(),
  urgency: z.number().int().min(1).max(3).nullish(),
  tags: z.array(z.string().trim().min(1).max(60)).max(30).default([]),
  form: TicketForm.optional(),
  /** Answers to the topic's form, of the version that was shown; without one, of the newest. */
  formId: Id.nullish(),
  answers: SentAnswers.optional(),
  couponCode: z.string().trim().min(1).max(60).optional(),
  files: Files,
})
export type NewTicket = z.infer<typeof NewTicket>

export const TicketChange = z.strictObject({
  subject: Subject.optional(),
  priority: Priority.optional(),
  impact: z.number().int().min(1).max(3).nullable().optional(),
  urgency: z.number().int().min(1).max(3).nullable().optional(),
  topic: z.string().max(60).nullable().optional(),
  kind: Kind.nullable().optional(),
  portalId: Id.nullable().optional(),
  contactId: Id.nullable().optional(),
  category: z.string().max(100).nullable().optional(),
  complexity: z.number().int().min(1).max(5).nullable().optional(),
  plannedMinutes: z.number().int().min(0).max(1_000_000).nullable().optional(),
  expectedOn: z.iso.date().nullable().optional(),
  tags: z.array(z.string().trim().min(1).max(60)).max(30).optional(),
  custom: z.record(z.string().max(60), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])).optional(),
})
export type TicketChange = z.infer<typeof TicketChange>

export const NewReply = z.strictObject({
  text: Text,
  html: z.string().max(400_000).optional(),
  files: Files,
  /** Copies: contacts of the client. */
  copyContactIds: z.array(Id).max(20).default([]),
  /** The newest message that the writer has seen: when there are newer ones the answer is refused once, so that nobody talks past them. */
  lastSeenMessageId: z.number().int().min(0).optional(),
  sendAnyway: z.boolean().default(false),
})
export type NewReply = z.infer<typeof NewReply>
export const NewNote = z.strictObject({
  text: Text,
  html: z.string().max(400_000).optional(),
  files: Files,
  /** Accounts mentioned by `@`. */
  mentions: z.array(Id).max(20).default([]),
  forPartner: z.boolean().default(false),
})
export type NewNote = z.infer<typeof NewNote>
export const TakeOutcome = z.strictObject({
  outcome: z.string().min(1).max(120),
  /** The task that the button stood at: a button of a place that the ticket has left is refused. */
  taskId: z.string().min(1).max(120),
  data: z.record(z.string().max(60), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])).default({}),
  reply: NewReply.optional(),
  note: NewNote.optional(),
})
export type TakeOutcome = z.infer<typeof TakeOutcome>
export const Assign = z.strictObject({ accountId: Id.nullable() })

/** What waits for a person: by role, by place, the nearest deadline first. */
export const Tasks = z.object({
  roles: z.array(
    z.object({
      role: z.string(),
      nameRu: z.string(),
      nameEn: z.string(),
      tickets: z.number().int(),
      places: z.array(
        z.object({
          place: z.string(),
          nameRu: z.string(),
          nameEn: z.string(),
          tickets: z.array(
            z.object({
              id: z.number().int(),
              number: z.number().int(),
              subject: z.string(),
              clientName: z.string(),
              /** Assigned to the asking person; otherwise it is nobody's. */
              mine: z.boolean(),
              priority: z.number().int(),
              breached: z.boolean(),
              dueAt: z.iso.datetime().nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
  /** There are more than are listed. */
  more: z.boolean(),
})

/** One stay of a ticket at a place of its process. Minutes up to now while it is there. */
export const Stay = z.object({
  place: z.string(),
  nameRu: z.string(),
  nameEn: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  by: z.string().nullable(),
  clockMinutes: z.number().int(),
  serviceMinutes: z.number().int().nullable(),
})

export const HistoryRow = z.object({
  id: z.number(),
  type: z.string(),
  at: Instant,
  actor: z.string(),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export const Changed = z.object({ id: z.number(), version: z.number() })
export const Posted = z.object({ messageId: z.number(), version: z.number(), undoUntil: Instant.nullable() })
export const Opened = z.object({
  id: z.number(),
  number: z.number(),
  version: z.number(),
  entitlement: z.string(),
  entitlementReason: z.string().nullable(),
})
/** A ticket opened outside somebody's reach. Nothing of the ticket but its number. */
export const BrokenGlass = z.object({
  id: z.number(),
  ticketNumber: z.number(),
  reader: z.string(),
  own: z.boolean(),
  reason: z.string(),
  state: z.enum(['waiting', 'open', 'refused', 'over']),
  askedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  alone: z.boolean(),
  endsAt: Instant.nullable(),
  mayDecide: z.boolean(),
})
export type BrokenGlass = z.infer<typeof BrokenGlass>
export const NewGlass = z.strictObject({
  number: z.number().int().min(1).max(1_000_000_000),
  reason: z.string().trim().min(10).max(2_000),
})
export const IdParams = z.object({ id: Id })
