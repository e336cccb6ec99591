import { type Actor, forSides } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { boardRoutes } from './board.routes.ts'
import { cabinetChangeRoutes } from './cabinet.routes.ts'
import { changeRoutes } from './changes.routes.ts'
import type { Changes } from './changes.service.ts'
import { deploymentRoutes } from './deployments.routes.ts'
import { windowRoutes } from './windows.routes.ts'

export { changesCron, changesJobs } from './changes.jobs.ts'
export type { ChangesEvents, ChangesPorts } from './changes.ports.ts'
export { changeRefusals } from './changes.refusals.ts'
export { type Changes, createChanges } from './changes.service.ts'

/** Every route of the module: the desk's hold how people voted and what plans say, which is for the provider's people alone. */
export function changesRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    ...forSides(['staff'], [...changeRoutes(changes), ...boardRoutes(changes), ...windowRoutes(changes)]),
    ...deploymentRoutes(changes),
    ...cabinetChangeRoutes(changes),
  ]
}
