import type { Expression } from './feel/expression.ts'
import { elementOf, type ModdleElement, type Problems, textOf } from './moddle-element.ts'
import type { Loop } from './process-definition.ts'
import { readText } from './read-extensions.ts'

/** No activity is done more often than this in one visit. */
export const LOOP_LIMIT = 100

const STANDARD = ['id', 'testBefore', 'loopMaximum', 'loopCondition', 'extensionElements', 'documentation']
const MULTIPLE = ['id', 'isSequential', 'loopCardinality', 'completionCondition', 'extensionElements', 'documentation']

/** How often an activity is done; `null` for once. */
export function readLoop(activity: ModdleElement, problems: Problems): Loop | null {
  const loop = elementOf(activity, 'loopCharacteristics')
  if (!loop) return null
  const standard = loop.$type === 'bpmn:StandardLoopCharacteristics'
  for (const property of Object.keys(loop)) {
    if (property.startsWith('$') || (standard ? STANDARD : MULTIPLE).includes(property)) continue
    problems.outside(activity, `${loop.$type} ${property}`)
  }
  return standard ? readStandard(activity, loop, problems) : readMultiple(activity, loop, problems)
}

function readStandard(activity: ModdleElement, loop: ModdleElement, problems: Problems): Loop {
  const most = Number(loop['loopMaximum'] ?? LOOP_LIMIT)
  const condition = readExpression(activity, elementOf(loop, 'loopCondition'), problems)
  const readable = Number.isSafeInteger(most) && most >= 1 && most <= LOOP_LIMIT
  if (!readable) problems.add(activity, `повторов бывает от 1 до ${LOOP_LIMIT}`, `between 1 and ${LOOP_LIMIT} repeats`)
  if (!condition && loop['loopMaximum'] === undefined) {
    problems.add(activity, 'не сказано, когда цикл кончается', 'it does not say when the loop ends')
  }
  return { type: 'standard', condition, testBefore: loop['testBefore'] === true, most: readable ? most : 1 }
}

function readMultiple(activity: ModdleElement, loop: ModdleElement, problems: Problems): Loop | null {
  const times = readExpression(activity, elementOf(loop, 'loopCardinality'), problems)
  const until = readExpression(activity, elementOf(loop, 'completionCondition'), problems)
  if (!times) {
    problems.add(activity, 'не сказано, сколько раз', 'it does not say how many times')
    return null
  }
  return { type: 'multiple', sequential: loop['isSequential'] === true, times, until }
}

/** The text of an expression element, read; `null` when there is none, or with a problem noted. */
export function readExpression(
  at: ModdleElement,
  expression: ModdleElement | null,
  problems: Problems,
): Expression | null {
  const text = expression ? textOf(expression, 'body') : null
  return text ? readText(at, text, problems) : null
}
