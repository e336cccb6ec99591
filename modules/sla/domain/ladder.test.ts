import { describe, expect, it } from 'vitest'
import { type LadderStep, stepsAt, usualLadder } from './ladder.ts'
import type { SlaPolicyData } from './policy.ts'

const LADDER: LadderStep[] = [
  { at: 'warn75', act: 'notify', to: 'assignee' },
  { at: 'breach', act: 'page', to: 'it', priorities: [1, 2] },
  { at: 'breach', act: 'raise', metrics: ['resolution'] },
  { at: 'breach', act: 'notify', to: 'di' },
]
const breach = { kind: 'breach', metric: 'resolution', priority: 1, superseded: false } as const
const PLAIN: SlaPolicyData = { rows: [], pausesCounted: [] }
const acts = (alarm: Partial<Parameters<typeof stepsAt>[1]>) =>
  stepsAt(LADDER, { ...breach, ...alarm }).map((step) => step.act)

describe('a ladder', () => {
  it('starts at an alarm the steps of its kind, metric and priority, in their order', () => {
    expect(acts({})).toEqual(['page', 'raise', 'notify'])
    expect(acts({ priority: 3 })).toEqual(['raise', 'notify'])
    expect(acts({ metric: 'reaction' })).toEqual(['page', 'notify'])
    expect(acts({ kind: 'warn75' })).toEqual(['notify'])
    expect(acts({ kind: 'warn50' })).toEqual([])
  })

  it('leaves telling to the later alarm where two ring at one moment, and does all else', () => {
    expect(acts({ superseded: true })).toEqual(['page', 'raise'])
  })

  it('tells wider with each alarm where a policy says nothing', () => {
    const told = (kind: LadderStep['at'], warnings?: number[]) =>
      stepsAt(usualLadder({ ...PLAIN, ...(warnings && { warnings }) }), { ...breach, kind }).map((step) => step.to)
    expect(told('warn50')).toEqual([])
    expect(told('warn75')).toEqual(['assignee'])
    expect(told('warn90')).toEqual(['assignee', 'im'])
    expect(told('breach')).toEqual(['assignee', 'im', 'account_manager'])
    expect(told('warn50', [80, 50])).toEqual(['assignee'])
    expect(told('warn80', [80, 50])).toEqual(['assignee', 'im'])
    expect(told('breach', [])).toEqual(['assignee', 'im', 'account_manager'])
  })
})
