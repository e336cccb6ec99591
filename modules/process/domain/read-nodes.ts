import {
  elementOf,
  elementsOf,
  extensionsOf,
  isElement,
  type ModdleElement,
  type Problems,
  textOf,
} from './moddle-element.ts'
import type { Lane, NodeBase, PlaceNode, ProcessNode } from './process-definition.ts'
import { messageOf, readEnd, readThrow, readTrigger } from './read-events.ts'
import { nameOf, readEffects, readPlace } from './read-extensions.ts'
import { readLoop } from './read-loop.ts'

const COMMON = [
  'id',
  'name',
  'nameEn',
  'documentation',
  'extensionElements',
  'incoming',
  'outgoing',
  'lanes',
  'auditing',
  'monitoring',
]
const TASK = ['implementation', 'operationRef', 'loopCharacteristics']

/** The flow nodes of the subset and the properties that each may carry; everything else is refused by name. */
const SUBSET: Readonly<Record<string, readonly string[]>> = {
  'bpmn:StartEvent': ['isInterrupting', 'eventDefinitions'],
  'bpmn:EndEvent': ['eventDefinitions'],
  'bpmn:UserTask': TASK,
  'bpmn:ManualTask': TASK,
  'bpmn:ServiceTask': TASK,
  'bpmn:BusinessRuleTask': TASK,
  'bpmn:SendTask': [...TASK, 'messageRef'],
  'bpmn:ReceiveTask': [...TASK, 'messageRef'],
  'bpmn:SubProcess': ['loopCharacteristics', 'flowElements', 'laneSets', 'artifacts'],
  'bpmn:CallActivity': ['loopCharacteristics', 'calledElement'],
  'bpmn:ExclusiveGateway': ['gatewayDirection', 'default'],
  'bpmn:InclusiveGateway': ['gatewayDirection', 'default'],
  'bpmn:ParallelGateway': ['gatewayDirection'],
  'bpmn:EventBasedGateway': ['gatewayDirection', 'eventGatewayType'],
  'bpmn:BoundaryEvent': ['attachedToRef', 'cancelActivity', 'eventDefinitions'],
  'bpmn:IntermediateCatchEvent': ['eventDefinitions'],
  'bpmn:IntermediateThrowEvent': ['eventDefinitions'],
}

/** An id of the file as the definition knows it: inside a called process it carries the call before it. */
export type IdOf = (id: string) => string

/** Reads one flow node; `null` with a problem noted when it is not of the subset. */
export function readNode(
  element: ModdleElement,
  at: { lane: Lane | null; scopeId: string | null; idOf: IdOf },
  problems: Problems,
): ProcessNode | null {
  const allowed = SUBSET[element.$type]
  if (!allowed) {
    if (element.$type === 'bpmn:Task')
      problems.add(element, 'сделайте её пользовательской задачей', 'make it a user task')
    else problems.outside(element)
    return null
  }
  refuseOtherParts(element, allowed, problems)
  const base: NodeBase = {
    id: at.idOf(element.id ?? ''),
    name: nameOf(element),
    laneId: at.lane?.id ?? null,
    scopeId: at.scopeId,
    incoming: [],
    outgoing: [],
    effects: readEffects(element, problems),
  }
  return element.$type.endsWith('Event')
    ? readEvent(element, at.lane, base, at.idOf, problems)
    : readActivityOrGateway(element, at.lane, base, at.idOf, problems)
}

/** Notes every property of an element that the subset gives no meaning to. */
export function refuseOtherParts(element: ModdleElement, allowed: readonly string[], problems: Problems): void {
  for (const [property, value] of Object.entries(element)) {
    if (property.startsWith('$') || COMMON.includes(property) || allowed.includes(property)) continue
    // Some editors write defaults out: `isForCompensation="false"`, `startQuantity="1"`.
    if (value === false || value === 1) continue
    const inner = isElement(value) ? [value] : elementsOf(element, property)
    if (inner.length === 0) problems.outside(element, property)
    for (const part of inner) problems.outside(element, part.$type)
  }
}

