import { expect, it } from 'vitest'
import { msk } from './desk.ts'
import type { Body, Visitor } from './visitor.ts'
import { FEDOR, PAVEL, type World } from './world.ts'

/** 22 May: who sees what of all this. */
export function othersSeeNothing(world: World): void {
  const subjects = async (visitor: Visitor) =>
    (await visitor.get('/cabinet/tickets?state=all&limit=100')).items.map((row: Body) => row.subject)

  it('a client sees nothing of another client', async () => {
    const { house, boss, tickets, vasilek, romashka } = world
    await house.at(msk('22 10:00'))
    expect(await subjects(boss)).toEqual(expect.arrayContaining(['Доработать карточку сделки', 'Отчёт по складу']))
    expect(await subjects(boss)).toHaveLength(2)
    const id = tickets['incident']!
    for (const path of [`/cabinet/tickets/${id}`, `/cabinet/tickets/${id}/time`, `/cabinet/tickets/${id}/clocks`]) {
      expect([path, (await boss.ask('GET', path)).status]).toEqual([path, 404])
    }
    expect((await boss.ask('POST', `/cabinet/tickets/${id}/replies`, { text: 'Это я' })).status).toBe(404)
    for (const path of [
      '/tickets',
      `/tickets/${id}`,
      '/clients',
      '/reports',
      `/contracts/${romashka.contractId}/ledger`,
    ]) {
      const answer = await boss.ask('GET', path)
      expect([path, answer.status >= 400], JSON.stringify(answer.body)).toEqual([path, true])
    }
    const contracts = (await boss.get('/cabinet/contracts')).items
    expect(contracts.map((contract: Body) => contract.id)).toEqual([vasilek.contractId])
    const everything = JSON.stringify([
      await boss.get('/cabinet/hours'),
      await boss.get('/cabinet/estimates?state=all'),
      await boss.get('/cabinet/colleagues'),
      await boss.get('/cabinet/company'),
    ])
    expect(everything).not.toMatch(/Ромашк|romashka|Анна Рядова/)
  })

  it('a contact with the scope “own” sees own requests alone', async () => {
    const { house, staff, tickets, romashka } = world
    await staff.am.post(`/contacts/${romashka.contacts['pavel']}/invitation`)
    const pavel = await house.join(PAVEL, PAVEL)
    expect(await subjects(pavel)).toEqual(expect.arrayContaining(['Воронка']))
    expect(await subjects(pavel)).not.toContain('Не сохраняется сделка')
    expect((await pavel.ask('GET', `/cabinet/tickets/${tickets['incident']}`)).status).toBe(404)
    expect((await pavel.ask('GET', '/cabinet/hours')).status).toBe(403)
    expect((await pavel.ask('GET', '/cabinet/reports')).status).toBe(403)
    // the magic link of a letter opens the same cabinet
    expect(await subjects(await house.enterCabinet(PAVEL))).toEqual(await subjects(pavel))
  })

  it('a contact with the scope “finance” sees hours and documents, and no text', async () => {
    const { house, staff, tickets, romashka } = world
    await staff.am.post(`/contacts/${romashka.contacts['fedor']}/invitation`)
    const fedor = await house.join(FEDOR, FEDOR)
    expect((await fedor.get('/cabinet/hours')).contracts[0]).toMatchObject({ leftMinutes: 3300 })
    expect((await fedor.get('/cabinet/contracts')).items).toHaveLength(1)
    expect((await fedor.get('/cabinet/reports')).items).toEqual([])
    expect(await subjects(fedor)).toEqual([])
    expect((await fedor.ask('GET', `/cabinet/tickets/${tickets['incident']}`)).status).toBe(404)
  })

  it('the provider’s people reach what their role reaches', async () => {
    const { staff, romashka } = world
    for (const [who, path] of [
      ['l1', `/contracts/${romashka.contractId}`],
      ['dev', `/contracts/${romashka.contractId}/balance`],
      ['it', '/periods?month=2026-05'],
      ['am', '/staff/1'],
      ['fi', `/tickets/${world.tickets['incident']}`],
      ['ad', '/no-such-thing'],
    ] as const) {
      expect([who, path, (await staff[who].ask('GET', path)).status >= 403]).toEqual([who, path, true])
    }
    const log = (await staff.ad.get('/audit?limit=200')).items.map((row: Body) => row.action)
    expect(log).toEqual(expect.arrayContaining(['time.logged', 'estimate.approved', 'session.opened']))
  })
}
