import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { moveState } from './move-state.ts'
import { border, diagram, END, flow, on, START, sub, task } from './test-diagram.ts'
import { after, at, outcome, started } from './test-events.ts'

const ends = `${flow('f1', 'start', 'a')}${flow('f2', 'a', 's', '<opora:outcome id="go"/><opora:remember as="asker"/>')}${flow('f3', 's', 'end')}`
const before = await diagram(
  `${START}${task('a')}${border('late', 'a', on.cycle('R3/PT1H'), false)}<bpmn:endEvent id="e"/>${flow('l', 'late', 'e')}${sub('s')}${END}${ends}`,
)

describe('moving a running ticket to another version', () => {
  it('keeps its tokens at the elements of the same id, wherever those stand in the new file', async () => {
    const next = await diagram(
      `${END}${sub('s')}${task('new')}${task('a')}${START}${ends}${flow('n1', 'a', 'new')}${flow('n2', 'new', 'end')}`,
    )
    const state = after(before, [started, outcome('a', 'go')])
    const moved = moveState(before, next, state)
    expect(moved.missing).toEqual([])
    expect(at(next, moved.state ?? state)).toEqual(at(before, state))
    expect(advance(next, moved.state ?? state, outcome('s_t', 'go')).state.endedAt).toBe('end')
    const waiting = after(before, [started, { type: 'timer', elementId: 'late' }])
    expect(waiting.tokens[0]?.fired).toHaveLength(2)
    expect(moveState(before, next, waiting).state?.tokens).toEqual([{ entry: 1, at: 6, fired: [] }])
  })

  it.each([
    [
      'a place that is gone',
      `${START}${task('b')}${sub('s')}${END}${flow('f1', 'start', 'b')}${flow('f2', 'b', 's')}${flow('f3', 's', 'end')}`,
      ['a'],
    ],
    [
      'a place that is of another kind now',
      `${START}<bpmn:serviceTask id="a"/>${sub('s')}${END}${ends.replaceAll(/<opora:outcome id="go"\/>/g, '')}`,
      ['a'],
    ],
  ])('names %s', async (_what, elements, missing) => {
    const next = await diagram(elements)
    expect(moveState(before, next, after(before, [started]))).toEqual({ state: null, missing })
  })

  it('names what is remembered and gone, and what has come to stand in another sub-process', async () => {
    const inner = await diagram(
      `${START}${task('b')}<bpmn:subProcess id="o"><bpmn:startEvent id="os"/>${sub('s')}<bpmn:endEvent id="oe"/>${flow('o1', 'os', 's')}${flow('o2', 's', 'oe')}</bpmn:subProcess>${END}${flow('f1', 'start', 'b')}${flow('f2', 'b', 'o')}${flow('f3', 'o', 'end')}`,
    )
    expect(moveState(before, inner, after(before, [started, outcome('a', 'go')])).missing).toEqual(['s', 'a'])
  })
})
