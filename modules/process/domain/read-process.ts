import { elementOf, elementsOf, extensionsOf, type ModdleElement, Problems, textOf } from './moddle-element.ts'
import type { Lane, ProcessDefinition } from './process-definition.ts'
import { readDocument } from './read-document.ts'
import { nameOf, readLane } from './read-extensions.ts'
import { refuseOtherParts } from './read-nodes.ts'
import { type Reading, readScope } from './read-scope.ts'
import { processRefusals } from './refusals.ts'

const PROCESS_PARTS = ['isExecutable', 'isClosed', 'processType', 'flowElements', 'laneSets', 'artifacts']
const ARTIFACTS = ['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group']
const NODE_LIMIT = 2_000
const CALL_DEPTH_LIMIT = 8

export interface ReadOptions {
  /** The file of another process by the key that a call activity names, `null` when there is none. */
  called?: (key: string) => Promise<string | null>
}

/**
 * Reads a BPMN 2.0 file of the subset that the product runs; called processes are read along and become a part of it.
 *
 * Refuses with `process.unreadable`, `process.too_large`, or `process.outside_subset`; the details of the last are
 * the list of every `ReadProblem`, each naming the element and its place. Elements of foreign namespaces and the
 * drawing itself are let through untouched.
 */
export async function readProcess(xml: string, options: ReadOptions = {}): Promise<ProcessDefinition> {
  const problems = new Problems()
  const root = await readDocument(xml, problems)
  const process = mainProcess(root, problems)
  if (!process) throw outsideSubset(problems)
  const definition: ProcessDefinition = {
    id: process.id ?? '',
    name: nameOf(process),
    lanes: [],
    nodes: {},
    flows: {},
    startId: '',
  }
  const reading: Reading = { definition, problems, calls: [] }
  readOne(reading, { root, process, prefix: '', scopeId: null, lane: null })
  await readCalls(reading, { root, path: [definition.id] }, options)
  const nodes = Object.keys(definition.nodes).length
  if (nodes > NODE_LIMIT) problems.add(process, `элементов больше ${NODE_LIMIT}`, `more than ${NODE_LIMIT} elements`)
  if (problems.list.length > 0 || definition.startId === '') throw outsideSubset(problems)
  return definition
}

interface Whole {
  root: ModdleElement
  process: ModdleElement
  prefix: string
  scopeId: string | null
  lane: Lane | null
}

/** Reads one process, the main one or a called one, with its lanes. */
function readOne(reading: Reading, whole: Whole): void {
  const { process, prefix } = whole
  refuseOtherParts(process, PROCESS_PARTS, reading.problems)
  const idOf = (id: string) => prefix + id
  const { lanes, laneOfNode } = readLanes(process, prefix)
  reading.definition.lanes.push(...lanes)
  const lane = poolOf(whole.root, process, prefix) ?? whole.lane
  if (lane && lane !== whole.lane) reading.definition.lanes.push(lane)
  const startId = readScope(reading, process, { scopeId: whole.scopeId, idOf, laneOfNode, lane })
  if (whole.scopeId === null) reading.definition.startId = startId ?? ''
  for (const artifact of elementsOf(process, 'artifacts')) {
    if (!ARTIFACTS.includes(artifact.$type)) reading.problems.outside(artifact)
  }
}

/** Reads what call activities call, and what that calls, into their insides. */
async function readCalls(
  reading: Reading,
  from: { root: ModdleElement; path: string[] },
  options: ReadOptions,
): Promise<void> {
  const calls = reading.calls.splice(0)
  for (const { element, node, lane } of calls) {
    const key = textOf(element, 'calledElement')
    if (key === null || from.path.includes(key) || from.path.length > CALL_DEPTH_LIMIT) {
      const ru = key === null ? 'не сказано, что вызывается' : `«${key}» вызывает само себя`
      reading.problems.add(element, ru, key === null ? 'it does not say what it calls' : `"${key}" calls itself`)
      continue
    }
    const found = await findCalled(reading, from.root, key, options)
    if (!found) {
      reading.problems.add(element, `процесса «${key}» нет`, `there is no process "${key}"`)
      continue
    }
    node.called = key
    readOne(reading, { ...found, prefix: `${node.id}/`, scopeId: node.id, lane })
    await readCalls(reading, { root: found.root, path: [...from.path, key] }, options)
  }
}

async function findCalled(
  reading: Reading,
  root: ModdleElement,
  key: string,
  options: ReadOptions,
): Promise<{ root: ModdleElement; process: ModdleElement } | null> {
  const here = processesOf(root).find((process) => process.id === key)
  if (here) return { root, process: here }
  const xml = (await options.called?.(key)) ?? null
  if (xml === null) return null
  const other = await readDocument(xml, reading.problems)
  const process = mainProcess(other, reading.problems)
  return process ? { root: other, process } : null
}

function processesOf(root: ModdleElement): ModdleElement[] {
  return elementsOf(root, 'rootElements').filter((element) => element.$type === 'bpmn:Process')
}

/** The process to run: the only one, or the only one marked as executable; the others are called by it or belong to other pools. */
function mainProcess(root: ModdleElement, problems: Problems): ModdleElement | null {
  const all = processesOf(root)
  const marked = all.filter((process) => process['isExecutable'] === true)
  const [main, second] = all.length === 1 || marked.length === 0 ? all : marked
  if (!main) problems.add(root, 'в файле нет процесса', 'the file has no process')
  if (second) {
    const en = 'a second process in one file: mark the one to run as executable'
    problems.add(second, 'в файле второй процесс: отметьте исполняемый', en)
  }
  return main ?? null
}

/** A pool that names a role stands for a lane around everything that no lane holds. */
function poolOf(root: ModdleElement, process: ModdleElement, prefix: string): Lane | null {
  const collaborations = elementsOf(root, 'rootElements').filter((element) => element.$type === 'bpmn:Collaboration')
  const pool = collaborations
    .flatMap((collaboration) => elementsOf(collaboration, 'participants'))
    .find((participant) => elementOf(participant, 'processRef') === process)
  if (!pool || extensionsOf(pool, 'opora:Lane').length === 0) return null
  const lane = readLane(pool)
  return { ...lane, id: prefix + lane.id }
}

function readLanes(process: ModdleElement, prefix: string): { lanes: Lane[]; laneOfNode: Map<string, Lane> } {
  const lanes: Lane[] = []
  const laneOfNode = new Map<string, Lane>()
  const walk = (laneSet: ModdleElement): void => {
    for (const element of elementsOf(laneSet, 'lanes')) {
      const lane = { ...readLane(element), id: prefix + (element.id ?? '') }
      lanes.push(lane)
      for (const node of elementsOf(element, 'flowNodeRef')) laneOfNode.set(node.id ?? '', lane)
      const inner = elementOf(element, 'childLaneSet')
      if (inner) walk(inner)
    }
  }
  elementsOf(process, 'laneSets').forEach(walk)
  return { lanes, laneOfNode }
}

function outsideSubset(problems: Problems) {
  const first = problems.list[0]
  return processRefusals.refuse('process.outside_subset', {
    params: { count: problems.list.length, first: first?.en ?? '' },
    details: problems.list,
  })
}
