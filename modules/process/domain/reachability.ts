import type { Effect, ProcessDefinition, ProcessNode } from './process-definition.ts'

/** For each node the nodes that a token may come to next. */
export type Connections = Map<string, string[]>

/**
 * All ways of a diagram: flows, events on the border of a place, links, and returns to every place that may have
 * been remembered. With `unremembered`, the ways on which that name has never been remembered.
 */
export function connections(definition: ProcessDefinition, unremembered?: string): Connections {
  const ways: Connections = new Map()
  for (const node of Object.values(definition.nodes)) {
    if (unremembered && remembers(node.effects, unremembered)) {
      ways.set(node.id, [])
      continue
    }
    const flows = node.outgoing.map((id) => definition.flows[id]).filter((flow) => flow !== undefined)
    const open = unremembered ? flows.filter((flow) => !remembers(flow.effects, unremembered)) : flows
    const next = open.map((flow) => flow.to)
    if (node.kind === 'place') next.push(...node.boundaryIds)
    if (node.kind === 'linkThrow') next.push(...catchesOf(definition, node.link))
    if (node.kind === 'return') {
      if (node.otherwise !== null) next.push(node.otherwise)
      // Such a place has been visited before, so a search from the start has seen it already.
      if (!unremembered) next.push(...rememberedPlaces(definition, node.memory))
    }
    ways.set(node.id, next)
  }
  return ways
}

export function reachableFrom(ways: Connections, from: string): Set<string> {
  const reached = new Set<string>()
  const waiting = [from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    waiting.push(...(ways.get(id) ?? []))
  }
  return reached
}

/** The nodes from which some end event can be reached. */
export function reachesAnEnd(definition: ProcessDefinition, ways: Connections): Set<string> {
  const backwards: Connections = new Map()
  for (const [from, targets] of ways) {
    for (const to of targets) backwards.set(to, [...(backwards.get(to) ?? []), from])
  }
  const ends = Object.values(definition.nodes).filter((node) => node.kind === 'end')
  const reached = new Set<string>()
  for (const end of ends) for (const id of reachableFrom(backwards, end.id)) reached.add(id)
  return reached
}

function catchesOf(definition: ProcessDefinition, link: string): string[] {
  return Object.values(definition.nodes)
    .filter((node) => node.kind === 'linkCatch' && node.link === link)
    .map((node) => node.id)
}

/** The places that flows and border events may remember under a name. */
function rememberedPlaces(definition: ProcessDefinition, memory: string): string[] {
  const origin = (node: ProcessNode | undefined) => (node?.kind === 'boundary' ? node.placeId : node?.id)
  const byFlow = Object.values(definition.flows)
    .filter((flow) => remembers(flow.effects, memory))
    .map((flow) => origin(definition.nodes[flow.from]))
  const byNode = Object.values(definition.nodes)
    .filter((node) => remembers(node.effects, memory))
    .map((node) => origin(node))
  return [...byFlow, ...byNode].filter((id) => id !== undefined)
}

function remembers(effects: Effect[], memory: string): boolean {
  return effects.some((effect) => effect.type === 'remember' && effect.as === memory)
}
