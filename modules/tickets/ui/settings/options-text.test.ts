import { expect, test } from 'vitest'
import { optionsText, readOptions } from './options-text.ts'

test('options written as lines come back as they were', () => {
  const options = [{ value: 'slow', label: { ru: 'Медленно', en: 'Slow' } }]
  expect(readOptions(optionsText(options))).toEqual(options)
})

test('a short line stands for itself, an empty one is none', () => {
  expect(readOptions('mail\n\n crm | CRM ')).toEqual([
    { value: 'mail', label: { ru: 'mail', en: 'mail' } },
    { value: 'crm', label: { ru: 'CRM', en: 'CRM' } },
  ])
})
