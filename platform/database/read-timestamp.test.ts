import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTimestamp } from './read-timestamp.ts'

it('reads every moment as the platform does, to the millisecond', () => {
  const moment = fc.date({ min: new Date('0101-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 999 }), (at, micros) => {
      const iso = at.toISOString().replace('T', ' ').replace('Z', '')
      expect(readTimestamp(`${iso}+00`)).toBe(at.getTime())
      expect(readTimestamp(`${iso}${String(micros).padStart(3, '0')}+00`)).toBe(at.getTime())
      // PostgreSQL leaves zeros at the end away
      const short = iso.replace(/\.?0*$/u, '')
      if (/\.\d+$/u.test(short)) expect(readTimestamp(`${short}+00`)).toBe(at.getTime())
    }),
  )
})

it.each([
  ['2026-03-01 06:00:00+00', Date.UTC(2026, 2, 1, 6)],
  ['2026-03-01 06:00:00.5+00', Date.UTC(2026, 2, 1, 6, 0, 0, 500)],
  ['2026-03-01 06:00:00.000999+00', Date.UTC(2026, 2, 1, 6)],
  ['2026-03-01 09:00:00+03', Date.UTC(2026, 2, 1, 6)],
  ['infinity', Number.NaN],
  ['-infinity', Number.NaN],
])('reads %s', (text, instant) => {
  expect(readTimestamp(text)).toBe(instant)
})
