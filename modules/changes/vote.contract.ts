import { z } from 'zod'

/** Words and shapes that changes, the board and the calendar share. */
const instant = z.iso.datetime()
/** A moment of the years that the database keeps; at either end of them an offset could lead out. */
export const instantIn = z.iso
  .datetime({ offset: true })
  .refine((text) => text >= '1900' && text < '3000', { error: '1900…2999' })
const person = z.object({ id: z.number(), name: z.string() })

export const changeKinds = ['standard', 'normal', 'emergency'] as const
export const approvals = ['none', 'agenda', 'voting', 'approved', 'rejected'] as const
export const stages = ['draft', 'planned', 'installing', 'installed', 'rolled_back', 'cancelled'] as const
export const windowStates = ['none', 'asked', 'agreed', 'declined'] as const
export const risks = ['low', 'medium', 'high'] as const
export const choices = ['yes', 'no', 'abstain', 'yes_if'] as const

const castBallot = z.object({
  seat: person,
  voter: z.string(),
  choice: z.enum(choices),
  comment: z.string(),
  at: instant,
})
export const boardRound = z.object({
  id: z.number(),
  round: z.number(),
  sessionId: z.number(),
  mode: z.enum(['meeting', 'correspondence']),
  purpose: z.enum(['approval', 'review']),
  state: z.enum(['open', 'decided', 'voided', 'lapsed']),
  decision: z.enum(['approved', 'rejected']).nullable(),
  reason: z.string(),
  openedAt: instant,
  deadlineAt: instant.nullable(),
  closedAt: instant.nullable(),
  seats: z.array(z.object({ id: z.number(), name: z.string(), veto: z.boolean(), excluded: z.string().nullable() })),
  ballots: z.array(castBallot),
  /** The count as it stands, in sentences of the reader's language. */
  explanation: z.array(z.string()),
  verdict: z.enum(['approved', 'rejected', 'lapsed']),
})
