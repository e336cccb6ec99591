import { type Actor, read, refuseAccess, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { changeCalendar, conflictsFor, freezeView } from './calendar.read-model.ts'
import { changeRefusals } from './changes.refusals.ts'
import { written } from './changes.routes.ts'
import type { Changes } from './changes.service.ts'
import {
  calendarQuery,
  change,
  changeCalendar as changeCalendarReply,
  changeWindow,
  conflicts,
  freeze,
  freezeWish,
  idParams,
  windowQuery,
} from './contract.ts'

const tag = 'changes'

/** Windows, what stands in their way, and the times when nothing is installed. */
export function windowRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/change-calendar',
      summary: 'Windows and freezes between two moments, with their conflicts',
      tag,
      policy: 'change.read',
      query: calendarQuery,
      replies: changeCalendarReply,
      handle: ({ query, caller, read: run }) =>
        run((sql) =>
          changeCalendar(sql, caller, {
            from: Date.parse(query.from),
            until: Date.parse(query.until),
            clientId: query.clientId,
          }),
        ),
    }),
    read({
      path: '/changes/:id/conflicts',
      summary: 'What would stand in the way of a window',
      tag,
      policy: 'change.read',
      params: idParams,
      query: windowQuery,
      replies: conflicts,
      handle: ({ params, query, caller, read: run }) =>
        run(async (sql) => {
          const span = { from: Date.parse(query.from), until: Date.parse(query.until) }
          const items = await conflictsFor(sql, caller, { id: params.id, ...span })
          if (!items) throw changeRefusals.refuse('change.not_found')
          return { items }
        }),
    }),
    write({
      method: 'PUT',
      path: '/changes/:id/window',
      summary: 'Set the window of the installation, and ask the client to agree to it',
      tag,
      policy: 'change.install',
      versioned: true,
      params: idParams,
      body: changeWindow,
      replies: change,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await changes.planWindow(tx, caller, { id: params.id, version, window: body })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/freezes',
      summary: 'Forbid installations at a client, or at all of them, for a time',
      tag,
      policy: 'freeze.change',
      status: 201,
      body: freezeWish,
      replies: freeze,
      handle: async ({ tx, caller, body }) => {
        const view = await freezeView(tx, caller, await changes.addFreeze(tx, caller, body))
        if (!view) throw refuseAccess('access.not_found')
        return view
      },
    }),
    write({
      method: 'DELETE',
      path: '/freezes/:id',
      summary: 'Lift a freeze',
      tag,
      policy: 'freeze.change',
      params: idParams,
      handle: async ({ tx, caller, params }) => {
        await changes.liftFreeze(tx, caller, params.id)
        return undefined
      },
    }),
  ]
}
