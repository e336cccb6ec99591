import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { agreeTimes, type Client, foundCompany, type Staff, takeOn } from './month/company.ts'
import { type Installation, installOpora } from './month/installation.ts'
import type { Body, Visitor } from './month/visitor.ts'
import { dearer, hoursOfTheYear, OWN_DETAILS, postpaidOfTheYear } from './year/company.ts'

/*
 * August 2025 to July 2026, by the public API alone: a subscription with a deposit and work by fact, a price that changes in the middle
 * of a month, VAT that changes at the new year, a correction of a closed month, a client who objects. Every figure was counted by hand.
 */

const world = {} as {
  house: Installation
  staff: Staff
  hours: Client
  byFact: Client
  boss: Visitor
  tickets: { hours: number; byFact: number }
}
const msk = (moment: string) => `${moment.replace(' ', 'T')}:00+03:00`
const roubles = (sum: number) => Math.round(sum * 100)

beforeAll(async () => {
  world.house = await installOpora(msk('2025-08-11 08:30'))
})
afterAll(() => world.house?.close())

async function log(ticketId: number, body: Body): Promise<Body> {
  return world.staff.it.post(`/tickets/${ticketId}/time`, {
    activity: 'configuration',
    note: 'Работа по договору',
    ...body,
  })
}

/** Asks for an act on a month of all contracts and waits until it has been done. */
async function run(month: string, act: string): Promise<Body> {
  const asked = await world.staff.fi.post('/month-runs', { month, act })
  return vi.waitFor(
    async () => {
      const now = await world.staff.fi.get(`/month-runs/${asked.id}`)
      expect(now.finishedAt).not.toBeNull()
      return now
    },
    { timeout: 30_000, interval: 50 },
  )
}

/** Closes the month on the second of the next and issues its papers; whoever has nothing to pay gets none. */
async function close(month: string): Promise<{ hours: Body; byFact: Body }> {
  const next = Temporal.PlainYearMonth.from(month).add({ months: 1 })
  await world.house.at(msk(`${next}-02 10:00`))
  expect(await run(month, 'close')).toMatchObject({ total: 2, done: 2, refused: 0 })
  await run(month, 'issue')
  const period = (client: Client) => world.staff.fi.get(`/contracts/${client.contractId}/periods/${month}`)
  return { hours: await period(world.hours), byFact: await period(world.byFact) }
}

async function papers(client: Client, month: string): Promise<Body[]> {
  return (await world.staff.fi.get(`/contracts/${client.contractId}/periods/${month}/documents`)).items
}
const paper = async (client: Client, month: string, kind: string): Promise<Body> =>
  (await papers(client, month)).find((one) => one.kind === kind)

