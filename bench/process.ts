import { readFileSync } from 'node:fs'
import { advance, initialState, type ProcessEvent, type ProcessState, readProcess } from '@opora/process'
import { oneByHand, oneKept, stateInBytes } from './process-yardstick.ts'

/*
 * The process engine: steps a second and bytes of state, beside a BPMN engine of general purpose doing the same diagram in the
 * same run. A step is one event: the start, or somebody's work. `npm run bench -- process`.
 */

const STEPS_A_SECOND = 200_000
const TIMES_FASTER = 2_000
const STATE_BYTES = 300
const OWN_INSTANCES = 100_000
const ROUNDS = 5
const FACTS = { kind: 'incident', priority: 3, vendor_eligible: true }
const missed: string[] = []

/** Two people work side by side, their work joins, a gateway decides, and somebody finishes. */
const elements = (condition: string) => `
  <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="receive"/>
  <userTask id="receive"/><sequenceFlow id="f2" sourceRef="receive" targetRef="split"/>
  <parallelGateway id="split"/><sequenceFlow id="f3" sourceRef="split" targetRef="diagnose"/><sequenceFlow id="f4" sourceRef="split" targetRef="answer"/>
  <userTask id="diagnose"/><sequenceFlow id="f5" sourceRef="diagnose" targetRef="join"/>
  <userTask id="answer"/><sequenceFlow id="f6" sourceRef="answer" targetRef="join"/>
  <parallelGateway id="join"/><sequenceFlow id="f7" sourceRef="join" targetRef="decide"/>
  <exclusiveGateway id="decide" default="f9"/>
  <sequenceFlow id="f8" sourceRef="decide" targetRef="receive"><conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression></sequenceFlow>
  <sequenceFlow id="f9" sourceRef="decide" targetRef="confirm"/>
  <userTask id="confirm"/><sequenceFlow id="f10" sourceRef="confirm" targetRef="end"/><endEvent id="end"/>`
const file = (condition: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="bench" targetNamespace="bench">
<process id="work" isExecutable="true">${elements(condition)}</process></definitions>`
const TASKS = ['receive', 'diagnose', 'answer', 'confirm']
const FLOWS = ['f2', 'f5', 'f6', 'f10']
const STEPS = TASKS.length + 1

const definition = await readProcess(file('again = true'))
const EVENTS: ProcessEvent[] = [
  { type: 'started' },
  ...TASKS.map((taskId, at): ProcessEvent => ({ type: 'outcome', taskId, outcomeId: FLOWS[at] as string })),
]
// biome-ignore lint/suspicious/noTemplateCurlyInString: the yardstick's own way to name a variable
const xml = file('${environment.variables.again}')

const inMemory = await compare(
  'state in memory',
  (state) => state,
  OWN_INSTANCES,
  (count) => oneByHand(xml, TASKS, count),
)
note(`steps a second on one core: ${round(inMemory.own)}`, inMemory.own >= STEPS_A_SECOND, round(STEPS_A_SECOND))
const kept = await compare(
  'state written down and read again at every step, as a server does',
  (state) => JSON.parse(JSON.stringify(state)) as ProcessState,
  OWN_INSTANCES / 4,
  (count) => oneKept(xml, TASKS, count),
)
note(
  `as a server does: ${round(kept.own / kept.yard)} times the yardstick`,
  kept.own >= TIMES_FASTER * kept.yard,
  round(TIMES_FASTER),
)
console.log(`  in memory: ${round(inMemory.own / inMemory.yard)} times the yardstick`)
const two = EVENTS.slice(0, 2).reduce((state, event) => advance(definition, state, event).state, initialState())
const theirs = await stateInBytes(xml, ['receive'])
const ours = Buffer.byteLength(JSON.stringify(two))
note(
  `bytes of state with two tokens: ${ours}, the yardstick's ${theirs}`,
  ours <= STATE_BYTES,
  `at most ${STATE_BYTES}`,
)
await shipped()
console.log(missed.length === 0 ? '\nEvery aim is met.' : `\nMissed: ${missed.join('; ')}`)

/** Steps a second of both, the best of some rounds each, taken in turns so that a busy moment hits both alike. */
async function compare(
  what: string,
  keep: (state: ProcessState) => ProcessState,
  instances: number,
  yardstick: (count: number) => Promise<void>,
): Promise<{ own: number; yard: number }> {
  let [own, yard] = [0, 0]
  const yardInstances = 20
  for (let round = 0; round < ROUNDS; round++) {
    let began = performance.now()
    for (let one = 0; one < instances; one++) runOnce(keep)
    own = Math.max(own, (instances * STEPS * 1_000) / (performance.now() - began))
    began = performance.now()
    await yardstick(yardInstances)
    yard = Math.max(yard, (yardInstances * STEPS * 1_000) / (performance.now() - began))
  }
  console.log(`${what}: ${round(own)} steps a second, bpmn-engine ${round(yard)}`)
  return { own, yard }
}

function runOnce(keep: (state: ProcessState) => ProcessState): void {
  let state = initialState()
  for (const event of EVENTS) state = keep(advance(definition, state, event).state)
  if (state.endedAt !== 'end') throw new Error('the bench did not come to the end')
}

/** The process that ships: what a ticket's usual way costs. */
async function shipped(): Promise<void> {
  const path = new URL('../modules/process/processes/three-lines.bpmn', import.meta.url)
  const process = await readProcess(readFileSync(path, 'utf8'))
  const data = { reply: 'Готово', note: 'Найдено', score: '5' }
  const walk = [
    ...['l1_classify pass_on', 'im_route incident', 'it_diagnose solved', 'qa_test failed', 'it_diagnose solved'],
    ...['qa_test passed', 'confirm confirm', 'rating rate'],
  ].map((words): ProcessEvent => {
    const [taskId = '', outcomeId = ''] = words.split(' ')
    return { type: 'outcome', taskId, outcomeId, data }
  })
  const events: ProcessEvent[] = [{ type: 'started' }, ...walk]
  let [best, bytes] = [0, 0]
  for (let turn = 0; turn < ROUNDS; turn++) {
    const began = performance.now()
    for (let one = 0; one < 20_000; one++) {
      let state = initialState()
      for (const event of events) state = advance(process, state, event, FACTS).state
      if (one === 0) bytes = Buffer.byteLength(JSON.stringify(state))
    }
    best = Math.max(best, (20_000 * events.length * 1_000) / (performance.now() - began))
  }
  note(
    `the shipped process, an incident's way: ${round(best)} steps a second, ${bytes} bytes at its end`,
    best >= STEPS_A_SECOND,
    round(STEPS_A_SECOND),
  )
}

function note(what: string, met: boolean, aim: string): void {
  if (!met) missed.push(what)
  console.log(`${met ? '✓' : '✗'} ${what} (aim ${aim})`)
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
}
