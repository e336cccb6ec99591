import { enterActivity, leaveScope } from './activities.ts'
import { escalate, fail, throwOut } from './happenings.ts'
import type { Token } from './process-state.ts'
import type { NodeRow } from './program.ts'
import { type Memory, NO_DATA, NO_MEMORY, type Run, type Step } from './run.ts'

/** What happens when a token comes to a node. */
export function arrive(run: Run, row: NodeRow, step: Step): void {
  run.trail.push(row.id)
  const { scope, data } = step
  if (row.kind === 'place' || row.kind === 'action' || row.kind === 'subProcess') {
    enterActivity(run, row, step)
    return
  }
  const memory = run.take(row.effects, step.memory, data, row.id, row.index)
  switch (row.kind) {
    case 'end':
      end(run, row, scope)
      return
    case 'exclusive': {
      const flow = run.decisions.exclusive(run.program, row, run.known(memory))
      if (flow < 0) throw run.stuck('process.no_way_out', row)
      run.push([run.along(flow, memory, data, scope, row.index)])
      return
    }
    case 'inclusive':
      if (row.before) run.rest(waiting(run, row, step, memory))
      else splitInclusive(run, row, memory, data, scope)
      return
    case 'parallel':
      joinParallel(run, row, step, memory)
      return
    case 'throw':
      throwOut(run, row, scope)
      run.out(row, memory, data, scope)
      return
    case 'linkThrow':
      if (row.target < 0) throw run.stuck('process.no_way_out', row)
      run.push([{ node: row.target, via: -1, scope, memory, data }])
      return
    case 'return':
      run.push([{ node: whereTo(run, row, memory), via: -1, scope, memory, data }])
      return
    default:
      run.out(row, memory, data, scope)
  }
}

function whereTo(run: Run, row: NodeRow, memory: Memory): number {
  const name = row.node.kind === 'return' ? row.node.memory : ''
  const node = memory[name] ?? row.target
  // A place inside another sub-process cannot be gone back to from here.
  if (node < 0 || run.row(node).scope !== row.scope) throw run.stuck('process.nowhere_to_return', row)
  return node
}

export function splitInclusive(run: Run, row: NodeRow, memory: Memory, data: Step['data'], scope: number): void {
  const flows = run.decisions.inclusive(run.program, row, run.known(memory))
  if (flows.length === 0) throw run.stuck('process.no_way_out', row)
  run.push(flows.map((flow) => run.along(flow, memory, data, scope, row.index)))
}

function waiting(run: Run, row: NodeRow, step: Step, memory: Memory): Token {
  const token: Token = { entry: run.newEntry(), at: row.index, via: step.via }
  if (step.scope !== 0) token.in = step.scope
  if (memory !== NO_MEMORY) token.memory = memory
  return token
}

/** Waits until a token has come by every flow, then goes on as one for each way out. */
function joinParallel(run: Run, row: NodeRow, step: Step, memory: Memory): void {
  const { scope, via } = step
  if (row.incoming.length < 2 || via < 0) {
    run.out(row, memory, NO_DATA, scope)
    return
  }
  const here = run.tokens.filter((token) => token.at === row.index && (token.in ?? 0) === scope)
  const fellows = row.incoming.filter((flow) => flow !== via)
  const used = fellows.map((flow) => here.find((token) => token.via === flow))
  if (used.some((token) => token === undefined)) {
    run.rest(waiting(run, row, step, memory))
    return
  }
  run.tokens = run.tokens.filter((token) => !used.includes(token))
  run.out(row, mergedMemory([...used.map((token) => token?.memory), memory]), NO_DATA, scope)
}

/** What branches remember, together; where they differ the later one counts. */
export function mergedMemory(all: readonly (Memory | undefined)[]): Memory {
  const known = all.filter((memory) => memory !== undefined && memory !== NO_MEMORY)
  return known.length === 0 ? NO_MEMORY : (Object.assign({}, ...known) as Memory)
}

function end(run: Run, row: NodeRow, scope: number): void {
  if (scope === 0) run.lastEnd = row
  const result = row.throws
  switch (result?.type) {
    case 'terminate':
      leaveScope(run, scope)
      return
    case 'error':
      fail(run, row, scope, result.code)
      return
    case 'escalation':
      escalate(run, row, scope, result.code)
      return
    case 'message':
    case 'signal':
      throwOut(run, row, scope)
  }
}
