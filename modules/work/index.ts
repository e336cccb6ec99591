import { type Actor, forSides, type Links } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { cabinetWorkRoutes } from './cabinet.routes.ts'
import { estimateRoutes } from './estimates.routes.ts'
import { timeRoutes } from './time.routes.ts'
import { timerRoutes } from './timer.routes.ts'
import { weekRoutes } from './week.routes.ts'
import type { Work } from './work.service.ts'

export { workCron, workJobs } from './work.jobs.ts'
export type { OfferedEstimate, WorkEvents, WorkPorts } from './work.ports.ts'
export { workRefusals } from './work.refusals.ts'
export { createWork, type Work } from './work.service.ts'

/** Every route of the module: desk, cabinet and letters' links. */
export function workRoutes(work: Work, links: Links): AnyRoute<Actor>[] {
  return [
    // replies of the desk hold what clients do not see: who is slow, hours before approval; a partner's are cut to their own work
    ...forSides(
      ['staff', 'partner'],
      [...timeRoutes(work), ...weekRoutes(work), ...timerRoutes(work), ...estimateRoutes(work)],
    ),
    ...cabinetWorkRoutes(work, links),
  ]
}
