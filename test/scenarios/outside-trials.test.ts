import { afterAll, beforeAll, expect, it } from 'vitest'
import { LENA, type OutsideWorld, openOutsideWorld, PARTNER } from './help/outside-world.ts'
import { msk, press } from './month/desk.ts'
import { tokenIn } from './month/post-office.ts'
import type { Body, Visitor } from './month/visitor.ts'

/** What a guest, a careless inviter and two people at once may try with help from outside. */
let world: OutsideWorld
beforeAll(async () => {
  world = await openOutsideWorld()
  await world.house.at(msk('04 10:00'))
})
afterAll(() => world?.house.close())

const request = async (subject: string): Promise<number> =>
  (await world.lena.post('/cabinet/tickets', { portalId: world.sosna.portals['crm'], subject, saw: 'Ошибка 500' })).id
const numberOf = async (id: number): Promise<number> => (await world.staff.im.get(`/tickets/${id}`)).number
const invite = (id: number, email: string, more: Body = {}, who: 'im' | 'am' = 'im') =>
  world.staff[who].ask('POST', `/tickets/${id}/partners`, { email, endsOn: '2026-05-08', ...more })
const invited = async (id: number): Promise<Body[]> => (await world.staff.im.get(`/tickets/${id}/partners`)).items
const enter = async (address: string): Promise<Visitor> => {
  await world.house.settle()
  const visitor = world.house.visitor(address)
  await visitor.post('/session/magic', { token: tokenIn(world.house.post.last(address, 'Вас просят помочь')) })
  return visitor
}
const seen = async (visitor: Visitor): Promise<number[]> =>
  (await visitor.get('/tickets')).items.map((row: Body) => row.id)

it('two who invite one new address at once: one invitation of a ticket, one account for two tickets', async () => {
  const [one, other] = [await request('Одно'), await request('Другое')]
  const answers = await Promise.all([
    invite(one, 'new@partner.test'),
    invite(one, 'NEW@Partner.test', {}, 'am'),
    invite(other, 'new@partner.test', {}, 'am'),
  ])
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 201, 409])
  const [first, second] = [await invited(one), await invited(other)]
  expect([first.length, second.length]).toEqual([1, 1])
  expect(first[0]!['accountId']).toBe(second[0]!['accountId'])
})

it('an address in its other spelling is the same person’s', async () => {
  const id = await request('Домен по-русски')
  expect((await invite(id, 'ivan@сервис.рф')).status).toBe(201)
  expect((await invite(id, 'ivan@xn--b1afk4ade.xn--p1ai')).body.code).toBe('ticket.partner_invited_already')
  await world.staff.am.post(`/clients/${world.sosna.id}/contacts`, { name: 'Маша', email: 'masha@сосна.рф' })
  expect((await invite(id, 'masha@xn--80azclb.xn--p1ai')).body.code).toBe('access.not_a_partner')
})

it('days that are none, or far away, and names that are no names are refused in words', async () => {
  const id = await request('Дни')
  for (const endsOn of ['2026-02-30', '0000-01-01', '9999-12-31', '275761-01-01', '', null, 5])
    expect([endsOn, (await invite(id, 'day@partner.test', { endsOn })).status]).toEqual([
      endsOn,
      expect.toSatisfy((status: number) => status >= 400 && status < 500),
    ])
  expect((await invite(id, 'a\r\nBcc: b@zlo.test')).status).toBe(422)
  const name = 'Имя <b>жирное</b>\r\nBcc: b@zlo.test'
  const answer = await invite(id, 'day@partner.test', { name, note: '<img src=x onerror=alert(1)>\u0000' })
  expect(answer.status).toBeLessThan(500)
  await world.house.settle()
  expect(world.house.post.to('b@zlo.test')).toHaveLength(0)
})

