import { describe, expect, it } from 'vitest'
import { soundness } from './soundness.ts'
import { diagram, END, flow, START, task } from './test-diagram.ts'

const SOUND = `${START}${task('a')}${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`
const back = (id: string, attributes: string) =>
  `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements><opora:return ${attributes}/></bpmn:extensionElements></bpmn:intermediateThrowEvent>`

describe('soundness', () => {
  it('finds nothing in a sound diagram', async () => {
    expect(soundness(await diagram(SOUND))).toEqual([])
  })

  it.each<[string, string, string[]]>([
    ['a place nobody comes to', `${SOUND}${task('b')}${flow('x', 'b', 'end')}`, ['unreachable b']],
    [
      'a place that never ends',
      `${SOUND}${task('b')}${flow('x', 'a', 'b', '<opora:outcome id="x"/>')}${flow('y', 'b', 'b', '<opora:outcome id="y"/>')}`,
      ['no_end b'],
    ],
    [
      'a place without a way out',
      `${SOUND}${task('b')}${flow('x', 'a', 'b', '<opora:outcome id="x"/>')}`,
      ['no_end b', 'dead_end b'],
    ],
    [
      'an unknown role',
      `${START}${task('a', 'role="boss" takers="l1 king"')}${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`,
      ['unknown_role a', 'unknown_role a'],
    ],
    [
      'a place of nobody',
      `${START}<bpmn:userTask id="a" name="a"/>${END}${flow('f1', 'start', 'a')}${flow('f2', 'a', 'end')}`,
      ['no_role a'],
    ],
    [
      'a gateway that may find no way',
      `${START}${task('a')}${END}<bpmn:exclusiveGateway id="g"/>${flow('f1', 'start', 'a')}${flow('f2', 'a', 'g')}${flow('f3', 'g', 'end', '', 'priority = 1')}${flow('f4', 'g', 'a')}`,
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
      `${SOUND}${back('r', 'to="asker"')}${task('b')}${flow('x', 'a', 'r', '<opora:outcome id="x"/>')}${flow('y', 'a', 'b', '<opora:outcome id="y"/><opora:remember as="asker"/>')}${flow('z', 'b', 'r')}`,
      ['nothing_remembered r'],
    ],
    [
      'a return to a place that is not there',
      `${SOUND}${back('r', 'to="asker" otherwise="zz"')}${flow('x', 'a', 'r', '<opora:outcome id="x"/><opora:remember as="asker"/>')}`,
      ['return_target r'],
    ],
    [
      'a service task that does nothing',
      `${START}${task('a')}${END}<bpmn:serviceTask id="s"/>${flow('f1', 'start', 'a')}${flow('f2', 'a', 's')}${flow('f3', 's', 'end')}`,
      ['no_action s'],
    ],
  ])('finds %s', async (_what, elements, expected) => {
    const findings = soundness(await diagram(elements))
    expect(findings.map((found) => `${found.code} ${found.elementId}`)).toEqual(expected)
    expect(findings.every((found) => found.ru !== '' && found.en !== '')).toBe(true)
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
