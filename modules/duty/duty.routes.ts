import { type Actor, forSides, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { type PageView, pageParams, pagesReply, ticketParams } from './contract.ts'
import { type ListedPage, mayReach, pagesOf } from './duty.read-model.ts'
import type { Duty } from './duty.service.ts'

/** Pages are the provider's own business. */
export function dutyRoutes(duty: Duty): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/tickets/:id/pages',
        summary: 'Whom this ticket has called, and who answered',
        tag: 'duty',
        policy: 'page.read',
        params: ticketParams,
        replies: pagesReply,
        handle: ({ caller, params, read }) =>
          read(async (sql) => {
            if (!(await mayReach(sql, caller, 'page.read', { ticketId: params.id })))
              throw refuseAccess('access.not_found')
            return listed(sql, caller, params.id)
          }),
      }),
      write({
        method: 'POST',
        path: '/pages/:id/answer',
        summary: 'I take it: nobody else is called',
        tag: 'duty',
        policy: 'page.answer',
        params: pageParams,
        replies: pagesReply,
        handle: async ({ tx, caller, params }) => listed(tx, caller, await duty.answer(tx, caller, params.id)),
      }),
    ],
  )
}

async function listed(sql: Queryable, caller: Actor, ticketId: number): Promise<{ items: PageView[] }> {
  return { items: (await pagesOf(sql, ticketId)).map((page) => present(page, caller)) }
}

function present(page: ListedPage, caller: Actor): PageView {
  const { id, role, kind, state, answeredBy } = page
  return {
    id,
    role,
    kind,
    state,
    raisedAt: isoInstant(page.raisedAt),
    nextCallAt: page.nextCallAt === null ? null : isoInstant(page.nextCallAt),
    endedAt: page.endedAt === null ? null : isoInstant(page.endedAt),
    answeredBy,
    calls: page.calls.map((call) => ({
      name: call.name,
      me: call.accountId === caller.accountId,
      onShift: call.onShift,
      at: isoInstant(call.at),
    })),
  }
}
