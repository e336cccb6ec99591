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
    if ('boundaryIds' in node) next.push(...node.boundaryIds)
    if (node.kind === 'subProcess' && node.startId !== '') next.push(node.startId)
    if (node.kind === 'linkThrow') next.push(...catchesOf(definition, node))
    if (node.kind === 'return') {
      if (node.otherwise !== null) next.push(node.otherwise)
      // Such a place has been visited before, so a search from the start has seen it already.
      if (!unremembered) next.push(...rememberedPlaces(definition, node.memory))
    }
    ways.set(node.id, next)
  }
  return ways
}

/** Where the process can begin. */
export function startsOf(definition: ProcessDefinition): string[] {
  return Object.values(definition.nodes)
    .filter((node) => node.kind === 'start' && node.scopeId === null)
    .map((node) => node.id)
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

/** The nodes from which some end event of the same sub-process, or of the whole, can be reached. */
export function reachesAnEnd(definition: ProcessDefinition, ways: Connections): Set<string> {
  const scopeOf = (id: string) => definition.nodes[id]?.scopeId
  // The end of a sub-process is no end of what is around it.
  const within = new Map([...ways].map(([id, next]) => [id, next.filter((to) => scopeOf(to) === scopeOf(id))]))
  const backwards = reversed(within)
  const ends = Object.values(definition.nodes).filter((node) => node.kind === 'end')
  const reached = new Set<string>()
  for (const end of ends) for (const id of reachableFrom(backwards, end.id)) reached.add(id)
  return reached
}

/** The targets of a link: catching events of the same name in the same scope. */
export function catchesOf(definition: ProcessDefinition, from: Extract<ProcessNode, { link: string }>): string[] {
  return Object.values(definition.nodes)
    .filter((node) => node.kind === 'linkCatch' && node.link === from.link && node.scopeId === from.scopeId)
    .map((node) => node.id)
}

/**
 * For each flow into a join, by the node's place in the definition: whether a token there may still come by that flow
 * without passing the join.
 */
export function flowsBefore(definition: ProcessDefinition, joinId: string): boolean[][] {
  const ways = connections(definition)
  ways.set(joinId, [])
  const backwards = reversed(ways)
  const ids = Object.keys(definition.nodes)
  const incoming = definition.nodes[joinId]?.incoming ?? []
  return incoming.map((flow) => {
    const before = reachableFrom(backwards, definition.flows[flow]?.from ?? '')
    return ids.map((id) => before.has(id))
  })
}

function reversed(ways: Connections): Connections {
  const backwards: Connections = new Map()
  for (const [from, targets] of ways) {
    for (const to of targets) {
      const known = backwards.get(to)
      if (known) known.push(from)
      else backwards.set(to, [from])
    }
  }
  return backwards
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
