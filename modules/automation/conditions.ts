import { Refusal } from '@opora/core'
import { compileExpression, type Expression, type FeelValue, factsOf, parseExpression } from '@opora/process'
import { RULE_EVENTS, type RuleEventCode } from './domain/rule-events.ts'
import { type Bilingual, TICKET_NAMES } from './domain/rule-words.ts'

export type Values = Readonly<Record<string, FeelValue>>

const ofTickets = new Set(TICKET_NAMES.map((one) => one.name))

/** A condition as it is typed: what keeps it from being one for this event, and the names that it asks. Empty: always. */
export function checkCondition(text: string, event: RuleEventCode): { fault: Bilingual | null; names: string[] } {
  if (text.trim() === '') return { fault: null, names: [] }
  let read: Expression
  try {
    read = parseExpression(text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { fault: { ru: error.sentence('ru'), en: error.sentence('en') }, names: [] }
  }
  const names = factsOf(read)
  const ofEvent: readonly string[] = RULE_EVENTS.find((one) => one.code === event)?.names ?? []
  const unknown = names.find((name) => !ofTickets.has(name) && !ofEvent.includes(name))
  if (unknown === undefined) return { fault: null, names }
  const ru = `«${unknown}» у этого события не известно`
  return { fault: { ru, en: `"${unknown}" is not known of this event` }, names }
}

const READ_MAX = 500
const read = new Map<string, Expression>()

/** Whether a condition that has been checked is true for these values. */
export function conditionHolds(text: string, values: Values): boolean {
  if (text.trim() === '') return true
  let expression = read.get(text)
  if (!expression) {
    expression = parseExpression(text)
    if (read.size >= READ_MAX) read.clear()
    read.set(text, expression)
  }
  const get = (name: string) => (Object.hasOwn(values, name) ? (values[name] ?? null) : null)
  return compileExpression(expression)({ get }) === true
}