describe('a year of money', () => {
  it('a company with its details, a client on hours and a client by fact', async () => {
    world.staff = await foundCompany(world.house)
    await agreeTimes(world.staff.ad)
    await world.staff.fi.post('/legal-entities', OWN_DETAILS)
    const contact = { name: 'Руслан Ответов', responsible: true, scope: 'all' }
    world.hours = await takeOn(world.staff, {
      name: 'Часовщик',
      domain: 'hours.test',
      contacts: { ruslan: contact },
      portals: [],
      contract: hoursOfTheYear,
    })
    world.byFact = await takeOn(world.staff, {
      name: 'Фактор',
      domain: 'fact.test',
      contacts: { boss: { ...contact, name: 'Белла Спорова' } },
      portals: [],
      contract: postpaidOfTheYear,
    })
    await world.staff.am.post(`/contacts/${world.byFact.contacts['boss']}/invitation`)
    world.boss = await world.house.join('boss@fact.test', 'boss@fact.test')
    const open = async (client: Client, contactId: number | undefined) =>
      (
        await world.staff.l1.post('/tickets', {
          clientId: client.id,
          contactId,
          subject: 'Работы года',
          text: 'Работы',
        })
      ).id
    world.tickets = {
      hours: await open(world.hours, world.hours.contacts['ruslan']),
      byFact: await open(world.byFact, world.byFact.contacts['boss']),
    }
  })

  it('August: 25 hours empty the subscription and leave the deposit at 55; both are billed', async () => {
    await world.house.at(msk('2025-08-15 18:00'))
    for (const [day, minutes] of [
      ['12', 600],
      ['13', 600],
      ['14', 300],
    ] as const)
      await log(world.tickets.hours, { date: `2025-08-${day}`, minutes })
    const { hours, byFact } = await close('2025-08')
    // 20 h and 60 h at 1 700 ₽
    expect(hours.figures).toMatchObject({
      grantedMinutes: 4800,
      drawnMinutes: 1500,
      closingMinutes: 3300,
      dueKopecks: roubles(136_000),
    })
    expect(byFact.figures).toMatchObject({ dueKopecks: 0 })
    expect(await papers(world.byFact, '2025-08')).toEqual([])
  })

  it('September: prices change on the 16th; the fee is shared by days, work costs what it cost on its day', async () => {
    await world.house.at(msk('2025-09-10 18:00'))
    for (const client of [world.hours, world.byFact]) {
      const { terms, version } = await world.staff.am.get(`/contracts/${client.contractId}`)
      const change = { validFrom: '2025-09-16', reason: 'Новый прайс-лист', terms: dearer(terms) }
      const made = await world.staff.am.ask('POST', `/contracts/${client.contractId}/versions`, change, version)
      expect(made.status, JSON.stringify(made.body)).toBe(201)
    }
    await log(world.tickets.hours, { date: '2025-09-03', minutes: 420 })
    await log(world.tickets.byFact, { date: '2025-09-10', minutes: 120 })
    await world.house.at(msk('2025-09-20 18:00'))
    await log(world.tickets.byFact, { date: '2025-09-20', minutes: 120 })
    const night = { startedAt: msk('2025-09-15 23:30'), endedAt: msk('2025-09-16 00:30') }
    expect(await log(world.tickets.byFact, night)).toMatchObject({ chargedMinutes: 60 })
    const { hours, byFact } = await close('2025-09')
    // 34 000 × 15/30 + 36 000 × 15/30
    expect(hours.figures).toMatchObject({
      drawnMinutes: 420,
      burnedMinutes: 780,
      closingMinutes: 3300,
      dueKopecks: roubles(35_000),
    })
    // 2 h × 2 000 + 2 h × 2 200 + ½ h of each across the midnight
    expect(byFact.figures).toMatchObject({ overageMinutes: 300, dueKopecks: roubles(10_500) })
  })

  it('who is silent has accepted: the act of September, five working days after it was sent', async () => {
    await run('2025-09', 'send_documents')
    expect(await paper(world.byFact, '2025-09', 'act')).toMatchObject({
      acceptance: 'waiting',
      grossKopecks: roubles(10_500),
    })
    await world.house.at(msk('2025-10-10 12:00'))
    await world.house.started.house.billing.acceptSilent()
    expect(await paper(world.byFact, '2025-09', 'act')).toMatchObject({ acceptance: 'accepted_by_silence' })
  })

  it('October to December: what is not used burns; the acts of 2025 hold 20 % of VAT', async () => {
    for (const month of ['2025-10', '2025-11']) {
      const { hours } = await close(month)
      expect(hours.figures).toMatchObject({ burnedMinutes: 1200, closingMinutes: 3300, dueKopecks: roubles(36_000) })
    }
    await world.house.at(msk('2026-01-01 01:30'))
    const newYear = { startedAt: msk('2025-12-31 23:00'), endedAt: msk('2026-01-01 01:00') }
    expect(await log(world.tickets.byFact, newYear)).toMatchObject({ minutes: 60, chargedMinutes: 60 })
    const { byFact } = await close('2025-12')
    // an hour of the two lies in December
    expect(byFact.figures).toMatchObject({ overageMinutes: 60, dueKopecks: roubles(2_200) })
    expect(await paper(world.hours, '2025-12', 'act')).toMatchObject({
      grossKopecks: roubles(36_000),
      vatKopecks: roubles(6_000),
    })
    expect(await paper(world.byFact, '2025-12', 'act')).toMatchObject({
      grossKopecks: roubles(2_200),
      vatKopecks: roubles(366.67),
    })
  })

  it('January: the same prices hold 22 % of VAT, also the hour that the same night left in the new year', async () => {
    const { byFact } = await close('2026-01')
    expect(byFact.figures).toMatchObject({ overageMinutes: 60, dueKopecks: roubles(2_200) })
    // 36 000 × 22/122 and 2 200 × 22/122
    expect(await paper(world.hours, '2026-01', 'act')).toMatchObject({
      grossKopecks: roubles(36_000),
      vatKopecks: roubles(6_491.8),
    })
    expect(await paper(world.byFact, '2026-01', 'act')).toMatchObject({
      grossKopecks: roubles(2_200),
      vatKopecks: roubles(396.72),
    })
  })

  it('February is closed and stays; its mistake is corrected in March by a pair with the reason', async () => {
    const { it: engineer, fi } = world.staff
    await world.house.at(msk('2026-02-12 18:00'))
    const entry = await log(world.tickets.byFact, { date: '2026-02-10', minutes: 180 })
    const { byFact } = await close('2026-02')
    expect(byFact.figures).toMatchObject({ dueKopecks: roubles(6_600) })
    await world.house.at(msk('2026-03-12 18:00'))
    await log(world.tickets.byFact, { date: '2026-03-11', minutes: 240 })
    const bare = await engineer.ask('PATCH', `/time/${entry.id}`, { minutes: 120 }, entry.version)
    expect(bare).toMatchObject({ status: 422, body: { code: 'work.correction_reason_missing' } })
    const fixed = await engineer.patch(
      `/time/${entry.id}`,
      { minutes: 120, reason: 'Час посчитан дважды' },
      entry.version,
    )
    expect(fixed).toMatchObject({ minutes: 120, period: '2026-03' })
    const march = (await close('2026-03')).byFact
    // 4 h of March less the hour of February
    expect(march.figures).toMatchObject({ dueKopecks: roubles(6_600) })
    const february = await fi.get(`/contracts/${world.byFact.contractId}/periods/2026-02`)
    expect([february.figures, february.figuresSha256]).toEqual([byFact.figures, byFact.figuresSha256])
  })

  it('April: the client objects to a line; finance is told, upholds it, and May gives the money back', async () => {
    await world.house.at(msk('2026-04-20 18:00'))
    await log(world.tickets.byFact, { date: '2026-04-20', minutes: 60 })
    expect((await close('2026-04')).byFact.figures).toMatchObject({ dueKopecks: roubles(2_200) })
    await run('2026-04', 'send_documents')
    const act = await paper(world.byFact, '2026-04', 'act')
    const lines = [{ number: 1, reason: 'Этой работы не было' }]
    await world.boss.post(`/cabinet/documents/${act.id}/object`, { lines })
    const told = await vi.waitFor(async () => {
      const { items } = await world.staff.fi.get('/notices')
      expect(items[0]).toMatchObject({ kind: 'money', path: `/desk/documents/${act.id}` })
      return items[0]
    })
    expect(told.text).toContain('Этой работы не было')
    const { objections } = await world.staff.fi.get(`/documents/${act.id}`)
    await world.staff.fi.post(`/documents/${act.id}/objections/${objections[0].id}`, {
      outcome: 'upheld',
      answer: 'Вы правы',
    })
    await world.house.at(msk('2026-05-20 18:00'))
    await log(world.tickets.byFact, { date: '2026-05-19', minutes: 120 })
    // 2 h of May less the hour given back
    expect((await close('2026-05')).byFact.figures).toMatchObject({ dueKopecks: roubles(2_200) })
  })

  it('at the end of the year the months add up, and the deposit is what August left of it', async () => {
    await close('2026-06')
    const { hours } = await close('2026-07')
    expect(hours.figures).toMatchObject({ closingMinutes: 3300 })
    const due = { hours: 0, byFact: 0 }
    for (const offset of Array.from({ length: 12 }, (_, index) => index)) {
      const month = Temporal.PlainYearMonth.from('2025-08').add({ months: offset }).toString()
      const { items, summary } = await world.staff.fi.get(`/periods?month=${month}`)
      expect(summary.dueKopecks).toBe(items.reduce((sum: number, one: Body) => sum + one.figures.dueKopecks, 0))
      const of = (client: Client) => items.find((one: Body) => one.contract.id === client.contractId).figures.dueKopecks
      due.hours += of(world.hours)
      due.byFact += of(world.byFact)
    }
    // 136 000 + 35 000 + 10 × 36 000; 10 500 + 2 200 + 2 200 + 6 600 + 6 600 + 2 200 + 2 200
    expect(due).toEqual({ hours: roubles(531_000), byFact: roubles(32_500) })
  })
})
