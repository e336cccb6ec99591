import { contactActor, createContact } from '@opora/people/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

const state = {} as WorkBench & { decides: Awaited<ReturnType<typeof contactActor>> }
beforeAll(async () => {
  const estimates = {
    rule: { kind: 'everything' as const },
    diagnosisExemptMinutes: 30,
    tolerancePercent: 10,
    warnAtPercent: 80,
  }
  Object.assign(state, await workBench({ estimates }))
  state.decides = contactActor(await createContact(state.db.owner, state.clientId, { responsible: true, scope: 'all' }))
})
afterAll(() => state.close())

const staff = (method: 'GET' | 'PATCH' | 'POST', path: string, body?: object, version?: number) =>
  state.api.call(state.works, method, path, body, version)
const decide = (id: unknown, body: object) =>
  state.api.call(state.decides, 'POST', `/cabinet/estimates/${id}/decision`, body)
const log = (ticketId: number, minutes: number, fields: object = {}) =>
  staff('POST', `/tickets/${ticketId}/time`, {
    activity: 'development',
    note: 'Доработка',
    date: '2026-01-20',
    minutes,
    ...fields,
  })

test('the worked example: 10 h and 10 % pass up to 11:00 h, the next minute is refused as billable and opens the second round', async () => {
  const ticketId = await state.openTicket()
  const { body } = await staff('POST', `/tickets/${ticketId}/estimates`, {
    lines: [{ title: 'Отчёт', minutes: 600 }],
    specification: 'Новый отчёт по сделкам',
    validUntil: '2026-02-10',
  })
  await decide(body['id'], { decision: 'approve' })
  // diagnosis is exempt: it passes and does not count
  expect(await log(ticketId, 30, { activity: 'diagnosis' })).toMatchObject({ status: 201, body: { billable: true } })
  for (const minutes of [480, 179, 1]) expect((await log(ticketId, minutes)).status).toBe(201)
  expect((await staff('GET', `/tickets/${ticketId}/time`)).body).toMatchObject({
    estimate: { approvedMinutes: 600, limitMinutes: 660, usedMinutes: 660, percent: 110, warned: true },
  })
  expect(await log(ticketId, 1)).toMatchObject({
    status: 409,
    body: { code: 'work.estimate_exhausted', details: { opensRound: true, acceptedMinutes: 0, refusedMinutes: 1 } },
  })
  const [job] = await state.db.owner<{ payload: { ticketId: number; minutes: number } }[]>`
    select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'work:openRound'`
  expect(job!.payload).toMatchObject({ ticketId, minutes: 1 })
  for (let turn = 0; turn < 2; turn++) await state.work.openFurtherRound(job!.payload as never)
  const rounds = await staff('GET', `/tickets/${ticketId}/estimates`)
  expect(rounds.body.items).toMatchObject([
    { round: 2, state: 'draft', supplementary: true, minutes: 1, author: expect.any(String) },
    { round: 1, state: 'approved' },
  ])
  // not billable work goes on, and so does billable work once the round is written, sent and approved
  expect((await log(ticketId, 1, { billable: false })).status).toBe(201)
  const second = rounds.body.items![0] as { id: number; version: number }
  const draft = { lines: [{ title: 'Выгрузка', minutes: 60 }], validUntil: '2026-02-10' }
  const sent = await staff('PATCH', `/estimates/${second.id}`, draft, second.version)
  expect(sent).toMatchObject({ status: 200, body: { round: 2, state: 'offered', minutes: 60 } })
  expect((await log(ticketId, 1)).status).toBe(409)
  await decide(second.id, { decision: 'approve' })
  expect((await log(ticketId, 66)).status).toBe(201)
  expect((await log(ticketId, 1)).status).toBe(409)
  expect((await staff('PATCH', `/estimates/${second.id}`, draft, Number(sent.body['version']) + 1)).body).toMatchObject(
    {
      code: 'work.estimate_not_draft',
    },
  )
  const seen = await state.api.call(state.decides, 'GET', `/cabinet/estimates/${second.id}`)
  expect(seen.body).toMatchObject({ state: 'approved', usedMinutes: 756 })
})

test('a question is answered and the answer is read beside it', async () => {
  const ticketId = await state.openTicket()
  const { body } = await staff('POST', `/tickets/${ticketId}/estimates`, { lines: [{ title: 'Обмен', minutes: 120 }] })
  await decide(body['id'], { decision: 'ask', comment: 'Входит ли обучение?' })
  const asked = await staff('GET', `/estimates/${body['id']}`)
  expect(asked.body).toMatchObject({ state: 'asked', comment: 'Входит ли обучение?' })
  const given = { answer: 'Да, час обучения входит.' }
  await staff('POST', `/estimates/${body['id']}/offer`, given, Number(asked.body['version']))
  const read = await state.api.call(state.decides, 'GET', `/cabinet/estimates/${body['id']}`)
  expect(read.body).toMatchObject({
    state: 'offered',
    comment: 'Входит ли обучение?',
    answer: 'Да, час обучения входит.',
    mayDecide: true,
  })
})

test('an estimate that nobody decided in time expires by itself, once, and its author is told', async () => {
  const ticketId = await state.openTicket()
  const offer = { lines: [{ title: 'Обмен', minutes: 120 }], validUntil: '2026-01-25' }
  const { body } = await staff('POST', `/tickets/${ticketId}/estimates`, offer)
  await state.db.setNow('2026-01-25T20:00:00Z')
  await state.work.expireEstimates()
  expect((await staff('GET', `/estimates/${body['id']}`)).body).toMatchObject({ state: 'offered' })
  await state.db.setNow('2026-01-25T21:05:00Z')
  for (let turn = 0; turn < 2; turn++) await state.work.expireEstimates()
  expect((await staff('GET', `/estimates/${body['id']}`)).body).toMatchObject({ state: 'expired' })
  expect(state.heard.filter((event) => event.startsWith('expired'))).toEqual([`expired ${body['id']}`])
  expect((await decide(body['id'], { decision: 'approve' })).status).toBe(409)
  await state.db.setNow('2026-01-20T09:00:00Z')
})
