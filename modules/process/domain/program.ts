import { type Compiled, compileExpression } from './feel/compile.ts'
import type { Expression } from './feel/expression.ts'
import type {
  ActionParam,
  Effect,
  EndResult,
  FactValue,
  Flow,
  PlaceNode,
  ProcessDefinition,
  ProcessNode,
  Throw,
  Trigger,
} from './process-definition.ts'
import type { Command } from './process-state.ts'
import { flowsBefore } from './reachability.ts'

/** A definition as the engine runs it: tables whose rows refer to each other by number. Made once, never changed. */
export interface Program {
  definition: ProcessDefinition
  nodes: readonly NodeRow[]
  flows: readonly FlowRow[]
  indexOf: ReadonlyMap<string, number>
  flowIndexOf: ReadonlyMap<string, number>
  /** Nodes that wait for a signal, so that one thrown where nobody listens costs nothing. */
  hearsSignals: boolean
  /** Whether anything has to be looked at once all branches have come to rest: sub-processes, loops, inclusive joins. */
  settles: boolean
}

export interface NodeRow {
  index: number
  id: string
  node: ProcessNode
  kind: ProcessNode['kind']
  /** The row of the sub-process around it, -1 on the top level. */
  scope: number
  incoming: readonly number[]
  outgoing: readonly number[]
  effects: readonly EffectRow[]
  /** Events on the border of an activity. */
  borders: readonly number[]
  /** What a place itself waits for: its own row, or the rows behind an event-based gateway. */
  waits: readonly number[]
  trigger: Trigger | null
  interrupting: boolean
  throws: Throw | EndResult | null
  loop: LoopRow | null
  /** Where a sub-process starts, where a link goes on, where a return goes without memory: -1 for nowhere. */
  target: number
  /** The default flow of a gateway, -1 for none. */
  otherwise: number
  /** The command that shows a place, but for its entry. */
  shown: Omit<Extract<Command, { type: 'enterTask' }>, 'entry'> | null
  /** Of an inclusive join: by each incoming flow, the nodes from which a token may still come by it. */
  before: readonly (readonly boolean[])[] | null
}

export interface FlowRow {
  index: number
  id: string
  to: number
  from: number
  condition: Compiled | null
  effects: readonly EffectRow[]
}

export type EffectRow =
  | { type: 'action'; name: string; params: ActionParam[] }
  | { type: 'set'; fact: string; value: FactValue; from: string | null; expression: Compiled | null }
  | { type: 'remember'; as: string }

export type LoopRow =
  | { type: 'standard'; condition: Compiled | null; testBefore: boolean; most: number }
  | { type: 'multiple'; sequential: boolean; times: Compiled; until: Compiled | null; fixed: number | null }

const programs = new WeakMap<ProcessDefinition, Program>()

/** The program of a definition, compiled at its first use. */
export function programOf(definition: ProcessDefinition): Program {
  const known = programs.get(definition)
  if (known) return known
  const made = compileProcess(definition)
  programs.set(definition, made)
  return made
}

function compileProcess(definition: ProcessDefinition): Program {
  const all = Object.values(definition.nodes)
  const indexOf = new Map(all.map((node, index) => [node.id, index]))
  const flowIndexOf = new Map(Object.keys(definition.flows).map((id, index) => [id, index]))
  const index = (id: string | null | undefined) => (id ? (indexOf.get(id) ?? -1) : -1)
  const flowIndexes = (ids: string[]) => ids.map((id) => flowIndexOf.get(id) ?? -1)
  const nodes = all.map((node, at): NodeRow => {
    const hasBorders = node.kind === 'place' || node.kind === 'action' || node.kind === 'subProcess'
    return {
      index: at,
      id: node.id,
      node,
      kind: node.kind,
      scope: index(node.scopeId),
      incoming: flowIndexes(node.incoming),
      outgoing: flowIndexes(node.outgoing),
      effects: node.effects.map(effectRow),
      borders: hasBorders ? node.boundaryIds.map(index) : [],
      waits:
        node.kind === 'place' ? (node.task === 'choice' ? node.choiceIds.map(index) : node.trigger ? [at] : []) : [],
      trigger: 'trigger' in node ? node.trigger : null,
      interrupting: node.kind !== 'boundary' || node.interrupting,
      throws: node.kind === 'end' ? node.result : 'throws' in node ? node.throws : null,
      loop: hasBorders && node.loop ? loopRow(node.loop) : null,
      target: targetOf(definition, node, index),
      otherwise: 'defaultFlowId' in node && node.defaultFlowId ? (flowIndexOf.get(node.defaultFlowId) ?? -1) : -1,
      shown: node.kind === 'place' ? shownAs(node) : null,
      before: null,
    }
  })
  const flows = Object.values(definition.flows).map((flow, at) => flowRow(flow, at, index))
  for (const row of nodes) {
    if (row.kind === 'inclusive' && row.incoming.length > 1) row.before = flowsBefore(definition, row.id)
  }
  return {
    definition,
    nodes,
    flows,
    indexOf,
    flowIndexOf,
    hearsSignals: nodes.some((row) => row.trigger?.type === 'signal'),
    settles: nodes.some((row) => row.kind === 'subProcess' || row.loop !== null || row.before !== null),
  }
}

function flowRow(flow: Flow, at: number, index: (id: string) => number): FlowRow {
  const condition = flow.condition ? compileExpression(flow.condition) : null
  const effects = flow.effects.map(effectRow)
  return { index: at, id: flow.id, to: index(flow.to), from: index(flow.from), condition, effects }
}

function effectRow(effect: Effect): EffectRow {
  if (effect.type !== 'set') return effect
  return {
    type: 'set',
    fact: effect.fact,
    value: 'value' in effect ? effect.value : null,
    from: 'from' in effect ? effect.from : null,
    expression: 'expression' in effect ? compileExpression(effect.expression) : null,
  }
}

function loopRow(loop: NonNullable<PlaceNode['loop']>): LoopRow {
  if (loop.type === 'standard') {
    const condition = loop.condition ? compileExpression(loop.condition) : null
    return { type: 'standard', condition, testBefore: loop.testBefore, most: loop.most }
  }
  const until = loop.until ? compileExpression(loop.until) : null
  const { sequential, times } = loop
  return { type: 'multiple', sequential, times: compileExpression(times), until, fixed: fixedOf(times) }
}

function fixedOf(times: Expression): number | null {
  return times.op === 'value' && typeof times.value === 'number' ? times.value : null
}

function targetOf(definition: ProcessDefinition, node: ProcessNode, index: (id: string | null) => number): number {
  if (node.kind === 'subProcess') return index(node.startId)
  if (node.kind === 'return') return index(node.otherwise)
  if (node.kind !== 'linkThrow') return -1
  const target = Object.values(definition.nodes).find(
    (other) => other.kind === 'linkCatch' && other.link === node.link && other.scopeId === node.scopeId,
  )
  return index(target?.id ?? null)
}

function shownAs(node: PlaceNode): NodeRow['shown'] {
  const { name, role, takers, statusStaff, statusClient, clockEffect, phase } = node
  const shown = { name, role, takers, statusStaff, statusClient, clockEffect, phase }
  return { type: 'enterTask', taskId: node.id, ...shown }
}
