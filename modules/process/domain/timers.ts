import { parseInstant } from '@opora/core'
import type { Facts, FactValue, PlaceNode, ProcessDefinition, ProcessNode, TimerRule } from './process-definition.ts'
import type { TimerDue } from './process-state.ts'
import { processRefusals } from './refusals.ts'

/** Ids of the elements whose timers run while a token waits at the place. */
export function timersOf(definition: ProcessDefinition, place: PlaceNode): string[] {
  return [place.id, ...place.boundaryIds].filter((id) => {
    const node = definition.nodes[id]
    return node !== undefined && timerOf(node) !== null
  })
}

export function timerOf(node: ProcessNode): TimerRule | null {
  const trigger = node.kind === 'place' || node.kind === 'boundary' ? node.trigger : null
  return trigger?.type === 'timer' ? trigger.due : null
}

/** When the timer of an element fires, counted from now; a fact that should hold the moment is looked up. */
export function dueOf(definition: ProcessDefinition, elementId: string, facts: Facts): TimerDue {
  const node = definition.nodes[elementId]
  const rule = node ? timerOf(node) : null
  if (rule && rule.unit !== 'fact') return rule
  const fact = rule?.fact ?? ''
  const at = instantOf(facts[fact])
  if (at !== null) return { unit: 'instant', at }
  const params = { element: node?.name.ru || elementId, fact }
  throw processRefusals.refuse('process.date_missing', { field: `data.${fact}`, params })
}

function instantOf(value: FactValue | undefined): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value !== 'string') return null
  try {
    return parseInstant(value)
  } catch {
    return null
  }
}