it('two partners of one name: the process asks for the address, and gives the ticket to nobody by guess', async () => {
  const { staff } = world
  const id = await request('Тёзки')
  for (const email of ['ivanov-1@partner.test', 'ivanov-2@partner.test'])
    expect((await invite(await request(email), email, { name: 'Иван Иванов' })).status).toBe(201)
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'incident')
  const send = (named: string) =>
    staff.it.ask('POST', `/tickets/${id}/outcomes`, {
      outcome: 'integrator',
      taskId: 'it_diagnose',
      data: { partner: named },
    })
  expect(await send('Иван Иванов')).toMatchObject({ status: 422, body: { code: 'ticket.partner_unknown' } })
  expect(await invited(id)).toEqual([])
  expect((await send('ivanov-2@partner.test')).status).toBe(200)
  expect((await invited(id)).map((one) => one['email'])).toEqual(['ivanov-2@partner.test'])
})

it('of two tickets one ends: the other stays; what has ended can be prolonged, and withdrawn', async () => {
  const { house, staff } = world
  const [short, long] = [await request('Короткое'), await request('Длинное')]
  await invite(short, PARTNER, { endsOn: '2026-05-04' })
  await invite(long, PARTNER, { endsOn: '2026-05-20' })
  await house.at(msk('05 00:00'))
  const partner = await enter(PARTNER)
  expect(await seen(partner)).toEqual([long])
  const [row] = await invited(short)
  const path = `/tickets/${short}/partners/${row!['accountId']}`
  expect(row).toMatchObject({ state: 'over' })
  await staff.im.refused('ticket.partner_withdrawn', 'POST', `${path}/letter`)
  await staff.im.patch(path, { endsOn: '2026-05-06' }, row!['version'])
  expect((await seen(partner)).sort()).toEqual([short, long].sort())
  expect((await staff.im.ask('DELETE', path)).status).toBe(204)
  expect((await staff.im.ask('DELETE', path)).status).toBe(204)
  expect(await seen(partner)).toEqual([long])
  // an invitation of one ticket is not reached by another ticket's address
  await staff.im.refused(
    'ticket.partner_not_invited',
    'DELETE',
    `/tickets/${await request('Чужой путь')}/partners/${row!['accountId']}`,
  )
})

