import { expect, test } from 'vitest'
import { readingOf, rowTone } from './clock-reading.ts'

const at = Date.parse('2026-03-03T10:00:00Z')
const next = {
  metric: 'reaction',
  dueAt: '2026-03-03T12:00:00Z',
  state: 'running',
  remainingMinutes: 120,
  open: true,
  turnsIn: [],
  estimated: false,
}
const row = { state: 'open', breached: false, next }

test('a promise far ahead has no mark, one within its last hour is at risk', () => {
  expect(rowTone(row, at)).toBeUndefined()
  expect(rowTone({ ...row, next: { ...next, remainingMinutes: 60 } }, at)).toBe('warn')
})

test('a promise whose moment has passed is broken, whatever the server called it when it answered', () => {
  const passed = { ...next, dueAt: '2026-03-03T09:50:00Z', remainingMinutes: null }
  expect(readingOf(passed, at)).toMatchObject({ state: 'breached', remainingMinutes: -10 })
  expect(rowTone({ ...row, next: passed }, at)).toBe('danger')
})

test('a paused clock is neither at risk nor broken', () => {
  const paused = { ...next, state: 'paused', dueAt: '2026-03-03T09:50:00Z', remainingMinutes: 5 }
  expect(readingOf(paused, at).state).toBe('paused')
  expect(rowTone({ ...row, next: paused }, at)).toBeUndefined()
})

test('a breach of the past does not colour a ticket that is closed', () => {
  expect(rowTone({ ...row, state: 'closed', breached: true }, at)).toBeUndefined()
})
