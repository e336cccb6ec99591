import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agreeTimes, type Client, foundCompany, hoursTerms, type Staff, takeOn } from './month/company.ts'
import { type Installation, installOpora } from './month/installation.ts'

let house: Installation
let staff: Staff
let romashka: Client

beforeAll(async () => {
  house = await installOpora('2026-05-04T08:30:00+03:00')
})
afterAll(() => house?.close())

describe('a month in the life of a support company', () => {
  it('1. is set up by the printed code, with its people, clients, portals and contracts', async () => {
    staff = await foundCompany(house)
    await agreeTimes(staff.ad)
    romashka = await takeOn(staff, {
      name: 'Ромашка',
      domain: 'romashka.test',
      contacts: {
        irina: { name: 'Ирина Главная', responsible: true, scope: 'all' },
        anna: { name: 'Анна Рядова', scope: 'own' },
        pavel: { name: 'Павел Рядов', scope: 'own' },
        fedor: { name: 'Фёдор Бухгалтеров', scope: 'finance' },
      },
      portals: ['crm', 'old'],
      contract: hoursTerms,
    })
    expect(romashka.contractId).toBeGreaterThan(0)
  }, 60_000)
})
