import { elementsOf, type ModdleElement, type Problems } from './moddle-element.ts'
import type { Lane, ProcessDefinition, ProcessNode, SubProcessNode } from './process-definition.ts'
import { readFlows } from './read-flows.ts'
import { type IdOf, readNode } from './read-nodes.ts'

/** One reading of one file: what has been read so far, what is wrong, and the calls that are still to be read. */
export interface Reading {
  definition: ProcessDefinition
  problems: Problems
  calls: { element: ModdleElement; node: SubProcessNode; lane: Lane | null }[]
}

interface ScopeOptions {
  scopeId: string | null
  idOf: IdOf
  laneOfNode: Map<string, Lane>
  /** The lane of whatever no lane lists. */
  lane: Lane | null
}

/** Reads the nodes and flows of a process or sub-process and of everything inside; gives the id of its start. */
export function readScope(reading: Reading, scope: ModdleElement, options: ScopeOptions): string | null {
  const { definition, problems } = reading
  const elements = elementsOf(scope, 'flowElements')
  const own: ProcessNode[] = []
  for (const element of elements) {
    if (element.$type === 'bpmn:SequenceFlow') continue
    const lane = options.laneOfNode.get(element.id ?? '') ?? options.lane
    const node = readNode(element, { lane, scopeId: options.scopeId, idOf: options.idOf }, problems)
    if (!node) continue
    if (Object.hasOwn(definition.nodes, node.id) || node.id === '__proto__')
      problems.add(element, 'id повторяется', 'the id occurs twice')
    definition.nodes[node.id] = node
    own.push(node)
    if (node.kind !== 'subProcess') continue
    if (element.$type === 'bpmn:CallActivity') reading.calls.push({ element, node, lane })
    else node.startId = readScope(reading, element, { ...options, scopeId: node.id, lane }) ?? ''
  }
  hangBoundaries(definition, own)
  readFlows(elements, definition.nodes, definition.flows, options.idOf, problems)
  hangChoices(definition, own, elements, options.idOf, problems)
  const startId = startOf(scope, own, elements, options, problems)
  const holder = options.scopeId === null ? undefined : definition.nodes[options.scopeId]
  if (holder?.kind === 'subProcess') holder.startId = startId ?? ''
  return startId
}

function hangBoundaries(definition: ProcessDefinition, own: ProcessNode[]): void {
  for (const node of own) {
    const host = node.kind === 'boundary' ? definition.nodes[node.placeId] : undefined
    if (host && 'boundaryIds' in host) host.boundaryIds.push(node.id)
  }
}

/** Behind an event-based gateway stand only events that wait; each is waited for at the gateway itself. */
function hangChoices(
  definition: ProcessDefinition,
  own: ProcessNode[],
  elements: ModdleElement[],
  idOf: IdOf,
  problems: Problems,
): void {
  for (const node of own) {
    if (node.kind !== 'place' || node.task !== 'choice') continue
    const targets = node.outgoing.map((id) => definition.nodes[definition.flows[id]?.to ?? ''])
    const events = targets.filter((target) => target?.kind === 'place' && target.trigger !== null)
    node.choiceIds = events.map((target) => target?.id ?? '')
    if (events.length === targets.length && events.every((target) => target?.incoming.length === 1)) continue
    const element = elements.find((candidate) => idOf(candidate.id ?? '') === node.id)
    const ru = 'за развилкой по событиям стоят только события и задачи, которые ждут, по одному входу у каждого'
    const en = 'an event-based gateway leads only to events and tasks that wait, each with this one way in'
    if (element) problems.add(element, ru, en)
  }
}

/** A sub-process has one plain start; a process may have others that a message, a signal or a timer starts. */
function startOf(
  scope: ModdleElement,
  own: ProcessNode[],
  elements: ModdleElement[],
  options: ScopeOptions,
  problems: Problems,
): string | null {
  const starts = own.filter((node) => node.kind === 'start')
  const plain = starts.filter((node) => node.trigger === null)
  const root = options.scopeId === null
  if (starts.length === 0 && !elements.some((element) => element.$type === 'bpmn:StartEvent')) {
    problems.add(scope, 'нет начального события', 'there is no start event')
  }
  const elementOf = (id: string) => elements.find((element) => options.idOf(element.id ?? '') === id) ?? scope
  for (const other of plain.slice(1)) {
    problems.add(elementOf(other.id), 'второе начальное событие', 'a second start event')
  }
  for (const other of root ? [] : starts.filter((node) => node.trigger !== null)) {
    problems.add(elementOf(other.id), 'подпроцесс начинается просто', 'a sub-process starts plainly')
  }
  return (plain[0] ?? starts[0])?.id ?? null
}
