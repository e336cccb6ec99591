import type { Expression } from './feel/expression.ts'
import { elementOf, type ModdleElement, type Problems, textOf } from './moddle-element.ts'
import type { Flow, ProcessNode } from './process-definition.ts'
import { nameOf, readEffects, readOutcome } from './read-extensions.ts'
import { readExpression } from './read-loop.ts'
import { type IdOf, refuseOtherParts } from './read-nodes.ts'

const FLOW_PARTS = ['sourceRef', 'targetRef', 'conditionExpression', 'isImmediate']

/** Reads the sequence flows of one scope and hangs them, and the outcomes they stand for, on the nodes that they join. */
export function readFlows(
  elements: ModdleElement[],
  nodes: Record<string, ProcessNode>,
  flows: Record<string, Flow>,
  idOf: IdOf,
  problems: Problems,
): void {
  for (const element of elements) {
    if (element.$type !== 'bpmn:SequenceFlow') continue
    refuseOtherParts(element, FLOW_PARTS, problems)
    const from = nodes[idOf(elementOf(element, 'sourceRef')?.id ?? '')]
    const to = nodes[idOf(elementOf(element, 'targetRef')?.id ?? '')]
    // An end that is missing has been noted already: as an unresolved reference or as a refused element.
    if (!from || !to) continue
    if (from.scopeId !== to.scopeId) {
      problems.add(element, 'поток пересекает границу подпроцесса', 'the flow crosses the border of a sub-process')
      continue
    }
    const flow = readFlow(element, from, to, idOf, problems)
    flows[flow.id] = flow
    from.outgoing.push(flow.id)
    to.incoming.push(flow.id)
    if (from.kind === 'place' && hasOutcomes(from)) from.outcomes.push(readOutcome(element, flow.id, problems))
    refuseSplit(element, from, problems)
  }
  refuseTwins(elements, nodes, idOf, problems)
}

/** A person chooses the way out of user and manual tasks; everything else goes on by itself. */
export function hasOutcomes(node: ProcessNode): boolean {
  return node.kind === 'place' && (node.task === 'user' || node.task === 'manual')
}

function readFlow(element: ModdleElement, from: ProcessNode, to: ProcessNode, idOf: IdOf, problems: Problems): Flow {
  return {
    id: idOf(element.id ?? ''),
    name: nameOf(element),
    from: from.id,
    to: to.id,
    condition: readCondition(element, from, problems),
    effects: readEffects(element, problems),
  }
}

function readCondition(element: ModdleElement, from: ProcessNode, problems: Problems): Expression | null {
  const expression = elementOf(element, 'conditionExpression')
  if (!expression || !textOf(expression, 'body')) return null
  if (from.kind === 'exclusive' || from.kind === 'inclusive' || hasOutcomes(from)) {
    return readExpression(element, expression, problems)
  }
  problems.add(
    element,
    'условие бывает у исходов задачи и у развилки «или»',
    'only outcomes and exclusive or inclusive gateways have conditions',
  )
  return null
}

const GATEWAYS: readonly ProcessNode['kind'][] = ['exclusive', 'inclusive', 'parallel']

/** Several flows out of anything but a task or a gateway would be a hidden split. */
function refuseSplit(element: ModdleElement, from: ProcessNode, problems: Problems): void {
  const splits = GATEWAYS.includes(from.kind) || hasOutcomes(from) || (from.kind === 'place' && from.task === 'choice')
  if (!splits && from.outgoing.length > 1) {
    problems.add(element, `второй выход из «${from.id}»: нужна развилка`, `a second way out of "${from.id}"`)
  }
}

function refuseTwins(
  elements: ModdleElement[],
  nodes: Record<string, ProcessNode>,
  idOf: IdOf,
  problems: Problems,
): void {
  for (const element of elements) {
    const node = nodes[idOf(element.id ?? '')]
    if (node?.kind !== 'place') continue
    const ids = node.outcomes.map((outcome) => outcome.id)
    for (const id of ids.filter((candidate, at) => ids.indexOf(candidate) < at)) {
      problems.add(element, `исход «${id}» повторяется`, `the outcome "${id}" occurs twice`)
    }
  }
}
