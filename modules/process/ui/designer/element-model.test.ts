import { readdirSync, readFileSync } from 'node:fs'
import { BpmnModdle } from 'bpmn-moddle'
import { describe, expect, it } from 'vitest'
import { oporaSchema } from '../../domain/opora-schema.ts'
import { readProcess } from '../../domain/read-process.ts'
import {
  type Bo,
  bosOf,
  conditionFor,
  effectExtensions,
  effectsOf,
  extensionsOf,
  laneExtensions,
  laneOf,
  type Moddle,
  outcomeExtensions,
  outcomeOf,
  placeExtensions,
  placeOf,
  timerOf,
  timerProperties,
} from './element-model.ts'

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const moddle = new BpmnModdle({ opora: oporaSchema })
const maker = moddle as unknown as Moddle

async function open(xml: string) {
  const { rootElement, elementsById } = (await moddle.fromXML(xml)) as unknown as {
    rootElement: Bo
    elementsById: Record<string, Bo>
  }
  const write = async () => (await moddle.toXML(rootElement, { format: true })).xml
  return { root: rootElement, byId: elementsById, write }
}

describe('what the panel writes', () => {
  it('says the same when nothing was changed: every element of the shipped process, read and written again', async () => {
    const xml = file('../../processes/three-lines.bpmn')
    const { byId, write } = await open(xml)
    for (const bo of Object.values(byId)) {
      if (extensionsOf(bo, 'opora:Place')[0]) bo.set('extensionElements', placeExtensions(maker, bo, placeOf(bo)))
      if (extensionsOf(bo, 'opora:Lane')[0]) bo.set('extensionElements', laneExtensions(maker, bo, laneOf(bo)))
      if (extensionsOf(bo, 'opora:Outcome')[0]) bo.set('extensionElements', outcomeExtensions(maker, bo, outcomeOf(bo)))
      if (effectsOf(bo).length > 0) bo.set('extensionElements', effectExtensions(maker, bo, effectsOf(bo)))
      if (bo.$type === 'bpmn:TimerEventDefinition') {
        for (const [name, value] of Object.entries(timerProperties(maker, bo, timerOf(bo)))) bo.set(name, value)
      }
    }
    expect(await readProcess(await write())).toEqual(await readProcess(xml))
  })

  it('is what the engine reads: statuses, takers, an outcome with a choice, effects, a condition', async () => {
    const xml = file('../../processes/three-lines.bpmn')
    const { byId, write } = await open(xml)
    const [task, flow] = [byId['it_diagnose']!, byId['f_it_solved']!]
    const place = { ...placeOf(task), statusStaffRu: 'Смотрим', takers: ['it'], clockEffect: 'wait:vendor' }
    task.set('extensionElements', placeExtensions(maker, task, place))
    const option = { value: 'disk', labelRu: 'Диск', labelEn: 'Disk' }
    const field = {
      name: 'cause',
      type: 'choice',
      labelRu: 'Причина',
      labelEn: 'Cause',
      required: false,
      dictionary: 'category',
      options: [option],
    }
    flow.set('extensionElements', outcomeExtensions(maker, flow, { ...outcomeOf(flow), by: ['im'], fields: [field] }))
    const set = { type: 'set' as const, fact: 'cause', by: 'from' as const, text: 'cause' }
    flow.set('extensionElements', effectExtensions(maker, flow, [...effectsOf(flow), set]))
    flow.set('conditionExpression', conditionFor(maker, flow, 'priority < 4'))
    const definition = await readProcess(await write())
    expect(definition.nodes['it_diagnose']).toMatchObject({
      ...{ statusStaff: { ru: 'Смотрим', en: 'Diagnosis' }, takers: ['it'], clockEffect: 'wait:vendor' },
      instruction: { ru: expect.stringContaining('Воспроизведите') },
    })
    expect(definition.flows['f_it_solved']).toMatchObject({
      condition: { op: '<' },
      effects: [{ type: 'remember' }, { type: 'set', from: 'cause' }],
    })
    const outcomes = 'outcomes' in definition.nodes['it_diagnose']! ? definition.nodes['it_diagnose'].outcomes : []
    expect(outcomes[0]).toMatchObject({ id: 'solved', by: ['im'], fields: [{ name: 'cause', dictionary: 'category' }] })
  })
})

describe('a model of somebody else’s tool', () => {
  const models = readdirSync(new URL('../../testdata/bpmn', import.meta.url)).filter((name) => name.endsWith('.bpmn'))

  it.each(models)('%s keeps its extensions, attributes and drawing while its tasks are edited', async (name) => {
    const xml = file(`../../testdata/bpmn/${name}`)
    const untouched = await open(xml)
    const before = await untouched.write()
    const { byId, write } = await open(xml)
    const tasks = Object.values(byId).filter((bo) => /^bpmn:(User|Manual)?Task$/.test(bo.$type))
    const values = { ...placeOf(tasks[0] ?? ({ $type: '', get: () => undefined, set: () => {} } as Bo)), role: 'l1' }
    for (const task of tasks) task.set('extensionElements', placeExtensions(maker, task, values))
    const edited = await write()
    expect(edited.match(/<opora:place /g)?.length ?? 0).toBe(tasks.length)
    // without what was added, the file is what it was
    const again = await open(edited)
    for (const task of Object.values(again.byId)) {
      const others = extensionsOf(task).filter((one) => one.$type !== 'opora:Place')
      if (others.length < extensionsOf(task).length && others.length > 0)
        bosOf(task.get('extensionElements') as Bo, 'values').splice(0, 99, ...others)
      else if (others.length === 0 && extensionsOf(task, 'opora:Place').length > 0)
        task.set('extensionElements', undefined)
    }
    const plain = (text: string) =>
      text.replace(/ xmlns:opora="[^"]*"/, '').replaceAll(/<bpmn2?:extensionElements ?\/>\s*/g, '')
    expect(plain(await again.write())).toBe(plain(before))
  })
})
