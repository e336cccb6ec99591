import { expect, test } from 'vitest'
import { portalNamedIn, readPortalAddress } from './address.ts'
import { licenceState } from './licence.ts'

test.each([
  ['portal.corp.ru', 'https://portal.corp.ru'],
  [' HTTPS://Corp.Bitrix24.RU/ ', 'https://corp.bitrix24.ru'],
  ['http://crm.corp.ru:8080/desk/', 'http://crm.corp.ru:8080/desk'],
  ['https://corp.ru/?a=1#b', 'https://corp.ru'],
  ['портал.рф', 'https://xn--80awhdgm.xn--p1ai'],
  ['10.0.0.5:8080', 'https://10.0.0.5:8080'],
])('%s is read as %s', (given, address) => {
  expect(readPortalAddress(given)).toBe(address)
})

test.each([
  '',
  'corp',
  'ftp://corp.ru',
  'javascript:alert(1)',
  'https://a:b@corp.ru',
  'corp.ru two.ru',
  'file:///etc/passwd',
])('%j is no address of a portal', (given) => expect(readPortalAddress(given)).toBeNull())

test('a letter names a portal by its whole host, and two portals are none', () => {
  const portals = [
    { address: 'https://corp.bitrix24.ru' },
    { address: 'https://shop.corp.ru' },
    { address: 'https://corp.ru' },
  ]
  const named = (text: string) => portalNamedIn(text, portals)?.address ?? null
  expect(named('Не открывается https://CORP.bitrix24.ru/tasks/, помогите.')).toBe('https://corp.bitrix24.ru')
  expect(named('Ошибка на shop.corp.ru.')).toBe('https://shop.corp.ru')
  expect(named('notcorp.ru и corp.ru.evil')).toBeNull()
  expect(named('corp.bitrix24.ru и shop.corp.ru')).toBeNull()
})

test('a licence is good through its last day', () => {
  expect(licenceState('2026-03-31', '2026-03-31')).toBe('ending')
  expect(licenceState('2026-03-31', '2026-04-01')).toBe('expired')
  expect(licenceState('2026-03-31', '2026-02-28')).toBe('active')
  expect(licenceState(null, '2026-02-28')).toBe('unknown')
})
