import { expect, test } from 'vitest'
import { ForbiddenHost, guardedAddress, isInNetworks, isNetwork, isPublicAddress } from './index.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  'ff02::1',
  'nonsense',
])('%s is not public (R1)', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '93.184.216.34', '2a00:1450:4010:c0e::64'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('a name leads to its address, unless any of its addresses is private (R9)', async () => {
  const names: Record<string, string[]> = {
    'mail.test': ['8.8.8.8'],
    'mixed.test': ['8.8.8.8', '10.0.0.1'],
    'none.test': [],
  }
  const lookup = async (host: string) => names[host] ?? []
  const guard = { privateHosts: ['mixed.test:993'], lookup }
  await expect(guardedAddress('Mail.test', 993, guard)).resolves.toBe('8.8.8.8')
  await expect(guardedAddress('mixed.test', 143, guard)).rejects.toThrow(ForbiddenHost)
  await expect(guardedAddress('mixed.test', 993, guard)).resolves.toBe('8.8.8.8')
  await expect(guardedAddress('none.test', 993, guard)).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

test('a private address is reached only where exactly this host and port are allowed', async () => {
  const guard = { privateHosts: ['127.0.0.1:1143'] }
  await expect(guardedAddress('127.0.0.1', 1143, guard)).resolves.toBe('127.0.0.1')
  await expect(guardedAddress('127.0.0.1', 22, guard)).rejects.toThrow(ForbiddenHost)
  await expect(guardedAddress('[::1]', 1143, guard)).rejects.toThrow(ForbiddenHost)
})

test.each([
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8', '192.168.7.7'], false],
  ['192.168.7.7', ['10.0.0.0/8', '192.168.7.7'], true],
  ['192.168.7.8', ['192.168.7.7'], false],
  ['2a00:1450::64', ['2a00:1450::/32'], true],
  ['2a00:1450::64', ['0.0.0.0/0'], false],
  ['127.0.0.1', ['::1'], false],
  ['nonsense', ['0.0.0.0/0'], false],
  [null, ['0.0.0.0/0'], false],
])('%s lies in %j: %s', (address, networks, inside) => {
  expect(isInNetworks(address, networks)).toBe(inside)
})

test('a network is written as an address or with its bits; words and wrong bits are none', () => {
  expect(['10.0.0.1', '10.0.0.0/8', '::1', '2a00::/32'].map(isNetwork)).toEqual([true, true, true, true])
  expect(['10.0.0.0/33', 'office', '', '10.0.0.1;', '*'].map(isNetwork)).toEqual([false, false, false, false, false])
})
