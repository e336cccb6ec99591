import { createHmac } from 'node:crypto'
import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  type TestAccount,
  type TestServer,
} from '@opora/access/testkit'
import { DAY_MS, HOUR_MS, isoInstant } from '@opora/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appoint, type ChangesBench, changesBench, MAJORITY, MONDAY } from './changes.fixture.ts'
import { changesJobs } from './changes.jobs.ts'
import { changesRoutes } from './index.ts'

let bench: ChangesBench
let app: TestServer

beforeAll(async () => {
  bench = await changesBench()
  const access = createTestAccess(bench.db)
  app = await startTestServer(bench.db, [...access.routes, ...changesRoutes(bench.changes)], access)
})
afterAll(async () => {
  await app.close()
  await bench.db.drop()
})
beforeEach(async () => {
  await bench.db.setNow(MONDAY)
  await appoint(bench)
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
async function call(who: TestAccount, method: Method, path: string, body?: object, version?: number) {
  return app.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      cookie: await sessionCookie(bench.db, who),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    ...(body ? { payload: body } : {}),
  })
}

describe('the agenda', () => {
  it('lists what waits for the board by filters, and says whose turn it is', async () => {
    const { changeId } = await bench.atBoard({ risk: 'high' })
    const [member] = bench.members
    const mine = async (who: TestAccount) =>
      (await call(who, 'GET', '/changes?show=mine')).json().items.map((row: { id: number }) => row.id)
    expect(await mine(member!)).toContain(changeId)
    const high = (await call(bench.staff.im, 'GET', '/changes?risk=high')).json()
    expect(high.items).toMatchObject([
      { id: changeId, approval: 'voting', myTurn: false, vote: { round: 1, cast: 0, seats: 5, quorum: 3 } },
    ])
    expect((await call(bench.staff.im, 'GET', '/changes?risk=low')).json().items).toEqual([])
    await bench.vote(changeId, member!, 'yes')
    expect(await mine(member!)).not.toContain(changeId)
    expect(await mine(bench.members[1]!)).toContain(changeId)
  })

  it('shows a member who serves another client nothing', async () => {
    const { changeId } = await bench.atBoard()
    const [client] = await bench.db.owner<{ id: number }[]>`insert into client (name) values ('Другой') returning id`
    const other = await createAccount(bench.db, { roles: ['rb'], clientIds: [client!.id] })
    expect((await call(other, 'GET', `/changes/${changeId}`)).statusCode).toBe(404)
    expect((await call(other, 'GET', '/changes')).json().items).toEqual([])
  })
})

describe('the change of a ticket', () => {
  it('is written once; whoever writes another is told its number, and nothing of it changes', async () => {
    const ticketId = await bench.specified()
    const path = `/tickets/${ticketId}/change`
    const made = await call(bench.staff.an, 'POST', path, { description: 'Первое' })
    expect(made.statusCode).toBe(201)
    const { id, version } = made.json()
    const again = await call(bench.staff.an, 'POST', path, { description: 'Второе' })
    expect(again.statusCode).toBe(409)
    expect(again.json()).toMatchObject({ code: 'change.exists', details: { changeId: id } })
    expect(await bench.view(id)).toMatchObject({ description: 'Первое', version })
  })
})

describe('voting by the API', () => {
  it('takes a ballot on the round that was read, and answers how it stands', async () => {
    const { changeId } = await bench.atBoard()
    const [member] = bench.members
    const before = (await call(member!, 'GET', `/changes/${changeId}`)).json()
    const ballot = { roundId: before.rounds[0].id, choice: 'no', comment: 'Риск' }
    const answer = await call(member!, 'POST', `/changes/${changeId}/ballots`, ballot)
    expect(answer.statusCode).toBe(201)
    expect(answer.json().rounds[0]).toMatchObject({ ballots: [{ choice: 'no', comment: 'Риск', voter: 'Белов' }] })
    const again = await call(member!, 'POST', `/changes/${changeId}/ballots`, { ...ballot, choice: 'yes' })
    expect(again.json()).toMatchObject({ code: 'change.already_voted' })
    const manager = await call(bench.staff.im, 'POST', `/changes/${changeId}/ballots`, ballot)
    expect(manager.statusCode).toBe(403)
  })
})

