import { throwOut } from './happenings.ts'
import type { LeftBy, OutcomeData, Token } from './process-state.ts'
import type { LoopRow, NodeRow } from './program.ts'
import { type LoopFacts, type Memory, NO_DATA, NO_MEMORY, type Run, type Step } from './run.ts'
import { cancelTimers, startTimers } from './timers.ts'

/** A token comes to an activity: it is done once, or its loop begins. */
export function enterActivity(run: Run, row: NodeRow, step: Step): void {
  const { loop } = row
  if (!loop) {
    begin(run, row, step, undefined)
    return
  }
  const known = run.known(step.memory)
  const times = loop.type === 'multiple' ? run.decisions.instances(loop, known) : 0
  const never = loop.type === 'multiple' ? times === 0 : loop.testBefore && !run.decisions.again(loop, 0, known)
  if (never) {
    // Nobody chooses an outcome where nobody comes: the first way is gone.
    const [first = -1] = row.outgoing
    run.push([run.along(first, step.memory, step.data, step.scope, row.index)])
    return
  }
  const holder = run.rest(tokenAt(run, row, step.scope, step.memory))
  holder.loop = { times, done: 0 }
  startTimers(run, row.borders, row, holder)
  const atOnce = loop.type === 'multiple' && !loop.sequential ? times : 1
  for (let turn = 1; turn <= atOnce && run.tokenOf(holder.entry); turn++) {
    begin(run, row, { ...step, scope: holder.entry }, turn)
  }
}

/** Does an activity once; `turn` says which instance of its loop it is. */
function begin(run: Run, row: NodeRow, step: Step, turn: number | undefined): void {
  const memory = run.take(row.effects, step.memory, step.data, row.id, row.index)
  if (row.kind === 'action') {
    throwOut(run, row, step.scope)
    if (turn === undefined) run.out(row, memory, step.data, step.scope)
    else finishTurn(run, row, step.scope, memory, { flow: null, outcomeId: null, data: NO_DATA })
    return
  }
  const token = run.rest(tokenAt(run, row, step.scope, memory))
  if (turn !== undefined) token.turn = turn
  if (row.shown) run.commands.push({ ...row.shown, entry: token.entry })
  startTimers(run, row.waits, row, token)
  if (turn === undefined) startTimers(run, row.borders, row, token)
  if (row.kind === 'subProcess') {
    run.push([{ node: row.target, via: -1, scope: token.entry, memory, data: step.data }])
  }
}

function tokenAt(run: Run, row: NodeRow, scope: number, memory: Memory): Token {
  const token: Token = { entry: run.newEntry(), at: row.index }
  if (scope !== 0) token.in = scope
  if (memory !== NO_MEMORY) token.memory = memory
  return token
}

export interface Finish {
  by: LeftBy
  /** The flow that was chosen, `null` for the only one. */
  flow: number | null
  outcomeId: string | null
  data: OutcomeData
}

/** An activity has been done: its token goes on, or the next instance of its loop begins. */
export function finish(run: Run, token: Token, how: Finish): void {
  const row = run.row(token.at)
  const memory = token.memory ?? NO_MEMORY
  const scope = token.in ?? 0
  leave(run, token, how.by)
  if (token.turn !== undefined) finishTurn(run, row, scope, memory, how)
  else goOn(run, row, scope, memory, how)
}

function goOn(run: Run, row: NodeRow, scope: number, memory: Memory, how: Omit<Finish, 'by'>): void {
  if (how.flow === null) run.out(row, memory, how.data, scope)
  else run.push([run.along(how.flow, memory, how.data, scope, row.index)])
}

function finishTurn(run: Run, row: NodeRow, holderEntry: number, memory: Memory, how: Omit<Finish, 'by'>): void {
  const before = run.tokenOf(holderEntry)
  if (!before?.loop || !row.loop) return
  const { times } = before.loop
  const done = before.loop.done + 1
  const holder: Token = { ...before, loop: { times, done } }
  if (memory !== NO_MEMORY) holder.memory = memory
  run.replace(before, holder)
  const facts = {
    outcome: how.outcomeId,
    loopCounter: done,
    numberOfInstances: times,
    numberOfCompletedInstances: done,
  }
  if (goesRound(run, row.loop, done, times, run.known(memory, facts satisfies LoopFacts))) {
    const flow = how.flow === null ? undefined : run.program.flows[how.flow]
    const kept = flow ? run.take(flow.effects, memory, how.data, flow.id, row.index) : memory
    const next = row.loop.type === 'standard' || row.loop.sequential
    const step = { node: row.index, via: -1, scope: holder.entry, memory: kept, data: NO_DATA }
    if (next) begin(run, row, step, done + 1)
    return
  }
  leave(run, holder, { type: 'ended' })
  goOn(run, row, holder.in ?? 0, memory, how)
}

function goesRound(run: Run, loop: LoopRow, done: number, times: number, known: ReturnType<Run['known']>): boolean {
  if (loop.type === 'standard') return run.decisions.again(loop, done, known)
  return done < times && !run.decisions.enough(loop, known)
}

/** Takes a token away with everything inside it; what was begun there is called off. */
export function leave(run: Run, token: Token, by: LeftBy): void {
  const row = run.row(token.at)
  run.remove(token)
  if (row.kind === 'subProcess' || token.loop) {
    const inner = by.type === 'stopped' || by.type === 'moved' ? by : ({ type: 'ended' } as const)
    for (const child of run.tokens.filter((other) => other.in === token.entry)) leave(run, child, inner)
  }
  if (!token.loop) cancelTimers(run, row.waits, row, token)
  if (token.turn === undefined) cancelTimers(run, row.borders, row, token)
  if (row.kind === 'place' && !token.loop) {
    run.commands.push({ type: 'leaveTask', taskId: row.id, entry: token.entry, by })
  }
}

/** Ends everything that goes on in a sub-process, or, on the top level, everything. */
export function leaveScope(run: Run, scope: number): void {
  run.dropSteps(scope)
  for (const token of run.tokens.filter((other) => (other.in ?? 0) === scope)) leave(run, token, { type: 'stopped' })
}
