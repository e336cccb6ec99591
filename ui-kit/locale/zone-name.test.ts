import { expect, test } from 'vitest'
import { zoneChoices, zoneName } from './zone-name.ts'

const WINTER = new Date('2026-01-15T00:00:00Z')

test('a zone is called as people call it, with its distance from UTC', () => {
  expect(zoneName('Europe/Moscow', 'ru', WINTER)).toBe('Москва (UTC+3)')
  expect(zoneName('Europe/Moscow', 'en', WINTER)).toBe('Moscow (UTC+3)')
  expect(zoneName('Asia/Yekaterinburg', 'ru', WINTER)).toBe('Екатеринбург (UTC+5)')
  expect(zoneName('America/New_York', 'en', WINTER)).toBe('New York (UTC-5)')
  expect(zoneName('UTC', 'ru', WINTER)).toBe('UTC')
})

test('what is no zone is shown as it is written', () => {
  expect(zoneName('Nowhere/Land', 'ru', WINTER)).toBe('Nowhere/Land')
})

test('the choice holds every zone once, and the present one', () => {
  const choices = zoneChoices('Europe/Moscow', 'ru')
  expect(choices.filter((one) => one.value === 'Europe/Moscow')).toHaveLength(1)
  expect(new Set(choices.map((one) => one.label)).size).toBeGreaterThan(choices.length * 0.95)
  expect(choices.every((one) => !/^[A-Z][a-z]+\//.test(one.label))).toBe(true)
})
