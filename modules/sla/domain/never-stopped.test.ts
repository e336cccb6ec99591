import { describe, expect, it } from 'vitest'
import { CRM_PREMIUM, clock, clocksAt, days, msk, policy, row, show } from './clocks.fixture.ts'

/** The contract's promise of priority 1 from a moment on. */
const from = (at: string, minutes: number) =>
  policy(
    [
      row('P1', { priority: 1 }, { resolution: clock(minutes) }),
      row('P2', { priority: 2 }, { resolution: clock(24 * 60) }),
      row('others', {}, { resolution: days(10) }),
    ],
    '24x7',
    { resolvedByLowering: { from: [1, 2], to: [3, 4] } },
    { from: msk(at) },
  )
const LOOSER = [from('00:00', 12 * 60), from('16:00', 24 * 60)]
const TIGHTER = [from('00:00', 12 * 60), from('16:00', 8 * 60)]
const resolutions = (clocks: ReturnType<typeof clocksAt>) => clocks.filter(({ metric }) => metric === 'resolution')
const opened = ['09:00', 'opened', { priority: 1 }] as const
const workAround = ['15:00', 'work_around', { from: 1, to: 3 }] as const

describe('a clock whose end is rejected never stopped', () => {
  for (const [name, ended] of [
    ['a work-around', workAround],
    ['a solution', ['15:00', 'solved'] as const],
  ] as const) {
    it(`so that a looser promise that came meanwhile binds from when it came (${name})`, () => {
      const told = [opened, ended, ['16:00', 'policy_changed'], ['22:00', 'confirm_rejected']] as const
      const [first] = resolutions(clocksAt('22:30', LOOSER, ...told))
      expect(first).toMatchObject({ state: 'running', targetMinutes: 24 * 60, breachedAt: null })
      expect(show(first!.dueAt)).toBe('2026-02-04T09:00')
      expect(first!.facts.map(({ at }) => at)).toEqual(first!.facts.map(({ at }) => at).toSorted((a, b) => a - b))
    })

    it(`so that a tighter one is broken when it was over, not when the client said no (${name})`, () => {
      const told = [opened, ended, ['16:00', 'policy_changed'], ['22:00', 'confirm_rejected']] as const
      const [first] = resolutions(clocksAt('22:30', TIGHTER, ...told))
      expect(show(first!.breachedAt)).toBe('2026-02-03T17:00')
    })

    it(`and a promise that was over before it was changed stays broken (${name})`, () => {
      const late = [from('00:00', 12 * 60), from('21:30', 24 * 60)]
      const told = [opened, ended, ['21:30', 'policy_changed'], ['22:00', 'confirm_rejected']] as const
      const [first] = resolutions(clocksAt('22:30', late, ...told))
      expect([show(first!.breachedAt), show(first!.dueAt)]).toEqual(['2026-02-03T21:00', '2026-02-04T09:00'])
    })
  }

  it('also when its priority was raised while the client thought about the solution', () => {
    const told = [
      ['09:00', 'opened', { priority: 2 }],
      ['10:00', 'solved'],
      ['12:00', 'priority_changed', { from: 2, to: 1 }],
      ['22:00', 'confirm_rejected'],
    ] as const
    const [only] = resolutions(clocksAt('22:30', LOOSER.slice(0, 1), ...told))
    expect([only!.priority, show(only!.breachedAt)]).toEqual([1, '2026-02-03T21:00'])
  })
})

describe('a work-around that is rejected late', () => {
  it('after the priority was lowered once more has the first promise back', () => {
    const told = [
      opened,
      workAround,
      ['15:30', 'work_around', { from: 3, to: 4 }],
      ['15:40', 'priority_changed', { from: 4, to: 3 }],
    ] as const
    const [met, began, more] = resolutions(clocksAt('15:50', CRM_PREMIUM, ...told))
    expect([met!.state, began!.state, began!.rowName, more]).toEqual(['met', 'running', 'Incident P3', undefined])
    const [first, second] = resolutions(clocksAt('17:00', CRM_PREMIUM, ...told, ['16:00', 'confirm_rejected']))
    expect(first).toMatchObject({ state: 'running', priority: 1, usedMinutes: 480 })
    expect(second).toMatchObject({ state: 'cancelled', endedBy: 'work_around_rejected' })
  })

  it('after a merge that was taken back runs on from the first start; merged, it runs no more', () => {
    const told = [opened, workAround, ['15:30', 'merged', { into: 9 }]] as const
    const merged = resolutions(clocksAt('23:00', CRM_PREMIUM, ...told, ['16:00', 'confirm_rejected']))
    expect(merged.map(({ state }) => state)).toEqual(['met', 'cancelled'])
    const apart = [...told, ['15:40', 'unmerged'], ['16:00', 'confirm_rejected']] as const
    const [first, second] = resolutions(clocksAt('16:00', CRM_PREMIUM, ...apart))
    expect(first).toMatchObject({ state: 'running', usedMinutes: 420 })
    expect(second!.state).toBe('cancelled')
  })

  it('after the closing is a reopening: what was accepted stays met, the lower clock runs on without the time closed', () => {
    const told = [opened, workAround, ['16:00', 'solved'], ['16:10', 'closed'], ['18:00', 'confirm_rejected']] as const
    const [met, began] = resolutions(clocksAt('18:30', CRM_PREMIUM, ...told))
    expect([met!.state, began!.state]).toEqual(['met', 'running'])
    expect(began!.usedMinutes).toBe(90)
  })
})
