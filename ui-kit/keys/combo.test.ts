import { expect, test } from 'vitest'
import { comboOf, type KeyPress } from './combo.ts'

const press = (over: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...over,
})

test('a letter works on the Russian layout by its physical key', () => {
  expect(comboOf(press({ key: 'о', code: 'KeyJ' }))).toBe('j')
  expect(comboOf(press({ key: 'л', code: 'KeyK', ctrlKey: true }))).toBe('mod+k')
  expect(comboOf(press({ key: 'Ч', code: 'KeyX', shiftKey: true }))).toBe('shift+x')
})

test('a Latin letter counts as typed, wherever the layout puts it', () => {
  expect(comboOf(press({ key: 'j', code: 'KeyC' }))).toBe('j')
})

test('the question mark opens the sheet on either layout', () => {
  expect(comboOf(press({ key: '?', code: 'Slash', shiftKey: true }))).toBe('?')
  expect(comboOf(press({ key: ',', code: 'Slash', shiftKey: true }))).toBe('?')
  expect(comboOf(press({ key: '?', code: 'Digit7', shiftKey: true }))).toBe('?')
})

test('named keys keep their names', () => {
  expect(comboOf(press({ key: 'Enter', code: 'Enter', metaKey: true }))).toBe('mod+Enter')
  expect(comboOf(press({ key: '.', code: 'Slash' }))).toBe('/')
})
