import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { initialState, type ProcessEvent } from './process-state.ts'
import { readProcess } from './read-process.ts'
import { border, DECLARED, diagram, diagramXml, END, flow, on, START, sub, task } from './test-diagram.ts'
import { after, at, brief, codeOf, outcome, started } from './test-events.ts'

const around = (inside: string, ways = '') =>
  diagram(`${START}${END}${inside}${flow('f1', 'start', 's')}${flow('f2', 's', 'end')}${ways}`, DECLARED)
const message: ProcessEvent = { type: 'message', name: 'client.wrote' }

describe('a sub-process', async () => {
  const way = (from: string) =>
    `${task(`${from}_next`)}${flow(`${from}_w`, from, `${from}_next`)}${flow(`${from}_x`, `${from}_next`, 'end', '<opora:outcome id="go"/>')}`
  const definition = await around(
    sub(
      's',
      `<bpmn:endEvent id="broken">${on.error}</bpmn:endEvent>${flow('s_f3', 's_t', 'broken', '<opora:outcome id="break"/>')}`,
    ) +
      border('caught', 's', on.error) +
      border('wrote', 's', on.message) +
      border('late', 's', on.timer('PT1H'), false),
    way('caught') + way('wrote') + way('late'),
  )
  const begun = advance(definition, initialState(), started)

  it('is at work while something inside is, and then goes on', () => {
    expect(at(definition, begun.state)).toEqual(['s', 's_t'])
    expect(begun.state.tokens[1]).toMatchObject({ in: 1 })
    expect(brief(begun.commands)).toEqual(['startTimer late #1', 'enterTask s_t #2'])
    const done = advance(definition, begun.state, outcome('s_t', 'go'))
    expect(done.state).toMatchObject({ tokens: [], endedAt: 'end' })
    expect(brief(done.commands)).toEqual(['leaveTask s_t #2', 'cancelTimer late #1', 'completed end'])
    expect(done.trail).toEqual(['s_f2', 's_e', 'f2', 'end'])
  })

  it('is left by an error that its border catches', () => {
    const failed = advance(definition, begun.state, outcome('s_t', 'break'))
    expect(at(definition, failed.state)).toEqual(['caught_next'])
    expect(brief(failed.commands)).toEqual([
      'leaveTask s_t #2',
      'raised error broken',
      'cancelTimer late #1',
      'enterTask caught_next #3',
    ])
  })

  it('is left with all that is inside by an event that interrupts', () => {
    const moved = advance(definition, begun.state, message)
    expect(at(definition, moved.state)).toEqual(['wrote_next'])
    expect(brief(moved.commands)).toEqual(['leaveTask s_t #2', 'cancelTimer late #1', 'enterTask wrote_next #3'])
    expect(moved.commands[0]).toMatchObject({ by: { type: 'ended' } })
  })

  it('goes on beside what a border event begins that does not interrupt', () => {
    const both = advance(definition, begun.state, { type: 'timer', elementId: 'late', entry: 1 }).state
    expect(at(definition, both)).toEqual(['s', 's_t', 'late_next'])
    const rest = advance(definition, both, outcome('s_t', 'go')).state
    expect(at(definition, rest)).toEqual(['late_next'])
    expect(advance(definition, rest, outcome('late_next', 'go')).state.endedAt).toBe('end')
  })

  it('can be entered by hand at a place inside', () => {
    const outside = advance(definition, begun.state, message).state
    const moved = advance(definition, outside, { type: 'moved', taskId: 's_t' })
    expect(at(definition, moved.state)).toEqual(['s', 's_t'])
    expect(brief(moved.commands)).toEqual(['leaveTask wrote_next #3', 'startTimer late #4', 'enterTask s_t #5'])
    expect(advance(definition, moved.state, outcome('s_t', 'go')).state.endedAt).toBe('end')
  })

  it('an end that terminates ends what it stands in and no more', async () => {
    const stopped = await around(
      `<bpmn:subProcess id="s"><bpmn:startEvent id="b"/><bpmn:parallelGateway id="p"/>${task('one')}${task('two')}` +
        `<bpmn:endEvent id="stop">${on.terminate}</bpmn:endEvent>${flow('i1', 'b', 'p')}${flow('i2', 'p', 'one')}${flow('i3', 'p', 'two')}` +
        `${flow('i4', 'one', 'stop', '<opora:outcome id="go"/>')}${flow('i5', 'two', 'stop', '<opora:outcome id="go"/>')}</bpmn:subProcess>`,
    )
    const done = advance(stopped, after(stopped, [started]), outcome('one', 'go'))
    expect(brief(done.commands)).toEqual(['leaveTask one #2', 'leaveTask two #3', 'completed end'])
  })

  it('an error that nothing catches ends the process and says so', async () => {
    const open = await diagram(
      `${START}${sub('s', `<bpmn:endEvent id="broken">${on.error}</bpmn:endEvent>${flow('s_f3', 's_t', 'broken', '<opora:outcome id="break"/>')}`)}${END}${flow('f1', 'start', 's')}${flow('f2', 's', 'end')}`,
      DECLARED,
    )
    const failed = advance(open, after(open, [started]), outcome('s_t', 'break'))
    expect(brief(failed.commands)).toEqual(['leaveTask s_t #2', 'raised error broken uncaught', 'completed broken'])
    expect(failed.state).toMatchObject({ tokens: [], endedAt: 'broken' })
  })
})