describe('the board’s settings', () => {
  const settings = () => call(bench.staff.ad, 'GET', '/board').then((answer) => answer.json())
  const put = async (given: object) => {
    const { settings: present, version } = await settings()
    return call(bench.staff.ad, 'PUT', '/board/settings', { ...present, ...given }, version)
  }
  const sit = (count: number) =>
    call(bench.staff.ad, 'PUT', '/board/members', {
      members: bench.members.slice(0, count).map(({ id }) => ({ accountId: id })),
    })

  it('take no quorum that the members could not make, whether it grows or they become fewer', async () => {
    const tooMany = await put({ quorum: 6 })
    expect(tooMany.statusCode).toBe(422)
    expect(tooMany.json()).toMatchObject({ code: 'change.quorum_above_members', field: 'quorum' })
    expect((await put({ quorum: 5 })).statusCode).toBe(200)
    const tooFew = await sit(4)
    expect(tooFew.statusCode).toBe(422)
    expect(tooFew.json()).toMatchObject({ code: 'change.quorum_above_members', field: 'members' })
    expect((await settings()).members).toHaveLength(5)
  })

  it('let a board be emptied once one voice is enough', async () => {
    expect((await sit(0)).statusCode).toBe(422)
    await put({ quorum: 1 })
    expect((await sit(0)).statusCode).toBe(200)
    expect((await put({ voteDays: 3 })).statusCode).toBe(200)
    expect((await sit(5)).statusCode).toBe(200)
  })

  it('are judged one after the other: of a quorum that grows and members that leave at once one is refused', async () => {
    const both = await Promise.all([put({ quorum: 5 }), sit(3)])
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([200, 422])
  })
})

describe('minutes', () => {
  it('are a document and a text of a closed session, the same for ever', async () => {
    await appoint(bench, [], { ...MAJORITY, opensAtOnce: false })
    const { changeId } = await bench.atBoard()
    const wish = { mode: 'meeting', title: 'Коллегия 18 мая', place: 'Переговорная 2', changeIds: [changeId] }
    const session = (await call(bench.staff.im, 'POST', '/board/sessions', wish)).json()
    const early = await call(bench.staff.im, 'GET', `/board/sessions/${session.id}/minutes?format=text`)
    expect(early.json()).toMatchObject({ code: 'change.session_open' })
    const [a, b, c] = bench.members
    await bench.vote(changeId, a!, 'yes')
    await bench.vote(changeId, b!, 'yes_if', 'Сначала копия')
    await bench.vote(changeId, c!, 'no', 'Риск')
    await call(bench.staff.im, 'POST', `/board/sessions/${session.id}/close`, undefined, session.version)
    const text = (await call(bench.staff.im, 'GET', `/board/sessions/${session.id}/minutes?format=text`)).body
    const lines = text.replace(/\d\d:\d\d/g, 'ЧЧ:ММ').split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'Протокол коллегии RfC',
        'Место: Переговорная 2',
        'Созвал: Марина Диспетчер',
        'Что меняется: Процесс согласования скидок',
        'План отката: Выключить процесс',
        '— Белов: За, 18.05.2026, ЧЧ:ММ',
        '— Власова: За с условием, 18.05.2026, ЧЧ:ММ. Сначала копия',
        '— Громов: Против, 18.05.2026, ЧЧ:ММ. Риск',
        'За 2 (из них с условием 1), против 1, воздержались 0.',
        'Решение: одобрено.',
      ]),
    )
    const pdf = () => call(bench.staff.im, 'GET', `/board/sessions/${session.id}/minutes`)
    const first = await pdf()
    expect(first.headers['content-type']).toBe('application/pdf')
    expect(first.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    await bench.db.setNow(MONDAY + 30 * DAY_MS)
    expect((await pdf()).rawPayload.equals(first.rawPayload)).toBe(true)
  })
})

