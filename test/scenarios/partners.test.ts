import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OutsideWorld, openOutsideWorld, PARTNER } from './help/outside-world.ts'
import { msk, noticesAbout, press } from './month/desk.ts'
import { tokenIn } from './month/post-office.ts'
import type { Body, Visitor } from './month/visitor.ts'

let world: OutsideWorld
let partner: Visitor
const tickets: Record<string, number> = {}
beforeAll(async () => {
  world = await openOutsideWorld()
})
afterAll(() => world?.house.close())

const request = async (subject: string): Promise<number> =>
  (
    await world.lena.post('/cabinet/tickets', {
      portalId: world.sosna.portals['crm'],
      subject,
      did: 'Звоним клиентам',
      saw: 'Записи звонков нет',
    })
  ).id
const seen = async (visitor: Visitor): Promise<number[]> =>
  (await visitor.get('/tickets')).items.map((row: Body) => row.id)
const sentences = async (id: number): Promise<string[]> =>
  (await world.staff.im.get(`/tickets/${id}/history?limit=500`)).items.map((row: Body) => row.text)
const enter = async (): Promise<Visitor> => {
  await world.house.settle()
  const visitor = world.house.visitor('partner by link')
  const letter = world.house.post.last(PARTNER, 'Вас просят помочь')
  await visitor.post('/session/magic', { token: tokenIn(letter) })
  return visitor
}

it('an incident manager invites a partner by address to one ticket until a day, with a note', async () => {
  const { house, staff } = world
  await house.at(msk('04 10:00'))
  tickets['shared'] = await request('Не пишутся звонки')
  tickets['other'] = await request('Чужое для партнёра')
  const path = `/tickets/${tickets['shared']}/partners`
  const wish = { email: PARTNER, name: 'Пётр Партнёров', endsOn: '2026-05-08', note: 'Посмотрите АТС.' }
  for (const who of ['l1', 'it', 'dev', 'fi', 'qa'] as const) {
    expect([who, (await staff[who].ask('POST', path, wish)).status]).toEqual([who, 403])
  }
  await staff.im.refused('ticket.partner_end_past', 'POST', path, { ...wish, endsOn: '2026-05-03' })
  await staff.im.refused('ticket.partner_end_far', 'POST', path, { ...wish, endsOn: '2028-05-03' })
  await staff.im.refused('access.email_malformed', 'POST', path, { ...wish, email: 'a@b, c@d' })
  await staff.im.refused('access.not_a_partner', 'POST', path, { ...wish, email: 'it@opora-scenario.test' })
  await staff.im.refused('access.not_a_partner', 'POST', path, { ...wish, email: 'OLEG@sosna.test' })
  await staff.im.post(path, wish)
  await staff.im.refused('ticket.partner_invited_already', 'POST', path, { ...wish, email: PARTNER.toUpperCase() })
  await house.settle()
  const letter = house.post.last(PARTNER, 'Вас просят помочь')
  expect(letter.text).toContain('Посмотрите АТС.')
  expect(letter.text).toMatch(/Доступ до.*9 мая 2026/s)
  expect((await staff.im.get(path)).items).toMatchObject([
    { name: 'Пётр Партнёров', email: PARTNER, state: 'open', letters: 1, entered: false, invitedBy: 'Игорь Смотров' },
  ])
  expect(await sentences(tickets['shared']!)).toContainEqual(expect.stringMatching(/^Приглашён партнёр Пётр Партнёров/))
})

it('the link lets in once, to exactly that ticket', async () => {
  const { house, staff } = world
  partner = await enter()
  const again = house.visitor('a stranger with the same letter')
  const token = tokenIn(house.post.last(PARTNER, 'Вас просят помочь'))
  await again.refused('access.link_expired', 'POST', '/session/magic', { token })
  expect(await seen(partner)).toEqual([tickets['shared']])
  expect((await partner.ask('GET', `/tickets/${tickets['other']}`)).status).toBe(404)
  const view = await partner.get(`/tickets/${tickets['shared']}`)
  expect(view).toMatchObject({ contract: null, contactEmail: null, people: [], links: [] })
  // how long it stays open to them, and of nobody else
  expect(view.shares).toMatchObject([{ name: 'Пётр Партнёров', endsAt: '2026-05-08T21:00:00.000Z' }])
  for (const path of ['/clients', '/staff', '/contracts', '/reports', '/views', '/audit', '/insight/revenue']) {
    expect([path, (await partner.ask('GET', path)).status >= 400]).toEqual([path, true])
  }
  for (const part of ['history', 'partners', 'clocks']) {
    const path = `/tickets/${tickets['shared']}/${part}`
    expect([path, (await partner.ask('GET', path)).status]).toEqual([path, 403])
  }
  const [invitation] = (await staff.im.get(`/tickets/${tickets['shared']}/partners`)).items
  expect(invitation).toMatchObject({ entered: true, lastDay: '2026-05-08' })
})

