import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isBik, isCorrAccount, isInn, isKpp, isOgrn, isSettlementAccount, requisiteFaults } from './requisites.ts'

interface Account {
  bik: string
  account: string
}
type Vectors = Record<string, string[]> & {
  settlement_valid: Account[]
  settlement_invalid: Account[]
  corr_valid: Account[]
  corr_invalid: Account[]
}
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../testdata/requisites-vectors.json'), 'utf8'),
) as unknown as Record<string, string[]> & Pick<Vectors, 'settlement_valid' | 'corr_valid'>

const simple: [string, (text: string) => boolean][] = [
  ['inn10', isInn],
  ['inn12', isInn],
  ['kpp', isKpp],
  ['ogrn', isOgrn],
  ['ogrnip', isOgrn],
  ['bik', isBik],
]

test.each(simple)('%s: valid numbers pass and invalid ones do not', (name, check) => {
  expect(vectors[`${name}_valid`]!.filter((text) => !check(text))).toEqual([])
  expect(vectors[`${name}_invalid`]!.filter((text) => check(text))).toEqual([])
})

const accounts: [string, (bik: string, account: string) => boolean][] = [
  ['settlement', isSettlementAccount],
  ['corr', isCorrAccount],
]

test.each(accounts)('%s accounts are checked against the BIK', (name, check) => {
  const list = (key: string) => vectors[key] as unknown as Account[]
  expect(list(`${name}_valid`).filter((one) => !check(one.bik, one.account))).toEqual([])
  expect(list(`${name}_invalid`).filter((one) => check(one.bik, one.account))).toEqual([])
})

test('changing any one digit of an INN or an OGRN is noticed', () => {
  for (const [text, check] of [
    ['7707083893', isInn],
    ['500100732259', isInn],
    ['1027700132195', isOgrn],
  ] as const) {
    for (let place = 0; place < text.length; place += 1) {
      const other = `${text.slice(0, place)}${(Number(text[place]) + 1) % 10}${text.slice(place + 1)}`
      expect(check(other), other).toBe(false)
    }
  }
})

test('every fault of a set of details is named at once, and empty fields are none', () => {
  expect(requisiteFaults({ inn: '1', kpp: 'x', ogrn: '2', settlementAccount: '3' })).toEqual([
    { field: 'inn', code: 'people.inn_wrong' },
    { field: 'kpp', code: 'people.kpp_wrong' },
    { field: 'ogrn', code: 'people.ogrn_wrong' },
    { field: 'bik', code: 'people.bik_needed' },
  ])
  expect(requisiteFaults({ inn: null, kpp: '' })).toEqual([])
})
