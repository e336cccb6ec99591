import { describe, expect, it } from 'vitest'
import type { Finding } from './findings.ts'
import { explore } from './markings.ts'
import { soundness } from './soundness.ts'
import { border, DECLARED, diagram, END, flow, on, START, sub, task } from './test-diagram.ts'

const codes = (findings: Finding[]) => findings.map((found) => `${found.severity} ${found.code} ${found.elementId}`)

const STOPS = 'role="l1" clockEffect="stop"'
const SOUND = `${START}${task('a', STOPS)}${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`
const back = (id: string, attributes: string) =>
  `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements><opora:return ${attributes}/></bpmn:extensionElements></bpmn:intermediateThrowEvent>`

describe('soundness', () => {
  it('finds nothing in a sound diagram', async () => {
    expect(soundness(await diagram(SOUND))).toEqual([])
  })

  it.each<[string, string, string[]]>([
    ['a place nobody comes to', `${SOUND}${task('b', STOPS)}${flow('x', 'b', 'end')}`, ['unreachable b']],
    [
      'a place that never ends',
      `${SOUND}${task('b', STOPS)}${flow('x', 'a', 'b', '<opora:outcome id="x"/>')}${flow('y', 'b', 'b', '<opora:outcome id="y"/>')}`,
      ['no_end b'],
    ],
    [
      'a place without a way out',
      `${SOUND}${task('b', STOPS)}${flow('x', 'a', 'b', '<opora:outcome id="x"/>')}`,
      ['no_end b', 'dead_end b'],
    ],
    [
      'an unknown role',
      `${START}${task('a', 'role="boss" takers="l1 king" clockEffect="stop"')}${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`,
      ['unknown_role a', 'unknown_role a'],
    ],
    [
      'a place of nobody',
      `${START}<bpmn:userTask id="a" name="a"/>${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`,
      ['no_role a', 'clock_never_stops start'],
    ],
    [
      'a gateway that may find no way',
      `${START}${task('a', STOPS)}${END}<bpmn:exclusiveGateway id="g"/>${flow('f1', 'start', 'a')}${flow('f2', 'a', 'g')}${flow('f3', 'g', 'end', '', 'priority = 1')}${flow('f4', 'g', 'a')}`,
      ['no_condition g', 'no_default g'],
    ],
    [
      'an unknown fact',
      `${SOUND}${flow('x', 'a', 'end', '<opora:outcome id="x"/>', 'weather = 1')}`,
      ['unknown_fact x'],
    ],
    [
      'a link to nowhere',
      `${SOUND}<bpmn:intermediateThrowEvent id="l"><bpmn:linkEventDefinition name="x"/></bpmn:intermediateThrowEvent>${flow('x', 'a', 'l', '<opora:outcome id="x"/>')}`,
      ['no_end l', 'link_target l'],
    ],
    [
      'a return before anything is remembered',
      `${SOUND}${back('r', 'to="asker"')}${task('b', STOPS)}${flow('x', 'a', 'r', '<opora:outcome id="x"/>')}${flow('y', 'a', 'b', '<opora:outcome id="y"/><opora:remember as="asker"/>')}${flow('z', 'b', 'r')}`,
      ['nothing_remembered r'],
    ],
    [
      'a return to a place that is not there',
      `${SOUND}${back('r', 'to="asker" otherwise="zz"')}${flow('x', 'a', 'r', '<opora:outcome id="x"/><opora:remember as="asker"/>')}`,
      ['return_target r'],
    ],
    [
      'a service task that does nothing',
      `${START}${task('a', STOPS)}${END}<bpmn:serviceTask id="s"/>${flow('f1', 'start', 'a')}${flow('f2', 'a', 's')}${flow('f3', 's', 'end')}`,
      ['no_action s'],
    ],
  ])('finds %s', async (_what, elements, expected) => {
    const findings = soundness(await diagram(elements))
    expect(findings.map((found) => `${found.code} ${found.elementId}`)).toEqual(expected)
    expect(findings.every((found) => found.ru !== '' && found.en !== '')).toBe(true)
  })

  it('finds a branch that goes round its join', async () => {
    const choices = ['wrote', 'late'].map((id) => flow(`f_${id}`, 'choice', id) + flow(`g_${id}`, id, 'merge')).join('')
    const definition = await diagram(
      `${START}<bpmn:parallelGateway id="split"/>${sub('s')}${border('late_s', 's', on.timer('PT1H'))}<bpmn:eventBasedGateway id="choice" name="ждём"/>` +
        `<bpmn:intermediateCatchEvent id="wrote">${on.message}</bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="late">${on.timer('P1D')}</bpmn:intermediateCatchEvent>` +
        `<bpmn:exclusiveGateway id="merge"/><bpmn:parallelGateway id="join"/>${task('z', STOPS)}${END}` +
        `${flow('f1', 'start', 'split')}${flow('f2', 'split', 's')}${flow('f3', 'split', 'choice')}${choices}${flow('f4', 's', 'join')}${flow('f5', 'late_s', 'join2')}` +
        `<bpmn:exclusiveGateway id="join2"/>${flow('f6', 'join2', 'join3')}<bpmn:exclusiveGateway id="join3"/>${flow('f7', 'join3', 'z')}${flow('f8', 'merge', 'join')}${flow('f9', 'join', 'join3')}${flow('f10', 'z', 'end')}`,
      DECLARED,
    )
    // Late, the branch goes round the join, so the other one waits there for ever.
    expect(codes(soundness(definition))).toEqual(['error deadlock join'])
  })

  const split = (kind: string, id: string, attributes = '') => `<bpmn:${kind}Gateway id="${id}"${attributes}/>`
  const two = `${task('a', STOPS)}${task('b', STOPS)}`

  it.each<[string, string, string[]]>([
    [
      'a join that waits for a branch not taken',
      `${START}${split('exclusive', 'x', ' default="x1"')}${two}${split('parallel', 'j')}${END}${flow('f1', 'start', 'x')}${flow('x1', 'x', 'a')}${flow('x2', 'x', 'b', '', 'priority = 1')}${flow('a1', 'a', 'j')}${flow('b1', 'b', 'j')}${flow('j1', 'j', 'end')}`,
      ['error deadlock j'],
    ],
    [
      'branches that never join and do their work twice',
      `${START}${split('parallel', 'p')}${two}${split('exclusive', 'm')}${task('c', STOPS)}${END}${flow('f1', 'start', 'p')}${flow('p1', 'p', 'a')}${flow('p2', 'p', 'b')}${flow('a1', 'a', 'm')}${flow('b1', 'b', 'm')}${flow('m1', 'm', 'c')}${flow('c1', 'c', 'end')}`,
      ['warning doubled c'],
    ],
    [
      'branches that multiply',
      `${START}${split('exclusive', 'm')}${task('a', STOPS)}${split('parallel', 'p')}${END}${flow('f1', 'start', 'm')}${flow('m1', 'm', 'a')}${flow('a1', 'a', 'p')}${flow('a2', 'a', 'end')}${flow('p1', 'p', 'm')}${flow('p2', 'p', 'm')}`,
      ['error unbounded a'],
    ],
    [
      'gateways that go round without waiting',
      `${START}${split('exclusive', 'm')}${split('exclusive', 'x', ' default="x1"')}${task('a', STOPS)}${END}${flow('f1', 'start', 'm')}${flow('m1', 'm', 'x')}${flow('x1', 'x', 'a')}${flow('x2', 'x', 'm', '', 'priority = 1')}${flow('a1', 'a', 'end')}`,
      ['error endless_loop m', 'error endless_loop x'],
    ],
    [
      'an error that nothing catches',
      `${START}${sub('s', `<bpmn:endEvent id="bad">${on.error}</bpmn:endEvent>${flow('i1', 's_t', 'bad')}`)}${task('a', STOPS)}${END}${flow('f1', 'start', 's')}${flow('f2', 's', 'a')}${flow('f3', 'a', 'end')}`,
      ['error error_uncaught bad'],
    ],
    [
      'a border that waits for an error nobody throws',
      `${SOUND}${border('e', 'a', on.error)}${flow('e1', 'e', 'end')}`,
      ['error unreachable e', 'error unreachable e1'],
    ],
    [
      'clocks that nothing stops',
      `${START}${task('a')}${task('b', STOPS)}${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'b')}${flow('f3', 'a', 'c')}${task('c')}${flow('f4', 'c', 'end')}${flow('f5', 'b', 'end')}`,
      ['error clock_never_stops c'],
    ],
    [
      'an unknown fact of a loop',
      `${START}${task('a', STOPS).replace('</bpmn:userTask>', '<bpmn:standardLoopCharacteristics><bpmn:loopCondition>moon and outcome = "f2"</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:userTask>')}${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`,
      ['error unknown_fact a'],
    ],
  ])('finds %s', async (_what, elements, expected) => {
    expect(codes(soundness(await diagram(elements, DECLARED)))).toEqual(expected)
  })

  it('finds a role that nobody holds', async () => {
    const words = { roles: ['l1', 'it'], messages: [], facts: [] }
    const definition = await diagram(SOUND)
    expect(codes(soundness(definition, { ...words, heldRoles: ['l1'] }))).toEqual([])
    expect(codes(soundness(definition, { ...words, heldRoles: ['it'] }))).toEqual(['error role_not_held a'])
  })

  it('says so when there is more than it could look at', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const wide = await diagram(
      `${START}${split('parallel', 'p')}${split('parallel', 'j')}${END}${flow('f1', 'start', 'p')}${flow('f2', 'j', 'end')}` +
        ids.map((id) => task(id, STOPS) + flow(`p${id}`, 'p', id) + flow(`${id}j`, id, 'j')).join(''),
    )
    expect(explore(wide, 100)).toMatchObject({ markings: 32, complete: true })
    expect(soundness(wide)).toEqual([])
    expect(codes(soundness(wide, undefined, 20))).toEqual(['error not_proven start'])
  })

  it('proves a diagram of ten thousands of markings in seconds', async () => {
    const ids = Array.from({ length: 14 }, (_, at) => `t${at}`)
    const wide = await diagram(
      `${START}${split('parallel', 'p')}${split('parallel', 'j')}${END}${flow('f1', 'start', 'p')}${flow('f2', 'j', 'end')}` +
        ids.map((id) => task(id, STOPS) + flow(`p${id}`, 'p', id) + flow(`${id}j`, id, 'j')).join(''),
    )
    expect(explore(wide, 100_000)).toMatchObject({ markings: 2 ** 14, complete: true })
  })

  it('finds a message that nobody sends', async () => {
    const definition = await diagram(
      `${SOUND}<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent>${flow('x', 'b', 'end')}`,
      '<bpmn:message id="m" name="moon.rose"/>',
    )
    expect(soundness(definition).map((found) => found.code)).toEqual(['unknown_message'])
    const words = { roles: ['l1'], messages: ['moon.rose'], facts: [] }
    expect(soundness(definition, words)).toEqual([])
  })
})
