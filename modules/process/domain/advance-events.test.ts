import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { initialState, type ProcessEvent } from './process-state.ts'
import { border, DECLARED, diagram, END, flow, on, START, task } from './test-diagram.ts'
import { after, at, brief, outcome, started } from './test-events.ts'

const catching = (id: string, inside: string) =>
  `<bpmn:intermediateCatchEvent id="${id}">${inside}</bpmn:intermediateCatchEvent>`
const throwing = (id: string, inside: string) =>
  `<bpmn:intermediateThrowEvent id="${id}">${inside}</bpmn:intermediateThrowEvent>`
const message: ProcessEvent = { type: 'message', name: 'client.wrote' }
const signal: ProcessEvent = { type: 'signal', name: 'moon.rose' }

describe('an event-based gateway', async () => {
  const definition = await diagram(
    `${START}<bpmn:eventBasedGateway id="g"/>${catching('wrote', on.message)}${catching('rose', on.signal)}${catching('late', on.timer('PT2H', 'working'))}` +
      `<bpmn:receiveTask id="got" messageRef="other"/>${task('a')}${task('b')}${END}` +
      ['wrote', 'rose', 'late', 'got'].map((id) => flow(`g_${id}`, 'g', id)).join('') +
      `${flow('f1', 'start', 'g')}${flow('f2', 'wrote', 'a')}${flow('f3', 'rose', 'b')}${flow('f4', 'late', 'end')}${flow('f5', 'got', 'end')}${flow('f6', 'a', 'end')}${flow('f7', 'b', 'end')}`,
    `${DECLARED}<bpmn:message id="other" name="partner.answered"/>`,
  )
  const begun = advance(definition, initialState(), started)

  it('waits for all of its events at once', () => {
    expect(at(definition, begun.state)).toEqual(['g'])
    expect(brief(begun.commands)).toEqual(['enterTask g #1', 'startTimer late #1'])
    expect(begun.commands[1]).toMatchObject({ due: { unit: 'working_minutes', minutes: 120 } })
  })

  it.each<[string, ProcessEvent, string[], string[]]>([
    ['a message', message, ['a'], ['g_wrote', 'wrote', 'f2', 'a']],
    ['a signal', signal, ['b'], ['g_rose', 'rose', 'f3', 'b']],
    ['a timer', { type: 'timer', elementId: 'late', entry: 1 }, [], ['g_late', 'late', 'f4', 'end']],
    ['what a task waits for', { type: 'message', name: 'partner.answered' }, [], ['g_got', 'got', 'f5', 'end']],
  ])('goes the way of the first: %s', (_what, event, places, trail) => {
    const moved = advance(definition, begun.state, event)
    expect(at(definition, moved.state)).toEqual(places)
    expect(moved.trail).toEqual(trail)
    expect(brief(moved.commands).slice(0, 2)).toEqual(['cancelTimer late #1', 'leaveTask g #1'])
  })
})

describe('what is thrown', () => {
  it('a message goes out; a signal reaches tokens that wait for it here as well', async () => {
    const definition = await diagram(
      `${START}<bpmn:parallelGateway id="p"/>${catching('rose', on.signal)}${task('a')}${throwing('rise', on.signal)}<bpmn:sendTask id="send" messageRef="the_message"/>${task('b')}` +
        `<bpmn:endEvent id="end">${on.signal}</bpmn:endEvent><bpmn:endEvent id="told">${on.message}</bpmn:endEvent>` +
        `${flow('f1', 'start', 'p')}${flow('f2', 'p', 'rose')}${flow('f3', 'p', 'a')}${flow('f4', 'a', 'rise')}${flow('f5', 'rise', 'send')}${flow('f6', 'send', 'end')}${flow('f7', 'rose', 'b')}${flow('f8', 'b', 'told')}`,
      DECLARED,
    )
    const thrown = advance(definition, after(definition, [started]), outcome('a', 'f4'))
    expect(at(definition, thrown.state)).toEqual(['b'])
    expect(brief(thrown.commands)).toEqual([
      ...['leaveTask a #2', 'send signal moon.rose', 'leaveTask rose #1'],
      ...['send message client.wrote', 'send signal moon.rose', 'enterTask b #3'],
    ])
    expect(brief(advance(definition, thrown.state, outcome('b', 'f8')).commands)).toEqual([
      ...['leaveTask b #3', 'send message client.wrote', 'completed told'],
    ])
  })

  it('a milestone does nothing, a business rule sets facts by its expressions', async () => {
    const definition = await diagram(
      `${START}${throwing('milestone', '')}<bpmn:businessRuleTask id="rule"><bpmn:extensionElements><opora:set fact="urgent" expression="impact * 2 + urgency &gt; 5"/><opora:set fact="word" expression="if urgent then &quot;now&quot; else &quot;later&quot;"/></bpmn:extensionElements></bpmn:businessRuleTask>${END}` +
        `${flow('f1', 'start', 'milestone')}${flow('f2', 'milestone', 'rule')}${flow('f3', 'rule', 'end')}`,
    )
    expect(after(definition, [started], { impact: 2, urgency: 2 }).facts).toEqual({ urgent: true, word: 'now' })
    expect(after(definition, [started], { impact: 1 }).facts).toEqual({ urgent: null, word: 'later' })
  })
})

