import { describe, expect, it } from 'vitest'
import { daysOfIsoDuration, minutesOfIsoDuration } from './duration.ts'

describe('an ISO duration', () => {
  it.each([
    ['PT30M', 30],
    ['PT1H30M', 90],
    ['P1D', 1_440],
    ['P1DT2H', 1_560],
    ['P2W', 20_160],
    ['P1M', null],
    ['P1Y', null],
    ['PT30S', null],
    ['P', null],
    ['PT', null],
    ['PT0M', null],
    ['5 days', null],
    ['', null],
  ])('%s is %s minutes', (text, expected) => {
    expect(minutesOfIsoDuration(text)).toBe(expected)
  })

  it.each([
    ['P5D', 5],
    ['P10D', 10],
    ['P0D', null],
    ['PT5H', null],
    ['P1W', null],
  ])('%s is %s days', (text, expected) => {
    expect(daysOfIsoDuration(text)).toBe(expected)
  })
})
