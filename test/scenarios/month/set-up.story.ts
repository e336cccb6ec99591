import { expect, it } from 'vitest'
import { agreeTimes, foundCompany, hoursTerms, packageTerms, takeOn } from './company.ts'
import { BOSS, IRINA, type World } from './world.ts'

/** The first morning: the company, its people, its clients. */
export function companyOpens(world: World): void {
  it('is set up by the printed code, with its people, clients, portals and contracts', async () => {
    world.staff = await foundCompany(world.house)
    await agreeTimes(world.staff.ad)
    world.romashka = await takeOn(world.staff, {
      name: 'Ромашка',
      domain: 'romashka.test',
      contacts: {
        irina: { name: 'Ирина Главная', responsible: true, scope: 'all' },
        anna: { name: 'Анна Рядова', scope: 'own' },
        pavel: { name: 'Павел Рядов', scope: 'own' },
        fedor: { name: 'Фёдор Бухгалтеров', scope: 'finance' },
        old: { name: 'Олег Уволенный' },
      },
      portals: ['crm', 'old'],
      contract: hoursTerms,
    })
    world.vasilek = await takeOn(world.staff, {
      name: 'Василёк',
      domain: 'vasilek.test',
      contacts: { boss: { name: 'Василий Боссов', responsible: true, scope: 'all' } },
      portals: ['shop'],
      contract: packageTerms,
    })
    world.siren = await takeOn(world.staff, {
      name: 'Сирень',
      domain: 'siren.test',
      contacts: { sonya: { name: 'Соня Опоздавшая', responsible: true } },
      portals: ['site'],
      contract: () => ({ ...packageTerms(), number: 'ОП-2025/9', startsOn: '2025-05-01', endsOn: '2026-04-30' }),
    })
    await world.staff.am.post(`/contacts/${world.romashka.contacts['irina']}/invitation`)
    world.irina = await world.house.join(IRINA, IRINA)
    await world.staff.am.post(`/contacts/${world.vasilek.contacts['boss']}/invitation`)
    world.boss = await world.house.join(BOSS, BOSS)
    const hours = (await world.irina.get('/cabinet/hours')).contracts[0]
    expect(hours).toMatchObject({ number: 'ОП-2026/1', leftMinutes: 80 * 60, overMinutes: 0 })
    expect((await world.staff.am.get(`/contracts/${world.vasilek.contractId}`)).terms).toMatchObject({
      packageCode: 'crm-business',
      monthlyFeeKopecks: 8_900_000,
      calendarCode: 'mon-sat-9-19',
    })
    expect((await world.staff.am.get(`/contracts/${world.siren.contractId}`)).standing).toBe('ended')
  })
}
