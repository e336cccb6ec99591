import { Refusal } from '@opora/core'
import { advance } from './advance.ts'
import { nameOf } from './describe-element.ts'
import { presentElements } from './outcomes.ts'
import type { Bilingual, Facts, ProcessDefinition } from './process-definition.ts'
import { type Advance, initialState, type ProcessEvent } from './process-state.ts'
import { variantsOf } from './sample-data.ts'
import { offersOf, type SimulatedEvent } from './simulate.ts'

/** One place that a ticket left last time: what let it go, and what was known of the ticket then. */
export interface PastStep {
  place: string
  by: 'outcome' | 'message' | 'signal' | 'timer' | 'error' | 'escalation' | 'done' | 'ended' | 'moved' | 'stopped'
  /** The outcome's id, the message's name, the timer's element, the code; null where nothing of the kind is known. */
  what: string | null
  facts: Facts
  /** The place that it came to next; null when it came to none. */
  next: string | null
}
export interface PastTicket {
  ticketId: number
  facts: Facts
  steps: readonly PastStep[]
}

/** How a ticket of the past fares on another version. */
export interface Rehearsed {
  ticketId: number
  /** Places that it came to, in order. */
  path: string[]
  /** Nodes and flows that it passed, each once. */
  passed: string[]
  /** Places that the past does not know, and that it had to be helped through. */
  detours: string[]
  /** Null when it came through. `at`: where it stands; `step`: which step of the past could not be made, from 0. */
  stuck: (Bilingual & { at: string[]; step: number }) | null
  endedAt: string | null
}

/** So many places that the past does not know are walked through to find the way back to it. */
const DETOUR_MAX = 4
/** Steps tried in looking for one way back, and in all of a rehearsal; past them a ticket counts as stuck. */
const TRIED_MAX = 120
export const EFFORT_MAX = 100_000

/**
 * Takes a ticket of the past through a diagram by the same choices, messages and timers. Forms are filled in with
 * samples, and where a form's choice decides the way, with the one that led where the ticket went. A place that the
 * past does not know is walked through when some way leads on to where the ticket went; otherwise it is stuck.
 */
