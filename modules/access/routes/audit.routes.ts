import { isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { listAudit } from '../access.audit.read-model.ts'
import { writeAudit } from '../access.audit.ts'
import type { AccessPorts } from '../access.ports.ts'
import { read } from '../access.route.ts'
import { auditQuery, auditReply } from '../contract.ts'
import type { Actor } from '../domain/actor.ts'

export function auditRoutes({ database }: AccessPorts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/audit',
      summary: 'Who did what, newest first',
      description: 'Reading it is itself put on record: the one GET that leaves a trace.',
      tag: 'audit',
      policy: 'audit.read',
      query: auditQuery,
      replies: auditReply,
      async handle({ caller, query }) {
        const page = await database.begin({ as: 'staff' }, async (tx) => {
          const { limit: _, cursor: __, ...filter } = query
          await writeAudit(tx, caller, {
            action: 'audit.read',
            objectType: 'audit',
            objectId: '-',
            detail: JSON.parse(JSON.stringify(filter)),
          })
          return listAudit(tx, caller, query)
        })
        return {
          nextCursor: page.nextCursor,
          items: page.items.map((row) => ({ ...row, at: isoInstant(row.at) })),
        }
      },
    }),
  ]
}
