import type { Actor } from '@opora/access'
import { actorOf, createAccount } from '@opora/access/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

let bench: WorkBench
let partner: Actor
beforeAll(async () => {
  bench = await workBench()
  partner = actorOf(await createAccount(bench.db, { side: 'partner', roles: ['in'], name: 'Интегратор' }))
})
afterAll(() => bench.close())

async function sharedTicket(): Promise<number> {
  const id = await bench.openTicket()
  await bench.db.owner`
    insert into ticket_share (client_id, ticket_id, account_id, ends_at)
    values (${bench.clientId}, ${id}, ${partner.accountId}, app_now() + interval '1 day')`
  return id
}
const worked = (minutes: number) => ({ activity: 'development', note: 'Починил обмен', date: '2026-01-19', minutes })

describe('time of a partner', () => {
  it('is logged on what was passed to them, draws the client’s hours, and tells them nothing of hours or money', async () => {
    const { api, db, contractId } = bench
    const id = await sharedTicket()
    const logged = await api.call(partner, 'POST', `/tickets/${id}/time`, worked(90))
    expect(logged).toMatchObject({
      status: 201,
      body: {
        minutes: 90,
        mine: true,
        billable: null,
        reason: null,
        share: null,
        amountKopecks: null,
        chargedMinutes: 0,
        explanation: '',
        steps: [],
      },
    })
    const [drawn] = await db.owner<{ minutes: number }[]>`
      select -sum(minutes) as minutes from ledger_entry where contract_id = ${contractId} and kind = 'draw'
        and source_id = ${String(logged.body['id'])}`
    expect(Number(drawn!.minutes)).toBe(90)
  })

  it('shows them their own entries only, in the ticket and in the week sheet', async () => {
    const { api, works } = bench
    const id = await sharedTicket()
    await api.call(works, 'POST', `/tickets/${id}/time`, worked(60))
    const mine = await api.call(partner, 'POST', `/tickets/${id}/time`, worked(45))
    const seen = await api.call(partner, 'GET', `/tickets/${id}/time`)
    expect(seen.body).toMatchObject({ items: [{ id: mine.body['id'] }], totalMinutes: 45, estimate: null })
    const sheet = await api.call(partner, 'GET', '/time?from=2026-01-19&to=2026-01-25')
    expect(sheet.body.items?.every((entry) => entry['mine'] === true)).toBe(true)
    expect(sheet.text).not.toMatch(/пакет|₽|Договор/i)
  })

  it('is corrected and taken back by its author; nobody else’s entry is found', async () => {
    const { api, works } = bench
    const id = await sharedTicket()
    const { body } = await api.call(partner, 'POST', `/tickets/${id}/time`, worked(30))
    const edited = await api.call(partner, 'PATCH', `/time/${body['id']}`, { minutes: 20 }, 1)
    expect(edited).toMatchObject({ status: 200, body: { minutes: 20, billable: null } })
    const version = Number(edited.body['version'])
    const back = await api.call(partner, 'POST', `/time/${body['id']}/reverse`, { reason: 'не туда' }, version)
    expect(back).toMatchObject({ status: 200, body: { minutes: -20, reversesId: body['id'] } })
    const foreign = await api.call(works, 'POST', `/tickets/${id}/time`, worked(60))
    expect((await api.call(partner, 'PATCH', `/time/${foreign.body['id']}`, { minutes: 1 }, 1)).status).toBe(404)
    expect((await api.call(partner, 'POST', `/time/${foreign.body['id']}/approve`, undefined, 1)).status).toBe(403)
  })

  it('is not theirs to call free or billable, and its price is not theirs to ask', async () => {
    const { api } = bench
    const id = await sharedTicket()
    expect(await api.call(partner, 'POST', `/tickets/${id}/time`, { ...worked(30), billable: false })).toMatchObject({
      status: 403,
      body: { code: 'work.billable_not_allowed', field: 'billable' },
    })
    expect((await api.call(partner, 'POST', `/tickets/${id}/time/preview`, worked(30))).status).toBe(403)
  })

  it('cannot be logged on what was not passed, or no longer is', async () => {
    const { api, db } = bench
    const other = await bench.openTicket()
    expect((await api.call(partner, 'POST', `/tickets/${other}/time`, worked(10))).status).toBe(404)
    const id = await sharedTicket()
    await api.call(partner, 'POST', `/tickets/${id}/time`, worked(10))
    await db.owner`update ticket_share set ends_at = app_now() where ticket_id = ${id}`
    expect((await api.call(partner, 'POST', `/tickets/${id}/time`, worked(10))).status).toBe(404)
    expect((await api.call(partner, 'GET', `/tickets/${id}/time`)).status).toBe(404)
  })

  it('runs by a timer', async () => {
    const { api, db } = bench
    const id = await sharedTicket()
    const timer = { ticketId: id, activity: 'development', note: 'Обмен' }
    expect(await api.call(partner, 'PUT', '/timer', timer)).toMatchObject({ status: 200 })
    await db.setNow('2026-01-20T09:40:00Z')
    expect((await api.call(partner, 'GET', '/timer')).body).toMatchObject({ timer: { ticket: { id } } })
    const stopped = await api.call(partner, 'POST', '/timer/stop', {})
    expect(stopped).toMatchObject({ status: 201, body: { billable: null, source: 'timer' } })
  })

  it('is read by their own database role without a way to charges, contracts or other people’s work', async () => {
    const { db } = bench
    const id = await sharedTicket()
    await bench.api.call(bench.works, 'POST', `/tickets/${id}/time`, worked(15))
    await bench.api.call(partner, 'POST', `/tickets/${id}/time`, worked(15))
    const rows = await db.read(
      partner.scope,
      (sql) => sql<{ accountId: number }[]>`select account_id from time_entry where ticket_id = ${id}`,
    )
    expect(rows).toEqual([{ accountId: partner.accountId }])
    for (const column of ['amount_kopecks', 'charge', 'charged_minutes', 'contract_id', 'billable']) {
      await expect(
        db.read(partner.scope, (sql) => sql`select ${sql(column)} from time_entry`),
        column,
      ).rejects.toThrow(/denied/)
    }
    for (const column of ['amount_kopecks', 'lines', 'decision_comment']) {
      await expect(
        db.read(partner.scope, (sql) => sql`select ${sql(column)} from estimate`),
        column,
      ).rejects.toThrow(/denied/)
    }
  })
})

