import { advance } from './advance.ts'
import { byConditions } from './decisions.ts'
import { nameOf } from './describe-element.ts'
import { armed } from './happenings.ts'
import { outcomesOf, presentElements } from './outcomes.ts'
import type { Bilingual, Facts, FactValue, Outcome, ProcessDefinition } from './process-definition.ts'
import { type Command, initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { programOf } from './program.ts'
import { Run } from './run.ts'
import { sampleData } from './sample-data.ts'

/** What may be let happen in a rehearsal with one token: the events of the engine without the visit that they are for. */
export type SimulatedEvent =
  | { type: 'outcome'; taskId: string; outcomeId: string; data?: Record<string, FactValue> | undefined }
  | { type: 'message' | 'signal'; name: string }
  | { type: 'timer'; elementId: string }
  | { type: 'done'; taskId: string }
  | { type: 'failed'; taskId: string; code: string }

/** Something that may happen next. `elementId`: where on the drawing. */
export interface Offer {
  event: SimulatedEvent
  elementId: string
  label: Bilingual
  style: Outcome['style']
  /** Fields that only a choice fills: the rest is filled with samples. */
  fields: Outcome['fields']
}

export interface Simulation {
  present: string[]
  passed: string[]
  /** What the last step passed. */
  lastPassed: string[]
  offers: Offer[]
  /** What each step did, in the order of the events; the first is the start. */
  steps: { said: (Bilingual & { elementId: string })[] }[]
  /** What the diagram has set, with the facts that it was given. */
  facts: Facts
  /** Null while the process runs. */
  endedAt: string | null
  /** The last event met nothing that waits for it. */
  ignored: boolean
}

/**
 * Runs a diagram from its start through the given events by the engine itself. The same events always give the same
 * answer. Forms are filled in with samples where the event says nothing. Refuses as the engine does.
 */
export function simulate(definition: ProcessDefinition, events: readonly SimulatedEvent[], facts: Facts): Simulation {
  let moved = advance(definition, initialState(), { type: 'started' }, facts)
  const passed = new Set(moved.trail)
  const steps = [{ said: inWords(definition, moved.commands) }]
  for (const event of events) {
    moved = advance(definition, moved.state, filledIn(definition, event), facts)
    for (const id of moved.trail) passed.add(id)
    steps.push({ said: inWords(definition, moved.commands) })
  }
  const { state } = moved
  return {
    present: presentElements(definition, state),
    passed: [...passed],
    lastPassed: [...new Set(moved.trail)],
    offers: offersOf(definition, state, facts),
    steps,
    facts: { ...facts, ...state.facts },
    endedAt: state.endedAt,
    ignored: moved.ignored,
  }
}

function filledIn(definition: ProcessDefinition, event: SimulatedEvent): ProcessEvent {
  if (event.type !== 'outcome') return event
  const node = definition.nodes[event.taskId]
  const outcome = node?.kind === 'place' ? node.outcomes.find((one) => one.id === event.outcomeId) : undefined
  return { ...event, data: outcome ? sampleData(outcome, event.data) : (event.data ?? {}) }
}

/** Everything that may happen now: buttons of everybody, then what comes by itself. */
export function offersOf(definition: ProcessDefinition, state: ProcessState, facts: Facts): Offer[] {
  const everybody = Object.values(definition.nodes).flatMap((node) =>
    node.kind === 'place' ? [...node.takers, ...node.outcomes.flatMap((outcome) => outcome.by ?? [])] : [],
  )
  const roles = [...new Set(everybody)]
  const offers = outcomesOf(definition, state, roles, facts).map(
    ({ taskId, outcomeId, label, style, fields }): Offer => ({
      event: { type: 'outcome', taskId, outcomeId },
      elementId: taskId,
      ...{ label, style },
      fields: fields.filter((field) => field.type === 'choice' || field.type === 'boolean'),
    }),
  )
  const seen = new Set<string>()
  for (const offer of [...offers, ...eventsOffered(definition, state, facts)]) seen.add(JSON.stringify(offer))
  return [...seen].map((text) => JSON.parse(text) as Offer)
}

function eventsOffered(definition: ProcessDefinition, state: ProcessState, facts: Facts): Offer[] {
  const program = programOf(definition)
  const run = new Run(program, state, facts, byConditions)
  const plain = { style: 'default' as const, fields: [] }
  return state.tokens.flatMap((token): Offer[] => {
    const waits = armed(run, token).flatMap((row): Offer[] => {
      const { trigger, node } = row
      if (trigger?.type === 'message' || trigger?.type === 'signal') {
        const { type, name } = trigger
        return [{ event: { type, name }, elementId: row.id, label: { ru: name, en: name }, ...plain }]
      }
      if (trigger?.type !== 'timer') return []
      return [{ event: { type: 'timer', elementId: row.id }, elementId: row.id, label: nameOf(node), ...plain }]
    })
    const { node, id } = run.row(token.at)
    if (node.kind !== 'place' || node.task !== 'service' || token.loop) return waits
    const label = { ru: `${node.name.ru}: сделано`, en: `${node.name.en}: done` }
    return [...waits, { event: { type: 'done', taskId: id }, elementId: id, label, ...plain }]
  })
}

function inWords(definition: ProcessDefinition, commands: readonly Command[]): Simulation['steps'][number]['said'] {
  return commands.flatMap((command): Simulation['steps'][number]['said'] => {
    const said = sentenceOf(definition, command)
    return said ? [said] : []
  })
}

function sentenceOf(definition: ProcessDefinition, command: Command): (Bilingual & { elementId: string }) | null {
  const called = (id: string) => nameOf(definition.nodes[id])
  switch (command.type) {
    case 'enterTask': {
      const { name, statusStaff, statusClient } = command
      const ru = `«${name.ru}»: сотрудники видят «${statusStaff.ru}», клиент — «${statusClient.ru}»`
      const en = `"${name.en}": staff see "${statusStaff.en}", the client "${statusClient.en}"`
      return { elementId: command.taskId, ru, en }
    }
    case 'action':
      return { elementId: command.elementId, ru: `действие ${command.name}`, en: `action ${command.name}` }
    case 'startTimer': {
      const { ru, en } = called(command.elementId)
      return { elementId: command.elementId, ru: `запущен таймер «${ru}»`, en: `timer "${en}" started` }
    }
    case 'send':
      return { elementId: command.elementId, ru: `послано «${command.name}»`, en: `sent "${command.name}"` }
    case 'raised': {
      const { elementId, code } = command
      return { elementId, ru: `поднято «${code}»`, en: `raised "${code}"` }
    }
    case 'completed':
      return { elementId: command.endId, ru: 'процесс завершён', en: 'the process has ended' }
    default:
      return null
  }
}