it('notes of the provider stay hidden; what is written for partners is seen, and answered', async () => {
  const { staff } = world
  const id = tickets['shared']!
  await staff.im.post(`/tickets/${id}/notes`, { text: 'Клиент сложный' })
  await staff.im.post(`/tickets/${id}/notes`, { text: 'Адрес АТС — pbx.sosna.test', forPartner: true })
  await partner.post(`/tickets/${id}/notes`, { text: 'Вижу, смотрю журнал' })
  const texts = (await partner.get(`/tickets/${id}`)).messages.map((message: Body) => message.text)
  expect(texts).toContain('Адрес АТС — pbx.sosna.test')
  expect(texts).toContain('Вижу, смотрю журнал')
  expect(texts).not.toContain('Клиент сложный')
  await world.house.settle()
  expect(await noticesAbout(staff.im, id)).toContain('partner_wrote')
})

it('an answer to the letter is the partner’s note on that ticket; from another address it waits for a person', async () => {
  const { house, staff, lena } = world
  const id = tickets['shared']!
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'incident')
  await press(staff.it, id, 'integrator', { data: { partner: PARTNER } })
  const letter = house.post.last(PARTNER, 'Вас просят помочь')
  await house.write({
    from: PARTNER,
    subject: `Re: ${letter.subject}`,
    text: 'Перезапустите службу записи.',
    answers: letter,
  })
  const ticket = await staff.it.get(`/tickets/${id}`)
  expect(ticket.messages.at(-1)).toMatchObject({
    visibility: 'partner',
    text: 'Перезапустите службу записи.',
    author: { name: 'Пётр Партнёров' },
  })
  // the process waited for the partner: the second line goes on
  expect(ticket.place).toBe('it_diagnose')
  await house.write({
    from: 'eva@zlo.test',
    subject: `Re: ${letter.subject}`,
    text: 'Я тоже партнёр.',
    answers: letter,
  })
  const after = await staff.it.get(`/tickets/${id}`)
  expect(after.messages.at(-1)).toMatchObject({ text: expect.stringContaining('Я тоже партнёр.'), unverified: true })
  const client = JSON.stringify(await lena.get(`/cabinet/tickets/${id}`))
  expect(client).not.toMatch(/Перезапустите|тоже партнёр|pbx|Партнёров/)
})

it('the process refuses a partner whom nobody knows, and who may invite names a new one by address', async () => {
  const { house, staff } = world
  const id = tickets['shared']!
  const { outcomes } = await staff.it.get(`/tickets/${id}`)
  const button = outcomes.find((one: Body) => one.id === 'integrator')
  const send = (who: Visitor, named: string) =>
    who.ask('POST', `/tickets/${id}/outcomes`, {
      outcome: 'integrator',
      taskId: button.taskId,
      data: { partner: named },
    })
  for (const named of ['Никто', 'new@partner.test'])
    expect((await send(staff.it, named)).body).toMatchObject({ code: 'ticket.partner_unknown' })
  expect((await send(staff.im, 'new@partner.test')).status).toBe(200)
  await house.settle()
  expect(house.post.to('new@partner.test', 'Вас просят помочь')).toHaveLength(1)
  await press(staff.it, id, 'back', { note: 'Партнёр занят' })
  await staff.im.ask('DELETE', `/tickets/${id}/partners/${(await partnerOf(id, 'new@partner.test')).accountId}`)
})

const partnerOf = async (id: number, email: string): Promise<Body> =>
  (await world.staff.im.get(`/tickets/${id}/partners`)).items.find((one: Body) => one.email === email)

