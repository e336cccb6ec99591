import { z } from 'zod'

export const ticketParams = z.strictObject({ id: z.coerce.number().int().positive() })
export const pageParams = z.strictObject({ id: z.coerce.number().int().positive() })

export const pageView = z.object({
  id: z.number().int(),
  /** A role of the provider, or assignee, or account_manager. */
  role: z.string(),
  kind: z.string(),
  state: z.enum(['calling', 'answered', 'unanswered', 'dropped']),
  raisedAt: z.iso.datetime(),
  /** When the next person is called. */
  nextCallAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  answeredBy: z.string().nullable(),
  /** In the order of the calls. */
  calls: z.array(z.object({ name: z.string(), me: z.boolean(), onShift: z.boolean(), at: z.iso.datetime() })),
})
export type PageView = z.infer<typeof pageView>

export const linkParams = z.strictObject({ token: z.string().min(1).max(200) })
/** What the link of a page's letter shows. */
export const linkedPage = z.object({
  ticket: z.object({ number: z.number().int(), subject: z.string() }),
  state: z.enum(['calling', 'answered', 'unanswered', 'dropped']),
  answeredBy: z.string().nullable(),
  /** Whether it was answered by whoever the letter went to. */
  byMe: z.boolean(),
})
export type LinkedPage = z.infer<typeof linkedPage>

export const pagesReply = z.object({ items: z.array(pageView) })
