import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BOOK, clocksAt, history, msk, only, policy, row, service, show } from './clocks.fixture.ts'
import { foldClocks } from './fold.ts'
import type { PolicyVersion } from './policy.ts'

const ROWS = [row('all', {}, { resolution: service(600) })]
const version = (from: string, warnings: number[], rest: Partial<PolicyVersion> = {}) =>
  policy(ROWS, 'mon-fri-10-18', { warnings }, { from: msk(from), ...rest })
/** The alarms of a ticket of ten hours, opened on Tuesday at 10:00 and due on Wednesday at 12:00. */
const alarms = (now: string, ...versions: PolicyVersion[]) =>
  only(clocksAt(now, versions, ['10:00', 'opened']), 'resolution').alarms.map((alarm) => [alarm.kind, show(alarm.at)])
const FIRST = version('2026-01-01T00:00', [50, 90])
const at = (kind: string, when: string) => [kind, `2026-02-${when}`]
const BREACH = at('breach', '04T12:00')

describe('the shares at which an open clock warns', () => {
  it('are those of the policy’s present version, each from when it was asked for', () => {
    const later = version('2026-02-03T11:00', [70, 90])
    expect(alarms('10:30', FIRST, later)).toEqual([at('warn50', '03T15:00'), at('warn90', '04T11:00'), BREACH])
    expect(alarms('11:00', FIRST, later)).toEqual([at('warn70', '03T17:00'), at('warn90', '04T11:00'), BREACH])
  })

  it('ring at once where the new one is past already, unless a greater one is past as well', () => {
    const lately = version('2026-02-03T16:00', [20, 40, 90])
    expect(alarms('16:00', FIRST, lately)).toEqual([at('warn40', '03T16:00'), at('warn90', '04T11:00'), BREACH])
  })

  it('are gone with all warnings, and come back from when they are asked for again', () => {
    const none = version('2026-02-03T11:00', [])
    const again = version('2026-02-03T16:00', [50])
    expect(alarms('11:00', FIRST, none)).toEqual([BREACH])
    expect(alarms('16:00', FIRST, none, again)).toEqual([at('warn50', '03T16:00'), BREACH])
  })

  it('are not another policy’s or another contract’s, and a clock that is late has none left', () => {
    const foreign = version('2026-02-03T11:00', [10], { contractId: 2 })
    const other = version('2026-02-03T11:00', [10], { code: 'other' })
    const usual = [at('warn50', '03T15:00'), at('warn90', '04T11:00'), BREACH]
    expect(alarms('12:00', FIRST, foreign, other)).toEqual(usual)
    expect(alarms('2026-02-05T10:00', FIRST, version('2026-02-04T13:00', [95]))).toEqual([BREACH])
  })

  it('never move a deadline, and a version that warns alike moves no alarm', () => {
    const shares = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 })
    fc.assert(
      fc.property(
        shares,
        shares,
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 0, max: 3_000 }),
        (a, b, from, now) => {
          const opening = msk('10:00')
          const first = version('2026-01-01T00:00', a)
          const second = { ...version('2026-01-01T00:00', b), from: opening + from * 60_000 }
          const fold = (...versions: PolicyVersion[]) =>
            only(foldClocks(history(['10:00', 'opened']), versions, BOOK, opening + now * 60_000), 'resolution')
          const { alarms: _, ...alone } = fold(first)
          const { alarms: rung, ...both } = fold(first, second)
          expect(both).toEqual(alone)
          expect(fold(first, { ...second, spec: first.spec }).alarms).toEqual(fold(first).alarms)
          for (const alarm of rung)
            if (alarm.kind !== 'breach' && now >= from) expect(b.map((one) => `warn${one}`)).toContain(alarm.kind)
        },
      ),
      { numRuns: 300 },
    )
  })
})
