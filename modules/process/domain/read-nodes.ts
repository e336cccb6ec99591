import {
  elementOf,
  elementsOf,
  extensionsOf,
  isElement,
  type ModdleElement,
  type Problems,
  textOf,
} from './moddle-element.ts'
import type { Lane, PlaceNode, ProcessNode } from './process-definition.ts'
import { nameOf, readEffects, readPlace } from './read-extensions.ts'
import { readTrigger } from './read-trigger.ts'

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

/** The flow nodes of the subset and the properties that each may carry; everything else is refused by name. */
const SUBSET: Readonly<Record<string, readonly string[]>> = {
  'bpmn:StartEvent': ['isInterrupting'],
  'bpmn:EndEvent': ['eventDefinitions'],
  'bpmn:UserTask': ['implementation'],
  'bpmn:ServiceTask': ['implementation', 'operationRef'],
  'bpmn:ExclusiveGateway': ['gatewayDirection', 'default'],
  'bpmn:ParallelGateway': ['gatewayDirection'],
  'bpmn:BoundaryEvent': ['attachedToRef', 'cancelActivity', 'eventDefinitions'],
  'bpmn:IntermediateCatchEvent': ['eventDefinitions'],
  'bpmn:IntermediateThrowEvent': ['eventDefinitions'],
}

/** Reads one flow node; `null` with a problem noted when it is not of the subset. */
export function readNode(element: ModdleElement, lane: Lane | null, problems: Problems): ProcessNode | null {
  const allowed = SUBSET[element.$type]
  if (!allowed) {
    if (element.$type === 'bpmn:Task' || element.$type === 'bpmn:ManualTask') {
      problems.add(element, 'сделайте её пользовательской задачей', 'make it a user task')
    } else problems.outside(element)
    return null
  }
  refuseOtherParts(element, allowed, problems)
  return nodeOf(element, lane, problems)
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

function nodeOf(element: ModdleElement, lane: Lane | null, problems: Problems): ProcessNode | null {
  const base = {
    id: element.id ?? '',
    name: nameOf(element),
    laneId: lane?.id ?? null,
    incoming: [],
    outgoing: [],
    effects: readEffects(element, problems),
  }
  switch (element.$type) {
    case 'bpmn:StartEvent':
      return { ...base, kind: 'start' }
    case 'bpmn:EndEvent':
      return { ...base, kind: 'end', terminates: endTerminates(element, problems) }
    case 'bpmn:UserTask':
      return { ...base, kind: 'place', ...readPlace(element, lane, problems), ...untriggered() }
    case 'bpmn:ServiceTask':
      return { ...base, kind: 'action' }
    case 'bpmn:ExclusiveGateway': {
      const otherwise = elementOf(element, 'default')
      return { ...base, kind: 'exclusive', defaultFlowId: otherwise?.id ?? null }
    }
    case 'bpmn:ParallelGateway':
      return { ...base, kind: 'parallel' }
    case 'bpmn:BoundaryEvent':
      return boundaryOf(element, base, problems)
    case 'bpmn:IntermediateCatchEvent':
      return catchOf(element, lane, base, problems)
    default:
      return throwOf(element, base, problems)
  }
}

type Base = Pick<PlaceNode, 'id' | 'name' | 'laneId' | 'incoming' | 'outgoing' | 'effects'>
const untriggered = () => ({ outcomes: [], boundaryIds: [], trigger: null })

function endTerminates(element: ModdleElement, problems: Problems): boolean {
  const definitions = elementsOf(element, 'eventDefinitions')
  for (const definition of definitions) {
    if (definition.$type !== 'bpmn:TerminateEventDefinition') problems.outside(element, definition.$type)
  }
  return definitions.length > 0
}

function boundaryOf(element: ModdleElement, base: Base, problems: Problems): ProcessNode | null {
  const host = elementOf(element, 'attachedToRef')
  const trigger = readTrigger(element, problems)
  if (!host || !trigger) return null
  if (host.$type !== 'bpmn:UserTask') {
    problems.add(element, 'граничное событие бывает только у пользовательской задачи', 'its host is no user task')
    return null
  }
  const interrupting = element['cancelActivity'] !== false
  return { ...base, kind: 'boundary', placeId: host.id ?? '', interrupting, trigger }
}

function catchOf(element: ModdleElement, lane: Lane | null, base: Base, problems: Problems): ProcessNode | null {
  const link = linkOf(element)
  if (link !== null) return { ...base, kind: 'linkCatch', link }
  const trigger = readTrigger(element, problems)
  if (!trigger) return null
  return { ...base, kind: 'place', ...readPlace(element, lane, problems), ...untriggered(), trigger }
}

function throwOf(element: ModdleElement, base: Base, problems: Problems): ProcessNode | null {
  const back = extensionsOf(element, 'opora:Return')[0]
  if (back) {
    const memory = textOf(back, 'to')
    if (!memory) problems.add(element, 'не сказано, кому вернуть', 'it does not say where to return to')
    return { ...base, kind: 'return', memory: memory ?? '', otherwise: textOf(back, 'otherwise') }
  }
  const link = linkOf(element)
  if (link !== null) return { ...base, kind: 'linkThrow', link }
  const [definition] = elementsOf(element, 'eventDefinitions')
  problems.outside(element, definition?.$type)
  return null
}

function linkOf(element: ModdleElement): string | null {
  const [definition, second] = elementsOf(element, 'eventDefinitions')
  if (!definition || second || definition.$type !== 'bpmn:LinkEventDefinition') return null
  return textOf(definition, 'name') ?? ''
}
