import { parseInstant } from '@opora/core'
import type { FactValue, ProcessNode, TimerRule } from './process-definition.ts'
import type { TimerDue, Token } from './process-state.ts'
import type { NodeRow } from './program.ts'
import { processRefusals } from './refusals.ts'
import { NO_MEMORY, type Run } from './run.ts'

export function timerOf(node: ProcessNode): TimerRule | null {
  const trigger = 'trigger' in node ? node.trigger : null
  return trigger?.type === 'timer' ? trigger.due : null
}

/** Asks for the timers among these rows, which wait while the token is at its place. */
export function startTimers(run: Run, rows: readonly number[], place: NodeRow, token: Token): void {
  for (const index of rows) startTimer(run, run.row(index), place, token, 0)
}

export function startTimer(run: Run, row: NodeRow, place: NodeRow, token: Token, round: number): void {
  if (row.trigger?.type !== 'timer') return
  const due = dueOf(run, row, row.trigger.due, token)
  const { entry } = token
  run.commands.push({ type: 'startTimer', elementId: row.id, taskId: place.id, entry, round, due })
}

export function cancelTimers(run: Run, rows: readonly number[], place: NodeRow, token: Token): void {
  for (const index of rows) {
    const row = run.row(index)
    if (row.trigger?.type !== 'timer') continue
    run.commands.push({ type: 'cancelTimer', elementId: row.id, taskId: place.id, entry: token.entry })
  }
}

/** How often a timer on the border has fired during this visit. */
export function timesFired(token: Token, index: number): number {
  const at = token.fired ? token.fired.findIndex((node, place) => place % 2 === 0 && node === index) : -1
  return at < 0 ? 0 : (token.fired?.[at + 1] ?? 0)
}

/** The token after one more time; `fired` is pairs of node and count. */
export function firedOnceMore(token: Token, index: number): Token {
  const fired = [...(token.fired ?? [])]
  const at = fired.findIndex((node, place) => place % 2 === 0 && node === index)
  if (at < 0) fired.push(index, 1)
  else fired[at + 1] = (fired[at + 1] ?? 0) + 1
  return { ...token, fired }
}

/** When a timer fires, counted from now; a fact that should hold the moment is looked up. */
function dueOf(run: Run, row: NodeRow, rule: TimerRule, token: Token): TimerDue {
  if (rule.unit !== 'fact') return rule
  const value = run.known(token.memory ?? NO_MEMORY).get(rule.fact)
  const at = run.eachOnce ? 0 : instantOf(value as FactValue)
  if (at !== null) return { unit: 'instant', at }
  const params = { element: row.node.name.ru ? row.node.name : row.id, fact: rule.fact }
  throw processRefusals.refuse('process.date_missing', { field: `data.${rule.fact}`, params })
}

function instantOf(value: FactValue): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value !== 'string') return null
  try {
    return parseInstant(value)
  } catch {
    return null
  }
}
