import { expect, it } from 'vitest'
import { readBreaks, readHours, writeBreaks, writeHours } from './hours-writing.ts'

it('reads hours as people type them', () => {
  expect(readHours('9-13, 14:00–18:00')).toEqual([
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ])
  expect(readHours('22:00 — 6:00; 10:30-11')).toEqual([
    ['22:00', '06:00'],
    ['10:30', '11:00'],
  ])
  expect(readHours('0-24')).toEqual([['00:00', '24:00']])
  expect(readHours('  ')).toEqual([])
})

it('refuses what is no hours', () => {
  for (const junk of ['9', '9-', '9-25', '9:70-10', '24-25', 'с девяти', '10-10', '9-13 14-18'])
    expect(readHours(junk), junk).toBeNull()
})

it('writes what it reads', () => {
  const typed = '09:00–13:00, 22:00–06:00'
  expect(writeHours(readHours(typed) ?? [])).toBe(typed)
})

it('reads breaks with their days in either language', () => {
  expect(readBreaks('13-14, пт сб 15:00–15:30')).toEqual([
    { from: '13:00', to: '14:00' },
    { from: '15:00', to: '15:30', days: ['fri', 'sat'] },
  ])
  expect(readBreaks('Mon 12:00-12:30')).toEqual([{ from: '12:00', to: '12:30', days: ['mon'] }])
  expect(readBreaks('обед 13-14')).toBeNull()
  expect(writeBreaks([{ from: '15:00', to: '15:30', days: ['fri', 'sat'] }], 'ru')).toBe('пт сб 15:00–15:30')
})
