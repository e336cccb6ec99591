import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { diagram, END, flow, START, task } from './test-diagram.ts'
import { after, at, brief, codeOf, outcome, refusalOf, started } from './test-events.ts'

const MESSAGE = '<bpmn:message id="m" name="client.wrote"/>'
const message = (id: string, host: string, attributes = '') =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"${attributes}><bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent>`
const timer = (id: string, host: string, text: string, attributes = '', tag = 'timeDuration') =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"${attributes}><bpmn:timerEventDefinition><bpmn:${tag} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${tag}></bpmn:timerEventDefinition></bpmn:boundaryEvent>`
describe('a walk from start to end', async () => {
  const definition = await diagram(
    `${START}${task('a', 'role="l1" clockEffect="wait:client" statusStaffRu="Ждём"')}${END}` +
      `<bpmn:serviceTask id="s"><bpmn:extensionElements><opora:action name="page_on_call"/></bpmn:extensionElements></bpmn:serviceTask>` +
      flow('f1', 'start', 'a') +
      flow(
        'f2',
        'a',
        's',
        `<opora:outcome id="go"><opora:field name="number" labelRu="Номер" labelEn="Number"/><opora:field name="on" type="date" labelRu="День" required="false"/></opora:outcome>
         <opora:action name="keep_vendor_number"><opora:param name="number" from="number"/></opora:action>
         <opora:set fact="seen" from="number"/>`,
      ) +
      flow('f3', 's', 'end') +
      timer('t', 'a', 'PT1H') +
      flow('f4', 't', 'end'),
  )
  const begun = advance(definition, initialState(), started)

  it('enters the first place and starts its timers', () => {
    expect(begun.state).toEqual({ tokens: [{ entry: 1, at: 1 }], facts: {}, nextEntry: 2, endedAt: null })
    expect(begun.trail).toEqual(['start', 'f1', 'a'])
    expect(begun.commands).toEqual([
      {
        type: 'enterTask',
        taskId: 'a',
        entry: 1,
        name: { ru: 'a', en: 'a' },
        role: 'l1',
        takers: ['l1'],
        statusStaff: { ru: 'Ждём', en: 'Ждём' },
        statusClient: { ru: 'a', en: 'a' },
        clockEffect: 'wait:client',
        phase: 'work',
      },
      {
        type: 'startTimer',
        elementId: 't',
        taskId: 'a',
        entry: 1,
        round: 0,
        due: { unit: 'clock_minutes', minutes: 60 },
      },
    ])
  })

  it('leaves by an outcome, acts, and completes', () => {
    const done = advance(definition, begun.state, outcome('a', 'go', { number: 'V-7' }))
    expect(brief(done.commands)).toEqual([
      'cancelTimer t #1',
      'leaveTask a #1',
      'action keep_vendor_number {"number":"V-7"}',
      'action page_on_call {}',
      'completed end',
    ])
    expect(done.state).toEqual({ tokens: [], facts: { seen: 'V-7' }, nextEntry: 2, endedAt: 'end' })
    expect(done.trail).toEqual(['f2', 's', 'f3', 'end'])
  })

  it('changes nothing that it is given', () => {
    const before = structuredClone(begun.state)
    advance(definition, begun.state, outcome('a', 'go', { number: '1' }))
    expect(begun.state).toEqual(before)
  })

  it.each<[string, ProcessState, ProcessEvent, string]>([
    ['a second start', begun.state, started, 'process.already_started'],
    ['an unknown place', begun.state, outcome('zz', 'go'), 'process.unknown_place'],
    ['an unknown outcome', begun.state, outcome('a', 'zz'), 'process.unknown_outcome'],
    ['a missing field', begun.state, outcome('a', 'go', { number: ' ' }), 'process.field_required'],
    ['a value that does not fit', begun.state, outcome('a', 'go', { number: 7 }), 'process.field_invalid'],
    ['no day', begun.state, outcome('a', 'go', { number: '1', on: '2026-02-30' }), 'process.field_invalid'],
    [
      'a visit that is over',
      begun.state,
      { type: 'outcome', taskId: 'a', outcomeId: 'go', entry: 9 },
      'process.not_active',
    ],
    [
      'another role',
      begun.state,
      { type: 'outcome', taskId: 'a', outcomeId: 'go', roles: ['cu'] },
      'process.outcome_not_yours',
    ],
    ['an outcome before the start', initialState(), outcome('a', 'go'), 'process.not_active'],
    ['an outcome after the end', { ...initialState(), endedAt: 'end' }, outcome('a', 'go'), 'process.ended'],
    ['a move to nowhere', begun.state, { type: 'moved', taskId: 'end' }, 'process.unknown_place'],
  ])('refuses %s', (_what, state, event, code) => {
    expect(codeOf(() => advance(definition, state, event))).toBe(code)
  })

  it('calls the field at fault by its name in the reader’s language', () => {
    const refusal = refusalOf(() => advance(definition, begun.state, outcome('a', 'go')))
    expect(refusal?.sentence('ru')).toBe('Заполните поле «Номер».')
    expect(refusal?.sentence('en')).toBe('Fill in the field "Number".')
  })

  it.each<[string, ProcessEvent]>([
    ['a timer of another visit', { type: 'timer', elementId: 't', entry: 9 }],
    ['an unknown timer', { type: 'timer', elementId: 'zz' }],
    ['a message nobody expects', { type: 'message', name: 'client.wrote' }],
  ])('ignores %s', (_what, event) => {
    expect(advance(definition, begun.state, event)).toMatchObject({ ignored: true, commands: [], state: begun.state })
  })

  it('can be moved by hand, and stopped', () => {
    const moved = advance(definition, begun.state, { type: 'moved', taskId: 'a' })
    expect(brief(moved.commands)).toEqual(['cancelTimer t #1', 'leaveTask a #1', 'enterTask a #2', 'startTimer t #2'])
    const stopped = advance(definition, moved.state, { type: 'stopped' })
    expect(brief(stopped.commands)).toEqual(['cancelTimer t #2', 'leaveTask a #2'])
    expect(stopped.state).toMatchObject({ tokens: [], endedAt: 'stopped' })
    expect(advance(definition, stopped.state, { type: 'stopped' }).ignored).toBe(true)
  })
})