it('the guest’s page has nobody’s address, no other number and nothing of the family', async () => {
  const { staff, house } = world
  const [parent, child, other] = [await request('Родитель'), await request('Часть'), await request('Связанное')]
  await staff.im.post(`/tickets/${parent}/links`, { toId: other, kind: 'related' })
  await staff.im.put(`/tickets/${child}/parent`, { parentId: parent })
  await invite(parent, 'kin@partner.test')
  const kin = await enter('kin@partner.test')
  expect(await kin.get(`/tickets/${parent}`)).toMatchObject({ contact: null, contactEmail: null, contract: null })
  const page = JSON.stringify([
    await kin.get(`/tickets/${parent}`),
    await kin.get('/tickets'),
    (await kin.ask('GET', `/tickets/${parent}/path`)).body,
    (await kin.ask('GET', '/notices')).body,
    (await kin.ask('GET', '/search?q=Часть')).body,
  ])
  // not within the identifiers of files and requests
  for (const word of [
    LENA,
    'Часть',
    'Связанное',
    `${await numberOf(child)}`,
    `${await numberOf(other)}`,
    'opora-scenario.test',
  ])
    expect(page.match(new RegExp(`.{0,60}(?<![\\w-])${word}(?![\\w-]).{0,20}`))?.[0] ?? null).toBeNull()
  for (const id of [child, other]) {
    expect((await kin.ask('GET', `/tickets/${id}`)).status).toBe(404)
    expect((await kin.ask('POST', `/tickets/${id}/notes`, { text: 'Я тут' })).status).toBe(404)
  }
  // mail to another ticket's number, from the guest's own address
  const letter = house.post.last('kin@partner.test', 'Вас просят помочь')
  const subject = letter.subject.replace(/#\d+/, `#${await numberOf(other)}`)
  await house.write({ from: 'kin@partner.test', subject: `Re: ${subject}`, text: 'Подсунутое письмо' })
  expect(JSON.stringify(await staff.im.get(`/tickets/${other}`))).not.toContain('Подсунутое')
})

it('a merge ends the invitation: neither ticket is open to the guest, and the letter’s link opens no more', async () => {
  const { staff, house } = world
  await house.at(msk('05 09:00'))
  const [old, into] = [await request('Дубль'), await request('Главное')]
  await invite(old, 'merge@partner.test')
  const guest = await enter('merge@partner.test')
  await house.at(msk('05 09:10'))
  const { accountId } = (await invited(old))[0]!
  await staff.im.post(`/tickets/${old}/partners/${accountId}/letter`)
  await house.settle()
  const letter = house.post.last('merge@partner.test', 'Вас просят помочь')
  await staff.im.post(`/tickets/${old}/merge`, { intoId: into })
  expect(await seen(guest)).toEqual([])
  expect((await guest.ask('GET', `/tickets/${old}`)).status).toBe(404)
  expect((await guest.ask('GET', `/tickets/${into}`)).status).toBe(404)
  await house.visitor('late').refused('access.link_expired', 'POST', '/session/magic', { token: tokenIn(letter) })
  expect(await invited(old)).toMatchObject([{ state: 'withdrawn' }])
  expect((await invite(old, 'merge@partner.test')).body.code).toBe('ticket.merged')
  await house.write({
    from: 'merge@partner.test',
    subject: `Re: ${letter.subject}`,
    text: 'После слияния',
    answers: letter,
  })
  expect(JSON.stringify(await staff.im.get(`/tickets/${into}`))).not.toContain('После слияния')
  expect((await invite(into, 'merge@partner.test')).status).toBe(201)
  expect(await seen(guest)).toEqual([into])
})

it('the database itself lets a guest read one ticket, and write there only as themselves, for partners', async () => {
  const id = await request('Только это')
  const other = await request('Не это')
  await invite(id, 'base@partner.test')
  const { accountId } = (await invited(id))[0]!
  const database = world.house.started.house.runtime.database
  const tables = await database.read(
    { as: 'worker' },
    (sql) =>
      sql<
        { name: string }[]
      >`select table_name as name from information_schema.columns c where table_schema = 'public' and column_name = 'ticket_id'
      and has_table_privilege('opora_partner', format('%I', table_name), 'select')`,
  )
  expect(tables.length).toBeGreaterThan(5)
  for (const { name } of tables) {
    const rows = await database.read(
      { as: 'partner', accountId },
      (sql) => sql`select ticket_id from ${sql(name)} where ticket_id <> ${id} limit 5`,
    )
    expect([name, rows.length]).toEqual([name, 0])
  }
  const write = (over: Body) =>
    database.begin({ as: 'partner', accountId }, async (tx) => {
      const row = {
        ...{ clientId: world.sosna.id, ticketId: id, visibility: 'partner', direction: 'out', channel: 'desk' },
        ...{ authorAccountId: accountId, authorName: 'Я', bodyText: 'x', visibleText: 'x', ...over },
      }
      await tx`insert into message ${tx(row as never)}`
    })
  await write({})
  for (const over of [{ ticketId: other }, { visibility: 'note' }, { visibility: 'public' }, { authorAccountId: 1 }])
    await expect(write(over), JSON.stringify(over)).rejects.toThrow(/row-level security/)
})

it('a note for partners is mailed to who is invited, with the way in and nothing of other notes', async () => {
  const { staff, house } = world
  const id = await request('Письмо о заметке')
  for (const email of ['reads@partner.test', 'gone@partner.test']) await invite(id, email)
  const gone = (await invited(id)).find((one) => one['email'] === 'gone@partner.test')!
  await staff.im.ask('DELETE', `/tickets/${id}/partners/${gone['accountId']}`)
  await staff.im.post(`/tickets/${id}/notes`, { text: 'Внутри: клиент ругается' })
  await staff.im.post(`/tickets/${id}/notes`, { text: 'Порт АТС 5060\n<script>alert(1)</script>', forPartner: true })
  await house.settle()
  expect(house.post.to('gone@partner.test', 'Вам написали')).toEqual([])
  expect(house.post.to(LENA, 'Вам написали')).toEqual([])
  const [letter, ...more] = house.post.to('reads@partner.test', 'Вам написали')
  expect(more).toEqual([])
  expect(letter!.text).toContain('Порт АТС 5060')
  expect(letter!.text).not.toMatch(/ругается|Ошибка 500/)
  // the invitation's own link still works; so does the note's, each once
  const guest = await enter('reads@partner.test')
  await house.visitor('by note').post('/session/magic', { token: tokenIn(letter!) })
  // their answer by mail is not mailed back to them
  await guest.post(`/tickets/${id}/notes`, { text: 'Понял' })
  await house.write({
    from: 'reads@partner.test',
    subject: `Re: ${letter!.subject}`,
    text: 'Порт открыт',
    answers: letter!,
  })
  await house.settle()
  expect(house.post.to('reads@partner.test', 'Вам написали')).toHaveLength(1)
  expect((await staff.im.get(`/tickets/${id}`)).messages.at(-1)).toMatchObject({
    visibility: 'partner',
    text: 'Порт открыт',
  })
  await staff.im.post(`/tickets/${id}/notes`, { text: 'И последнее', forPartner: true })
  await house.settle()
  const last = house.post.last('reads@partner.test', 'Вам написали')
  const reader = (await invited(id)).find((one) => one['email'] === 'reads@partner.test')!
  await staff.im.ask('DELETE', `/tickets/${id}/partners/${reader['accountId']}`)
  await house.visitor('late').refused('access.link_expired', 'POST', '/session/magic', { token: tokenIn(last) })
})

it('the vendor’s wait: asked and answered twice at once, numbers that are none, a place that a new version shows otherwise', async () => {
  const { staff, house } = world
  const path = `/portals/${world.sosna.portals['crm']}`
  const { version } = await staff.am.get(path)
  await staff.am.patch(path, { product: 'bitrix24-cloud', edition: 'professional' }, version)
  const id = await request('К вендору')
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'incident')
  const ask = (number: string) =>
    staff.it.ask('POST', `/tickets/${id}/outcomes`, {
      outcome: 'vendor',
      taskId: 'it_diagnose',
      data: { vendor_topic: 'basic_settings', vendor_number: number },
    })
  for (const number of ['<b>1</b>', 'x'.repeat(41), '1\n2', '1}', '', '   '])
    expect([number, (await ask(number)).status]).toEqual([number, expect.toSatisfy((s: number) => s >= 400 && s < 500)])
  const asked = await Promise.all([ask('777-1'), ask('777-2')])
  expect(asked.map((one) => one.status === 200).sort()).toEqual([false, true])
  expect(asked.every((one) => one.status < 500)).toBe(true)
  const view = () => staff.it.get(`/tickets/${id}/vendor`)
  expect(await view()).toMatchObject({ wait: { version: 1 }, earlier: [] })
  const renumber = await staff.it.ask('PATCH', `/tickets/${id}/vendor`, { number: 'я'.repeat(41) }, 1)
  expect(renumber.status).toBe(400)

  const key = (await staff.ad.get('/processes')).items[0].key
  const { xml } = await staff.ad.get(`/processes/${key}/versions/1`)
  const other = xml.replaceAll('statusStaffRu="У вендора"', 'statusStaffRu="Ждём ответа вендора"')
  expect(other).not.toBe(xml)
  const made = await staff.ad.post(`/processes/${key}/versions`, {
    xml: other,
    effectiveFrom: '2026-05-06T06:00:00.000Z',
    note: 'Иначе',
  })
  await staff.ad.post(`/processes/${key}/versions/${made.version}/moves`, { ticketIds: [id] })
  expect((await staff.im.get(`/tickets/${id}`)).status).toBe('Ждём ответа вендора')
  expect(await view()).toMatchObject({ wait: { endedAt: null }, earlier: [] })

  const answer = () => staff.it.ask('POST', `/tickets/${id}/vendor/answer`, { text: 'Ответ' })
  await house.at(msk('08 10:00'))
  const answers = await Promise.all([answer(), answer(), house.settle()])
  expect(
    answers
      .slice(0, 2)
      .map((one) => (one as { status: number }).status)
      .sort(),
  ).toEqual([204, 409])
  const { messages } = await staff.it.get(`/tickets/${id}`)
  expect(messages.filter((one: Body) => one.text === 'Ответ')).toHaveLength(1)
  expect(await view()).toMatchObject({ wait: null, earlier: [{ endedAs: 'answered' }] })
})