describe('an estimate by a partner', () => {
  const offer = { lines: [{ title: 'Обмен с 1С', minutes: 120 }], specification: 'Как в письме' }

  it('is prepared as a draft without prices, and sent by the provider', async () => {
    const { api, works } = bench
    const id = await sharedTicket()
    const made = await api.call(partner, 'POST', `/tickets/${id}/estimates`, offer)
    expect(made).toMatchObject({
      status: 201,
      body: {
        state: 'draft',
        minutes: 120,
        amountKopecks: null,
        lines: [{ title: 'Обмен с 1С', minutes: 120, ratePerHourKopecks: null, sumKopecks: null }],
      },
    })
    expect(made.text).not.toContain('200000')
    const path = `/estimates/${made.body['id']}`
    expect((await api.call(partner, 'POST', `${path}/offer`, {}, 1)).status).toBe(403)
    expect((await api.call(partner, 'GET', `/tickets/${id}/estimates`)).body).toMatchObject({
      items: [{ id: made.body['id'] }],
      fact: null,
    })
    expect(await api.call(works, 'POST', `${path}/offer`, {}, 1)).toMatchObject({ body: { state: 'offered' } })
    const again = await api.call(partner, 'POST', `/tickets/${id}/estimates`, offer)
    expect(again).toMatchObject({ status: 409, body: { code: 'work.estimate_in_hand' } })
  })

  it('is seen by its author only, taken back by them while a draft, and replaced by their next one', async () => {
    const { api, works } = bench
    const id = await sharedTicket()
    const first = await api.call(partner, 'POST', `/tickets/${id}/estimates`, offer)
    const second = await api.call(partner, 'POST', `/tickets/${id}/estimates`, offer)
    expect((await api.call(partner, 'GET', `/estimates/${first.body['id']}`)).body).toMatchObject({
      state: 'superseded',
    })
    const taken = await api.call(partner, 'POST', `/estimates/${second.body['id']}/withdraw`, { reason: '' }, 1)
    expect(taken).toMatchObject({ status: 200, body: { state: 'superseded' } })
    const staff = await api.call(works, 'POST', `/tickets/${id}/estimates`, { ...offer, offer: false })
    expect((await api.call(partner, 'GET', `/estimates/${staff.body['id']}`)).status).toBe(404)
    expect((await api.call(partner, 'POST', `/estimates/${staff.body['id']}/withdraw`, {}, 1)).status).toBe(404)
    const list = await api.call(partner, 'GET', '/estimates')
    expect(list.body.items?.every((one) => one['author'] === 'Интегратор')).toBe(true)
  })
})
