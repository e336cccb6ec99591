import type { Locale } from '@opora/core'
import type { ClockEffect, Phase } from './catalogue.ts'
import { holds } from './feel/compile.ts'
import { mayChoose } from './outcome-check.ts'
import type { Bilingual, Facts, Field, Lane, Outcome, PlaceNode, ProcessDefinition } from './process-definition.ts'
import type { ProcessState, Token } from './process-state.ts'
import { programOf } from './program.ts'
import { timerOf } from './timers.ts'

/** A button of the ticket: an outcome of a place where it now waits. */
export interface AvailableOutcome {
  taskId: string
  entry: number
  outcomeId: string
  label: Bilingual
  style: Outcome['style']
  needs: Outcome['needs']
  fields: Field[]
}

/** A place as screens and other modules see it. */
export interface PlaceSummary {
  id: string
  name: Bilingual
  laneId: string | null
  role: string | null
  takers: string[]
  statusStaff: Bilingual
  statusClient: Bilingual
  clockEffect: ClockEffect
  phase: Phase
  /** The place's own work instruction. */
  instruction: Bilingual | null
  /** The work instruction of its lane. */
  laneInstruction: Bilingual | null
  outcomes: Outcome[]
  /** Messages and timers that end or accompany the wait here. */
  messages: string[]
  timers: string[]
}

const STYLES: readonly Outcome['style'][] = ['primary', 'default', 'danger']

/** The outcomes that a person with these roles can choose now: the usual ones first, the destructive last. */
export function outcomesOf(
  definition: ProcessDefinition,
  state: ProcessState,
  roles: readonly string[],
  facts: Facts = {},
): AvailableOutcome[] {
  const available: AvailableOutcome[] = []
  for (const token of state.tokens) {
    const place = placeOf(definition, token)
    if (!place) continue
    const remembered = Object.entries(token.memory ?? {}).map(([name, at]) => [name, idOf(definition, at)])
    const known = { ...state.facts, ...facts, ...Object.fromEntries(remembered) } as Facts
    for (const outcome of place.outcomes) {
      const condition = definition.flows[outcome.flowId]?.condition
      if (!mayChoose(place, outcome, roles) || (condition && !holds(condition, known))) continue
      const { id, label, style, needs, fields } = outcome
      available.push({ taskId: place.id, entry: token.entry, outcomeId: id, label, style, needs, fields })
    }
  }
  return available.sort((a, b) => STYLES.indexOf(a.style) - STYLES.indexOf(b.style))
}

/** All places of a diagram, in the order of the file. */
export function places(definition: ProcessDefinition): PlaceSummary[] {
  return Object.values(definition.nodes)
    .filter((node) => node.kind === 'place')
    .map((node) => summary(definition, node))
}

/** The places where the ticket waits now: one, or several between parallel gateways. */
export function presentPlaces(definition: ProcessDefinition, state: ProcessState): PlaceSummary[] {
  return state.tokens
    .map((token) => placeOf(definition, token))
    .filter((node) => node !== null)
    .map((node) => summary(definition, node))
}

/** The element ids where tokens rest now, sub-processes around them included: what the drawing lights up. */
export function presentElements(definition: ProcessDefinition, state: ProcessState): string[] {
  return [...new Set(state.tokens.map((token) => idOf(definition, token.at)))]
}

function idOf(definition: ProcessDefinition, index: number): string {
  return programOf(definition).nodes[index]?.id ?? ''
}

/** The place of a token that waits for somebody; `null` for one at a gateway or around a loop or sub-process. */
function placeOf(definition: ProcessDefinition, token: Token): PlaceNode | null {
  const node = programOf(definition).nodes[token.at]?.node
  return node?.kind === 'place' && !token.loop ? node : null
}

/** The service task that waits here because of this action, given these values; `null` when none does. */
export function waitingService(
  definition: ProcessDefinition,
  state: ProcessState,
  action: string,
  params: Readonly<Record<string, string>>,
): string | null {
  const asks = (node: PlaceNode) =>
    node.effects.some(
      (effect) =>
        effect.type === 'action' &&
        effect.name === action &&
        Object.entries(params).every(([name, value]) =>
          effect.params.some((param) => param.name === name && ('from' in param || param.value.trim() === value)),
        ),
    )
  const found = state.tokens
    .map((token) => placeOf(definition, token))
    .find((node) => node?.task === 'service' && asks(node))
  return found?.id ?? null
}

/** One place in words of one language, `null` when the diagram has no such place. */
export function describePlace(definition: ProcessDefinition, placeId: string, locale: Locale) {
  const node = definition.nodes[placeId]
  if (node?.kind !== 'place') return null
  const place = summary(definition, node)
  return {
    id: place.id,
    name: place.name[locale],
    lane: laneOf(definition, node)?.name[locale] ?? null,
    role: place.role,
    statusStaff: place.statusStaff[locale],
    statusClient: place.statusClient[locale],
    clockEffect: place.clockEffect,
    phase: place.phase,
    instruction: place.instruction?.[locale] ?? null,
    laneInstruction: place.laneInstruction?.[locale] ?? null,
  }
}

function summary(definition: ProcessDefinition, node: PlaceNode): PlaceSummary {
  const catching = [node.id, ...node.choiceIds, ...node.boundaryIds]
    .map((id) => definition.nodes[id])
    .filter((other) => other !== undefined)
  const messages = catching.map((other) => {
    const trigger = 'trigger' in other ? other.trigger : null
    return trigger?.type === 'message' ? trigger.name : null
  })
  const { id, name, laneId, role, takers, statusStaff, statusClient, clockEffect, phase, instruction, outcomes } = node
  return {
    ...{ id, name, laneId, role, takers, statusStaff, statusClient, clockEffect, phase, instruction, outcomes },
    laneInstruction: laneOf(definition, node)?.instruction ?? null,
    messages: messages.filter((message) => message !== null),
    timers: catching.filter((other) => timerOf(other) !== null).map((other) => other.id),
  }
}

function laneOf(definition: ProcessDefinition, node: PlaceNode): Lane | null {
  return definition.lanes.find((lane) => lane.id === node.laneId) ?? null
}
