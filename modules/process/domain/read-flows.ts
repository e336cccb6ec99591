import { Refusal } from '@opora/core'
import type { Condition } from './condition.ts'
import { parseCondition } from './condition-parser.ts'
import { elementOf, type ModdleElement, type Problems, textOf } from './moddle-element.ts'
import type { Flow, ProcessNode } from './process-definition.ts'
import { nameOf, readEffects, readOutcome } from './read-extensions.ts'
import { refuseOtherParts } from './read-nodes.ts'

const FLOW_PARTS = ['sourceRef', 'targetRef', 'conditionExpression', 'isImmediate']

/** Reads the sequence flows and hangs them, and the outcomes they stand for, on the nodes that they join. */
export function readFlows(
  elements: ModdleElement[],
  nodes: Record<string, ProcessNode>,
  problems: Problems,
): Record<string, Flow> {
  const flows: Record<string, Flow> = {}
  for (const element of elements) {
    if (element.$type !== 'bpmn:SequenceFlow') continue
    refuseOtherParts(element, FLOW_PARTS, problems)
    const from = nodes[elementOf(element, 'sourceRef')?.id ?? '']
    const to = nodes[elementOf(element, 'targetRef')?.id ?? '']
    // An end that is missing has been noted already: as an unresolved reference or as a refused element.
    if (!from || !to) continue
    const flow = readFlow(element, from, to, problems)
    flows[flow.id] = flow
    from.outgoing.push(flow.id)
    to.incoming.push(flow.id)
    if (from.kind === 'place' && from.trigger === null) from.outcomes.push(readOutcome(element, problems))
    refuseSplit(element, from, problems)
  }
  refuseTwins(elements, nodes, problems)
  return flows
}

function readFlow(element: ModdleElement, from: ProcessNode, to: ProcessNode, problems: Problems): Flow {
  return {
    id: element.id ?? '',
    name: nameOf(element),
    from: from.id,
    to: to.id,
    condition: readCondition(element, from, problems),
    effects: readEffects(element, problems),
  }
}

function readCondition(element: ModdleElement, from: ProcessNode, problems: Problems): Condition | null {
  const expression = elementOf(element, 'conditionExpression')
  const text = expression ? textOf(expression, 'body') : null
  if (!text) return null
  if (from.kind !== 'exclusive' && from.kind !== 'place') {
    problems.add(
      element,
      'условие бывает у исходов задачи и у развилки «или»',
      'only outcomes and exclusive gateways have conditions',
    )
    return null
  }
  try {
    return parseCondition(text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    problems.add(element, error.sentence('ru'), error.sentence('en'))
    return null
  }
}

/** Several flows out of anything but a task or a gateway would be a hidden split. */
function refuseSplit(element: ModdleElement, from: ProcessNode, problems: Problems): void {
  const splits = from.kind === 'exclusive' || from.kind === 'parallel' || (from.kind === 'place' && !from.trigger)
  if (!splits && from.outgoing.length > 1) {
    problems.add(element, `второй выход из «${from.id}»: нужна развилка`, `a second way out of "${from.id}"`)
  }
}

function refuseTwins(elements: ModdleElement[], nodes: Record<string, ProcessNode>, problems: Problems): void {
  for (const element of elements) {
    const node = nodes[element.id ?? '']
    if (node?.kind !== 'place') continue
    const ids = node.outcomes.map((outcome) => outcome.id)
    for (const id of ids.filter((candidate, at) => ids.indexOf(candidate) < at)) {
      problems.add(element, `исход «${id}» повторяется`, `the outcome "${id}" occurs twice`)
    }
  }
}
