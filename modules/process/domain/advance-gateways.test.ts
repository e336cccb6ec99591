import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { outcomesOf, presentPlaces } from './outcomes.ts'
import { diagram, END, flow, START, task } from './test-diagram.ts'
import { after, at, brief, codeOf, outcome, started } from './test-events.ts'

const link = (type: string, id: string, name: string) =>
  `<bpmn:intermediate${type}Event id="${id}"><bpmn:linkEventDefinition name="${name}"/></bpmn:intermediate${type}Event>`
const back = (id: string, attributes: string) =>
  `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements><opora:return ${attributes}/></bpmn:extensionElements></bpmn:intermediateThrowEvent>`

describe('gateways', async () => {
  const definition = await diagram(
    `${START}${task('a')}${task('b')}${END}<bpmn:exclusiveGateway id="g" default="f4"/>` +
      flow('f1', 'start', 'a') +
      flow('f2', 'a', 'g', '<opora:outcome id="go"/>') +
      flow('f3', 'g', 'b', '', 'priority &lt;= 2') +
      flow('f4', 'g', 'end') +
      flow('f5', 'a', 'b', '<opora:outcome id="vendor"/>', 'vendor_eligible != false') +
      flow('f6', 'b', 'end'),
  )

  it.each<[unknown, string[]]>([
    [1, ['b']],
    [3, []],
    [null, []],
  ])('an exclusive gateway with priority %s leads to %j', (priority, places) => {
    expect(at(definition, after(definition, [started, outcome('a', 'go')], { priority }))).toEqual(places)
  })

  it('an outcome whose condition does not hold is neither offered nor accepted', () => {
    const state = after(definition, [started])
    const offered = (facts: Record<string, boolean>) =>
      outcomesOf(definition, state, ['l1'], facts).map((button) => button.outcomeId)
    expect(offered({})).toEqual(['go', 'vendor'])
    expect(offered({ vendor_eligible: false })).toEqual(['go'])
    expect(codeOf(() => advance(definition, state, outcome('a', 'vendor'), { vendor_eligible: false }))).toBe(
      'process.outcome_unavailable',
    )
  })

  it('fresh facts win over kept ones', () => {
    const kept = { ...after(definition, [started]), facts: { priority: 4 } }
    expect(at(definition, advance(definition, kept, outcome('a', 'go'), { priority: 1 }).state)).toEqual(['b'])
    expect(at(definition, advance(definition, kept, outcome('a', 'go')).state)).toEqual([])
  })

  it('a gateway without a fitting way refuses, and a loop without a place is cut', async () => {
    const stuck = await diagram(
      `${START}${END}<bpmn:exclusiveGateway id="g"/>${flow('f1', 'start', 'g')}` +
        flow('f2', 'g', 'end', '', 'a = 1') +
        flow('f3', 'g', 'end', '', 'a = 2'),
    )
    expect(codeOf(() => after(stuck, [started]))).toBe('process.no_way_out')
    const endless = await diagram(
      `${START}<bpmn:serviceTask id="s"/><bpmn:serviceTask id="r"/>${flow('f1', 'start', 's')}${flow('f2', 's', 'r')}${flow('f3', 'r', 's')}`,
    )
    expect(codeOf(() => after(endless, [started]))).toBe('process.endless_loop')
  })

  it('a parallel gateway waits for all of its ways', async () => {
    const parallel = await diagram(
      `${START}${task('a')}${task('b')}${END}<bpmn:parallelGateway id="split"/><bpmn:parallelGateway id="join"/>` +
        flow('f1', 'start', 'split') +
        flow('f2', 'split', 'a') +
        flow('f3', 'split', 'b') +
        flow('f4', 'a', 'join', '<opora:outcome id="go"/>') +
        flow('f5', 'b', 'join', '<opora:outcome id="go"/>') +
        flow('f6', 'join', 'end'),
    )
    const both = after(parallel, [started])
    expect(presentPlaces(parallel, both).map((place) => place.id)).toEqual(['a', 'b'])
    const one = advance(parallel, both, outcome('b', 'go')).state
    expect(at(parallel, one)).toEqual(['a', 'join'])
    expect(advance(parallel, one, outcome('a', 'go')).state).toMatchObject({ tokens: [], endedAt: 'end' })
  })

  it('a terminate end takes every other token along', async () => {
    const parallel = await diagram(
      `${START}${task('a')}${task('b')}<bpmn:endEvent id="end"><bpmn:terminateEventDefinition/></bpmn:endEvent><bpmn:parallelGateway id="split"/>` +
        flow('f1', 'start', 'split') +
        flow('f2', 'split', 'a') +
        flow('f3', 'split', 'b') +
        flow('f4', 'a', 'end', '<opora:outcome id="go"/>') +
        flow('f5', 'b', 'end', '<opora:outcome id="go"/>'),
    )
    const ended = advance(parallel, after(parallel, [started]), outcome('a', 'go'))
    expect(brief(ended.commands)).toEqual(['leaveTask a #1', 'leaveTask b #2', 'completed end'])
  })
})

describe('links and returns', async () => {
  const definition = await diagram(
    `${START}${task('a')}${task('b')}${task('ask', 'role="cu"')}${END}` +
      link('Throw', 'to_b', 'b') +
      link('Catch', 'from_b', 'b') +
      back('home', 'to="asker"') +
      back('reopen', 'to="solver" otherwise="a"') +
      flow('f1', 'start', 'a') +
      flow('f2', 'a', 'to_b', '<opora:outcome id="b"/>') +
      flow('f3', 'from_b', 'b') +
      flow('f4', 'a', 'ask', '<opora:outcome id="ask"/><opora:remember as="asker"/>') +
      flow('f5', 'b', 'ask', '<opora:outcome id="ask"/><opora:remember as="asker"/>') +
      flow('f6', 'ask', 'home', '<opora:outcome id="answered"/>') +
      flow('f7', 'b', 'reopen', '<opora:outcome id="reopen"/>') +
      flow('f8', 'b', 'end', '<opora:outcome id="done"/>'),
  )

  it('a link goes on at the event of the same name', () => {
    const moved = advance(definition, after(definition, [started]), outcome('a', 'b'))
    expect(at(definition, moved.state)).toEqual(['b'])
    expect(moved.trail).toEqual(['f2', 'to_b', 'from_b', 'f3', 'b'])
  })

  it('a question comes back to the place that asked', () => {
    expect(at(definition, after(definition, [started, outcome('a', 'ask'), outcome('ask', 'answered')]))).toEqual(['a'])
    const fromB = [started, outcome('a', 'b'), outcome('b', 'ask')]
    expect(at(definition, after(definition, [...fromB, outcome('ask', 'answered')]))).toEqual(['b'])
  })

  it('a return with nothing remembered takes its other way', () => {
    expect(at(definition, after(definition, [started, outcome('a', 'b'), outcome('b', 'reopen')]))).toEqual(['a'])
  })

  it('a return with nothing remembered and no other way refuses', () => {
    const moved = after(definition, [started, { type: 'moved', taskId: 'ask' }])
    expect(codeOf(() => advance(definition, moved, outcome('ask', 'answered')))).toBe('process.nowhere_to_return')
  })
})