describe('an escalation', async () => {
  const raise = `<bpmn:intermediateThrowEvent id="raise">${on.escalation}</bpmn:intermediateThrowEvent>${task('then')}`
  const inner = `${raise}${flow('i1', 's_t', 'raise', '<opora:outcome id="raise"/>')}${flow('i2', 'raise', 'then')}${flow('i3', 'then', 's_e', '<opora:outcome id="go"/>')}`
  const with_ = (interrupting: boolean) =>
    around(
      sub('s', inner) + border('heard', 's', on.escalation, interrupting) + task('boss'),
      flow('w1', 'heard', 'boss') + flow('w2', 'boss', 'end', '<opora:outcome id="go"/>'),
    )
  const stays = await with_(false)
  const ends = await with_(true)

  it('is heard outside while the inside goes on', () => {
    const raised = advance(stays, after(stays, [started]), outcome('s_t', 'raise'))
    expect(at(stays, raised.state).sort()).toEqual(['boss', 's', 'then'])
    expect(brief(raised.commands)).toContain('raised escalation late')
  })

  it('ends the inside when its border interrupts', () => {
    expect(at(ends, after(ends, [started, outcome('s_t', 'raise')]))).toEqual(['boss'])
  })

  it('is told and does no harm when nothing catches it', async () => {
    const free = await around(sub('s', inner))
    const raised = advance(free, after(free, [started]), outcome('s_t', 'raise'))
    expect(at(free, raised.state)).toEqual(['s', 'then'])
    expect(brief(raised.commands)).toContain('raised escalation late uncaught')
  })

  it('can come from outside, for the place or for what is around it', () => {
    const raised = advance(stays, after(stays, [started]), { type: 'escalated', taskId: 's_t', code: 'late' })
    expect(at(stays, raised.state)).toEqual(['s', 's_t', 'boss'])
  })
})

describe('a service task that waits', async () => {
  const definition = await diagram(
    `${START}<bpmn:serviceTask id="w"><bpmn:extensionElements><opora:place role="it"/><opora:action name="notify_client"/></bpmn:extensionElements></bpmn:serviceTask>` +
      `${border('bad', 'w', on.error)}${task('mend')}${END}${flow('f1', 'start', 'w')}${flow('f2', 'w', 'end')}${flow('f3', 'bad', 'mend')}${flow('f4', 'mend', 'end')}`,
    DECLARED,
  )
  const begun = advance(definition, initialState(), started)

  it('asks for its work and goes on when it is done', () => {
    expect(brief(begun.commands)).toEqual(['action notify_client {}', 'enterTask w #1'])
    expect(advance(definition, begun.state, { type: 'done', taskId: 'w' }).state.endedAt).toBe('end')
    expect(advance(definition, begun.state, { type: 'done', taskId: 'w', entry: 9 }).ignored).toBe(true)
  })

  it('goes where the border leads when it fails, and stays where it is when none does', () => {
    const fail = (code: string) => advance(definition, begun.state, { type: 'failed', taskId: 'w', code })
    expect(at(definition, fail('broken').state)).toEqual(['mend'])
    expect(at(definition, fail('other').state)).toEqual(['w'])
    expect(brief(fail('other').commands)).toEqual(['raised error other uncaught'])
  })
})

describe('a called process', async () => {
  const inner = diagramXml(
    `${START}${task('ask', 'role="cu"')}${END}${flow('f1', 'start', 'ask')}${flow('f2', 'ask', 'end', '<opora:outcome id="go"/>')}`,
  )
  const outer = diagramXml(
    `${START}<bpmn:callActivity id="first" calledElement="survey"/><bpmn:callActivity id="second" calledElement="survey"/>${END}` +
      `${flow('f1', 'start', 'first')}${flow('f2', 'first', 'second')}${flow('f3', 'second', 'end')}`,
  )
  const called = async (key: string) => (key === 'survey' ? inner.replace('id="process"', 'id="survey"') : null)
  const definition = await readProcess(outer, { called })

  it('becomes a part of the one that calls it, under the id of the call', () => {
    expect(Object.keys(definition.nodes)).toEqual([
      ...['start', 'first', 'second', 'end', 'first/start', 'first/ask', 'first/end'],
      ...['second/start', 'second/ask', 'second/end'],
    ])
    const once = after(definition, [started, outcome('first/ask', 'go')])
    expect(at(definition, once)).toEqual(['second', 'second/ask'])
    expect(advance(definition, once, outcome('second/ask', 'go')).state.endedAt).toBe('end')
  })

  it('may stand in the same file; calling in a circle is refused', async () => {
    const own = (id: string, calls: string) =>
      `<bpmn:process id="${id}"><bpmn:startEvent id="${id}1"/><bpmn:callActivity id="${id}2" calledElement="${calls}"/><bpmn:endEvent id="${id}3"/>${flow(`${id}4`, `${id}1`, `${id}2`)}${flow(`${id}5`, `${id}2`, `${id}3`)}</bpmn:process>`
    const file = outer
      .replace('</bpmn:definitions>', `${own('survey', 'deep')}${own('deep', 'survey')}</bpmn:definitions>`)
      .replace('id="process"', 'id="process" isExecutable="true"')
    const refusal = await readProcess(file).catch((error: unknown) => error)
    expect(JSON.stringify(refusal)).toMatch('\\"survey\\" calls itself')
  })
})

describe('starts', () => {
  it('a process may be started by a message, a signal or a timer instead', async () => {
    const definition = await diagram(
      `${START}<bpmn:startEvent id="called">${on.message}</bpmn:startEvent>${task('a')}${task('b')}${END}` +
        `${flow('f1', 'start', 'a')}${flow('f2', 'called', 'b')}${flow('f3', 'a', 'end')}${flow('f4', 'b', 'end')}`,
      DECLARED,
    )
    expect(definition.startId).toBe('start')
    expect(at(definition, after(definition, [{ type: 'started', startId: 'called' }]))).toEqual(['b'])
    expect(codeOf(() => after(definition, [{ type: 'started', startId: 'a' }]))).toBe('process.unknown_place')
  })
})
