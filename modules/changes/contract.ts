import { z } from 'zod'

export * from './board.contract.ts'
export * from './vote.contract.ts'

import { approvals, boardRound, changeKinds, choices, instantIn, risks, stages, windowStates } from './vote.contract.ts'

/** Shapes of requests and answers about changes. */
const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const longText = z.string().trim().max(20_000)
const person = z.object({ id: z.number(), name: z.string() })

export const idParams = z.strictObject({ id })
export const conditionParams = z.strictObject({ id, conditionId: id })

/** Fields left out stay as they are. */
export const changePlan = z.strictObject({
  kind: z.enum(changeKinds).optional(),
  templateId: id.nullish(),
  risk: z.enum(risks).optional(),
  portalId: id.nullish(),
  implementerId: id.nullish(),
  description: longText.optional(),
  buildPlan: longText.optional(),
  testPlan: longText.optional(),
  rollbackPlan: longText.optional(),
  /** Why: told to the voters when an open vote begins anew. */
  reason: z.string().trim().max(1_000).default(''),
})
export const changeWindow = z.strictObject({
  from: instantIn,
  until: instantIn,
  /** True: the client is asked to agree; false: it was agreed otherwise. */
  askClient: z.boolean().default(false),
  /** The overlaps with other changes were seen and are meant. */
  acceptConflicts: z.boolean().default(false),
})
export const windowQuery = z.strictObject({ from: instantIn, until: instantIn })
export const finish = z.strictObject({
  outcome: z.enum(['installed', 'rolled_back']),
  note: z.string().trim().max(4_000).default(''),
})
export const review = z.strictObject({
  outcome: z.enum(['success', 'partial', 'failure']),
  note: z.string().trim().min(1).max(4_000),
})
export const conditionMet = z.strictObject({ note: z.string().trim().max(1_000).default('') })
export const rework = z.strictObject({ reason: z.string().trim().min(1).max(1_000) })
export const ballot = z.strictObject({
  /** The round that the voter has read: a change of scope opens another. */
  roundId: id,
  choice: z.enum(choices),
  /** The condition of `yes_if`; otherwise a remark. */
  comment: z.string().trim().max(2_000).default(''),
  /** Whose seat, for those who hold several; left out: one's own first. */
  seatId: id.optional(),
})

const scopeOfVote = z.object({
  risk: z.enum(risks),
  description: z.string(),
  buildPlan: z.string(),
  testPlan: z.string(),
  rollbackPlan: z.string(),
})
export const change = z.object({
  id: z.number(),
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
  client: person,
  portal: person.nullable(),
  kind: z.enum(changeKinds),
  template: person.nullable(),
  ...scopeOfVote.shape,
  author: person.nullable(),
  implementer: person.nullable(),
  approval: z.enum(approvals),
  decidedAt: instant.nullable(),
  decision: z.array(z.string()),
  needsVote: z.boolean(),
  stage: z.enum(stages),
  windowFrom: instant.nullable(),
  windowUntil: instant.nullable(),
  windowState: z.enum(windowStates),
  windowBy: z.string().nullable(),
  windowComment: z.string(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  resultNote: z.string(),
  reviewDueAt: instant.nullable(),
  boardReviewedAt: instant.nullable(),
  reviewLate: z.boolean(),
  review: z.object({ outcome: z.string(), note: z.string(), by: z.string(), at: instant }).nullable(),
  conditions: z.array(
    z.object({
      id: z.number(),
      text: z.string(),
      askedBy: z.string(),
      metAt: instant.nullable(),
      metBy: z.string().nullable(),
      note: z.string(),
    }),
  ),
  rounds: z.array(boardRound),
  deployments: z.array(
    z.object({
      id: z.number(),
      source: z.string(),
      environment: z.string(),
      release: z.string(),
      status: z.string(),
      url: z.string().nullable(),
      at: instant,
    }),
  ),
  /** Seats that the reader may vote for now, their own first. */
  mySeats: z.array(z.object({ id: z.number(), name: z.string(), as: z.enum(['member', 'delegate']) })),
  /** What keeps the installation from beginning, in the reader's language; null: nothing. */
  notReady: z.string().nullable(),
  may: z.object({ write: z.boolean(), manage: z.boolean(), install: z.boolean() }),
  version: z.number(),
})
export const ticketChange = z.object({ change: change.nullable() })

/** A row of the agenda or of the registry. */
export const changeRow = z.object({
  id: z.number(),
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
  client: person,
  portal: person.nullable(),
  kind: z.enum(changeKinds),
  risk: z.enum(risks),
  approval: z.enum(approvals),
  stage: z.enum(stages),
  author: z.string().nullable(),
  onAgendaAt: instant.nullable(),
  windowFrom: instant.nullable(),
  windowUntil: instant.nullable(),
  windowState: z.enum(windowStates),
  reviewDueAt: instant.nullable(),
  reviewLate: z.boolean(),
  vote: z
    .object({
      roundId: z.number(),
      sessionId: z.number(),
      round: z.number(),
      purpose: z.enum(['approval', 'review']),
      deadlineAt: instant.nullable(),
      seats: z.number(),
      cast: z.number(),
      quorum: z.number(),
    })
    .nullable(),
  /** The reader's vote is awaited. */
  myTurn: z.boolean(),
  version: z.number(),
})
export const changeQuery = z.strictObject({
  /** `agenda`: waiting for the board or before it. */
  show: z.enum(['agenda', 'mine', 'planned', 'done', 'all']).default('agenda'),
  kind: z.enum(changeKinds).optional(),
  risk: z.enum(risks).optional(),
  clientId: id.optional(),
  portalId: id.optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const changePage = z.object({ items: z.array(changeRow), nextCursor: z.string().nullable() })

export type ChangePlan = z.infer<typeof changePlan>
export type ChangeWindow = z.infer<typeof changeWindow>
export type ChangeView = z.infer<typeof change>
export type ChangeRowView = z.infer<typeof changeRow>
export type RoundView = z.infer<typeof boardRound>
export type ChangeQuery = z.infer<typeof changeQuery>
export type BallotInput = z.infer<typeof ballot>
export type FinishInput = z.infer<typeof finish>
export type ReviewInput = z.infer<typeof review>
