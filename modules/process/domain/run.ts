import type { Decisions } from './decisions.ts'
import type { FeelValue } from './feel/expression.ts'
import type { Facts, FactValue } from './process-definition.ts'
import type { Advance, Command, OutcomeData, ProcessState, Token } from './process-state.ts'
import type { EffectRow, NodeRow, Program } from './program.ts'
import { processRefusals } from './refusals.ts'

/** More steps than this between two places means that the diagram goes round without ever waiting. */
const STEP_LIMIT = 1_000

export type Memory = Readonly<Record<string, number>>
export const NO_MEMORY: Memory = {}
export const NO_DATA: OutcomeData = {}

/** A token on its way to a node, not yet at rest. */
export interface Step {
  node: number
  /** The flow that it comes by, -1 for none. */
  via: number
  /** The entry of the sub-process token around it, 0 on the top level. */
  scope: number
  memory: Memory
  data: OutcomeData
}

/** What expressions see beside the facts while a loop is at work. */
export type LoopFacts = Readonly<Record<string, FeelValue>>

/** One event's run over the program: the tokens as they become, and the commands. Used for a single event, then dropped. */
export class Run {
  readonly program: Program
  readonly decisions: Decisions
  readonly commands: Command[] = []
  readonly trail: string[] = []
  tokens: Token[]
  endedAt: string | null
  /** The last end event that was reached on the top level. */
  lastEnd: NodeRow | null = null
  /** The checker lets every event on a border happen once in a visit, so that its search ends. */
  readonly eachOnce: boolean
  private readonly given: Facts
  private readonly before: Facts
  private set: Record<string, FactValue> | null = null
  private nextEntry: number
  private steps: Step[] = []
  private count = 0

  constructor(program: Program, state: ProcessState, facts: Facts, decisions: Decisions, eachOnce = false) {
    this.program = program
    this.decisions = decisions
    this.eachOnce = eachOnce
    this.given = facts
    this.before = state.facts
    this.tokens = state.tokens.slice()
    this.nextEntry = state.nextEntry
    this.endedAt = state.endedAt
  }

  /** The next step to be made, `undefined` when every branch rests. */
  next(): Step | undefined {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      // The sub-process that it belonged to has been left in the meantime.
      if (step.scope !== 0 && !this.tokenOf(step.scope)) continue
      this.count += 1
      if (this.count <= STEP_LIMIT) return step
      const row = this.row(step.node)
      throw processRefusals.refuse('process.endless_loop', {
        params: { element: row.node.name.ru ? row.node.name : row.id },
      })
    }
    return undefined
  }

  result(): Advance {
    const kept = this.set ? { ...this.before, ...this.set } : this.before
    return {
      state: { tokens: this.tokens, facts: kept, nextEntry: this.nextEntry, endedAt: this.endedAt },
      commands: this.commands,
      facts: this.facts(),
      trail: this.trail,
      ignored: false,
    }
  }

  facts(): Facts {
    return this.set ? { ...this.before, ...this.given, ...this.set } : { ...this.before, ...this.given }
  }

  row(index: number): NodeRow {
    return this.program.nodes[index] as NodeRow
  }

  tokenOf(entry: number): Token | undefined {
    return this.tokens.find((token) => token.entry === entry)
  }

  newEntry(): number {
    const entry = this.nextEntry
    this.nextEntry += 1
    return entry
  }

  /** Puts a token down. */
  rest(token: Token): Token {
    this.tokens.push(token)
    return token
  }

  replace(token: Token, by: Token): void {
    this.tokens = this.tokens.map((other) => (other === token ? by : other))
  }

  remove(token: Token): void {
    this.tokens = this.tokens.filter((other) => other !== token)
  }

  /** Steps to be made next, the first of them first. */
  push(steps: readonly Step[]): void {
    for (let at = steps.length - 1; at >= 0; at--) this.steps.push(steps[at] as Step)
  }

  /** Steps of a scope that has come to its end are not made. */
  dropSteps(scope: number): void {
    this.steps = this.steps.filter((step) => step.scope !== scope)
  }

  dropAll(): void {
    this.steps = []
  }

  /** A step along a flow; what the flow carries is done at once. `from`: the node that a memory made here names. */
  along(flow: number, memory: Memory, data: OutcomeData, scope: number, from: number): Step {
    const row = this.program.flows[flow]
    if (!row) throw this.stuck('process.no_way_out', this.row(from))
    this.trail.push(row.id)
    return { node: row.to, via: flow, scope, memory: this.take(row.effects, memory, data, row.id, from), data }
  }

  /** Goes on by every way out of a node. */
  out(row: NodeRow, memory: Memory, data: OutcomeData, scope: number, from = row.index): void {
    if (row.outgoing.length === 0) throw this.stuck('process.no_way_out', row)
    if (row.outgoing.length === 1) this.steps.push(this.along(row.outgoing[0] as number, memory, data, scope, from))
    else this.push(row.outgoing.map((flow) => this.along(flow, memory, data, scope, from)))
  }

  /** Carries out what a flow or node says; gives what is remembered after it. */
  take(effects: readonly EffectRow[], memory: Memory, data: OutcomeData, elementId: string, from: number): Memory {
    if (effects.length === 0) return memory
    let after = memory
    for (const effect of effects) {
      if (effect.type === 'remember') after = { ...after, [effect.as]: from }
      else if (effect.type === 'set') {
        const value = effect.expression
          ? effect.expression(this.known(after))
          : effect.from !== null
            ? data[effect.from]
            : effect.value
        this.set = { ...this.set, [effect.fact]: asFact(value) }
      } else {
        const params: Record<string, unknown> = {}
        for (const param of effect.params) params[param.name] = 'from' in param ? data[param.from] : param.value
        this.commands.push({ type: 'action', name: effect.name, params, elementId })
      }
    }
    return after
  }

  /** What an expression sees: the loop's own, then what the token remembers, then facts, the freshest first. */
  known(memory: Memory, loop?: LoopFacts) {
    return {
      get: (name: string): FeelValue => {
        if (loop && Object.hasOwn(loop, name)) return loop[name] ?? null
        const place = memory[name]
        if (place !== undefined && Object.hasOwn(memory, name)) return this.row(place).id
        for (const facts of [this.set, this.given, this.before]) {
          if (facts && Object.hasOwn(facts, name)) return facts[name] ?? null
        }
        return null
      },
    }
  }

  stuck(code: 'process.no_way_out' | 'process.nowhere_to_return', row: NodeRow) {
    return processRefusals.refuse(code, { params: { element: row.node.name.ru ? row.node.name : row.id } })
  }
}

function asFact(value: unknown): FactValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
