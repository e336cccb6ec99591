import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { initialState, type ProcessEvent } from './process-state.ts'
import { border, DECLARED, diagram, END, flow, on, START, sub, task } from './test-diagram.ts'
import { after, at, brief, outcome, started } from './test-events.ts'

const standard = (inside: string, attributes = '') =>
  `<bpmn:standardLoopCharacteristics${attributes}>${inside}</bpmn:standardLoopCharacteristics>`
const multiple = (times: string, attributes = '', until = '') =>
  `<bpmn:multiInstanceLoopCharacteristics${attributes}><bpmn:loopCardinality>${times}</bpmn:loopCardinality>${
    until ? `<bpmn:completionCondition>${until}</bpmn:completionCondition>` : ''
  }</bpmn:multiInstanceLoopCharacteristics>`
const looped = (loop: string, rest = '', ways = '') =>
  diagram(
    `${START}${task('a').replace('</bpmn:userTask>', `${loop}</bpmn:userTask>`)}${rest}${END}${flow('f1', 'start', 'a')}` +
      `${flow('yes', 'a', 'end', '<opora:outcome id="yes"/>')}${flow('no', 'a', 'end', '<opora:outcome id="no"/><opora:set fact="refused" value="true"/>')}${ways}`,
    DECLARED,
  )

describe('a loop', () => {
  it('goes round while its condition holds, each time as a new visit', async () => {
    const definition = await looped(standard('<bpmn:loopCondition>outcome = "no"</bpmn:loopCondition>'))
    const begun = after(definition, [started])
    expect(begun.tokens).toEqual([
      { entry: 1, at: 1, loop: { times: 0, done: 0 } },
      { entry: 2, at: 1, in: 1, turn: 1 },
    ])
    const again = advance(definition, begun, outcome('a', 'no'))
    expect(brief(again.commands)).toEqual(['leaveTask a #2', 'enterTask a #3'])
    expect(again.state.facts).toEqual({ refused: true })
    expect(advance(definition, again.state, outcome('a', 'yes')).state).toMatchObject({ tokens: [], endedAt: 'end' })
  })

  it('has a greatest number, and may be tested before', async () => {
    const most = await looped(standard('', ' loopMaximum="2"'))
    expect(after(most, [started, outcome('a', 'no'), outcome('a', 'no')]).endedAt).toBe('end')
    const before = await looped(standard('<bpmn:loopCondition>priority = 1</bpmn:loopCondition>', ' testBefore="true"'))
    expect(after(before, [started], { priority: 2 }).endedAt).toBe('end')
    expect(at(before, after(before, [started], { priority: 1 }))).toEqual(['a', 'a'])
  })

  it('is left as a whole by an event on its border', async () => {
    const definition = await looped(
      standard('<bpmn:loopCondition>true</bpmn:loopCondition>'),
      border('late', 'a', on.timer('PT1H')) + task('b'),
      flow('w1', 'late', 'b') + flow('w2', 'b', 'end'),
    )
    const begun = advance(definition, initialState(), started)
    expect(brief(begun.commands)).toEqual(['startTimer late #1', 'enterTask a #2'])
    const twice = advance(definition, begun.state, outcome('a', 'no'))
    const late = advance(definition, twice.state, { type: 'timer', elementId: 'late', entry: 1, round: 0 })
    expect(brief(late.commands)).toEqual(['leaveTask a #3', 'cancelTimer late #1', 'enterTask b #4'])
  })
})

describe('an activity of several instances', () => {
  it('is done when every one of them is, side by side', async () => {
    const definition = await looped(multiple('voters'))
    const begun = advance(definition, initialState(), started, { voters: 3 })
    expect(brief(begun.commands)).toEqual(['enterTask a #2', 'enterTask a #3', 'enterTask a #4'])
    const vote = (entry: number): ProcessEvent => ({ type: 'outcome', taskId: 'a', outcomeId: 'yes', entry })
    const two = [vote(3), vote(2)].reduce((state, event) => advance(definition, state, event).state, begun.state)
    expect(two.tokens).toEqual([
      { entry: 1, at: 1, loop: { times: 3, done: 2 } },
      { entry: 4, at: 1, in: 1, turn: 3 },
    ])
    expect(advance(definition, two, vote(4)).state.endedAt).toBe('end')
  })

  it('is over at once when enough is done; the others are called off', async () => {
    const definition = await looped(multiple('3', '', 'outcome = "no" or numberOfCompletedInstances &gt;= 2'))
    const no: ProcessEvent = { type: 'outcome', taskId: 'a', outcomeId: 'no', entry: 3 }
    const refused = advance(definition, after(definition, [started]), no)
    expect(brief(refused.commands)).toEqual(['leaveTask a #3', 'leaveTask a #2', 'leaveTask a #4', 'completed end'])
    const enough = after(definition, [started, outcome('a', 'yes'), outcome('a', 'yes')])
    expect(enough.endedAt).toBe('end')
  })

  it('may take one after another, and is passed by when there are none', async () => {
    const definition = await looped(multiple('n', ' isSequential="true"'))
    const first = after(definition, [started], { n: 2 })
    expect(first.tokens).toHaveLength(2)
    expect(advance(definition, first, outcome('a', 'yes')).state.tokens[1]).toMatchObject({ turn: 2 })
    for (const n of [0, -1, 'many', null]) {
      const passed = advance(definition, initialState(), started, { n })
      expect(passed.trail, String(n)).toEqual(['start', 'f1', 'a', 'yes', 'end'])
    }
  })

  it('runs whole sub-processes, and service tasks at once', async () => {
    const subs = await diagram(
      `${START}${sub('s', '', multiple('2'))}${END}${flow('f1', 'start', 's')}${flow('f2', 's', 'end')}`,
    )
    const begun = after(subs, [started])
    expect(at(subs, begun)).toEqual(['s', 's', 's', 's_t', 's_t'])
    const one = advance(subs, begun, outcome('s_t', 'go')).state
    expect(at(subs, one)).toEqual(['s', 's', 's_t'])
    expect(advance(subs, one, outcome('s_t', 'go')).state.endedAt).toBe('end')
    const service = await diagram(
      `${START}<bpmn:serviceTask id="s"><bpmn:extensionElements><opora:action name="notify_client"/></bpmn:extensionElements>${multiple('3')}</bpmn:serviceTask>${END}${flow('f1', 'start', 's')}${flow('f2', 's', 'end')}`,
    )
    const told = advance(service, initialState(), started)
    expect(brief(told.commands)).toEqual([...Array(3).fill('action notify_client {}'), 'completed end'])
  })
})
