import { agreeTimes, type Client, foundCompany, packageTerms, type Staff, takeOn } from '../month/company.ts'
import { msk } from '../month/desk.ts'
import { type Installation, installOpora } from '../month/installation.ts'
import type { Visitor } from '../month/visitor.ts'

export const LENA = 'lena@sosna.test'
export const PARTNER = 'petr@partner.test'

/** A company with one client, for what is done with help from outside: partners, the vendor. */
export interface OutsideWorld {
  house: Installation
  staff: Staff
  sosna: Client
  /** The responsible contact, an administrator of the portal. */
  lena: Visitor
}

export async function openOutsideWorld(): Promise<OutsideWorld> {
  const house = await installOpora(msk('04 08:30'))
  const staff = await foundCompany(house)
  await agreeTimes(staff.ad)
  const sosna = await takeOn(staff, {
    name: 'Сосна',
    domain: 'sosna.test',
    contacts: {
      lena: { name: 'Лена Главная', responsible: true, scope: 'all', portalAdmin: true },
      oleg: { name: 'Олег Обычный', scope: 'own' },
    },
    portals: ['crm'],
    contract: packageTerms,
  })
  await staff.am.post(`/contacts/${sosna.contacts['lena']}/invitation`)
  const lena = await house.join(LENA, LENA)
  return { house, staff, sosna, lena }
}
