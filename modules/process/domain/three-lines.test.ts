import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { describePlace, outcomesOf, places, presentElements } from './outcomes.ts'
import type { Facts } from './process-definition.ts'
import { initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { readProcess } from './read-process.ts'
import { soundness } from './soundness.ts'
import { DATA, SCENARIOS } from './three-lines.scenarios.ts'

const xml = readFileSync(new URL('../processes/three-lines.bpmn', import.meta.url), 'utf8')
const definition = await readProcess(xml)

const here = (state: ProcessState) => presentElements(definition, state)[0]

function eventOf(step: string, state: ProcessState): ProcessEvent {
  if (step.startsWith('!')) return { type: 'message', name: step.slice(1) }
  if (step.startsWith('@')) return { type: 'timer', elementId: step.slice(1) }
  return { type: 'outcome', taskId: here(state) ?? '', outcomeId: step, data: DATA }
}

/** Walks a scenario and gives the place after each step and the actions that were asked for. */
function walk(steps: string, facts: Facts = {}) {
  let moved = advance(definition, initialState(), { type: 'started' }, facts)
  const visited = [here(moved.state)]
  const commands = [...moved.commands]
  for (const step of steps.split(' ')) {
    moved = advance(definition, moved.state, eventOf(step, moved.state), facts)
    expect(moved.ignored, step).toBe(false)
    visited.push(here(moved.state) ?? moved.state.endedAt ?? '')
    commands.push(...moved.commands)
  }
  const actions = commands.filter((command) => command.type === 'action').map((command) => command.name)
  return { visited: visited.slice(1), actions, state: moved.state, commands }
}

describe('the process that ships', () => {
  it('is sound', () => {
    expect(soundness(definition)).toEqual([])
  })

  it.each(SCENARIOS)('$tale', ({ steps, places: visited, actions }) => {
    const walked = walk(steps)
    expect(walked.visited.join(' ')).toBe(visited)
    expect(walked.actions.join(' ')).toBe(actions)
  })

  it('has no place, outcome, message or timer that no scenario uses', () => {
    const entered = new Set<string>()
    const left = new Set<string>()
    for (const { steps } of SCENARIOS) {
      for (const command of walk(steps).commands) {
        if (command.type === 'enterTask') entered.add(command.taskId)
        if (command.type === 'leaveTask' && command.by.type === 'outcome') {
          left.add(`${command.taskId} ${command.by.outcomeId}`)
        }
      }
    }
    const all = places(definition)
    expect(all.map((place) => place.id).filter((id) => !entered.has(id))).toEqual([])
    // Questions, estimates and returns to the manager work the same way from every place; one of each is enough.
    const repeated = /^(ask_client|ask_estimate|reroute)$/
    const outcomes = all.flatMap((place) => place.outcomes.map((outcome) => `${place.id} ${outcome.id}`))
    expect(outcomes.filter((name) => !left.has(name) && !repeated.test(name.split(' ')[1] ?? ''))).toEqual([])
  })

  it('pauses the clocks where somebody else is waited for, and stops them once it is solved', () => {
    const effects = places(definition)
      .filter((place) => place.clockEffect !== 'run')
      .map((place) => [place.id, place.clockEffect])
    expect(Object.fromEntries(effects)).toEqual({
      waits_client: 'wait:client',
      estimate_approval: 'wait:approval',
      vendor_wait: 'wait:vendor',
      in_work: 'wait:partner',
      it_planned: 'wait:date',
      confirm: 'stop',
      client_accept: 'stop',
      im_postmortem: 'stop',
      rb_after: 'stop',
      rating: 'stop',
      closed: 'stop',
    })
  })

  it('says everything in both languages', () => {
    const texts = places(definition).flatMap((place) => [
      place.name,
      place.statusStaff,
      place.statusClient,
      place.laneInstruction,
      ...place.outcomes.flatMap((outcome) => [outcome.label, ...outcome.fields.map((field) => field.label)]),
    ])
    for (const text of texts) {
      expect(text?.ru).toMatch(/[а-яё]/i)
      expect(text?.en).not.toMatch(/[а-яё]/i)
    }
  })

  it('offers each role its own outcomes', () => {
    const state = walk('answer').state
    const ids = (roles: string[]) => outcomesOf(definition, state, roles).map((button) => button.outcomeId)
    expect(ids(['cu'])).toEqual(['confirm', 'return'])
    expect(ids(['l1', 'qa'])).toEqual(['confirm', 'return'])
    expect(ids(['qa'])).toEqual([])
    expect(ids([])).toEqual([])
  })

  it('does not offer the vendor when the portal is not eligible', () => {
    const state = walk('pass_on incident').state
    const offers = (facts: Facts) =>
      outcomesOf(definition, state, ['it'], facts).some((button) => button.outcomeId === 'vendor')
    expect([offers({}), offers({ vendor_eligible: true }), offers({ vendor_eligible: false })]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('describes a place for a reader', () => {
    expect(describePlace(definition, 'vendor_wait', 'ru')).toMatchObject({
      name: 'Ждём вендора',
      lane: 'Вторая линия',
      role: 'it',
      statusStaff: 'У вендора',
      statusClient: 'Ждём ответа вендора',
      clockEffect: 'wait:vendor',
      phase: 'waiting',
    })
    expect(describePlace(definition, 'nowhere', 'ru')).toBeNull()
  })

  it('silence confirms after five working days', () => {
    expect(walk('answer').commands.find((command) => command.type === 'startTimer')).toEqual({
      type: 'startTimer',
      elementId: 'silence',
      taskId: 'confirm',
      entry: 2,
      round: 0,
      due: { unit: 'working_days', days: 5 },
    })
  })

  it('is drawn whole: every lane, node and flow has its shape, every node inside its lane', () => {
    const bounds = new Map<string, number[]>()
    const shapes = /bpmnElement="(\w+)"[^>]*><dc:Bounds x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g
    for (const [, id = '', ...numbers] of xml.matchAll(shapes)) bounds.set(id, numbers.map(Number))
    for (const node of Object.values(definition.nodes)) {
      const [x = 0, y = 0, width = 0, height = 0] = bounds.get(node.id) ?? []
      const [left = 0, top = 0, wide = 0, high = 0] = bounds.get(node.laneId ?? '') ?? []
      expect([x > left, y > top, x + width < left + wide, y + height < top + high], node.id).not.toContain(false)
    }
    for (const id of Object.keys(definition.flows)) expect(xml).toMatch(`<bpmndi:BPMNEdge id="${id}_di"`)
  })

  it('keeps its state small and plain', () => {
    for (const { steps } of SCENARIOS) {
      const { state } = walk(steps)
      expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      expect(JSON.stringify(state).length).toBeLessThanOrEqual(300)
    }
  })
})
