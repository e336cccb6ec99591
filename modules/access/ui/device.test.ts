import { expect, test } from 'vitest'
import { deviceOf } from './device.ts'

test('a browser that calls itself by several names is named by its own', () => {
  expect(deviceOf('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 YaBrowser/24.1 Safari/537.36')).toBe(
    'Yandex Browser, Windows',
  )
  expect(deviceOf('Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36')).toBe('Chrome, Android')
})

test('what does not look like a browser stays unnamed', () => {
  expect(deviceOf('curl/8.0')).toBeNull()
  expect(deviceOf(null)).toBeNull()
})