describe('the calendar of changes', () => {
  it('has no moments outside the years that it can keep', async () => {
    const until = encodeURIComponent('9999-12-31T23:59:59-23:59')
    for (const query of [
      `from=2026-05-18T00:00:00Z&until=${until}`,
      'from=0000-01-01T00:00:00Z&until=2026-05-19T00:00:00Z',
    ])
      expect((await call(bench.staff.im, 'GET', `/change-calendar?${query}`)).statusCode).toBe(400)
  })

  it('shows windows and freezes with what stands in the way', async () => {
    const at = MONDAY + 40 * DAY_MS
    const span = (from: number) => ({ from: isoInstant(from), until: isoInstant(from + 2 * HOUR_MS) })
    const one = await bench.atBoard()
    const two = await bench.atBoard()
    for (const { changeId } of [one, two]) {
      const { version } = await bench.view(changeId)
      const window = { ...span(at), acceptConflicts: true }
      const answer = await call(bench.staff.it, 'PUT', `/changes/${changeId}/window`, window, version)
      expect(answer.statusCode).toBe(200)
    }
    const wish = { clientId: null, ...span(at + HOUR_MS), reason: 'Праздники' }
    const freeze = (await call(bench.staff.im, 'POST', '/freezes', wish)).json()
    const query = `from=${isoInstant(at - DAY_MS)}&until=${isoInstant(at + DAY_MS)}`
    const shown = (await call(bench.staff.im, 'GET', `/change-calendar?${query}`)).json()
    expect(shown.freezes).toMatchObject([{ id: freeze.id, reason: 'Праздники', client: null }])
    expect(shown.windows.map((row: { conflicts: { kind: string }[] }) => row.conflicts.map((one) => one.kind))).toEqual(
      [
        ['freeze', 'same_window'],
        ['freeze', 'same_window'],
      ],
    )
    expect((await call(bench.staff.im, 'DELETE', `/freezes/${freeze.id}`)).statusCode).toBe(204)
  })
})

describe('the client’s side', () => {
  it('sees what, when and what is asked of it; never plans or votes; and agrees to the window', async () => {
    const { changeId } = await bench.atBoard()
    const { version } = await bench.view(changeId)
    const at = MONDAY + 50 * DAY_MS
    const window = { from: isoInstant(at), until: isoInstant(at + HOUR_MS), askClient: true }
    await call(bench.staff.it, 'PUT', `/changes/${changeId}/window`, window, version)
    const contact = { clientId: bench.clientId, responsible: true }
    const cr = await createAccount(bench.db, { side: 'client', contact, name: 'Заказчица' })
    const shown = await call(cr, 'GET', '/cabinet/changes?show=waiting')
    expect(shown.json().items).toMatchObject([{ id: changeId, state: 'planned', windowState: 'asked', mayAgree: true }])
    expect(shown.body).not.toContain('Выключить процесс')
    expect((await call(cr, 'GET', `/changes/${changeId}`)).statusCode).toBe(403)
    expect((await call(cr, 'POST', `/cabinet/changes/${changeId}/window`, { agree: true })).statusCode).toBe(204)
    expect(await bench.view(changeId)).toMatchObject({ windowState: 'agreed', windowBy: 'Заказчица' })
    const twice = await call(cr, 'POST', `/cabinet/changes/${changeId}/window`, { agree: false })
    expect(twice.json()).toMatchObject({ code: 'change.window_not_asked' })
    const stranger = await createAccount(bench.db, { side: 'client', contact: { responsible: true } })
    expect((await call(stranger, 'GET', '/cabinet/changes')).json().items).toEqual([])
    const foreign = await call(stranger, 'POST', `/cabinet/changes/${changeId}/window`, { agree: true })
    expect(foreign.statusCode).toBe(404)
  })

  it('and a partner’s has no right in the database to plans, votes or other clients’ changes', async () => {
    await bench.atBoard()
    const asClient = { as: 'client' as const, clientId: bench.clientId, accountId: 1 }
    for (const table of ['board_round', 'board_ballot', 'change_condition', 'deployment']) {
      await expect(bench.db.read(asClient, (sql) => sql.unsafe(`select 1 from ${table}`))).rejects.toMatchObject({
        code: '42501',
      })
    }
    await expect(bench.db.read(asClient, (sql) => sql`select rollback_plan from change`)).rejects.toMatchObject({
      code: '42501',
    })
    const other = { ...asClient, clientId: bench.clientId + 1000 }
    expect(await bench.db.read(other, (sql) => sql`select id from change`)).toHaveLength(0)
    const partner = { as: 'partner' as const, accountId: 1 }
    await expect(bench.db.read(partner, (sql) => sql`select id from change`)).rejects.toMatchObject({ code: '42501' })
    const integrator = await createAccount(bench.db, { side: 'partner', roles: ['in'] })
    expect((await call(integrator, 'GET', '/changes')).statusCode).toBe(403)
  })
})

