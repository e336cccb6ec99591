import { type Actor, forSides, read } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import * as contract from './contract.ts'
import { tasksOf } from './tasks.read-model.ts'

/** What waits for this person, role by role. */
export function taskRoutes(): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/tasks',
        summary: 'Tickets that stand before a role of mine and are mine or nobody’s, by role and place',
        tag: 'tickets',
        policy: 'ticket.read',
        replies: contract.Tasks,
        handle: ({ caller, read }) => read((sql) => tasksOf(sql, caller)),
      }),
    ],
  )
}
