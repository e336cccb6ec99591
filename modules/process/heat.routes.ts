import { type Actor, read } from '@opora/access'
import { parseInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import type { z } from 'zod'
import { processParams } from './contract.ts'
import * as contract from './heat.contract.ts'
import type { Heat } from './heat.service.ts'

const tag = 'processes'

/** Where the tickets of a process wait. */
export function heatRoutes(heat: Heat): AnyRoute<Actor>[] {
  return [
    read({
      path: '/processes/:key/heat',
      summary: 'How long tickets stay at each place: median and 90th percentile, clock and service time',
      tag,
      policy: 'process.read',
      params: processParams,
      query: contract.heatQuery,
      replies: contract.heatReply,
      handle: ({ params, query, read }) => read((sql) => heat.heat(sql, params.key, wishOf(query))),
    }),
    read({
      path: '/processes/:key/places/:place/stays',
      summary: 'The stays behind the figures of one place, the longest first',
      tag,
      policy: 'process.read',
      params: contract.placeParams,
      query: contract.staysQuery,
      replies: contract.staysReply,
      handle: ({ caller, params, query, read }) =>
        read((sql) => heat.stays(sql, caller, params, { ...wishOf(query), present: query.present === 'true' })),
    }),
  ]
}

function wishOf({ from, to, clientId }: z.infer<typeof contract.heatQuery>) {
  return {
    from: from ? parseInstant(from) : null,
    to: to ? parseInstant(to) : null,
    clientId: clientId ?? null,
  }
}