describe('a pipeline', () => {
  async function pipeline(clientId: number | null = null) {
    const made = (await call(bench.staff.ad, 'POST', '/pipelines', { name: 'GitLab', clientId })).json()
    const { key } = (await call(bench.staff.ad, 'GET', `/pipelines/${made.id}/key`)).json()
    return { id: made.id as number, key: key as string }
  }
  const knock = (id: number, key: string, body: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/v1/hooks/deployments/${id}`,
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
        ...headers,
      },
      payload: body,
    })
  const calls = (id: number) =>
    bench.db.owner<{ id: number; state: string; problem: string | null; body: Uint8Array }[]>`
      select id, state, problem, body from deployment_call where source_id = ${id} order by id`
  const readAll = async (id: number) => {
    const task = changesJobs(bench.db, bench.changes)['changes.readDeployment'] as (job: object) => Promise<void>
    for (const row of await calls(id)) await task({ callId: row.id })
  }

  it('is believed by its signature alone: another key, a changed body and no signature are refused, and nothing is kept', async () => {
    const { id, key } = await pipeline()
    const body = '{"ticket":1,"status":"succeeded"}'
    expect((await knock(id, 'whk_wrong', body)).statusCode).toBe(401)
    expect((await knock(id, key, body, { 'x-hub-signature-256': '' })).statusCode).toBe(401)
    expect((await knock(999_999, key, body)).statusCode).toBe(401)
    expect(await calls(id)).toEqual([])
    await call(bench.staff.ad, 'POST', `/pipelines/${id}/key`)
    expect((await knock(id, key, body)).statusCode).toBe(401)
  })

  it('is kept as it came, once a delivery, and linked with the changes that it names', async () => {
    const { id, key } = await pipeline()
    const { changeId, ticketId } = await bench.atBoard()
    const [ticket] = await bench.db.owner<{ number: number }[]>`select number from ticket where id = ${ticketId}`
    const body = `{ "ticket": ${ticket!.number},  "status": "succeeded", "environment": "prod", "release": "2.4" }`
    const sent = [1, 2, 3].map(() => knock(id, key, body, { 'x-delivery': 'd-1' }))
    expect((await Promise.all(sent)).map((answer) => answer.statusCode)).toEqual([202, 202, 202])
    const [kept, ...rest] = await calls(id)
    expect(rest).toEqual([])
    expect(Buffer.from(kept!.body).toString()).toBe(body)
    await readAll(id)
    await readAll(id)
    expect((await bench.view(changeId)).deployments).toMatchObject([
      { source: 'GitLab', status: 'succeeded', release: '2.4', environment: 'prod' },
    ])
    expect(await calls(id)).toMatchObject([{ state: 'read', problem: null }])
  })

  it('that says when it was is kept once, whatever name a replay gives it', async () => {
    const { id, key } = await pipeline()
    const body = '{"ticket":1,"status":"succeeded","at":"2026-05-18T09:00:00Z"}'
    await knock(id, key, body, { 'x-delivery': 'first' })
    expect((await knock(id, key, body, { 'x-delivery': 'replayed' })).statusCode).toBe(202)
    expect(await calls(id)).toHaveLength(1)
  })

  it('of one client links nothing of another’s, and a body that says nothing is kept as unread', async () => {
    const [other] = await bench.db.owner<{ id: number }[]>`insert into client (name) values ('Чужой') returning id`
    const { id, key } = await pipeline(other!.id)
    const { changeId, ticketId } = await bench.atBoard()
    const [ticket] = await bench.db.owner<{ number: number }[]>`select number from ticket where id = ${ticketId}`
    await knock(id, key, JSON.stringify({ ticket: ticket!.number, status: 'failed' }))
    await knock(id, key, '{"hello":"world"}')
    await readAll(id)
    expect((await bench.view(changeId)).deployments).toEqual([])
    expect(await calls(id)).toMatchObject([
      { state: 'unread', problem: 'no_change' },
      { state: 'unread', problem: 'no_deployment' },
    ])
  })

  it('that reports success moves a ticket from its installation to the client', async () => {
    const { id, key } = await pipeline()
    const { changeId, ticketId } = await bench.atBoard()
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    await bench.press(ticketId, 'done')
    await bench.press(ticketId, 'passed', { report: '00000000-0000-4000-8000-000000000000' })
    const at = MONDAY + 60 * DAY_MS
    await bench.press(ticketId, 'agreed', { window_at: isoInstant(at), rollback_plan: 'Выключить процесс' })
    await bench.press(ticketId, 'start_now')
    expect(await bench.view(changeId)).toMatchObject({ stage: 'installing' })
    const [ticket] = await bench.db.owner<{ number: number }[]>`select number from ticket where id = ${ticketId}`
    await knock(id, key, JSON.stringify({ tickets: [ticket!.number], status: 'succeeded' }))
    await readAll(id)
    expect(await bench.placeOf(ticketId)).toBe('client_accept')
    expect(await bench.view(changeId)).toMatchObject({ stage: 'installed' })
  })
})
