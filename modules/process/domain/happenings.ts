import { finish, leave } from './activities.ts'
import type { Trigger } from './process-definition.ts'
import type { LeftBy, Token } from './process-state.ts'
import type { NodeRow } from './program.ts'
import { NO_DATA, NO_MEMORY, type Run } from './run.ts'
import { firedOnceMore, startTimer, timesFired } from './timers.ts'

/** The rows that wait for something while this token rests: what its place waits for, and the events on its border. */
export function armed(run: Run, token: Token): NodeRow[] {
  const row = run.row(token.at)
  const own = token.loop ? [] : row.waits
  const borders = token.turn === undefined ? row.borders : []
  return [...own, ...borders].map((index) => run.row(index))
}

/** Lets every waiting token that the event concerns react once; says whether any did. */
export function happen(run: Run, by: LeftBy, concerns: (row: NodeRow, token: Token) => boolean): boolean {
  let met = false
  for (const before of [...run.tokens]) {
    const token = run.tokenOf(before.entry)
    if (!token) continue
    const ready = armed(run, token).filter((row) => concerns(row, token))
    // What interrupts goes first: once the place is left, nothing else there is waiting.
    const taken = ready.find((row) => row.interrupting) ?? ready[0]
    if (!taken) continue
    met = true
    fire(run, token, taken, by)
  }
  return met
}

/** An event that a token waits for has come. */
export function fire(run: Run, token: Token, row: NodeRow, by: LeftBy): void {
  const place = run.row(token.at)
  const scope = token.in ?? 0
  if (row === place) {
    run.trail.push(row.id)
    finish(run, token, { by, flow: null, outcomeId: null, data: NO_DATA })
    return
  }
  if (row.kind === 'boundary' && !row.interrupting) remain(run, token, row, place)
  else leave(run, token, by)
  if (row.kind !== 'boundary') {
    const flow = place.outgoing.find((index) => run.program.flows[index]?.to === row.index)
    if (flow !== undefined) run.along(flow, NO_MEMORY, NO_DATA, scope, place.index)
  }
  run.trail.push(row.id)
  const memory = run.take(row.effects, token.memory ?? NO_MEMORY, NO_DATA, row.id, place.index)
  run.out(row, memory, NO_DATA, scope, place.index)
}

/** The place stays as it is; a timer that repeats is started once more. */
function remain(run: Run, token: Token, row: NodeRow, place: NodeRow): void {
  const { trigger } = row
  if (trigger?.type !== 'timer' && !run.eachOnce) return
  const after = firedOnceMore(token, row.index)
  run.replace(token, after)
  const rounds = timesFired(after, row.index)
  if (trigger?.type === 'timer' && (trigger.times === null || rounds < trigger.times)) {
    startTimer(run, row, place, after, rounds)
  }
}

/** A throwing event or send task: tells the outside, and, for a signal, the tokens that wait for it here. */
export function throwOut(run: Run, row: NodeRow, scope: number): void {
  const { throws } = row
  if (throws === null || throws.type === 'none' || throws.type === 'terminate') return
  if (throws.type === 'error' || throws.type === 'escalation') {
    if (throws.type === 'escalation') escalate(run, row, scope, throws.code)
    return
  }
  const { type, name } = throws
  run.commands.push({ type: 'send', as: type, name, elementId: row.id })
  if (type === 'signal' && run.program.hearsSignals) happen(run, { type, name }, (other) => hears(other, type, name))
}

export function hears(row: NodeRow, type: 'message' | 'signal', name: string): boolean {
  return row.trigger?.type === type && row.trigger.name === name
}

/** An escalation goes outwards to the first border that catches it; nothing is lost when none does. */
export function escalate(run: Run, row: NodeRow, scope: number, code: string): void {
  const holder = catcher(run, scope, 'escalation', code)
  run.commands.push({ type: 'raised', as: 'escalation', code, elementId: row.id, caught: holder !== null })
  if (holder) fire(run, holder.token, holder.border, { type: 'escalation', code })
}

/** An error ends the sub-process whose border catches it, and the whole process when none does. */
export function fail(run: Run, row: NodeRow, scope: number, code: string): void {
  const holder = catcher(run, scope, 'error', code)
  run.commands.push({ type: 'raised', as: 'error', code, elementId: row.id, caught: holder !== null })
  if (holder) {
    fire(run, holder.token, holder.border, { type: 'error', code })
    return
  }
  run.dropAll()
  for (const token of run.tokens.filter((other) => other.in === undefined)) leave(run, token, { type: 'error', code })
  run.lastEnd = row
}

/** Looks outwards from a scope for a border that catches; an exact code before one that catches all. */
function catcher(run: Run, scope: number, type: 'error' | 'escalation', code: string) {
  for (let at = scope; at !== 0; ) {
    const inner = run.tokenOf(at)
    const token = inner?.turn !== undefined && inner.in !== undefined ? run.tokenOf(inner.in) : inner
    if (!token) return null
    const border = borderFor(run, token, type, code)
    if (border) return { token, border }
    at = token.in ?? 0
  }
  return null
}

function borderFor(run: Run, token: Token, type: 'error' | 'escalation', code: string): NodeRow | null {
  const borders = run.row(token.at).borders.map((index) => run.row(index))
  const catches = (trigger: Trigger | null, wanted: string | null) =>
    trigger !== null && trigger.type === type && 'code' in trigger && trigger.code === wanted
  return borders.find((row) => catches(row.trigger, code)) ?? borders.find((row) => catches(row.trigger, null)) ?? null
}

/** The place's own border catches first, then the sub-processes around it. */
export function raiseAt(run: Run, token: Token, type: 'error' | 'escalation', code: string): void {
  const row = run.row(token.at)
  const outer = token.turn !== undefined && token.in !== undefined ? run.tokenOf(token.in) : token
  const border = outer ? borderFor(run, outer, type, code) : null
  if (outer && border) {
    run.commands.push({ type: 'raised', as: type, code, elementId: row.id, caught: true })
    fire(run, outer, border, { type, code })
    return
  }
  const holder = catcher(run, outer?.in ?? 0, type, code)
  // Work that failed and that nobody catches stays where it is: somebody has to look at it.
  run.commands.push({ type: 'raised', as: type, code, elementId: row.id, caught: holder !== null })
  if (holder) fire(run, holder.token, holder.border, { type, code })
}
