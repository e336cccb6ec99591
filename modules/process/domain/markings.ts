import { Refusal } from '@opora/core'
import { finish } from './activities.ts'
import { armed, fire, raiseAt } from './happenings.ts'
import { Oracle } from './oracle.ts'
import type { ProcessDefinition } from './process-definition.ts'
import { initialState, type ProcessState, type Token } from './process-state.ts'
import { type NodeRow, type Program, programOf } from './program.ts'
import { NO_DATA, NO_MEMORY, Run } from './run.ts'
import { go } from './settle.ts'
import { timesFired } from './timers.ts'

/** More tokens than this at one node at once means that nothing stops them from piling up. */
const PILE = 4

/** More ways than this for one event to go on are not tried. */
const COMBINATIONS = 5_000

/** What came out of trying everything that can happen to a diagram. Sets hold element ids. */
export interface Exploration {
  markings: number
  /** `false`: there were more markings than the limit, so whatever was not found may still be there. */
  complete: boolean
  visited: Set<string>
  /** Where tokens wait that nothing can ever move. */
  deadlocks: Set<string>
  /** Where tokens go round without an end within reach. */
  endless: Set<string>
  /** Where tokens pile up without bound. */
  piles: Set<string>
  /** Where two tokens may wait at once. */
  doubled: Set<string>
  uncaught: Set<string>
  /** What the engine refused, by the element where the step began. */
  refused: Map<string, Refusal>
}

/** Tries, with the engine itself, every event in every marking that can be reached, whatever the conditions say. */
export function explore(definition: ProcessDefinition, limit: number): Exploration {
  const search = new Search(programOf(definition), limit)
  search.run()
  return search.found
}

type Move = { from: NodeRow; act: (run: Run) => void }

class Search {
  readonly found: Exploration = {
    ...{ markings: 0, complete: true, visited: new Set(), deadlocks: new Set(), endless: new Set() },
    ...{ piles: new Set(), doubled: new Set(), uncaught: new Set(), refused: new Map() },
  }
  private readonly program: Program
  private readonly limit: number
  private readonly known = new Map<string, number>()
  private readonly waiting: { index: number; state: ProcessState }[] = []
  /** For each marking the markings before it. */
  private readonly before: number[][] = []
  /** Markings from which the search need not look for an end: it has ended, is stuck, or was left alone. */
  private readonly settled: number[] = []
  /** Where tokens rest in each marking, to name those that never end. */
  private readonly places: number[][] = []
  /** Names that a return asks for: only they tell markings apart. */
  private readonly memories: string[]

  constructor(program: Program, limit: number) {
    this.program = program
    this.limit = limit
    const names = program.nodes.flatMap((row) => (row.node.kind === 'return' ? [row.node.memory] : []))
    this.memories = [...new Set(names)].sort()
  }

  run(): void {
    for (const row of this.program.nodes) {
      if (row.kind !== 'start' || row.scope >= 0) continue
      const step = { node: row.index, via: -1, scope: 0, memory: NO_MEMORY, data: NO_DATA }
      this.try(-1, initialState(), { from: row, act: (run) => run.push([step]) })
    }
    for (let next = this.waiting.pop(); next; next = this.waiting.pop()) {
      if (!this.found.complete) return
      this.expand(next.index, next.state)
    }
    this.findEndless()
  }

  private expand(index: number, state: ProcessState): void {
    const moves = movesOf(this.program, state)
    if (moves.length === 0) {
      this.settled.push(index)
      const stuck = state.tokens.map((token) => this.row(token.at)).filter((row) => row.kind !== 'subProcess')
      for (const row of stuck) this.found.deadlocks.add(row.id)
      return
    }
    for (const move of moves) this.try(index, state, move)
  }

  /** Makes one move with every combination of answers. */
  private try(index: number, state: ProcessState, move: Move): void {
    const oracle = new Oracle()
    let tried = 0
    do {
      tried += 1
      if (tried > COMBINATIONS) {
        this.found.complete = false
        return
      }
      const run = new Run(this.program, state, {}, oracle, true)
      try {
        move.act(run)
        go(run)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        this.found.refused.set(move.from.id, error)
        if (index >= 0) this.settled.push(index)
        continue
      }
      for (const id of run.trail) this.found.visited.add(id)
      for (const command of run.commands) {
        if (command.type === 'raised' && command.as === 'error' && !command.caught) {
          this.found.uncaught.add(command.elementId)
        }
      }
      this.reach(index, run.result().state)
    } while (oracle.next())
  }