export function rehearse(
  definition: ProcessDefinition,
  past: PastTicket,
  effort: { left: number } = { left: EFFORT_MAX },
): Rehearsed {
  const result: Rehearsed = { ticketId: past.ticketId, path: [], passed: [], detours: [], stuck: null, endedAt: null }
  const passed = new Set<string>()
  const here: { moved: Advance | null } = { moved: null }
  const take = (next: Advance) => {
    here.moved = next
    for (const id of next.trail) passed.add(id)
    for (const command of next.commands) if (command.type === 'enterTask') result.path.push(command.taskId)
    result.endedAt = next.state.endedAt
  }
  try {
    take(advance(definition, initialState(), { type: 'started' }, past.facts))
    for (const [at, step] of past.steps.entries()) {
      if (!here.moved || result.endedAt !== null) break
      const stuck = makeStep(definition, here.moved, step, take, result, effort)
      if (!stuck) continue
      result.stuck = { ...stuck, at: presentElements(definition, here.moved.state), step: at }
      break
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const at = here.moved ? presentElements(definition, here.moved.state) : []
    result.stuck = { ru: error.sentence('ru'), en: error.sentence('en'), at, step: result.path.length }
  }
  result.passed = [...passed]
  return result
}

/** Makes one step of the past; says why it cannot be made. */
function makeStep(
  definition: ProcessDefinition,
  before: Advance,
  step: PastStep,
  take: (next: Advance) => void,
  result: Rehearsed,
  effort: { left: number },
): Bilingual | null {
  // Left because what was around it ended, or merged away: nothing to do by itself.
  if (step.by === 'ended' || step.by === 'stopped') return null
  let from = before
  if (!stands(definition, from, step.place)) {
    const way = wayTo(definition, from, step, effort)
    if (!way) return notThere(definition, step.place)
    result.detours.push(...presentElements(definition, from.state).filter((id) => isPlace(definition, id)))
    for (const next of way) {
      take(next)
      from = next
    }
  }
  const candidates = eventsOf(definition, step)
  let first: Advance | null = null
  let refused: Refusal | null = null
  for (const event of candidates) {
    const next = attempt(definition, from, event, step.facts)
    if (next instanceof Refusal) refused ??= next
    else if (!next.ignored) {
      first ??= next
      if (step.next === null || stands(definition, next, step.next)) {
        take(next)
        return null
      }
    }
  }
  if (first) {
    take(first)
    return null
  }
  return refused ? { ru: refused.sentence('ru'), en: refused.sentence('en') } : unheard(definition, step)
}

/** The ways in which a step of the past may be told to the engine. */
function eventsOf(definition: ProcessDefinition, step: PastStep): ProcessEvent[] {
  const { place: taskId, what } = step
  const node = definition.nodes[taskId]
  switch (step.by) {
    case 'outcome': {
      const outcomeId = what ?? ''
      const outcome = node?.kind === 'place' ? node.outcomes.find((one) => one.id === outcomeId) : undefined
      const variants = outcome ? variantsOf(outcome) : [{}]
      return variants.map((data) => ({ type: 'outcome', taskId, outcomeId, data }))
    }
    case 'message':
    case 'signal':
      return [{ type: step.by, name: what ?? '' }]
    case 'timer':
      return [{ type: 'timer', elementId: what ?? '' }]
    case 'error':
      return [{ type: 'failed', taskId, code: what ?? '' }]
    case 'escalation':
      return [{ type: 'escalated', taskId, code: what ?? '' }]
    case 'moved':
      return step.next === null ? [] : [{ type: 'moved', taskId: step.next }]
    default:
      return [{ type: 'done', taskId }]
  }
}

function attempt(definition: ProcessDefinition, from: Advance, event: ProcessEvent, facts: Facts): Advance | Refusal {
  try {
    return advance(definition, from.state, event, facts)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function isPlace(definition: ProcessDefinition, id: string): boolean {
  return definition.nodes[id]?.kind === 'place'
}

function stands(definition: ProcessDefinition, moved: Advance, place: string): boolean {
  return presentElements(definition, moved.state).includes(place)
}

/** The shortest way by buttons and events to a place, `null` when none is found near by. */
function wayTo(
  definition: ProcessDefinition,
  from: Advance,
  { place, facts }: PastStep,
  effort: { left: number },
): Advance[] | null {
  if (!isPlace(definition, place)) return null
  let ways: Advance[][] = [[]]
  let tried = 0
  for (let depth = 0; depth < DETOUR_MAX; depth++) {
    const longer: Advance[][] = []
    for (const way of ways) {
      const at = way.at(-1) ?? from
      for (const { event } of offersOf(definition, at.state, facts)) {
        tried += 1
        effort.left -= 1
        if (tried > TRIED_MAX || effort.left < 0) return null
        const next = attempt(definition, at, withSamples(definition, event), facts)
        if (next instanceof Refusal || next.ignored) continue
        if (stands(definition, next, place)) return [...way, next]
        longer.push([...way, next])
      }
    }
    ways = longer
  }
  return null
}

function withSamples(definition: ProcessDefinition, event: SimulatedEvent): ProcessEvent {
  if (event.type !== 'outcome') return event
  const node = definition.nodes[event.taskId]
  const outcome = node?.kind === 'place' ? node.outcomes.find((one) => one.id === event.outcomeId) : undefined
  return { ...event, data: (outcome && variantsOf(outcome)[0]) ?? {} }
}

function notThere(definition: ProcessDefinition, place: string): Bilingual {
  const node = definition.nodes[place]
  const { ru, en } = node ? nameOf(node) : { ru: place, en: place }
  if (!node) return { ru: `дальше был шаг «${ru}», которого больше нет`, en: `the step "${en}" is there no longer` }
  return { ru: `не попадает на шаг «${ru}»`, en: `does not come to the step "${en}"` }
}

function unheard(definition: ProcessDefinition, step: PastStep): Bilingual {
  const what = step.what ?? step.by
  const { ru, en } = nameOf(definition.nodes[what])
  return { ru: `здесь больше не ждут «${ru || what}»`, en: `"${en || what}" is not waited for here` }
}

/** What a rehearsal of many shows: how many came through, along which ways, over which elements. */
export interface RehearsalSummary {
  tickets: number
  stuck: Rehearsed[]
  /** The ways taken, the most frequent first; the tail is left out, `others` counts it. */
  paths: { places: string[]; tickets: number }[]
  others: number
  /** How many tickets passed an element. */
  passed: Record<string, number>
  /** How many were helped through a place that the past does not know. */
  detours: Record<string, number>
}

export function summarise(rehearsed: readonly Rehearsed[], paths = 20): RehearsalSummary {
  const byPath = new Map<string, { places: string[]; tickets: number }>()
  const passed: Record<string, number> = {}
  const detours: Record<string, number> = {}
  for (const one of rehearsed) {
    const key = one.path.join(' ')
    const found = byPath.get(key)
    if (found) found.tickets += 1
    else byPath.set(key, { places: one.path, tickets: 1 })
    for (const id of one.passed) passed[id] = (passed[id] ?? 0) + 1
    for (const id of new Set(one.detours)) detours[id] = (detours[id] ?? 0) + 1
  }
  const all = [...byPath.values()].sort((a, b) => b.tickets - a.tickets)
  const others = all.slice(paths).reduce((sum, path) => sum + path.tickets, 0)
  const stuck = rehearsed.filter((one) => one.stuck !== null)
  return { tickets: rehearsed.length, stuck, paths: all.slice(0, paths), others, passed, detours }
}
