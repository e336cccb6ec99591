import { finish, leave } from './activities.ts'
import { byConditions } from './decisions.ts'
import { happen, hears, raiseAt } from './happenings.ts'
import { checkOutcome } from './outcome-check.ts'
import type { Facts, ProcessDefinition } from './process-definition.ts'
import type { Advance, ProcessEvent, ProcessState, Token } from './process-state.ts'
import { type NodeRow, type Program, programOf } from './program.ts'
import { processRefusals } from './refusals.ts'
import { type Memory, NO_DATA, NO_MEMORY, Run } from './run.ts'
import { go } from './settle.ts'
import { startTimers, timesFired } from './timers.ts'

/**
 * Moves a process by one event. Pure: the same definition, state, event and facts always give the same answer, and
 * nothing given is changed. `facts` are what is known of the ticket now; they win over facts kept in the state.
 *
 * Refuses what a person asks for and cannot have (`process.not_active`, `process.field_required`, …) and diagrams that
 * lead nowhere (`process.no_way_out`, …). Messages and timers that meet nothing are ignored.
 */
export function advance(
  definition: ProcessDefinition,
  state: ProcessState,
  event: ProcessEvent,
  facts: Facts = {},
): Advance {
  const program = programOf(definition)
  const run = new Run(program, state, facts, byConditions)
  if (!meets(program, run, state, event)) {
    return { state, commands: [], facts: run.facts(), trail: [], ignored: true }
  }
  go(run)
  return run.result()
}

function meets(program: Program, run: Run, state: ProcessState, event: ProcessEvent): boolean {
  switch (event.type) {
    case 'started':
      start(program, run, state, event.startId)
      return true
    case 'outcome':
      choose(program, run, state, event)
      return true
    case 'message':
    case 'signal':
      return happen(run, { type: event.type, name: event.name }, (row) => hears(row, event.type, event.name))
    case 'timer':
      return timer(program, run, event)
    case 'moved':
      move(program, run, event.taskId)
      return true
    case 'stopped':
      if (state.endedAt !== null) return false
      clear(run, { type: 'stopped' })
      run.endedAt = 'stopped'
      return true
    default:
      return report(program, run, state, event)
  }
}

function start(program: Program, run: Run, state: ProcessState, startId: string | undefined): void {
  if (state.tokens.length > 0 || state.endedAt !== null) throw processRefusals.refuse('process.already_started')
  const index = program.indexOf.get(startId ?? program.definition.startId) ?? -1
  const row = program.nodes[index]
  if (row?.kind !== 'start' || row.scope >= 0) throw unknownPlace(startId ?? '')
  run.push([{ node: index, via: -1, scope: 0, memory: NO_MEMORY, data: NO_DATA }])
}

function choose(
  program: Program,
  run: Run,
  state: ProcessState,
  event: Extract<ProcessEvent, { type: 'outcome' }>,
): void {
  const row = placeRow(program, event.taskId)
  const token = present(run, state, row, event.entry)
  const { node } = row
  if (node.kind !== 'place') throw unknownPlace(event.taskId)
  const data = event.data ?? NO_DATA
  const known = run.known(token.memory ?? NO_MEMORY)
  const outcome = checkOutcome(program.definition, node, event.outcomeId, known, data, event.roles ?? null)
  const flow = program.flowIndexOf.get(outcome.flowId) ?? -1
  finish(run, token, { by: { type: 'outcome', outcomeId: event.outcomeId }, flow, outcomeId: event.outcomeId, data })
}

function timer(program: Program, run: Run, event: Extract<ProcessEvent, { type: 'timer' }>): boolean {
  const index = program.indexOf.get(event.elementId) ?? -1
  return happen(run, { type: 'timer', elementId: event.elementId }, (row, token) => {
    if (row.index !== index || row.trigger?.type !== 'timer') return false
    if (event.entry !== undefined && event.entry !== token.entry) return false
    const fired = timesFired(token, index)
    if (event.round !== undefined && event.round !== fired) return false
    return row.trigger.times === null || fired < row.trigger.times
  })
}

type Report = Extract<ProcessEvent, { type: 'done' | 'failed' | 'escalated' }>

/** Tidings of work that somebody else does; late ones meet nothing. */
function report(program: Program, run: Run, state: ProcessState, event: Report): boolean {
  const row = placeRow(program, event.taskId)
  const token = tokenHere(state, row, event.entry)
  if (!token) return false
  if (event.type === 'escalated') raiseAt(run, token, 'escalation', event.code)
  else if (row.node.kind !== 'place' || row.node.task !== 'service') return false
  else if (event.type === 'failed') raiseAt(run, token, 'error', event.code)
  else finish(run, token, { by: { type: 'done' }, flow: null, outcomeId: null, data: event.data ?? NO_DATA })
  return true
}

function placeRow(program: Program, taskId: string): NodeRow {
  const row = program.nodes[program.indexOf.get(taskId) ?? -1]
  if (row?.kind !== 'place') throw unknownPlace(taskId)
  return row
}

function unknownPlace(place: string) {
  return processRefusals.refuse('process.unknown_place', { field: 'taskId', params: { place } })
}

function tokenHere(state: ProcessState, row: NodeRow, entry: number | undefined): Token | undefined {
  return state.tokens.find(
    (token) => token.at === row.index && !token.loop && (entry === undefined || entry === token.entry),
  )
}

function present(run: Run, state: ProcessState, row: NodeRow, entry: number | undefined): Token {
  if (run.endedAt !== null) throw processRefusals.refuse('process.ended')
  const token = tokenHere(state, row, entry)
  if (token) return token
  throw processRefusals.refuse('process.not_active', { field: 'taskId', params: { place: row.node.name } })
}

/** Puts one token at a place, whatever way led there; sub-processes around it are entered on the way. */
function move(program: Program, run: Run, taskId: string): void {
  const row = placeRow(program, taskId)
  const memory = Object.assign({}, ...run.tokens.map((token) => token.memory)) as Memory
  clear(run, { type: 'moved' })
  run.endedAt = null
  let scope = 0
  for (const around of scopesAround(program, row)) {
    const token: Token = { entry: run.newEntry(), at: around.index }
    if (scope !== 0) token.in = scope
    startTimers(run, around.borders, around, run.rest(token))
    scope = token.entry
  }
  const kept = Object.keys(memory).length > 0 ? memory : NO_MEMORY
  run.push([{ node: row.index, via: -1, scope, memory: kept, data: NO_DATA }])
}

function scopesAround(program: Program, row: NodeRow): NodeRow[] {
  const around: NodeRow[] = []
  for (let at = row.scope; at >= 0; at = program.nodes[at]?.scope ?? -1) around.unshift(program.nodes[at] as NodeRow)
  return around
}

function clear(run: Run, by: { type: 'moved' | 'stopped' }): void {
  for (const token of run.tokens.filter((other) => other.in === undefined)) leave(run, token, by)
}