describe('timers and messages', async () => {
  const definition = await diagram(
    `${START}${task('a')}${task('b')}${END}<bpmn:endEvent id="reminded"/>` +
      flow('f1', 'start', 'a') +
      flow('f2', 'a', 'b', '<opora:outcome id="go"/>') +
      flow('f3', 'b', 'a', '<opora:outcome id="back"/>') +
      flow('f4', 'b', 'end', '<opora:outcome id="done"/>') +
      timer('remind', 'a', 'PT1H', ' cancelActivity="false"') +
      flow('f5', 'remind', 'reminded', '<opora:action name="remind_client"/>') +
      timer('silence', 'a', 'P1D') +
      flow('f6', 'silence', 'b') +
      message('wrote', 'a') +
      flow('f7', 'wrote', 'end') +
      timer('window', 'b', 'window_at', '', 'timeDate') +
      flow('f8', 'window', 'end'),
    MESSAGE,
  )
  const facts = { window_at: '2026-03-01T10:00:00+03:00' }
  const begun = after(definition, [started])

  it('a timer that does not interrupt acts once and leaves the place as it is', () => {
    const reminded = advance(definition, begun, { type: 'timer', elementId: 'remind', entry: 1 })
    expect(brief(reminded.commands)).toEqual(['action remind_client {}'])
    expect(at(definition, reminded.state)).toEqual(['a'])
    expect(advance(definition, reminded.state, { type: 'timer', elementId: 'remind', entry: 1 }).ignored).toBe(true)
  })

  it('a timer that interrupts moves the ticket on', () => {
    const moved = advance(definition, begun, { type: 'timer', elementId: 'silence', entry: 1 }, facts)
    expect(brief(moved.commands)).toEqual([
      'cancelTimer remind #1',
      'cancelTimer silence #1',
      'leaveTask a #1',
      'enterTask b #2',
      'startTimer window #2',
    ])
    expect(moved.commands.at(-1)).toMatchObject({
      due: { unit: 'instant', at: Date.UTC(2026, 2, 1, 7) },
    })
  })

  it('a timer of an earlier visit does nothing to a later one', () => {
    const again = after(definition, [started, outcome('a', 'go'), outcome('b', 'back')], facts)
    expect(again.tokens[0]?.entry).toBe(3)
    expect(advance(definition, again, { type: 'timer', elementId: 'silence', entry: 1 }).ignored).toBe(true)
    expect(advance(definition, again, { type: 'timer', elementId: 'silence', entry: 3 }, facts).ignored).toBe(false)
  })

  it('a message takes the way of its event', () => {
    expect(after(definition, [started, { type: 'message', name: 'client.wrote' }]).endedAt).toBe('end')
  })

  it.each([{}, { window_at: 'soon' }, { window_at: true }])('refuses a timer whose date is %j', (known) => {
    expect(codeOf(() => after(definition, [started, outcome('a', 'go')], known))).toBe('process.date_missing')
  })
})
