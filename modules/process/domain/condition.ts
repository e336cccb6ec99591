import type { Facts, FactValue } from './process-definition.ts'

/**
 * A condition of the diagram: comparisons over named facts, joined by `and`, `or`, `not` and brackets.
 *
 *     kind = "accident" and priority <= 2
 *     kind in ("incident", "accident") or not vendor_eligible
 *
 * A fact that is not known is `null`. `null` equals only `null`, and is neither less nor greater than anything.
 * Nothing is ever executed: there are no calls, no arithmetic, no access to anything but the facts.
 */
export type Condition =
  | { op: 'and' | 'or'; left: Condition; right: Condition }
  | { op: 'not'; of: Condition }
  | { op: 'truthy'; of: Operand }
  | { op: Comparison; left: Operand; right: Operand }
  | { op: 'in'; left: Operand; of: Operand[] }

export type Operand = { fact: string } | { value: FactValue }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** Whether the condition holds for these facts. Never throws. */
export function holds(condition: Condition, facts: Facts): boolean {
  switch (condition.op) {
    case 'and':
      return holds(condition.left, facts) && holds(condition.right, facts)
    case 'or':
      return holds(condition.left, facts) || holds(condition.right, facts)
    case 'not':
      return !holds(condition.of, facts)
    case 'truthy':
      return Boolean(operandValue(condition.of, facts))
    case 'in': {
      const left = operandValue(condition.left, facts)
      return condition.of.some((operand) => operandValue(operand, facts) === left)
    }
    default:
      return compare(condition.op, operandValue(condition.left, facts), operandValue(condition.right, facts))
  }
}

/** The names of all facts that the condition looks at, each once. */
export function factsOf(condition: Condition): string[] {
  const names = new Set<string>()
  const look = (operand: Operand) => {
    if ('fact' in operand) names.add(operand.fact)
  }
  const walk = (part: Condition): void => {
    switch (part.op) {
      case 'and':
      case 'or':
        walk(part.left)
        walk(part.right)
        break
      case 'not':
        walk(part.of)
        break
      case 'truthy':
        look(part.of)
        break
      case 'in':
        for (const operand of [part.left, ...part.of]) look(operand)
        break
      default:
        look(part.left)
        look(part.right)
    }
  }
  walk(condition)
  return [...names]
}

/** The condition as text that `parseCondition` reads back to the same condition. */
export function conditionText(condition: Condition): string {
  switch (condition.op) {
    case 'and':
    case 'or':
      return `(${conditionText(condition.left)} ${condition.op} ${conditionText(condition.right)})`
    case 'not':
      return `not (${conditionText(condition.of)})`
    case 'truthy':
      return operandText(condition.of)
    case 'in':
      return `${operandText(condition.left)} in (${condition.of.map(operandText).join(', ')})`
    default:
      return `${operandText(condition.left)} ${condition.op} ${operandText(condition.right)}`
  }
}

function operandText(operand: Operand): string {
  if ('fact' in operand) return operand.fact
  if (typeof operand.value !== 'string') return String(operand.value)
  return operand.value.includes('"') ? `'${operand.value}'` : `"${operand.value}"`
}

function operandValue(operand: Operand, facts: Facts): FactValue {
  if ('value' in operand) return operand.value
  return Object.hasOwn(facts, operand.fact) ? (facts[operand.fact] ?? null) : null
}

function compare(op: Comparison, left: FactValue, right: FactValue): boolean {
  if (op === '=') return left === right
  if (op === '!=') return left !== right
  const comparable =
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string')
  if (!comparable || left === null || right === null) return false
  if (op === '<') return left < right
  if (op === '<=') return left <= right
  return op === '>' ? left > right : left >= right
}
