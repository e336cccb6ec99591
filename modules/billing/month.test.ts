import { rm } from 'node:fs/promises'
import { issueLink } from '@opora/access'
import { balanceOf } from '@opora/contracts'
import { createStaff, staffActor } from '@opora/people/testkit'
import type { Tx } from '@opora/platform/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClientReport } from './domain/client-report.ts'
import { type MonthBench, monthBench } from './month.bench.ts'

const state = {} as MonthBench
beforeAll(async () => {
  Object.assign(state, await monthBench())
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

const asStaff = <T>(body: (tx: Tx) => Promise<T>) => state.db.begin({ as: 'staff' }, body)

/** A ticket before the second line. */
async function ticketAtWork(subject = 'Не сходится отчёт по сделкам') {
  const { contact, clientId, tickets, works } = state
  const author = { contactId: contact.contact!.id, accountId: null, name: contact.name, email: contact.email }
  const { id } = await state.db.begin({ as: 'worker' }, (tx) =>
    tickets.open(tx, works, {
      clientId,
      contactId: author.contactId,
      portalId: null,
      subject,
      text: subject,
      channel: 'email',
      author,
    }),
  )
  for (const [outcome, taskId] of [
    ['pass_on', 'l1_classify'],
    ['incident', 'im_route'],
  ] as const) {
    await asStaff((tx) => tickets.takeOutcome(tx, works, id, { outcome, taskId, data: {} }))
  }
  return id
}
const worked = (date: string, minutes: number) => ({ activity: 'configuration', note: 'Настроил отчёт', date, minutes })
const left = async (at: string) => (await balanceOf(state.db.staff, state.contractId, Date.parse(at)))!.leftMinutes

test('January: 25 hours leave the subscription empty and the deposit at 55, and the sentence says so before saving', async () => {
  const { api, works } = state
  const id = await ticketAtWork()
  await state.db.setNow('2026-01-20T09:00:00Z')
  for (const day of ['13', '14']) {
    const logged = await api.call(works, 'POST', `/tickets/${id}/time`, worked(`2026-01-${day}`, 720))
    expect(logged).toMatchObject({ status: 201, body: { chargedMinutes: 720, amountKopecks: null, billable: true } })
  }
  const preview = await api.call(works, 'POST', `/tickets/${id}/time/preview`, {
    ...worked('2026-01-15', 30),
    urgent: true,
  })
  expect(preview.body).toMatchObject({ chargedMinutes: 60, fromPackageMinutes: 60, share: 'package' })
  expect(String(preview.body['sentence'])).toMatch(/30\s?мин.*60\s?мин/)
  await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-15', 60))
  expect(await left('2026-01-20T00:00:00Z')).toBe(55 * 60)
  const list = await api.call(works, 'GET', `/tickets/${id}/time`)
  expect(list.body).toMatchObject({ totalMinutes: 1500, chargedMinutes: 1500 })
  const seen = await api.call(state.contact, 'GET', `/cabinet/tickets/${id}/time`)
  expect(seen.body).toMatchObject({ totalMinutes: 1500 })
  expect(seen.text).not.toMatch(/kopecks/i)
})

test('the provider’s view of the work is closed to clients, and their own role shows them neither cost nor hidden work', async () => {
  const { api, works, responsible, db } = state
  const id = await ticketAtWork('Скрытое')
  await api.call(works, 'POST', `/tickets/${id}/time`, { ...worked('2026-01-17', 20), billable: false, visible: false })
  for (const path of [
    `/tickets/${id}/time`,
    '/time?from=2026-01-01&to=2026-01-31',
    `/tickets/${id}/estimates`,
    '/reports',
  ]) {
    expect((await api.call(responsible, 'GET', path)).status).toBe(403)
  }
  expect((await api.call(responsible, 'GET', `/cabinet/tickets/${id}/time`)).body).toMatchObject({ items: [] })
  await expect(db.read(responsible.scope, (sql) => sql`select amount_kopecks from time_entry`)).rejects.toThrow(
    /denied/,
  )
  const draft = { lines: [{ title: 'Черновик', minutes: 60 }], offer: false }
  const made = await api.call(works, 'POST', `/tickets/${id}/estimates`, draft)
  expect((await api.call(responsible, 'GET', `/cabinet/estimates/${made.body['id']}`)).status).toBe(404)
})

test('an open entry is edited and its hours drawn anew', async () => {
  const { api, works } = state
  const id = await ticketAtWork()
  const { body } = await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-16', 60))
  const before = await left('2026-01-20T00:00:00Z')
  const edited = await api.call(works, 'PATCH', `/time/${body['id']}`, { minutes: 90 }, 1)
  expect(edited).toMatchObject({ status: 200, body: { minutes: 90, chargedMinutes: 90 } })
  expect(await left('2026-01-20T00:00:00Z')).toBe(before - 30)
  const taken = await api.call(
    works,
    'POST',
    `/time/${body['id']}/reverse`,
    { reason: 'не туда' },
    Number(edited.body['version']),
  )
  expect(taken).toMatchObject({ status: 200, body: { minutes: -90, reversesId: body['id'] } })
  expect(await left('2026-01-20T00:00:00Z')).toBe(before + 60)
})

test('time is approved by another person', async () => {
  const { api, works, manager } = state
  const id = await ticketAtWork()
  const { body } = await api.call(works, 'POST', `/tickets/${id}/time`, {
    ...worked('2026-01-16', 10),
    billable: false,
  })
  expect(await api.call(works, 'POST', `/time/${body['id']}/approve`, undefined, 1)).toMatchObject({
    status: 409,
    body: { code: 'work.own_approval' },
  })
  expect(await api.call(manager, 'POST', `/time/${body['id']}/approve`, undefined, 1)).toMatchObject({
    status: 200,
    body: { approvedBy: { id: manager.accountId }, amountKopecks: 0 },
  })
})

test('one timer a person: switching logs what ran, stopping logs the rest', async () => {
  const { api, works } = state
  const [first, second] = [await ticketAtWork('Первое'), await ticketAtWork('Второе')]
  await api.call(works, 'PUT', '/timer', { ticketId: first, activity: 'consultation', note: 'Разбираюсь' })
  await state.db.setNow('2026-01-20T09:25:00Z')
  expect(await api.call(works, 'GET', '/timer')).toMatchObject({ body: { timer: { ticket: { id: first } } } })
  const start = { ticketId: second, activity: 'consultation' }
  expect(await api.call(works, 'PUT', '/timer', start)).toMatchObject({
    status: 409,
    body: { code: 'work.timer_running' },
  })
  const switched = await api.call(works, 'PUT', '/timer', { ...start, switch: true })
  expect(switched.body).toMatchObject({
    timer: { ticket: { id: second } },
    logged: { source: 'timer', note: 'Разбираюсь' },
  })
  expect(await api.call(works, 'POST', '/timer/stop', { visible: false })).toMatchObject({
    status: 201,
    body: { minutes: 1 },
  })
  expect(await api.call(works, 'POST', '/timer/stop', {})).toMatchObject({ body: { code: 'work.timer_not_running' } })
})

test('a ticket does not wait for a decision while there is nothing to decide', async () => {
  const { tickets, works } = state
  const id = await ticketAtWork('Без оценки')
  const reply = { text: 'Ждём вашего решения', files: [], copyContactIds: [], sendAnyway: false }
  const press = () =>
    asStaff(async (tx) => {
      const { outcomes } = await tickets.get(tx, works, id, 'ru')
      const { id: outcome, taskId, fields } = outcomes.find((one) => one.id === 'ask_estimate')!
      const data = Object.fromEntries(fields.map((field) => [field.name, 'Новый отчёт']))
      return tickets.takeOutcome(tx, works, id, { outcome, taskId, data, reply })
    })
  await expect(press()).rejects.toMatchObject({ code: 'work.estimate_not_written' })
  expect(await asStaff((tx) => tickets.get(tx, works, id, 'ru'))).toMatchObject({
    place: 'it_diagnose',
    state: 'open',
    messages: [{ visibleText: 'Без оценки' }],
  })
})

test('an estimate waits for the client, is decided once, and holds the work to its hours', async () => {
  const { api, works, responsible, contact, db } = state
  const id = await ticketAtWork('Доработка')
  const offer = { lines: [{ title: 'Отчёт', minutes: 60 }], specification: 'Новый отчёт' }
  const made = await api.call(works, 'POST', `/tickets/${id}/estimates`, offer)
  expect(made).toMatchObject({ status: 201, body: { state: 'offered', minutes: 60, amountKopecks: null, round: 1 } })
  expect(state.heard).toContain('offered 60 estimate_approval')
  expect((await api.call(contact, 'GET', '/cabinet/estimates')).status).toBe(403)
  const waiting = await api.call(responsible, 'GET', '/cabinet/estimates')
  expect(waiting.body.items).toMatchObject([{ id: made.body['id'], amountKopecks: 200_000, mayDecide: true }])
  const { token } = await db.begin({ as: 'worker' }, (tx) =>
    issueLink(tx, {
      purpose: 'estimate.decide',
      subject: { estimateId: Number(made.body['id']), ticketId: id },
      contactId: responsible.contact!.id,
      ttlDays: 5,
      singleUse: false,
    }),
  )
  expect((await api.call(null, 'GET', `/links/estimate.decide/${token}`)).body).toMatchObject({ mayDecide: true })
  const decided = await api.call(null, 'POST', `/links/estimate.decide/${token}`, { decision: 'approve' })
  expect(decided).toMatchObject({ status: 200, body: { state: 'approved', decidedBy: responsible.name } })
  const again = await api.call(responsible, 'POST', `/cabinet/estimates/${made.body['id']}/decision`, {
    decision: 'decline',
  })
  expect(again).toMatchObject({ status: 409, body: { code: 'work.estimate_decided' } })
  expect(again.text).toContain(responsible.name)
  const page = await db.read({ as: 'staff' }, (sql) => state.tickets.get(sql, works, id, 'ru'))
  expect(page.place).toBe('it_diagnose')
  expect((await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-19', 50))).status).toBe(201)
  expect(state.heard).toContain('warned')
  const past = await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-19', 11))
  expect(past).toMatchObject({
    status: 409,
    body: { code: 'work.estimate_exhausted', details: { opensRound: true, refusedMinutes: 1 } },
  })
  const more = await api.call(works, 'POST', `/tickets/${id}/estimates`, { lines: [{ title: 'Ещё', minutes: 60 }] })
  expect(more.body).toMatchObject({ round: 2, supplementary: true })
  await api.call(responsible, 'POST', `/cabinet/estimates/${more.body['id']}/decision`, { decision: 'approve' })
  expect((await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-19', 11))).status).toBe(201)
  expect((await api.call(works, 'GET', `/tickets/${id}/estimates`)).body).toMatchObject({
    fact: { estimatedMinutes: 120, actualMinutes: 61 },
  })
})

test('a letter’s link opens the conversation, takes a reply and confirms or returns a solution', async () => {
  const { api, works, contact, db, tickets } = state
  const id = await ticketAtWork('По ссылке')
  const linkTo = async (purpose: 'ticket.view' | 'ticket.confirm') =>
    (
      await db.begin({ as: 'worker' }, (tx) =>
        issueLink(tx, {
          purpose,
          subject: { ticketId: id },
          contactId: contact.contact!.id,
          ttlDays: 5,
          singleUse: false,
        }),
      )
    ).token
  const view = await linkTo('ticket.view')
  expect((await api.call(null, 'GET', `/links/ticket.view/${view}`)).body).toMatchObject({ id, subject: 'По ссылке' })
  const replied = await api.call(null, 'POST', `/links/ticket.view/${view}/replies`, { text: 'Ещё подробность' })
  expect(replied.text).toContain('Ещё подробность')
  const confirm = await linkTo('ticket.confirm')
  const yes = { decision: 'confirm' }
  expect((await api.call(null, 'POST', `/links/ticket.confirm/${confirm}`, yes)).body).toMatchObject({
    code: 'ticket.confirmation_over',
  })
  const note = { text: 'Сделано', files: [], mentions: [], forPartner: false }
  const tester = staffActor((await createStaff(db.owner, { roles: ['qa'] })).id, ['qa'])
  const solve = async () => {
    await asStaff((tx) =>
      tickets.takeOutcome(tx, works, id, { outcome: 'solved', taskId: 'it_diagnose', data: {}, note }),
    )
    await asStaff((tx) => tickets.takeOutcome(tx, tester, id, { outcome: 'passed', taskId: 'qa_test', data: {} }))
  }
  await solve()
  const back = await api.call(null, 'POST', `/links/ticket.confirm/${confirm}`, {
    decision: 'return',
    reason: 'Не работает',
  })
  expect(back).toMatchObject({ status: 200, body: { state: 'open' } })
  await solve()
  expect((await api.call(null, 'POST', `/links/ticket.confirm/${confirm}`, yes)).status).toBe(200)
  expect((await api.call(null, 'GET', `/links/ticket.view/${confirm}`)).status).not.toBe(200)
})

test('a solved ticket is rated by the link of the letter, and reading never rates', async () => {
  const { api, works, contact, db, tickets } = state
  const id = await ticketAtWork('Оценить')
  const { token } = await db.begin({ as: 'worker' }, (tx) =>
    issueLink(tx, {
      purpose: 'rating.give',
      subject: { ticketId: id },
      contactId: contact.contact!.id,
      ttlDays: 5,
      singleUse: false,
    }),
  )
  expect((await api.call(null, 'POST', `/links/rating.give/${token}`, { score: 5 })).body).toMatchObject({
    code: 'surveys.not_solved',
  })
  const note = { text: 'Сделано', files: [], mentions: [], forPartner: false }
  await asStaff((tx) =>
    tickets.takeOutcome(tx, works, id, { outcome: 'solved', taskId: 'it_diagnose', data: {}, note }),
  )
  const tester = staffActor((await createStaff(db.owner, { roles: ['qa'] })).id, ['qa'])
  await asStaff((tx) => tickets.takeOutcome(tx, tester, id, { outcome: 'passed', taskId: 'qa_test', data: {} }))
  await db.begin(contact.scope, (tx) =>
    tickets.takeOutcome(tx, contact, id, { outcome: 'confirm', taskId: 'confirm', data: {} }),
  )
  expect((await api.call(null, 'GET', `/links/rating.give/${token}?score=4`)).body).toMatchObject({
    preselected: 4,
    score: null,
  })
  expect((await api.call(null, 'POST', `/links/rating.give/${token}`, { score: 5 })).body).toMatchObject({ score: 5 })
  expect((await api.call(contact, 'POST', `/cabinet/tickets/${id}/rating`, { score: 4 })).body).toMatchObject({
    score: 4,
  })
  expect((await api.call(works, 'GET', '/ratings')).body).toMatchObject({ count: 1, meanHundredths: 400 })
  const page = await db.read({ as: 'staff' }, (sql) => tickets.get(sql, works, id, 'ru'))
  expect(page.state).toBe('closed')
})

test('a refused request is told apart in the month’s report; the files come in the reader’s language or the one asked for', async () => {
  const { api, works, finance, contact, clientId, contractId, tickets, db } = state
  const author = { contactId: contact.contact!.id, accountId: null, name: contact.name, email: contact.email }
  const open = (subject: string) =>
    db.begin({ as: 'worker' }, (tx) =>
      tickets.open(tx, works, {
        clientId,
        contactId: author.contactId,
        portalId: null,
        subject,
        text: subject,
        channel: 'email',
        author,
      }),
    )
  const { id, number } = await open('Купите рекламу')
  await asStaff((tx) =>
    tickets.takeOutcome(tx, works, id, { outcome: 'reject', taskId: 'l1_classify', data: { reason: 'spam' } }),
  )
  await db.setNow('2026-02-02T09:00:00Z')
  const path = `/contracts/${contractId}/periods/2026-01`
  const closed = await api.call(finance, 'POST', `${path}/close`, {})
  expect(closed.status).toBe(200)
  const reportId = Number(closed.body['reportId'])
  const [report] = await db.owner<{ data: ClientReport }[]>`select data from client_report where id = ${reportId}`
  const { summary, requests } = report!.data
  const own = requests.list.find((request) => request.number === String(number))
  expect(own).toMatchObject({ state: { ru: 'Отклонено', en: 'Rejected' }, solvedAt: null })
  expect(summary.rejected).toBe(1)
  const ended = requests.byState.filter((row) => row.code === 'closed' || row.code === 'solved')
  expect(summary.solved).toBe(ended.reduce((sum, row) => sum + row.count, 0))
  const file = (lang: string) => api.call(finance, 'GET', `/reports/${reportId}/xlsx${lang}`)
  const [ru, en] = [await file(''), await file('?lang=en')]
  expect([ru.status, en.status]).toEqual([200, 200])
  expect(ru.text).not.toBe(en.text)
  await api.call(finance, 'POST', `${path}/undo`, { reason: 'проверка' })
  await db.setNow('2026-01-20T09:00:00Z')
})

test('a month closes once, the same each time, and what it locked is corrected by a pair', async () => {
  const { api, works, finance, manager, responsible, contact, contractId, db } = state
  const path = `/contracts/${contractId}/periods/2026-01`
  const early = await api.call(finance, 'POST', `${path}/close`, {})
  expect(early).toMatchObject({ status: 409, body: { code: 'billing.month_unfinished' } })
  expect(early.body['details']).toMatchObject({
    unfinished: [{ kind: 'month_not_over', sentence: expect.stringMatching(/[а-я]/) }],
  })
  await db.setNow('2026-02-03T09:00:00Z')
  expect((await api.call(finance, 'GET', '/periods?month=2026-01')).body.items).toMatchObject([
    { state: 'open', unfinished: [] },
  ])
  const closed = await api.call(finance, 'POST', `${path}/close`, { recommendations: ['Обновить портал'] })
  expect(closed).toMatchObject({ status: 200, body: { state: 'closed' } })
  expect((await api.call(finance, 'POST', `${path}/close`, {})).body).toMatchObject({
    code: 'billing.month_already_closed',
  })
  const hash = closed.body['figuresSha256']
  expect((await api.call(finance, 'POST', `${path}/undo`, { reason: 'проверка' })).body).toMatchObject({
    state: 'open',
  })
  const second = await api.call(finance, 'POST', `${path}/close`, { recommendations: ['Обновить портал'] })
  expect(second.body['figuresSha256']).toBe(hash)
  const id = await ticketAtWork('Поздняя запись')
  expect((await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-30', 10))).body).toMatchObject({
    code: expect.stringMatching(/closed/),
  })
  const [locked] = await db.owner<{ id: number; version: number }[]>`
    select id, version from time_entry where billable and reversed_by_id is null and reverses_id is null and minutes = 60 limit 1`
  const bare = await api.call(works, 'PATCH', `/time/${locked!.id}`, { minutes: 45 }, locked!.version)
  expect(bare).toMatchObject({ status: 422, body: { code: 'work.correction_reason_missing' } })
  const before = await left('2026-02-03T23:00:00Z')
  const fixed = await api.call(
    works,
    'PATCH',
    `/time/${locked!.id}`,
    { minutes: 45, reason: 'ошибся' },
    locked!.version,
  )
  expect(fixed).toMatchObject({ status: 200, body: { minutes: 45, period: '2026-02' } })
  expect(await left('2026-02-03T23:00:00Z')).toBe(before + 15)
  expect((await api.call(manager, 'POST', `${path}/send`)).body).toMatchObject({ state: 'sent' })
  expect((await api.call(finance, 'POST', `${path}/undo`, { reason: 'поздно' })).body).toMatchObject({
    code: 'billing.month_sent',
  })
  const reports = await api.call(responsible, 'GET', '/cabinet/reports')
  expect(reports.body.items).toMatchObject([{ month: '2026-01', summary: { workedMinutes: expect.any(Number) } }])
  expect((await api.call(contact, 'GET', '/cabinet/reports')).status).toBe(403)
  const reportId = Number(reports.body.items![0]!['id'])
  await state.billing.makeFiles(reportId)
  const [kept] = await db.owner<Record<string, string>[]>`
    select pdf_sha256, xlsx_sha256, pdf_en_sha256, xlsx_en_sha256 from client_report where id = ${reportId}`
  expect(Object.values(kept!)).toEqual(state.sentFiles)
  expect(new Set(state.sentFiles).size).toBe(4)
})
