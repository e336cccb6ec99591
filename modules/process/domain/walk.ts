import { flowTaken } from './gateway.ts'
import type {
  BoundaryNode,
  Effect,
  Facts,
  FactValue,
  Flow,
  PlaceNode,
  ProcessDefinition,
  ProcessNode,
} from './process-definition.ts'
import type { Advance, Command, LeftBy, OutcomeData, ProcessState, Token } from './process-state.ts'
import { processRefusals } from './refusals.ts'
import { dueOf, timersOf } from './timers.ts'

/** More steps than this between two places means that the diagram goes round without ever waiting. */
const STEP_LIMIT = 1_000

interface Step {
  nodeId: string
  via: string | null
  memory: Token['memory']
  data: OutcomeData
}

/** One event's walk over the diagram: collects the new tokens and the commands. Used for a single event, then dropped. */
export class Walk {
  facts: Facts
  private readonly definition: ProcessDefinition
  private readonly commands: Command[] = []
  private readonly trail: string[] = []
  private tokens: Token[]
  private own: Record<string, FactValue>
  private nextEntry: number
  private endedAt: string | null
  private steps = 0

  constructor(definition: ProcessDefinition, state: ProcessState, facts: Facts) {
    this.definition = definition
    this.tokens = [...state.tokens]
    this.own = { ...state.facts }
    this.facts = { ...state.facts, ...facts }
    this.nextEntry = state.nextEntry
    this.endedAt = state.endedAt
  }

  result(): Advance {
    const state = { tokens: this.tokens, facts: this.own, nextEntry: this.nextEntry, endedAt: this.endedAt }
    return { state, commands: this.commands, facts: this.facts, trail: this.trail, ignored: false }
  }

  has(token: Token): boolean {
    return this.tokens.includes(token)
  }

  begin(nodeId: string): void {
    this.run([{ nodeId, via: null, memory: {}, data: {} }])
  }

  /** Takes a flow away from a place that has been left. */
  follow(token: Token, flow: Flow, data: OutcomeData): void {
    this.run([this.along(flow, token.memory, data, token.at)])
  }

  /** Goes on from an event that has fired: the catching event itself, or one on the border of a place. */
  continueFrom(node: PlaceNode | BoundaryNode, token: Token): void {
    this.trail.push(node.id)
    this.tokens = this.tokens.map((other) =>
      other === token ? { ...token, fired: [...(token.fired ?? []), node.id] } : other,
    )
    let memory = token.memory
    if (node.kind === 'boundary') memory = this.take(node.effects, memory, {}, node.id, token.at)
    this.run(this.outOf(node, memory, {}, token.at))
  }

  /** Puts a token at a place, whatever way led there. */
  place(nodeId: string, memory: Token['memory']): void {
    this.endedAt = null
    this.run([{ nodeId, via: null, memory, data: {} }])
  }

  leave(token: Token, by: LeftBy): void {
    this.tokens = this.tokens.filter((other) => other !== token)
    const node = this.definition.nodes[token.at]
    if (node?.kind !== 'place') return
    for (const elementId of timersOf(this.definition, node)) {
      this.commands.push({ type: 'cancelTimer', elementId, taskId: node.id, entry: token.entry })
    }
    this.commands.push({ type: 'leaveTask', taskId: node.id, entry: token.entry, by })
  }

  clear(by: LeftBy): void {
    for (const token of this.tokens) this.leave(token, by)
  }

  stop(): void {
    this.endedAt = 'stopped'
  }

  private run(steps: Step[]): void {
    for (let step = steps.shift(); step; step = steps.shift()) {
      this.steps += 1
      if (this.steps > STEP_LIMIT) {
        throw processRefusals.refuse('process.endless_loop', { params: { element: step.nodeId } })
      }
      steps.unshift(...this.arrive(step))
    }
  }

