import { type Actor, read, refuseAccess, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { cabinetChanges } from './cabinet.read-model.ts'
import type { Changes } from './changes.service.ts'
import { cabinetChangeQuery, cabinetChanges as cabinetChangesReply, idParams, windowDecision } from './contract.ts'

const tag = 'cabinet'

/** The client's side: what is planned, when, and the windows that wait for its word. */
export function cabinetChangeRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/changes',
      summary: 'Changes of the client’s portals: what, when, and what is asked of the reader',
      tag,
      policy: 'change.read',
      query: cabinetChangeQuery,
      replies: cabinetChangesReply,
      handle: ({ query, caller, read: run }) => {
        if (!caller.contact) throw refuseAccess('access.not_allowed')
        return run(async (sql) => ({ items: await cabinetChanges(sql, caller, query) }))
      },
    }),
    write({
      method: 'POST',
      path: '/cabinet/changes/:id/window',
      summary: 'Agree to the window of an installation, or decline it',
      tag,
      policy: 'change.agree_window',
      params: idParams,
      body: windowDecision,
      handle: async ({ tx, params, caller, body }) => {
        if (!caller.contact) throw refuseAccess('access.not_allowed')
        await changes.decideWindow(tx, caller, { id: params.id, ...body })
        return undefined
      },
    }),
  ]
}
