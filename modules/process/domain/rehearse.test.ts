import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { presentElements } from './outcomes.ts'
import { type HistoryFact, pastTicketOf } from './past-ticket.ts'
import { initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { readProcess } from './read-process.ts'
import { rehearse, summarise } from './rehearse.ts'
import { simulate } from './simulate.ts'
import { DATA, SCENARIOS } from './three-lines.scenarios.ts'

const shipped = readFileSync(new URL('../processes/three-lines.bpmn', import.meta.url), 'utf8')
const definition = await readProcess(shipped)
const here = (state: ProcessState) => presentElements(definition, state)[0] ?? ''

function eventOf(step: string, state: ProcessState): ProcessEvent {
  if (step.startsWith('!')) return { type: 'message', name: step.slice(1) }
  if (step.startsWith('@')) return { type: 'timer', elementId: step.slice(1) }
  return { type: 'outcome', taskId: here(state), outcomeId: step, data: DATA }
}

/** The history that a ticket of this scenario leaves behind, as tickets keep it. */
function historyOf(steps: string, facts: Record<string, string | number> = {}): HistoryFact[] {
  const history: HistoryFact[] = [{ type: 'opened', data: { kind: null, priority: 3, ...facts } }]
  let moved = advance(definition, initialState(), { type: 'started' }, facts)
  const keep = () => {
    for (const command of moved.commands) {
      if (command.type === 'enterTask') history.push({ type: 'place_entered', data: { place: command.taskId } })
      if (command.type === 'action' && command.name === 'set_kind') {
        history.push({ type: 'kind_changed', data: { to: String(command.params['kind']) } })
      }
      if (command.type !== 'leaveTask') continue
      const { by, taskId } = command
      const outcome =
        by.type === 'outcome' ? by.outcomeId : by.type === 'timer' ? by.elementId : 'name' in by ? by.name : null
      history.push({ type: 'place_left', data: { place: taskId, by: by.type, outcome } })
    }
  }
  keep()
  for (const step of steps.split(' ')) {
    moved = advance(definition, moved.state, eventOf(step, moved.state), facts)
    keep()
  }
  return history
}

const pasts = SCENARIOS.map((scenario, at) => pastTicketOf(at + 1, historyOf(scenario.steps)))
const through = (xml: string) => readProcess(xml).then((version) => pasts.map((past) => rehearse(version, past)))

describe('a rehearsal on tickets of the past', () => {
  it('takes every scenario through the version that it ran on, by the same places', () => {
    for (const [at, past] of pasts.entries()) {
      const again = rehearse(definition, past)
      const entered = historyOf(SCENARIOS[at]!.steps).filter((fact) => fact.type === 'place_entered')
      expect(again.stuck, SCENARIOS[at]!.steps).toBeNull()
      expect(again.path).toEqual(entered.map((fact) => fact.data['place']))
      expect(again.detours).toEqual([])
    }
  })

  it('says where and why a ticket is stuck when its button or its place is gone', async () => {
    const renamed = await through(shipped.replace('<opora:outcome id="solved"', '<opora:outcome id="mended"'))
    const stuck = renamed.filter((one) => one.stuck)
    expect(stuck.length).toBeGreaterThan(0)
    expect(stuck.every((one) => one.stuck?.at.includes('it_diagnose'))).toBe(true)
    expect(stuck[0]?.stuck?.ru).toContain('нет исхода «solved»')
    const without = await through(shipped.replaceAll('l1_classify', 'first_look'))
    expect(without[0]?.stuck).toMatchObject({ at: ['first_look'], step: 0 })
    expect(without[0]?.stuck?.en).toContain('"l1_classify" is there no longer')
  })

  it('walks through a place that the past does not know when a way leads back to it', async () => {
    const wider = shipped
      .replace(
        '<bpmn:userTask id="qa_test"',
        `<bpmn:userTask id="lawyer" name="Юрист"><bpmn:extensionElements><opora:place role="an"/></bpmn:extensionElements></bpmn:userTask>
         <bpmn:sequenceFlow id="f_lawyer" name="дальше" sourceRef="lawyer" targetRef="qa_test"/><bpmn:userTask id="qa_test"`,
      )
      .replace('sourceRef="it_diagnose" targetRef="qa_test"', 'sourceRef="it_diagnose" targetRef="lawyer"')
      .replace('<bpmn:incoming>f_it_solved</bpmn:incoming>', '')
    const rehearsed = await through(wider)
    expect(rehearsed.filter((one) => one.stuck)).toEqual([])
    const summary = summarise(rehearsed)
    expect(Object.keys(summary.detours)).toEqual(['lawyer'])
    expect(summary.passed['f_lawyer']).toBe(summary.detours['lawyer'])
  })

  it('counts every ticket once among the ways, the most frequent first', async () => {
    const summary = summarise(await through(shipped), 3)
    const listed = summary.paths.reduce((sum, path) => sum + path.tickets, 0)
    expect(listed + summary.others).toBe(pasts.length)
    expect(summary.tickets).toBe(pasts.length)
    expect(summary.paths.map((path) => path.tickets)).toEqual(
      summary.paths.map((path) => path.tickets).sort((one, other) => other - one),
    )
  })
})

describe('one token by hand', () => {
  it('is moved by the engine: the same events give the same answer, and every offer is one that it takes', () => {
    const start = simulate(definition, [], { priority: 3 })
    expect(start.present).toEqual(['l1_classify'])
    expect(start.offers.map((offer) => offer.label.ru)).toContain('Передать дальше')
    for (const { event } of start.offers) {
      const after = simulate(definition, [event], { priority: 3 })
      expect(after.ignored).toBe(false)
      expect(after.steps).toHaveLength(2)
      expect(simulate(definition, [event], { priority: 3 })).toEqual(after)
    }
  })

  it('fills in forms with samples, offers timers and messages, and says what each step did', () => {
    const asked = simulate(definition, [{ type: 'outcome', taskId: 'l1_classify', outcomeId: 'ask_client' }], {})
    expect(asked.present).toEqual(['waits_client'])
    expect(asked.offers.map(({ event }) => event)).toContainEqual({ type: 'message', name: 'client.wrote' })
    expect(asked.offers.some(({ event }) => event.type === 'timer')).toBe(true)
    expect(asked.steps[1]?.said.map((said) => said.elementId)).toContain('waits_client')
    const bad = () => simulate(definition, [{ type: 'outcome', taskId: 'qa_test', outcomeId: 'passed' }], {})
    expect(bad).toThrow(expect.objectContaining({ code: 'process.not_active' }))
  })
})
