import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

const read = (wanted?: string) => ownPath(wanted, ['/desk'], 'https://desk.test')

test('after signing in one comes back to the page that one wanted', () => {
  expect(read('/desk/tickets/42?view=mine')).toBe('/desk/tickets/42?view=mine')
})

test('CVE-2022-25803: an address of another host or another shell leads home', () => {
  for (const hostile of [
    '//evil.test',
    '/\\evil.test',
    'https:evil.test',
    'https://evil.test/desk',
    '/\t/evil.test',
    '/\n/evil',
    'javascript:alert(1)',
    '/deskevil',
    '/api/v1/me',
    '',
    undefined,
  ]) {
    expect([hostile, read(hostile)]).toEqual([hostile, '/desk'])
  }
})
