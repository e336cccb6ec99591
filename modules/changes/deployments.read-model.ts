import { type Instant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { SourceView } from './contract.ts'

/** Where a pipeline sends its calls. */
export const HOOK_PATH = '/api/v1/hooks/deployments'

export async function listSources(sql: Queryable, id?: number): Promise<SourceView[]> {
  const rows = await sql<
    {
      id: number
      name: string
      clientId: number | null
      clientName: string | null
      lastCallAt: Instant | null
      lastProblem: string | null
      version: number
    }[]
  >`select s.id, s.name, s.client_id, cl.name as client_name, k.received_at as last_call_at, k.problem as last_problem, s.version
    from deployment_source s left join client cl on cl.id = s.client_id
      left join lateral (select received_at, problem from deployment_call where source_id = s.id order by id desc limit 1) k on true
    where s.active ${id === undefined ? sql`` : sql`and s.id = ${id}`} order by s.name, s.id`
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    client: row.clientId === null ? null : { id: row.clientId, name: row.clientName ?? '' },
    path: `${HOOK_PATH}/${row.id}`,
    lastCallAt: isoInstantOrNull(row.lastCallAt),
    lastProblem: row.lastProblem,
    version: row.version,
  }))
}
