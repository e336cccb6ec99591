import { readFileSync } from 'node:fs'
import { Refusal } from '@opora/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReadProblem } from './moddle-element.ts'
import { readProcess } from './read-process.ts'
import { diagram, diagramXml, END, flow, START, task } from './test-diagram.ts'

const foreign = (name: string) => readFileSync(new URL(`../testdata/bpmn/${name}.bpmn`, import.meta.url), 'utf8')

async function refusalOf(reading: Promise<unknown>): Promise<Refusal> {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}

async function problemsOf(xml: string): Promise<ReadProblem[]> {
  const refusal = await refusalOf(readProcess(xml))
  expect(refusal.code).toBe('process.outside_subset')
  return refusal.options.details as ReadProblem[]
}

describe('reading a diagram', () => {
  it('gives places with their statuses, clocks, instructions and outcomes', async () => {
    const definition = await diagram(`
      <bpmn:laneSet id="set"><bpmn:lane id="lane" name="Первая линия" opora:nameEn="First line">
        <bpmn:extensionElements><opora:lane role="l1">
          <opora:instruction lang="ru">Отвечайте</opora:instruction><opora:instruction lang="en">Answer</opora:instruction>
        </opora:lane></bpmn:extensionElements>
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>a</bpmn:flowNodeRef>
      </bpmn:lane></bpmn:laneSet>${START}${END}
      <bpmn:userTask id="a" name="Разбор" opora:nameEn="Sorting"><bpmn:extensionElements>
        <opora:place clockEffect="wait:client" phase="waiting" takers="l1, im" statusStaffRu="Ждём" statusStaffEn="Waiting">
          <opora:instruction lang="ru">Смотрите тему</opora:instruction>
        </opora:place></bpmn:extensionElements></bpmn:userTask>
      ${flow('f1', 'start', 'a')}
      ${flow(
        'f2',
        'a',
        'end',
        `<opora:outcome id="done" labelRu="Готово" labelEn="Done" style="primary" needs="reply" by="l1 cu">
        <opora:field name="reason" type="choice" labelRu="Причина" labelEn="Reason" required="false">
          <opora:option value="x" labelRu="Икс" labelEn="X"/></opora:field></opora:outcome>
        <opora:action name="set_kind"><opora:param name="kind" value="incident"/></opora:action>
        <opora:set fact="priority" value="2"/><opora:remember as="solver"/>`,
      )}`)
    expect(definition.lanes).toEqual([
      {
        id: 'lane',
        name: { ru: 'Первая линия', en: 'First line' },
        role: 'l1',
        instruction: { ru: 'Отвечайте', en: 'Answer' },
      },
    ])
    expect(definition.nodes['a']).toEqual({
      kind: 'place',
      task: 'user',
      id: 'a',
      name: { ru: 'Разбор', en: 'Sorting' },
      laneId: 'lane',
      scopeId: null,
      incoming: ['f1'],
      outgoing: ['f2'],
      effects: [],
      role: 'l1',
      takers: ['l1', 'im'],
      statusStaff: { ru: 'Ждём', en: 'Waiting' },
      statusClient: { ru: 'Разбор', en: 'Sorting' },
      clockEffect: 'wait:client',
      phase: 'waiting',
      instruction: { ru: 'Смотрите тему', en: 'Смотрите тему' },
      outcomes: [
        {
          id: 'done',
          flowId: 'f2',
          label: { ru: 'Готово', en: 'Done' },
          style: 'primary',
          needs: 'reply',
          by: ['l1', 'cu'],
          fields: [
            {
              name: 'reason',
              type: 'choice',
              label: { ru: 'Причина', en: 'Reason' },
              required: false,
              options: [{ value: 'x', label: { ru: 'Икс', en: 'X' } }],
            },
          ],
        },
      ],
      boundaryIds: [],
      trigger: null,
      choiceIds: [],
      loop: null,
    })
    expect(definition.flows['f2']?.effects).toEqual([
      { type: 'action', name: 'set_kind', params: [{ name: 'kind', value: 'incident' }] },
      { type: 'set', fact: 'priority', value: 2 },
      { type: 'remember', as: 'solver' },
    ])
  })

  it('reads timers of clock time, of working days and of a fact', async () => {
    const timer = (id: string, inside: string, attributes = '') =>
      `<bpmn:boundaryEvent id="${id}" attachedToRef="a"><bpmn:timerEventDefinition id="${id}_d"${attributes}>${inside}</bpmn:timerEventDefinition></bpmn:boundaryEvent>`
    const duration = (text: string) =>
      `<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeDuration>`
    const definition = await diagram(
      `${START}${END}${task('a')}${flow('f', 'start', 'a')}` +
        timer('clock', duration('PT4H')) +
        timer('days', duration('P5D'), ' opora:unit="working_days"') +
        timer('date', '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">window_at</bpmn:timeDate>') +
        ['clock', 'days', 'date'].map((id) => flow(`f_${id}`, id, 'end')).join(''),
    )
    const due = (id: string) => definition.nodes[id]?.kind === 'boundary' && definition.nodes[id].trigger
    expect([due('clock'), due('days'), due('date')]).toEqual([
      { type: 'timer', due: { unit: 'clock_minutes', minutes: 240 }, times: 1 },
      { type: 'timer', due: { unit: 'working_days', days: 5 }, times: 1 },
      { type: 'timer', due: { unit: 'fact', fact: 'window_at' }, times: 1 },
    ])
  })

  it.each<[string, string, RegExp]>([
    ['a script task', '<bpmn:scriptTask id="s" name="Код"/>', /bpmn:ScriptTask «Код» \(s\)/],
    ['a call to nobody', '<bpmn:callActivity id="c"/>', /bpmn:CallActivity \(c\): it does not say what it calls/],
    ['a plain task', '<bpmn:task id="t"/>', /bpmn:Task \(t\): make it a user task/],
    [
      'a condition that is waited for',
      '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:conditionalEventDefinition/></bpmn:boundaryEvent>',
      /bpmn:BoundaryEvent \(b\): "bpmn:ConditionalEventDefinition"/,
    ],
    [
      'compensation',
      '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>',
      /CompensateEventDefinition/,
    ],
    ['a transaction', '<bpmn:transaction id="x"/>', /bpmn:Transaction \(x\)/],
    ['an ad-hoc sub-process', '<bpmn:adHocSubProcess id="x"/>', /bpmn:AdHocSubProcess \(x\)/],
    ['a complex gateway', '<bpmn:complexGateway id="x"/>', /bpmn:ComplexGateway \(x\)/],
    ['an event sub-process', '<bpmn:subProcess id="x" triggeredByEvent="true"/>', /\(x\): "triggeredByEvent"/],
    ['a sub-process without a start', '<bpmn:subProcess id="x"/>', /\(x\): there is no start event/],
    ['a call to a process that is not there', '<bpmn:callActivity id="c" calledElement="moon"/>', /no process "moon"/],
    ['a process that calls itself', '<bpmn:callActivity id="c" calledElement="process"/>', /"process" calls itself/],
    [
      'a loop that never says when it ends',
      '<bpmn:userTask id="l"><bpmn:standardLoopCharacteristics/></bpmn:userTask>',
      /when the loop ends/,
    ],
    [
      'a loop over data',
      '<bpmn:userTask id="l"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>x</bpmn:loopDataInputRef></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
      /MultiInstanceLoopCharacteristics[\s\S]*how many times/,
    ],
    [
      'an error that does not interrupt',
      '<bpmn:boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><bpmn:errorEventDefinition/></bpmn:boundaryEvent>',
      /an error always interrupts/,
    ],
    [
      'an event-based gateway before a task',
      `<bpmn:eventBasedGateway id="g"/>${flow('x', 'g', 'a')}`,
      /\(g\): an event-based gateway leads only/,
    ],
    [
      'a cycle that interrupts',
      '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeCycle>R3/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>',
      /can repeat/,
    ],
    [
      'a flow across the border of a sub-process',
      `<bpmn:subProcess id="s"><bpmn:startEvent id="s1"/><bpmn:userTask id="s2"/></bpmn:subProcess>${flow('x', 'a', 's2')}`,
      /crosses the border/,
    ],
    ['an element BPMN does not have', '<bpmn:dreamTask id="d"/>', /dreamTask/],
    ['a flow into nothing', flow('x', 'a', 'nowhere'), /unresolved reference <nowhere>/],
    ['a second start', '<bpmn:startEvent id="start2"/>', /second start/],
    ['a second way out of an event', flow('x', 'start', 'end'), /second way out/],
    ['an unreadable condition', flow('x', 'a', 'end', '', 'exit()'), /condition "exit\(\)"/],
    [
      'a misspelt attribute of ours',
      '<bpmn:userTask id="m"><bpmn:extensionElements><opora:place clokEffect="run"/></bpmn:extensionElements></bpmn:userTask>',
      /clokEffect/,
    ],
    [
      'an element of ours that does not exist',
      '<bpmn:userTask id="m"><bpmn:extensionElements><opora:palce/></bpmn:extensionElements></bpmn:userTask>',
      /opora:palce/,
    ],
    ['an unknown clock effect', task('u', 'clockEffect="wait:moon"'), /wait:moon/],
    ['an unknown action', flow('x', 'a', 'end', '<opora:action name="format_disk"/>'), /format_disk/],
    [
      'an unknown parameter',
      flow('x', 'a', 'end', '<opora:action name="set_kind"><opora:param name="who" value="1"/></opora:action>'),
      /"who"/,
    ],
    [
      'a timer of months',
      '<bpmn:intermediateCatchEvent id="i"><bpmn:timerEventDefinition><bpmn:timeDuration>P1M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>',
      /duration/,
    ],
    [
      'a message without a name',
      '<bpmn:intermediateCatchEvent id="i"><bpmn:messageEventDefinition/></bpmn:intermediateCatchEvent>',
      /no name/,
    ],
    [
      'the same outcome twice',
      flow('x', 'a', 'end', '<opora:outcome id="done"/>') + flow('y', 'a', 'end', '<opora:outcome id="done"/>'),
      /"done" occurs twice/,
    ],
    [
      'a choice without options',
      flow('x', 'a', 'end', '<opora:outcome id="o"><opora:field name="n" type="choice"/></opora:outcome>'),
      /has options/,
    ],
  ])('refuses %s by name and place', async (_what, elements, expected) => {
    const problems = await problemsOf(diagramXml(`${START}${END}${task('a')}${flow('f', 'start', 'a')}${elements}`))
    expect(problems.map((problem) => problem.en).join('\n')).toMatch(expected)
    expect(problems.every((problem) => problem.ru !== '' && problem.element !== '')).toBe(true)
  })

  it('lists every problem at once', async () => {
    const problems = await problemsOf(diagramXml('<bpmn:task id="t1"/><bpmn:scriptTask id="t2"/>'))
    expect(problems.map((problem) => problem.id)).toEqual(['t1', 't2', 'process'])
  })

  it.each([
    '',
    'letter',
    '<a',
    '<html/>',
    '{"a":1}',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  ])('refuses %j, which is no BPMN', async (text) => {
    expect((await refusalOf(readProcess(text))).code).toBe('process.unreadable')
  })

  it('refuses a file that is too large', async () => {
    const refusal = await refusalOf(readProcess(diagramXml(`<!--${' '.repeat(1_100_000)}-->`)))
    expect(refusal.code).toBe('process.too_large')
  })

  it('refuses a diagram that is nested beyond all measure', async () => {
    const depth = 12_000
    const open = Array.from({ length: depth }, (_, at) => `<bpmn:subProcess id="s${at}">`).join('')
    const text = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
      <bpmn:process id="p">${open}${'</bpmn:subProcess>'.repeat(depth)}</bpmn:process></bpmn:definitions>`
    expect((await refusalOf(readProcess(text))).code).toBe('process.unreadable')
  })

  it('never fails with anything but a refusal when a file is damaged', async () => {
    const xml = foreign('kitchen-sink')
    await fc.assert(
      fc.asyncProperty(fc.nat(xml.length - 1), fc.nat(40), fc.string({ maxLength: 8 }), async (at, cut, put) => {
        const damaged = xml.slice(0, at) + put + xml.slice(at + cut)
        expect(await refusalOf(readProcess(damaged))).toBeInstanceOf(Refusal)
      }),
      { numRuns: 40 },
    )
  })
})

describe('diagrams that other people drew', () => {
  it('reads a new diagram', async () => {
    const definition = await readProcess(foreign('new-diagram'))
    expect(Object.values(definition.nodes).map((node) => node.kind)).toEqual(['start'])
  })

  it('reads nested sub-processes as they stand', async () => {
    const definition = await readProcess(foreign('nested-subprocesses'))
    const kinds = Object.values(definition.nodes).map((node) => `${node.scopeId === null ? '' : '  '}${node.kind}`)
    expect(kinds.filter((kind) => kind.includes('subProcess'))).toHaveLength(6)
  })

  it.each([
    ['A.1.0', 3],
    ['A.2.0', 4],
  ])('reads the reference model %s once its tasks are user tasks', async (name, tasks) => {
    const definition = await readProcess(foreign(name).replaceAll(/(<\/?)(\w+:)?task\b/g, '$1$2userTask'))
    expect(Object.values(definition.nodes).filter((node) => node.kind === 'place')).toHaveLength(tasks)
  })

  it.each<[string, RegExp[]]>([
    ['A.1.0', [/bpmn:Task «Task 1»/, /bpmn:Task «Task 2»/, /bpmn:Task «Task 3»/]],
    ['A.2.1', [/bpmn:InputOutputSpecification/, /bpmn:Task «Task 4»/]],
    ['A.3.0', [/bpmn:SubProcess «Collapsed[\s\S]*there is no start event/, /message has no name/]],
    ['A.4.0', [/second process/]],
    ['B.1.0', [/second process/, /bpmn:Task «Abstract Task 4»/]],
    ['B.2.0', [/ConditionalEventDefinition/, /second process/]],
    ['pizza-collaboration', [/bpmn:StartEvent «Order received».*message has no name/, /second process/]],
    ['kitchen-sink', [/bpmn:CallActivity.*what it calls/, /bpmn:ScriptTask/, /bpmn:ComplexGateway/, /DataObject/]],
    ['transaction-boundaries', [/bpmn:ReceiveTask/]],
    ['custom-meta-model', [/bpmn:EndEvent «Error Propagated».*the error has no code/]],
  ])('refuses %s and says what and where', async (name, expected) => {
    const text = (await problemsOf(foreign(name))).map((problem) => problem.en).join('\n')
    for (const pattern of expected) expect(text).toMatch(pattern)
  })
})
