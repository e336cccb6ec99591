import { holds } from './condition.ts'
import type { Facts, Flow, ProcessDefinition, ProcessNode } from './process-definition.ts'

/** The first flow of an exclusive gateway whose condition holds, else its default. */
export function flowTaken(definition: ProcessDefinition, node: ProcessNode, facts: Facts): Flow | null {
  if (node.kind !== 'exclusive') return null
  const flows = node.outgoing.map((id) => definition.flows[id]).filter((flow) => flow !== undefined)
  const only = flows.length === 1 ? flows[0] : undefined
  if (only && !only.condition) return only
  const held = flows.find((flow) => flow.id !== node.defaultFlowId && flow.condition && holds(flow.condition, facts))
  return held ?? flows.find((flow) => flow.id === node.defaultFlowId) ?? null
}
