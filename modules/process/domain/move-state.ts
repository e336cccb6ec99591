import { byConditions } from './decisions.ts'
import { armed } from './happenings.ts'
import type { Facts, ProcessDefinition } from './process-definition.ts'
import type { Advance, ProcessState, Token } from './process-state.ts'
import { type NodeRow, type Program, programOf } from './program.ts'
import { Run } from './run.ts'
import { startTimer, timesFired } from './timers.ts'

/** A state carried over to another definition, or what keeps it from being carried over. */
export type Moved = { state: ProcessState; missing: [] } | { state: null; missing: string[] }

/**
 * The same tokens at the same elements of another version: elements are the same when their ids are. `missing` names
 * the elements without which the tokens would have no place: gone, of another kind, in another sub-process, or a loop
 * where there was none.
 */
export function moveState(from: ProcessDefinition, to: ProcessDefinition, state: ProcessState): Moved {
  const [before, after] = [programOf(from), programOf(to)]
  const missing = new Set<string>()
  const tokens = state.tokens.map((token) => moveToken(before, after, token, missing))
  if (missing.size > 0) return { state: null, missing: [...missing] }
  return { state: { ...state, tokens }, missing: [] }
}

/**
 * What moving a fitting state asks of the rest of the product: timers whose rule is the same run on, others are called
 * off or begin now; a place that shows itself differently is left and entered again.
 */
export function carryOver(
  from: ProcessDefinition,
  to: ProcessDefinition,
  old: ProcessState,
  state: ProcessState,
  facts: Facts,
): Advance {
  const before = new Run(programOf(from), old, facts, byConditions)
  const after = new Run(programOf(to), state, facts, byConditions)
  for (const [at, token] of state.tokens.entries()) {
    const was = old.tokens[at] as Token
    const [place, seen] = [after.row(token.at), before.row(was.at)]
    const timers = timersAt(after, token)
    const running = timersAt(before, was)
    const same = (row: NodeRow, others: NodeRow[]) =>
      others.some((other) => other.id === row.id && JSON.stringify(other.trigger) === JSON.stringify(row.trigger))
    const { entry } = token
    for (const row of running.filter((one) => !same(one, timers))) {
      after.commands.push({ type: 'cancelTimer', elementId: row.id, taskId: place.id, entry })
    }
    const changed = JSON.stringify(place.shown) !== JSON.stringify(seen.shown)
    if (place.shown && changed && !token.loop) {
      after.commands.push({ type: 'leaveTask', taskId: place.id, entry, by: { type: 'moved' } })
      after.commands.push({ ...place.shown, entry })
    }
    for (const row of timers.filter((one) => !same(one, running))) {
      startTimer(after, row, place, token, timesFired(token, row.index))
    }
  }
  return after.result()
}

function timersAt(run: Run, token: Token): NodeRow[] {
  return armed(run, token).filter((row) => row.trigger?.type === 'timer')
}

function moveToken(before: Program, after: Program, token: Token, missing: Set<string>): Token {
  const old = before.nodes[token.at] as NodeRow
  const row = counterpart(before, after, token.at)
  const fits =
    row !== null &&
    scopeId(before, old) === scopeId(after, row) &&
    (token.loop !== undefined || token.turn !== undefined) === (row.loop !== null)
  if (!fits) missing.add(old.id)
  const moved: Token = { ...token, at: row?.index ?? -1 }
  if (token.via !== undefined) moved.via = moveFlow(before, after, token.via, missing)
  if (token.memory) {
    const remembered = Object.entries(token.memory).map(([name, at]) => {
      const place = counterpart(before, after, at)
      if (!place) missing.add(before.nodes[at]?.id ?? '')
      return [name, place?.index ?? -1]
    })
    moved.memory = Object.fromEntries(remembered) as Token['memory'] & object
  }
  if (token.fired) moved.fired = moveFired(before, after, token.fired)
  return moved
}

function counterpart(before: Program, after: Program, index: number): NodeRow | null {
  const old = before.nodes[index]
  const row = old ? after.nodes[after.indexOf.get(old.id) ?? -1] : undefined
  return row && row.kind === old?.kind ? row : null
}

function scopeId(program: Program, row: NodeRow): string {
  return program.nodes[row.scope]?.id ?? ''
}

function moveFlow(before: Program, after: Program, via: number, missing: Set<string>): number {
  const id = before.flows[via]?.id ?? ''
  const flow = after.flowIndexOf.get(id)
  if (flow === undefined) missing.add(id)
  return flow ?? -1
}

/** Timers that are there no longer are forgotten: nothing can fire them any more. */
function moveFired(before: Program, after: Program, fired: readonly number[]): number[] {
  const kept: number[] = []
  for (let at = 0; at < fired.length; at += 2) {
    const row = counterpart(before, after, fired[at] as number)
    if (row) kept.push(row.index, fired[at + 1] as number)
  }
  return kept
}
