import { type Actor, forSides, read, write } from '@opora/access'
import { parseInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import {
  checkReply,
  diagramToCheck,
  movePreview,
  newVersion,
  processList,
  processParams,
  versionList,
  versionParams,
  versionView,
} from './contract.ts'
import { designerRoutes } from './designer.routes.ts'
import type { Designer } from './designer.service.ts'
import { heatRoutes } from './heat.routes.ts'
import type { Heat } from './heat.service.ts'
import { instructionRoutes } from './instructions.routes.ts'
import { listProcesses, listVersions } from './process.read-model.ts'
import { refuseProcess } from './process.refusals.ts'
import type { Publishing } from './publishing.service.ts'

export function processRoutes(house: { publishing: Publishing; designer: Designer; heat: Heat }): AnyRoute<Actor>[] {
  const { publishing, designer, heat } = house
  return forSides(
    ['staff'],
    [
      ...readingRoutes(publishing),
      ...publishingRoutes(publishing),
      ...designerRoutes(designer),
      ...heatRoutes(heat),
      ...instructionRoutes(),
    ],
  )
}

function readingRoutes(publishing: Publishing): AnyRoute<Actor>[] {
  return [
    read({
      path: '/processes',
      summary: 'Processes, each with the version that new tickets begin at',
      tag: 'processes',
      policy: 'process.read',
      replies: processList,
      handle: ({ read }) => read((sql) => listProcesses(sql)),
    }),
    read({
      path: '/processes/:key/versions',
      summary: 'Versions of a process, the newest first',
      tag: 'processes',
      policy: 'process.read',
      params: processParams,
      replies: versionList,
      handle: async ({ params, read }) => {
        const items = await read((sql) => listVersions(sql, params.key))
        if (items.length === 0) throw refuseProcess('process.version_not_found')
        return { items }
      },
    }),
    read({
      path: '/processes/:key/versions/:version',
      summary: 'One version with its diagram',
      tag: 'processes',
      policy: 'process.read',
      params: versionParams,
      replies: versionView,
      handle: ({ params, read }) => read((sql) => publishing.version(sql, params.key, params.version)),
    }),
    read({
      path: '/processes/:key/versions/:version/moves',
      summary: 'Running tickets of other versions: which could go on at this one, and what the others would miss',
      tag: 'processes',
      policy: 'process.publish',
      params: versionParams,
      replies: movePreview,
      handle: ({ params, read }) => read((sql) => publishing.previewMoves(sql, params.key, params.version)),
    }),
  ]
}

function publishingRoutes(publishing: Publishing): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/process-checks',
      summary: 'Check a diagram: what is outside the subset, and whether it is sound',
      tag: 'processes',
      policy: 'process.publish',
      body: diagramToCheck,
      replies: checkReply,
      handle: ({ tx, body }) => publishing.check(tx, body.xml),
    }),
    write({
      method: 'POST',
      path: '/processes/:key/versions',
      summary: 'Publish a diagram as the next version, at once or from a moment on',
      tag: 'processes',
      policy: 'process.publish',
      params: processParams,
      body: newVersion,
      replies: versionView,
      status: 201,
      handle: ({ tx, caller, params, body }) => {
        const { xml, note, effectiveFrom } = body
        const from = effectiveFrom === undefined ? null : parseInstant(effectiveFrom)
        return publishing.publish(tx, caller, { key: params.key, xml, note, effectiveFrom: from })
      },
    }),
  ]
}
