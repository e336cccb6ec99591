import { type Actor, read, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { NoticePage } from './contract.ts'
import { noticeSentence } from './notice-sentence.ts'
import type { Notices } from './notices.service.ts'

const PAGE = 30
export function noticesRoutes(notices: Notices): AnyRoute<Actor>[] {
  return [
    read({
      path: '/notices',
      summary: 'What I was told, newest first',
      tag: 'notices',
      policy: 'notice.read',
      query: z.strictObject({ before: z.coerce.number().int().min(1).optional() }),
      replies: NoticePage,
      handle: ({ caller, query, read: run, locale }) =>
        run(async (sql) => {
          const rows = await notices.list(sql, caller.accountId!, query.before ?? null, PAGE)
          const items = rows.map((row) => ({
            id: row.id,
            kind: row.kind,
            text: noticeSentence(row.kind, row.data, locale),
            ticketId: row.ticketId,
            path: typeof row.data['path'] === 'string' ? row.data['path'] : null,
            createdAt: isoInstant(row.createdAt),
            read: row.readAt !== null,
          }))
          return {
            items,
            unread: await notices.unread(sql, caller.accountId!),
            before: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null,
          }
        }),
    }),
    write({
      method: 'POST',
      path: '/notices/read',
      summary: 'I have read these, or all',
      tag: 'notices',
      policy: 'notice.read',
      body: z.strictObject({ ids: z.array(z.number().int().min(1)).max(500).optional() }),
      handle: async ({ tx, caller, body }) => {
        await notices.markRead(tx, caller.accountId!, body.ids ?? null)
        return undefined
      },
    }),
  ]
}