describe('timers', async () => {
  const definition = await diagram(
    `${START}${task('a')}${border('thrice', 'a', on.cycle('R3/PT1H'), false)}${border('always', 'a', on.cycle('R/P1D'), false)}` +
      `${border('fixed', 'a', '<bpmn:timerEventDefinition><bpmn:timeDate>2026-03-01T10:00:00Z</bpmn:timeDate></bpmn:timerEventDefinition>')}` +
      `<bpmn:endEvent id="e1"/><bpmn:endEvent id="e2"/>${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}${flow('f3', 'thrice', 'e1', '<opora:action name="remind_client"/>')}${flow('f4', 'always', 'e2')}${flow('f5', 'fixed', 'end')}`,
  )
  const fired = (elementId: string, round: number): ProcessEvent => ({ type: 'timer', elementId, entry: 1, round })

  it('a cycle fires so many times, each round once', () => {
    let state = after(definition, [started])
    for (const round of [0, 1, 2]) {
      const moved = advance(definition, state, fired('thrice', round))
      expect(brief(moved.commands)).toEqual(
        ['action remind_client {}', ...(round < 2 ? ['startTimer thrice #1'] : [])].reverse(),
      )
      expect(advance(definition, moved.state, fired('thrice', round)).ignored).toBe(true)
      state = moved.state
    }
    expect(advance(definition, state, fired('thrice', 3)).ignored).toBe(true)
    expect(state.tokens).toEqual([{ entry: 1, at: 1, fired: [2, 3] }])
  })

  it('a cycle without a number goes on, in a state that does not grow', () => {
    let state = after(definition, [started])
    for (let round = 0; round < 50; round++) state = advance(definition, state, fired('always', round)).state
    expect(JSON.stringify(state).length).toBeLessThan(120)
  })

  it('a date of the diagram is due at that moment', () => {
    const { commands } = advance(definition, initialState(), started)
    expect(commands.at(-1)).toMatchObject({
      elementId: 'fixed',
      due: { unit: 'instant', at: Date.UTC(2026, 2, 1, 10) },
    })
  })
})

describe('an inclusive gateway', async () => {
  const definition = await diagram(
    `${START}<bpmn:inclusiveGateway id="g" default="d"/>${task('a')}${task('b')}${task('c')}<bpmn:inclusiveGateway id="j"/>${task('z')}${END}` +
      `${flow('f1', 'start', 'g')}${flow('ga', 'g', 'a', '', 'x = 1 or x = 3')}${flow('gb', 'g', 'b', '', 'x &gt;= 2')}${flow('d', 'g', 'c')}` +
      `${flow('aj', 'a', 'j', '<opora:outcome id="go"/>')}${flow('bj', 'b', 'j', '<opora:outcome id="go"/>')}${flow('cj', 'c', 'j', '<opora:outcome id="go"/>')}` +
      `${flow('ab', 'a', 'b', '<opora:outcome id="over"/>')}${flow('jz', 'j', 'z')}${flow('ze', 'z', 'end')}`,
  )
  const begun = (x: number) => after(definition, [started], { x })

  it.each([
    [0, ['c']],
    [1, ['a']],
    [2, ['b']],
    [3, ['a', 'b']],
  ])('takes every way that is open, or the default: x = %d', (x, places) => {
    expect(at(definition, begun(x))).toEqual(places)
  })

  it('joins at once what came alone, and waits for whoever may still come', () => {
    expect(at(definition, advance(definition, begun(1), outcome('a', 'go')).state)).toEqual(['z'])
    const one = advance(definition, begun(3), outcome('a', 'go')).state
    expect(at(definition, one)).toEqual(['b', 'j'])
    expect(at(definition, advance(definition, one, outcome('b', 'go')).state)).toEqual(['z'])
  })

  it('does not wait for a token that could also come by a way that has its token', () => {
    const one = advance(definition, begun(3), outcome('b', 'go')).state
    expect(at(definition, one)).toEqual(['a', 'z'])
  })

  it('waits no longer for a branch that has gone another way', () => {
    const over = advance(definition, begun(3), outcome('a', 'over')).state
    expect(at(definition, over)).toEqual(['b', 'b'])
    expect(at(definition, advance(definition, over, outcome('b', 'go')).state)).toEqual(['b', 'z'])
  })
})
