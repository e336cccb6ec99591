import { checkOutcome } from './outcome-check.ts'
import type { BoundaryNode, Facts, PlaceNode, ProcessDefinition, ProcessNode } from './process-definition.ts'
import type { Advance, LeftBy, OutcomeData, ProcessEvent, ProcessState, Token } from './process-state.ts'
import { processRefusals } from './refusals.ts'
import { Walk } from './walk.ts'

/**
 * Moves a process by one event. Pure: the same definition, state, event and facts always give the same answer, and
 * nothing given is changed. `facts` are what is known of the ticket now; they win over facts kept in the state.
 *
 * Refuses what a person asks for and cannot have (`process.not_active`, `process.field_required`, …) and diagrams that
 * lead nowhere (`process.no_way_out`, …). Messages and timers that meet nothing are ignored.
 */
export function advance(
  definition: ProcessDefinition,
  state: ProcessState,
  event: ProcessEvent,
  facts: Facts = {},
): Advance {
  const walk = new Walk(definition, state, facts)
  const met = happen(definition, state, event, walk)
  return met ? walk.result() : { state, commands: [], facts: walk.facts, trail: [], ignored: true }
}

function happen(definition: ProcessDefinition, state: ProcessState, event: ProcessEvent, walk: Walk): boolean {
  switch (event.type) {
    case 'started':
      if (state.tokens.length > 0 || state.endedAt !== null) throw processRefusals.refuse('process.already_started')
      walk.begin(definition.startId)
      return true
    case 'outcome':
      choose(definition, state, event, walk)
      return true
    case 'message':
      return catchAll(
        definition,
        state,
        walk,
        { type: 'message', name: event.name },
        (_token, node) => node.trigger?.type === 'message' && node.trigger.message === event.name,
      )
    case 'timer':
      return catchAll(
        definition,
        state,
        walk,
        { type: 'timer', elementId: event.elementId },
        (token, node) =>
          node.id === event.elementId &&
          node.trigger?.type === 'timer' &&
          !token.fired?.includes(node.id) &&
          (event.entry === undefined || event.entry === token.entry),
      )
    case 'moved':
      move(definition, state, event.taskId, walk)
      return true
    case 'stopped':
      if (state.endedAt !== null) return false
      walk.clear({ type: 'stopped' })
      walk.stop()
      return true
  }
}

function choose(
  definition: ProcessDefinition,
  state: ProcessState,
  event: Extract<ProcessEvent, { type: 'outcome' }>,
  walk: Walk,
): void {
  const node = definition.nodes[event.taskId]
  if (node?.kind !== 'place') {
    throw processRefusals.refuse('process.unknown_place', { field: 'taskId', params: { place: event.taskId } })
  }
  if (state.endedAt !== null) throw processRefusals.refuse('process.ended')
  const token = state.tokens.find(
    (candidate) => candidate.at === node.id && (event.entry === undefined || event.entry === candidate.entry),
  )
  if (!token) throw processRefusals.refuse('process.not_active', { field: 'taskId', params: { place: node.name.ru } })
  const data: OutcomeData = event.data ?? {}
  const flow = checkOutcome(
    definition,
    node,
    event.outcomeId,
    { ...walk.facts, ...token.memory },
    data,
    event.roles ?? null,
  )
  walk.leave(token, { type: 'outcome', outcomeId: event.outcomeId })
  walk.follow(token, flow, data)
}

type Catching = PlaceNode | BoundaryNode

/** Lets every waiting token that the event concerns react once. */
function catchAll(
  definition: ProcessDefinition,
  state: ProcessState,
  walk: Walk,
  by: LeftBy,
  matches: (token: Token, node: Catching) => boolean,
): boolean {
  let met = false
  for (const token of state.tokens) {
    const place = definition.nodes[token.at]
    if (place?.kind !== 'place' || !walk.has(token)) continue
    const catching = [place, ...boundariesOf(definition, place)].filter((node) => matches(token, node))
    // What interrupts goes first: once the place is left, nothing else there is waiting.
    const taken = catching.find((node) => interrupts(node)) ?? catching[0]
    if (!taken) continue
    met = true
    if (interrupts(taken)) walk.leave(token, by)
    walk.continueFrom(taken, token)
  }
  return met
}

function interrupts(node: Catching): boolean {
  return node.kind === 'place' || node.interrupting
}

function boundariesOf(definition: ProcessDefinition, place: PlaceNode): BoundaryNode[] {
  return place.boundaryIds
    .map((id): ProcessNode | undefined => definition.nodes[id])
    .filter((node): node is BoundaryNode => node?.kind === 'boundary')
}

function move(definition: ProcessDefinition, state: ProcessState, taskId: string, walk: Walk): void {
  const node = definition.nodes[taskId]
  if (node?.kind !== 'place') {
    throw processRefusals.refuse('process.unknown_place', { field: 'taskId', params: { place: taskId } })
  }
  const memory = Object.assign({}, ...state.tokens.map((token) => token.memory)) as Token['memory']
  walk.clear({ type: 'moved' })
  walk.place(node.id, memory)
}