  private reach(from: number, state: ProcessState): void {
    const key = state.endedAt === null ? keyOf(state.tokens, this.memories) : 'ended'
    const known = this.known.get(key)
    const index = known ?? this.before.length
    if (known === undefined) {
      if (this.before.length >= this.limit) {
        this.found.complete = false
        return
      }
      this.known.set(key, index)
      this.before.push([])
      this.places.push(state.tokens.map((token) => token.at))
      this.found.markings += 1
      if (state.endedAt !== null || this.crowded(state)) this.settled.push(index)
      else this.waiting.push({ index, state: { ...state, facts: {} } })
    }
    if (from >= 0) this.before[index]?.push(from)
  }

  private crowded(state: ProcessState): boolean {
    const counts = new Map<string, number>()
    let piled = false
    for (const token of state.tokens) {
      if (token.turn !== undefined) continue
      const place = `${token.at} ${token.in ?? 0} ${token.via ?? ''}`
      const count = (counts.get(place) ?? 0) + 1
      counts.set(place, count)
      const row = this.row(token.at)
      if (count === 2 && row.kind === 'place') this.found.doubled.add(row.id)
      if (count <= PILE) continue
      this.found.piles.add(row.id)
      piled = true
    }
    return piled
  }

  private findEndless(): void {
    const ends = new Uint8Array(this.before.length)
    const queue = [...this.settled]
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
      if (ends[index]) continue
      ends[index] = 1
      queue.push(...(this.before[index] ?? []))
    }
    for (const [index, places] of this.places.entries()) {
      if (ends[index]) continue
      for (const at of places) if (this.row(at).kind === 'place') this.found.endless.add(this.row(at).id)
    }
  }

  private row(index: number): NodeRow {
    return this.program.nodes[index] as NodeRow
  }
}

/** Everything that can happen next, once for tokens that cannot be told apart. */
function movesOf(program: Program, state: ProcessState): Move[] {
  const moves: Move[] = []
  const view = new Run(program, state, {}, new Oracle(), true)
  for (const token of state.tokens) {
    const row = program.nodes[token.at] as NodeRow
    if (row.kind !== 'place' && row.kind !== 'subProcess' && !token.loop) continue
    if (row.kind === 'place' && !token.loop) moves.push(...workOf(program, row, token))
    for (const event of armed(view, token)) {
      const { trigger } = event
      if (!trigger || trigger.type === 'error') continue
      if (!event.interrupting && timesFired(token, event.index) > 0) continue
      // What rises from inside is thrown by the inside; only a place is told of an escalation from outside.
      if (trigger.type === 'escalation' && row.kind !== 'place') continue
      const by = { type: 'done' } as const
      moves.push({ from: row, act: (run) => fire(run, token, event, by) })
    }
  }
  return moves
}

/** What can come of the work at a place: its outcomes, or that a task is done or fails. */
function workOf(program: Program, row: NodeRow, token: Token): Move[] {
  const { node } = row
  if (node.kind !== 'place') return []
  const by = { type: 'done' } as const
  const done = (flow: number | null, outcomeId: string | null): Move => ({
    from: row,
    act: (run) => finish(run, token, { by, flow, outcomeId, data: NO_DATA }),
  })
  if (node.task !== 'service') {
    return node.outcomes.map((outcome) => done(program.flowIndexOf.get(outcome.flowId) ?? -1, outcome.id))
  }
  const codes = row.borders.flatMap((index) => {
    const trigger = program.nodes[index]?.trigger
    return trigger?.type === 'error' ? [trigger.code ?? '*'] : []
  })
  const fails = codes.map((code): Move => ({ from: row, act: (run) => raiseAt(run, token, 'error', code) }))
  return [done(null, null), ...fails]
}

/** The same key for markings that differ only in the numbers of their visits. */
function keyOf(tokens: readonly Token[], memories: readonly string[]): string {
  const inside = new Map<number, Token[]>()
  for (const token of tokens) {
    const fellows = inside.get(token.in ?? 0)
    if (fellows) fellows.push(token)
    else inside.set(token.in ?? 0, [token])
  }
  const describe = (token: Token): string => {
    const remembered = memories.map((name) => token.memory?.[name] ?? '').join(',')
    const loop = token.loop ? `${token.loop.done}/${token.loop.times}` : ''
    const own = `${token.at};${token.via ?? ''};${remembered};${loop};${token.fired?.join(',') ?? ''}`
    const inner = inside.get(token.entry)
    return inner ? `${own}(${inner.map(describe).sort().join(' ')})` : own
  }
  const all = (inside.get(0) ?? []).map(describe)
  return all.length > 1 ? all.sort().join(' ') : (all[0] ?? '')
}
