import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conflictsOf, type Freeze, overlaps, type PlannedWindow } from './conflicts.ts'

const window: PlannedWindow = {
  changeId: 1,
  number: 101,
  clientId: 1,
  portalId: 5,
  implementerId: 7,
  from: 100,
  until: 200,
}
const other = (given: Partial<PlannedWindow>): PlannedWindow => ({
  ...window,
  changeId: 2,
  number: 102,
  clientId: 2,
  portalId: 6,
  implementerId: 8,
  ...given,
})
const freeze: Freeze = { id: 9, clientId: 1, reason: 'Закрытие года', allowsEmergency: true, from: 150, until: 300 }

describe('what stands in a window’s way', () => {
  it.each<[string, Partial<PlannedWindow>, string | null]>([
    ['another change of the same portal', { clientId: 1, portalId: 5 }, 'same_portal'],
    ['the same hands elsewhere', { implementerId: 7 }, 'same_person'],
    ['another portal of the same client', { clientId: 1 }, 'same_window'],
    ['nothing of a stranger’s change', {}, null],
    ['nothing of what begins when this ends', { clientId: 1, from: 200, until: 250 }, null],
  ])('%s', (_name, given, kind) => {
    expect(conflictsOf(window, false, [other(given)], []).map((one) => one.kind)).toEqual(kind === null ? [] : [kind])
  })

  it('a freeze of the client or of everybody stops it; another client’s does not', () => {
    const kinds = (given: Partial<Freeze>) => conflictsOf(window, false, [], [{ ...freeze, ...given }])
    expect(kinds({})).toMatchObject([{ kind: 'freeze', stops: true }])
    expect(kinds({ clientId: null })).toMatchObject([{ kind: 'freeze', stops: true }])
    expect(kinds({ clientId: 2 })).toEqual([])
  })

  it('an emergency goes through a freeze that lets emergencies through, and through no other', () => {
    expect(conflictsOf(window, true, [], [freeze])).toMatchObject([{ stops: false }])
    expect(conflictsOf(window, true, [], [{ ...freeze, allowsEmergency: false }])).toMatchObject([{ stops: true }])
  })
})

const span = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 })).map(([from, length]) => ({
  from,
  until: from + length,
}))

describe('laws of windows', () => {
  it('two spans meet exactly when they share a moment, whichever is asked first', () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        const shared = Array.from({ length: 40 }, (_, i) => i).some(
          (at) => a.from <= at && at < a.until && b.from <= at && at < b.until,
        )
        expect(overlaps(a, b)).toBe(shared)
        expect(overlaps(b, a)).toBe(shared)
      }),
    )
  })

  it('two windows conflict for both or for neither, by the same kind', () => {
    const some = fc.integer({ min: 1, max: 2 })
    const planned = (changeId: number) =>
      fc.record({ span, clientId: some, portalId: fc.option(some), implementerId: fc.option(some) }).map((one) => ({
        changeId,
        number: changeId,
        ...one,
        ...one.span,
      }))
    fc.assert(
      fc.property(planned(1), planned(2), (a, b) => {
        const kinds = (x: PlannedWindow, y: PlannedWindow) => conflictsOf(x, false, [y], []).map((one) => one.kind)
        expect(kinds(a, b)).toEqual(kinds(b, a))
      }),
    )
  })
})
