import { z } from 'zod'

const Instant = z.iso.datetime()
const Day = z.iso.date()

/** Who is invited to one ticket, by address, and the last day of it in the inviter's time. */
export const NewInvitation = z.strictObject({
  email: z.string().trim().min(3).max(254),
  name: z.string().trim().min(1).max(200).optional(),
  endsOn: Day,
  note: z.string().trim().max(2_000).default(''),
})
export type NewInvitation = z.infer<typeof NewInvitation>

export const InvitationChange = z.strictObject({ endsOn: Day })

export const invitationStates = ['open', 'over', 'withdrawn'] as const

export const Invitation = z.object({
  accountId: z.number(),
  name: z.string(),
  email: z.string(),
  note: z.string(),
  state: z.enum(invitationStates),
  endsAt: Instant,
  /** The last day that is held open, in the reader's zone. */
  lastDay: z.iso.date(),
  invitedBy: z.string(),
  invitedAt: Instant,
  /** The last letter, and how many there were. */
  sentAt: Instant,
  letters: z.number().int(),
  /** Has been in Opora since the invitation. */
  entered: z.boolean(),
  version: z.number(),
})
export type Invitation = z.infer<typeof Invitation>
