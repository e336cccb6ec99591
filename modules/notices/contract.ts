import { z } from 'zod'

export const Notice = z.object({
  id: z.number(),
  kind: z.string(),
  text: z.string(),
  ticketId: z.number().nullable(),
  /** The page that it is about, where that is no ticket. */
  path: z.string().nullable(),
  createdAt: z.iso.datetime(),
  read: z.boolean(),
})
export const NoticePage = z.object({ items: z.array(Notice), unread: z.number(), before: z.number().nullable() })