  private arrive(step: Step): Step[] {
    const node = this.definition.nodes[step.nodeId]
    if (!node) throw processRefusals.refuse('process.unknown_place', { params: { place: step.nodeId } })
    this.trail.push(node.id)
    const memory = this.take(node.effects, step.memory, step.data, node.id, node.id)
    switch (node.kind) {
      case 'place':
        this.enter(node, memory)
        return []
      case 'end':
        this.end(node)
        return []
      case 'exclusive': {
        const flow = flowTaken(this.definition, node, { ...this.facts, ...memory })
        if (!flow) throw this.stuck('process.no_way_out', node)
        return [this.along(flow, memory, step.data, node.id)]
      }
      case 'parallel':
        return this.join(node, step.via, memory)
      case 'linkThrow':
        return [{ nodeId: this.linkTarget(node), via: null, memory, data: step.data }]
      case 'return': {
        const nodeId = memory[node.memory] ?? node.otherwise
        if (!nodeId) throw this.stuck('process.nowhere_to_return', node)
        return [{ nodeId, via: null, memory, data: step.data }]
      }
      default:
        return this.outOf(node, memory, step.data, node.id)
    }
  }

  private outOf(node: ProcessNode, memory: Token['memory'], data: OutcomeData, from: string): Step[] {
    if (node.outgoing.length === 0) throw this.stuck('process.no_way_out', node)
    return node.outgoing.map((id) => this.along(this.definition.flows[id] as Flow, memory, data, from))
  }

  private along(flow: Flow, memory: Token['memory'], data: OutcomeData, from: string): Step {
    this.trail.push(flow.id)
    return { nodeId: flow.to, via: flow.id, memory: this.take(flow.effects, memory, data, flow.id, from), data }
  }

  /** Waits until a token has come by every flow, then goes on as one for each way out. */
  private join(node: ProcessNode, via: string | null, memory: Token['memory']): Step[] {
    const waiting = this.tokens.filter((token) => token.at === node.id)
    const missing = node.incoming.filter((id) => id !== via && !waiting.some((token) => token.via === id))
    if (missing.length > 0 && via !== null) {
      this.tokens.push({ entry: this.nextEntry++, at: node.id, via, memory })
      return []
    }
    const fellows = node.incoming.filter((id) => id !== via)
    const used = fellows.map((id) => waiting.find((token) => token.via === id))
    this.tokens = this.tokens.filter((token) => !used.includes(token))
    const shared = Object.assign({}, ...used.map((token) => token?.memory), memory) as Token['memory']
    return this.outOf(node, shared, {}, node.id)
  }

  private enter(node: PlaceNode, memory: Token['memory']): void {
    const entry = this.nextEntry++
    this.tokens.push({ entry, at: node.id, memory })
    const { name, role, takers, statusStaff, statusClient, clockEffect, phase } = node
    const shown = { name, role, takers, statusStaff, statusClient, clockEffect, phase }
    this.commands.push({ type: 'enterTask', taskId: node.id, entry, ...shown })
    for (const elementId of timersOf(this.definition, node)) {
      const due = dueOf(this.definition, elementId, this.facts)
      this.commands.push({ type: 'startTimer', elementId, taskId: node.id, entry, due })
    }
  }

  private end(node: ProcessNode): void {
    if (node.kind === 'end' && node.terminates) this.clear({ type: 'stopped' })
    if (this.tokens.length > 0) return
    this.endedAt = node.id
    this.commands.push({ type: 'completed', endId: node.id, name: node.name })
  }

  private take(
    effects: Effect[],
    memory: Token['memory'],
    data: OutcomeData,
    elementId: string,
    from: string,
  ): Token['memory'] {
    let after = memory
    for (const effect of effects) {
      if (effect.type === 'remember') after = { ...after, [effect.as]: from }
      else if (effect.type === 'set') this.set(effect.fact, 'from' in effect ? asFact(data[effect.from]) : effect.value)
      else {
        const params: Record<string, unknown> = {}
        for (const param of effect.params) params[param.name] = 'from' in param ? data[param.from] : param.value
        this.commands.push({ type: 'action', name: effect.name, params, elementId })
      }
    }
    return after
  }

  private set(fact: string, value: FactValue): void {
    this.own = { ...this.own, [fact]: value }
    this.facts = { ...this.facts, [fact]: value }
  }

  private linkTarget(node: ProcessNode): string {
    const link = node.kind === 'linkThrow' ? node.link : ''
    const target = Object.values(this.definition.nodes).find(
      (other) => other.kind === 'linkCatch' && other.link === link,
    )
    if (!target) throw this.stuck('process.no_way_out', node)
    return target.id
  }

  private stuck(code: 'process.no_way_out' | 'process.nowhere_to_return', node: ProcessNode) {
    return processRefusals.refuse(code, { params: { element: node.name.ru || node.id } })
  }
}

function asFact(value: unknown): FactValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
