import { type Actor, forSides, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { moveReply, moveWish, versionParams } from '@opora/process/contract'
import type { TicketService } from './tickets.service.ts'

/** Moving running tickets to another version of their process. */
export function versionMoveRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      write({
        method: 'POST',
        path: '/processes/:key/versions/:version/moves',
        summary: 'Move running tickets to this version; those that do not fit stay, with the reason',
        tag: 'processes',
        policy: 'process.publish',
        params: versionParams,
        body: moveWish,
        replies: moveReply,
        handle: ({ tx, caller, params, body }) => tickets.moveToVersion(tx, caller, body.ticketIds, params),
      }),
    ],
  )
}