it('a withdrawn invitation ends everything at once; the letter’s links open no more; invited again it begins anew', async () => {
  const { house, staff } = world
  const id = tickets['other']!
  const path = `/tickets/${id}/partners`
  await staff.am.post(path, { email: PARTNER, endsOn: '2026-05-06' })
  await house.settle()
  const token = tokenIn(house.post.last(PARTNER, 'Вас просят помочь'))
  const { accountId } = await partnerOf(id, PARTNER)
  expect((await seen(partner)).sort()).toEqual([tickets['shared'], id].sort())
  await staff.am.ask('DELETE', `${path}/${accountId}`)
  expect(await seen(partner)).toEqual([tickets['shared']])
  expect((await partner.ask('POST', `/tickets/${id}/notes`, { text: 'ещё тут' })).status).toBe(404)
  await house.visitor('late').refused('access.link_expired', 'POST', '/session/magic', { token })
  await staff.am.refused('ticket.partner_withdrawn', 'POST', `${path}/${accountId}/letter`)
  expect(await partnerOf(id, PARTNER)).toMatchObject({ state: 'withdrawn' })
  await staff.am.post(path, { email: PARTNER, endsOn: '2026-05-05' })
  expect((await seen(partner)).length).toBe(2)
})

it('a letter is sent again with new links, once a minute; the end is moved by its version', async () => {
  const { house, staff } = world
  const id = tickets['other']!
  const { accountId, version } = await partnerOf(id, PARTNER)
  const path = `/tickets/${id}/partners/${accountId}`
  await staff.am.refused('ticket.partner_letter_just_sent', 'POST', `${path}/letter`)
  await house.settle()
  const old = tokenIn(house.post.last(PARTNER, 'Вас просят помочь'))
  await house.at(msk('04 15:00'))
  await staff.am.post(`${path}/letter`)
  await house.visitor('old').refused('access.link_expired', 'POST', '/session/magic', { token: old })
  partner = await enter()
  const now = await partnerOf(id, PARTNER)
  expect((await staff.am.ask('PATCH', path, { endsOn: '2026-05-06' }, version)).status).toBe(409)
  await staff.am.patch(path, { endsOn: '2026-05-06' }, now.version)
  expect(await sentences(id)).toContainEqual(expect.stringMatching(/^Доступ партнёра Пётр Партнёров теперь до 7 мая/))
})

it('the end date shuts the partner out, in the database too, and the inviter hears a day before and then', async () => {
  const { house, staff } = world
  const id = tickets['other']!
  await house.at(msk('06 00:30'))
  expect(await noticesAbout(staff.am, id)).toEqual(['partner_soon'])
  await house.at(msk('06 23:59'))
  partner = await inAgain()
  expect((await seen(partner)).length).toBe(2)
  await house.at(msk('07 00:00'))
  expect(await seen(partner)).toEqual([tickets['shared']])
  expect((await partner.ask('GET', `/tickets/${id}`)).status).toBe(404)
  const { accountId } = await partnerOf(id, PARTNER)
  const rows = await world.house.started.house.runtime.database.read(
    { as: 'partner', accountId },
    (sql) =>
      sql`select 'ticket' as kind, id from ticket union all select 'message', ticket_id from message union all select 'client', id from client
      union all select 'file', ticket_id from attachment`,
  )
  expect(new Set(rows.filter((row) => row['kind'] !== 'client').map((row) => row['id']))).toEqual(
    new Set([tickets['shared']]),
  )
  await house.at(msk('07 09:00'))
  await house.settle()
  expect(await noticesAbout(staff.am, id)).toEqual(['partner_over', 'partner_soon'])
  expect((await sentences(id)).filter((text) => text.startsWith('Доступ партнёра закончился'))).toHaveLength(1)
  // a letter that comes too late is not heard
  const letter = house.post.last(PARTNER, 'Чужое для партнёра')
  await house.write({ from: PARTNER, subject: `Re: ${letter.subject}`, text: 'Опоздал', answers: letter })
  expect(JSON.stringify(await staff.am.get(`/tickets/${id}`))).not.toContain('Опоздал')
  // after the last of the days nothing is left
  await house.at(msk('06-05 09:00'))
  expect(await seen(await inAgain())).toEqual([])
})

/** A session ends by itself overnight: the partner asks for another link. */
async function inAgain(): Promise<Visitor> {
  const visitor = world.house.visitor('partner again')
  await visitor.post('/session/magic-link', { email: PARTNER })
  await world.house.settle()
  await visitor.post('/session/magic', { token: tokenIn(world.house.post.last(PARTNER, 'Вход')) })
  return visitor
}

it('every step is on the audit trail', async () => {
  const log = (await world.staff.ad.get('/audit?limit=200')).items.map((row: Body) => row.action)
  expect(log).toEqual(
    expect.arrayContaining([
      'ticket.partner_invited',
      'ticket.partner_prolonged',
      'ticket.partner_withdrawn',
      'ticket.partner_mailed',
    ]),
  )
})
