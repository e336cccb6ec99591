import { BpmnModdle } from 'bpmn-moddle'
import { elementOf, elementsOf, isElement, type ModdleElement, Problems } from './moddle-element.ts'
import { oporaSchema } from './opora-schema.ts'
import type { Lane, ProcessDefinition, ProcessNode } from './process-definition.ts'
import { nameOf, readLane } from './read-extensions.ts'
import { readFlows } from './read-flows.ts'
import { readNode, refuseOtherParts } from './read-nodes.ts'
import { processRefusals } from './refusals.ts'

const SIZE_LIMIT_KB = 1_024
const PROCESS_PARTS = ['isExecutable', 'isClosed', 'processType', 'flowElements', 'laneSets', 'artifacts']
const ARTIFACTS = ['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group']

/**
 * Reads a BPMN 2.0 file of the subset that the product runs.
 *
 * Refuses with `process.unreadable`, `process.too_large`, or `process.outside_subset`; the details of the last are
 * the list of every `ReadProblem`, each naming the element and its place. Elements of foreign namespaces and the
 * drawing itself are let through untouched.
 */
export async function readProcess(xml: string): Promise<ProcessDefinition> {
  const problems = new Problems()
  const root = await parse(xml, problems)
  const process = onlyProcess(root, problems)
  if (!process) throw outsideSubset(problems)
  refuseOtherParts(process, PROCESS_PARTS, problems)
  const { lanes, laneOfNode } = readLanes(process)
  const elements = elementsOf(process, 'flowElements')
  const nodes = readNodes(elements, laneOfNode, problems)
  const flows = readFlows(elements, nodes, problems)
  refuseArtifacts(process, problems)
  const startId = onlyStart(process, nodes, problems)
  if (problems.list.length > 0 || startId === null) throw outsideSubset(problems)
  return { id: process.id ?? '', name: nameOf(process), lanes, nodes, flows, startId }
}

async function parse(xml: string, problems: Problems): Promise<ModdleElement> {
  if (xml.length > SIZE_LIMIT_KB * 1_024) {
    throw processRefusals.refuse('process.too_large', { params: { limit: SIZE_LIMIT_KB } })
  }
  const parsed = await new BpmnModdle({ opora: oporaSchema }).fromXML(xml).catch((error: unknown) => {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw processRefusals.refuse('process.unreadable', { params: { reason } })
  })
  const root = parsed.rootElement
  if (!isElement(root)) throw processRefusals.refuse('process.unreadable', { params: { reason: 'definitions' } })
  for (const { message, element } of parsed.warnings) {
    const place = isElement(element) && element.$type.startsWith('bpmn:') ? element : null
    if (message.startsWith('unparsable content') || message.startsWith('unknown attribute <opora:')) {
      problems.add(place ?? root, firstLine(message), firstLine(message))
    } else if (message.startsWith('unresolved reference') && place) {
      problems.add(place, firstLine(message), firstLine(message))
    }
  }
  refuseStrayAttributes(root, problems)
  return root
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message
}

/** A misspelt attribute of our own elements would silently lose its meaning; it is refused instead. */
function refuseStrayAttributes(element: ModdleElement, problems: Problems): void {
  const stray = element.$type.startsWith('opora:') ? Object.keys(element['$attrs'] ?? {}) : []
  for (const attribute of stray) if (!attribute.startsWith('xmlns')) problems.outside(element, attribute)
  for (const [property, value] of Object.entries(element)) {
    if (property.startsWith('$') || property.endsWith('Ref') || REFERENCES.has(property)) continue
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isElement(child)) refuseStrayAttributes(child, problems)
    }
  }
}

/** Properties that point at elements owned elsewhere. */
const REFERENCES = new Set(['incoming', 'outgoing', 'lanes', 'default', 'bpmnElement', 'diagrams', 'sourceRef'])

function onlyProcess(root: ModdleElement, problems: Problems): ModdleElement | null {
  const [first, ...others] = elementsOf(root, 'rootElements').filter((element) => element.$type === 'bpmn:Process')
  if (!first) problems.add(root, 'в файле нет процесса', 'the file has no process')
  for (const other of others) problems.add(other, 'в файле второй процесс', 'a second process in one file')
  return first ?? null
}

function readLanes(process: ModdleElement): { lanes: Lane[]; laneOfNode: Map<string, Lane> } {
  const lanes: Lane[] = []
  const laneOfNode = new Map<string, Lane>()
  const walk = (laneSet: ModdleElement): void => {
    for (const element of elementsOf(laneSet, 'lanes')) {
      const lane = readLane(element)
      lanes.push(lane)
      for (const node of elementsOf(element, 'flowNodeRef')) laneOfNode.set(node.id ?? '', lane)
      const inner = elementOf(element, 'childLaneSet')
      if (inner) walk(inner)
    }
  }
  elementsOf(process, 'laneSets').forEach(walk)
  return { lanes, laneOfNode }
}

function readNodes(
  elements: ModdleElement[],
  laneOfNode: Map<string, Lane>,
  problems: Problems,
): Record<string, ProcessNode> {
  const nodes: Record<string, ProcessNode> = {}
  for (const element of elements) {
    if (element.$type === 'bpmn:SequenceFlow') continue
    const node = readNode(element, laneOfNode.get(element.id ?? '') ?? null, problems)
    if (node) nodes[node.id] = node
  }
  for (const node of Object.values(nodes)) {
    const host = node.kind === 'boundary' ? nodes[node.placeId] : undefined
    if (host?.kind === 'place') host.boundaryIds.push(node.id)
  }
  return nodes
}

function refuseArtifacts(process: ModdleElement, problems: Problems): void {
  for (const artifact of elementsOf(process, 'artifacts')) {
    if (!ARTIFACTS.includes(artifact.$type)) problems.outside(artifact)
  }
}

function onlyStart(process: ModdleElement, nodes: Record<string, ProcessNode>, problems: Problems): string | null {
  const starts = elementsOf(process, 'flowElements').filter((element) => nodes[element.id ?? '']?.kind === 'start')
  const [first, ...others] = starts
  if (!first) problems.add(process, 'нет начального события', 'there is no start event')
  for (const other of others) problems.add(other, 'второе начальное событие', 'a second start event')
  return first?.id ?? null
}

function outsideSubset(problems: Problems) {
  const first = problems.list[0]
  return processRefusals.refuse('process.outside_subset', {
    params: { count: problems.list.length, first: first?.en ?? '' },
    details: problems.list,
  })
}
