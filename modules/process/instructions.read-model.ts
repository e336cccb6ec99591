import type { Queryable } from '@opora/platform/database'
import type { ProcessDefinition } from './domain/process-definition.ts'
import { readProcess } from './domain/read-process.ts'
import type { RoleInstructions } from './instructions.contract.ts'

/** What each lane of the processes in force is told, with the places that stand in it: by role, in the order of the drawing. */
export async function workInstructions(sql: Queryable): Promise<RoleInstructions[]> {
  const rows = await sql<{ xml: string }[]>`
    select distinct on (key) xml from process_definition where effective_from <= app_now() order by key, version desc`
  const roles = new Map<string, RoleInstructions>()
  for (const { xml } of rows) {
    const definition = await readProcess(xml, {
      called: async (key) => {
        const [row] = await sql<{ xml: string }[]>`
          select xml from process_definition where key = ${key} and effective_from <= app_now() order by version desc limit 1`
        return row?.xml ?? null
      },
    })
    for (const told of ofLanes(definition)) {
      const before = roles.get(told.role)
      if (before) before.lanes.push(...told.lanes)
      else roles.set(told.role, told)
    }
  }
  return [...roles.values()]
}

function ofLanes(definition: ProcessDefinition): RoleInstructions[] {
  return definition.lanes.flatMap((lane) => {
    const places = Object.values(definition.nodes).flatMap((node) =>
      node.kind === 'place' && node.laneId === lane.id && node.instruction !== null
        ? [{ id: node.id, name: node.name, instruction: node.instruction }]
        : [],
    )
    if (lane.role === null || (lane.instruction === null && places.length === 0)) return []
    const told = { process: definition.name, name: lane.name, instruction: lane.instruction, places }
    return [{ role: lane.role, lanes: [told] }]
  })
}
