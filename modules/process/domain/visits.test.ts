import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlaceFact, visitsOf, waitFigures } from './visits.ts'

const entered = (place: string, at: number): PlaceFact => ({ type: 'place_entered', place, at, by: null, what: null })
const left = (place: string, at: number, what = 'go'): PlaceFact => ({
  ...{ type: 'place_left', place, at },
  ...{ by: 'outcome', what },
})

describe('stays at places', () => {
  it('begin by coming and end by leaving; the last one is open', () => {
    expect(visitsOf([entered('a', 1), left('a', 5), entered('b', 5), left('b', 9), entered('a', 9)])).toEqual([
      { place: 'a', from: 1, until: 5, by: 'outcome', what: 'go' },
      { place: 'b', from: 5, until: 9, by: 'outcome', what: 'go' },
      { place: 'a', from: 9, until: null, by: null, what: null },
    ])
  })

  it('keep places side by side apart, and know nothing of leaving what was never entered', () => {
    expect(visitsOf([left('x', 0), entered('a', 1), entered('b', 1), left('b', 3), left('a', 4)])).toMatchObject([
      { place: 'a', from: 1, until: 4 },
      { place: 'b', from: 1, until: 3 },
    ])
  })

  it('are as many as comings, and a ticket at one place at a time spends its whole life at them', () => {
    const stays = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(1_000)), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(stays, (way) => {
        let now = 0
        const facts = way.flatMap(([place, minutes]) => {
          const coming = entered(place, now)
          now += minutes
          return [coming, left(place, now)]
        })
        const visits = visitsOf(facts)
        expect(visits).toHaveLength(way.length)
        expect(visits.reduce((sum, visit) => sum + (visit.until ?? 0) - visit.from, 0)).toBe(now)
      }),
    )
  })
})

describe('figures of waiting', () => {
  it('are values that were measured, by the nearest rank', () => {
    expect(waitFigures([])).toEqual({ visits: 0, median: null, p90: null, longest: null })
    expect(waitFigures([7])).toEqual({ visits: 1, median: 7, p90: 7, longest: 7 })
    expect(waitFigures([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ visits: 10, median: 5, p90: 9, longest: 10 })
  })

  it('do not depend on the order, and half of all stays is no longer than the median', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1 }), (minutes) => {
        const { median, p90, longest } = waitFigures(minutes)
        expect(waitFigures([...minutes].reverse())).toEqual(waitFigures(minutes))
        expect(minutes).toContain(median)
        expect(minutes).toContain(p90)
        const upTo = (limit: number) => minutes.filter((value) => value <= limit).length / minutes.length
        expect(upTo(median!)).toBeGreaterThanOrEqual(0.5)
        expect(upTo(p90!)).toBeGreaterThanOrEqual(0.9)
        expect(median! <= p90! && p90! <= longest!).toBe(true)
      }),
    )
  })
})