function readActivityOrGateway(
  element: ModdleElement,
  lane: Lane | null,
  base: NodeBase,
  idOf: IdOf,
  problems: Problems,
): ProcessNode | null {
  const place = (task: PlaceNode['task'], trigger: PlaceNode['trigger'] = null): PlaceNode => ({
    ...base,
    kind: 'place',
    task,
    ...readPlace(element, lane, problems),
    outcomes: [],
    boundaryIds: [],
    trigger,
    choiceIds: [],
    loop: readLoop(element, problems),
  })
  const otherwise = elementOf(element, 'default')?.id
  const defaultFlowId = otherwise ? idOf(otherwise) : null
  switch (element.$type) {
    case 'bpmn:UserTask':
      return place('user')
    case 'bpmn:ManualTask':
      return place('manual')
    case 'bpmn:ReceiveTask':
      return place('receive', messageOf(element, problems))
    case 'bpmn:EventBasedGateway':
      if (element['eventGatewayType'] === 'Parallel') problems.outside(element, 'eventGatewayType Parallel')
      return place('choice')
    case 'bpmn:ExclusiveGateway':
      return { ...base, kind: 'exclusive', defaultFlowId }
    case 'bpmn:InclusiveGateway':
      return { ...base, kind: 'inclusive', defaultFlowId }
    case 'bpmn:ParallelGateway':
      return { ...base, kind: 'parallel' }
    case 'bpmn:SubProcess':
    case 'bpmn:CallActivity':
      return {
        ...base,
        kind: 'subProcess',
        startId: '',
        called: null,
        boundaryIds: [],
        loop: readLoop(element, problems),
      }
    default:
      // A task that says which place it is waits there until it is told that the work is done.
      if (extensionsOf(element, 'opora:Place').length > 0) return place('service')
      return readAction(element, base, problems)
  }
}

function readAction(element: ModdleElement, base: NodeBase, problems: Problems): ProcessNode {
  const sends = element.$type === 'bpmn:SendTask'
  // A send task may send a letter by an action of ours instead of a message of the diagram.
  const throws = sends && element['messageRef'] !== undefined ? messageOf(element, problems) : null
  const task = sends ? 'send' : element.$type === 'bpmn:BusinessRuleTask' ? 'rule' : 'service'
  return { ...base, kind: 'action', task, throws, boundaryIds: [], loop: readLoop(element, problems) }
}

function readEvent(
  element: ModdleElement,
  lane: Lane | null,
  base: NodeBase,
  idOf: IdOf,
  problems: Problems,
): ProcessNode | null {
  switch (element.$type) {
    case 'bpmn:StartEvent': {
      const plain = elementsOf(element, 'eventDefinitions').length === 0
      return { ...base, kind: 'start', trigger: plain ? null : readTrigger(element, problems) }
    }
    case 'bpmn:EndEvent':
      return { ...base, kind: 'end', result: readEnd(element, problems) }
    case 'bpmn:BoundaryEvent':
      return readBoundary(element, base, idOf, problems)
    case 'bpmn:IntermediateCatchEvent': {
      const link = linkOf(element)
      if (link !== null) return { ...base, kind: 'linkCatch', link }
      const trigger = readTrigger(element, problems)
      if (!trigger) return null
      const says = readPlace(element, lane, problems)
      const rest = { outcomes: [], boundaryIds: [], trigger, choiceIds: [], loop: null }
      return { ...base, kind: 'place', task: 'catch', ...says, ...rest }
    }
    default:
      return readThrowing(element, base, idOf, problems)
  }
}

const HOSTS = [
  'UserTask',
  'ManualTask',
  'ReceiveTask',
  'ServiceTask',
  'SendTask',
  'BusinessRuleTask',
  'SubProcess',
  'CallActivity',
]

function readBoundary(element: ModdleElement, base: NodeBase, idOf: IdOf, problems: Problems): ProcessNode | null {
  const host = elementOf(element, 'attachedToRef')
  const trigger = readTrigger(element, problems)
  if (!host || !trigger) return null
  if (!HOSTS.includes(host.$type.slice('bpmn:'.length))) {
    problems.add(element, `на «${host.$type}» граничных событий не бывает`, `its host is a ${host.$type}`)
    return null
  }
  const interrupting = element['cancelActivity'] !== false
  if (trigger.type === 'error' && !interrupting) {
    problems.add(element, 'ошибка всегда прерывает', 'an error always interrupts')
  }
  return { ...base, kind: 'boundary', placeId: idOf(host.id ?? ''), interrupting, trigger }
}

function readThrowing(element: ModdleElement, base: NodeBase, idOf: IdOf, problems: Problems): ProcessNode | null {
  const back = extensionsOf(element, 'opora:Return')[0]
  if (back) {
    const memory = textOf(back, 'to')
    if (!memory) problems.add(element, 'не сказано, кому вернуть', 'it does not say where to return to')
    const otherwise = textOf(back, 'otherwise')
    return { ...base, kind: 'return', memory: memory ?? '', otherwise: otherwise === null ? null : idOf(otherwise) }
  }
  const link = linkOf(element)
  if (link !== null) return { ...base, kind: 'linkThrow', link }
  return { ...base, kind: 'throw', throws: readThrow(element, problems) }
}

function linkOf(element: ModdleElement): string | null {
  const [definition, second] = elementsOf(element, 'eventDefinitions')
  if (!definition || second || definition.$type !== 'bpmn:LinkEventDefinition') return null
  return textOf(definition, 'name') ?? ''
}
