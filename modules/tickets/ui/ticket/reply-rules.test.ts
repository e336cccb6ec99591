import { expect, test } from 'vitest'
import type { Outcome } from '../../contract.ts'
import { mentionsIn, missingFields, noteBody, outcomeData, replyBody } from './reply-rules.ts'

const files = [
  { key: 'a', id: 'id-a', name: 'a.png', size: 1, share: 1 },
  { key: 'b', name: 'b.png', size: 1, share: 1, failed: 'нет' },
]
const written = { text: ' Проверьте ', files, onlyFiles: 'Файлы' }

test('a reply takes the files that the server has and says what its writer has seen', () => {
  expect(replyBody(written, [7], 42)).toEqual({
    text: 'Проверьте',
    files: ['id-a'],
    copyContactIds: [7],
    sendAnyway: false,
    lastSeenMessageId: 42,
  })
  expect(replyBody({ ...written, text: ' ' }, [], null)).toMatchObject({ text: 'Файлы', sendAnyway: true })
})

test('a note has no recipients; it mentions those whose names are still in it', () => {
  const picked = new Map([
    ['Игорь Савельев', 2],
    ['Мария Дементьева', 3],
  ])
  expect(mentionsIn('@Игорь Савельев, глянь', picked)).toEqual([2])
  expect(noteBody(written, picked, false)).toEqual({
    text: 'Проверьте',
    files: ['id-a'],
    mentions: [],
    forPartner: false,
  })
})

const field = (name: string, type: string, required = true) => ({ name, type, label: name, required, options: [] })
const outcome: Outcome = {
  id: 'agreed',
  taskId: 'window',
  label: 'Окно согласовано',
  style: 'primary',
  needs: null,
  fields: [field('at', 'datetime'), field('hours', 'number', false), field('ready', 'boolean')],
}

test('an outcome waits for its required fields; an unticked box is empty', () => {
  expect(missingFields(outcome, { at: '2026-03-03T10:00', ready: false })).toEqual(['ready'])
  expect(missingFields(outcome, { at: '2026-03-03T10:00', ready: true })).toEqual([])
})

test('moments become instants and numbers numbers; empty fields are left out', () => {
  const data = outcomeData(outcome, { at: '2026-03-03T10:00', hours: '1,5', ready: true })
  expect(data).toEqual({ at: new Date('2026-03-03T10:00').toISOString(), hours: 1.5, ready: true })
  expect(outcomeData(outcome, { hours: '' })).toEqual({})
})
