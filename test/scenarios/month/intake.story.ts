import { expect, it } from 'vitest'
import { clockOf, findTicket, inMoscow, linkOf, msk, noticesAbout, placeOf, press } from './desk.ts'
import { apiPathOf, rawLetter } from './post-office.ts'
import type { Body } from './visitor.ts'
import { ANNA, PAVEL, type World } from './world.ts'

const BILLING = 'billing@opora-scenario.test'

/** The first day: letters of every kind, and one promise that is not kept. */
export function lettersComeIn(world: World): void {
  it('letters come in: a known contact gets number, promised times and link once', async () => {
    await world.house.at(msk('04 10:00'))
    const letter = {
      from: ANNA,
      name: 'Анна Рядова',
      subject: 'Не приходят уведомления',
      text: 'Добрый день! С утра на https://crm.romashka.test не приходят уведомления о задачах.',
      messageId: '<first@romashka.test>',
    }
    await world.house.write(letter)
    await world.house.write(letter)
    await world.house.write({ ...letter, headers: { Received: 'from another.way' } })
    const ticket = await findTicket(world.staff.l1, letter.subject)
    world.tickets['late'] = ticket.id
    expect(ticket).toMatchObject({
      client: { id: world.romashka.id },
      contact: { id: world.romashka.contacts['anna'] },
      portal: { id: world.romashka.portals['crm'] },
      entitlement: 'covered',
      priority: 3,
      place: 'l1_classify',
      status: 'Новая',
    })
    const receipts = world.house.post.to(ANNA, 'зарегистрировано')
    expect(receipts).toHaveLength(1)
    const [receipt] = receipts
    expect(receipt!.text).toContain(`Номер: ${ticket.number}`)
    expect(receipt!.text).toMatch(/Первый ответ — не позже: .*4 мая.*14:00/)
    expect(receipt!.text).toMatch(/Решение — не позже: .*19 мая.*18:00/)
    const seen = await world.house
      .visitor('a stranger with the link')
      .get(apiPathOf(linkOf(receipt!, 'Открыть обращение')))
    expect(seen).toMatchObject({ number: ticket.number, status: 'Принята' })
  })

  it('strangers become prospects, old encodings are read, machines are not answered, dead addresses are marked', async () => {
    await world.house.at(msk('04 10:05'))
    await world.house.write({ from: 'neo@matrix.test', name: 'Нео', subject: 'Сколько стоит?', text: 'Хочу поддержку' })
    const prospect = await findTicket(world.staff.l1, 'Сколько стоит?')
    const client = await world.staff.am.get(`/clients/${prospect.client.id}`)
    expect(client).toMatchObject({ kind: 'prospect', licenceClass: 'prospect' })
    const reaction = await clockOf(world.staff.im, prospect.id, 'reaction')
    expect(reaction).toMatchObject({ targetMinutes: 24 * 60, policy: { code: 'vendor-licence' } })
    expect(inMoscow(reaction.dueAt)).toBe('05-06 16:05')
    // no word of an unknown sender goes back to the address
    expect(world.house.post.last('neo@matrix.test').subject).not.toContain('Сколько')
    await press(world.staff.l1, prospect.id, 'reject', { data: { reason: 'off_topic' } })

    const russian = 'Пропала воронка «Продажи», ошибка № 7'
    await world.house.write({ from: PAVEL, subject: 'Воронка', text: russian, charset: 'windows-1251' })
    const funnel = await findTicket(world.staff.l1, 'Воронка')
    world.tickets['funnel'] = funnel.id
    expect((await world.staff.l1.get(`/tickets/${funnel.id}`)).messages[0].text.trim()).toBe(russian)

    const before = world.house.post.letters.length
    await world.house.write({
      from: PAVEL,
      subject: 'Автоответ: в отпуске',
      text: 'Я в отпуске до 20 мая',
      answers: world.house.post.last(PAVEL, 'зарегистрировано'),
      headers: { 'Auto-Submitted': 'auto-replied' },
    })
    await world.house.write(bounceOf('old@romashka.test'))
    expect(world.house.post.letters).toHaveLength(before)
    expect((await world.staff.l1.get(`/tickets/${funnel.id}`)).messagesCount).toBe(1)
    const dead = await world.staff.am.get(`/contacts/${world.romashka.contacts['old']}`)
    expect(inMoscow(dead.mailBadSince)).toBe('05-04 10:05')
  })

  it('a stranger who answers somebody’s letter is set aside until a person accepts it', async () => {
    const { house, staff } = world
    const id = world.tickets['funnel']!
    await house.at(msk('04 10:30'))
    const stolen = house.post.last(PAVEL, 'зарегистрировано: Воронка')
    await house.write({ from: 'eve@evil.test', subject: `Re: ${stolen.subject}`, text: 'Я от Павла', answers: stolen })
    const last = (await staff.l1.get(`/tickets/${id}`)).messages.at(-1)
    expect(last).toMatchObject({ text: expect.stringContaining('Я от Павла'), unverified: true })
    const seen = async () => JSON.stringify((await world.irina.get(`/cabinet/tickets/${id}`)).messages)
    expect(await seen()).not.toContain('Я от Павла')
    await staff.l1.post(`/tickets/${id}/messages/${last.id}/accept`)
    expect(await seen()).toContain('Я от Павла')
    await press(staff.l1, id, 'answer', { reply: 'Воронка скрыта настройкой прав: вернули.' })
    await house.settle()
    expect(house.post.to(PAVEL, 'Воронка').filter((letter) => letter.text.includes('вернули'))).toHaveLength(1)
    expect(house.post.to('eve@evil.test')).toEqual([])
  })

  it('letters are also fetched from a mailbox by IMAP', async () => {
    const { house, staff } = world
    const letter = { from: PAVEL, to: BILLING, subject: 'Счёт за май', text: 'Пришлите, пожалуйста, счёт ещё раз.' }
    if (house.imap) {
      const { host, port, user, password } = house.imap
      const imap = { host, port, security: 'none', user }
      const box = { name: 'Счета', address: BILLING, protocol: 'imap', imap, password }
      const { id } = await staff.ad.post('/mailboxes', box)
      await house.imap.deliver(rawLetter(letter))
      await house.settle()
      const kept = await staff.ad.get(`/mailboxes/${id}`)
      expect(kept).toMatchObject({ password: { set: true }, lastError: null, lastOkAt: expect.any(String) })
      // the further weeks go by faster without it
      await staff.ad.patch(`/mailboxes/${id}`, { active: false }, kept.version)
    } else {
      await staff.ad.post('/mailboxes', { name: 'Счета', address: BILLING })
      await house.write(letter)
    }
    const bill = await findTicket(staff.l1, letter.subject)
    expect(bill).toMatchObject({ client: { id: world.romashka.id }, channel: 'email', entitlement: 'covered' })
    expect(house.post.to(PAVEL, 'зарегистрировано: Счёт за май')).toHaveLength(1)
    const story = (await staff.im.get('/letters?limit=50')).items.find((row: Body) => row.ticket?.id === bill.id)
    expect(story).toMatchObject({ state: 'done', from: PAVEL, ...(house.imap ? { mailbox: { name: 'Счета' } } : {}) })
    await press(staff.l1, bill.id, 'answer', { reply: 'Счёт во вложении прошлого письма.' })
    await press(staff.l1, bill.id, 'confirm')
  })

  it('an unanswered request warns at 50, 75 and 90 % and is late once, and the breach is explained', async () => {
    const id = world.tickets['late']!
    for (const [moment, told] of [
      ['04 11:59', []],
      ['04 12:01', []],
      ['04 13:01', ['warn75']],
      ['04 13:37', ['warn75', 'warn90']],
      ['04 14:01', ['breach', 'warn75', 'warn90']],
    ] as const) {
      await world.house.at(msk(moment))
      await world.house.settle()
      expect(await noticesAbout(world.staff.im, id), moment).toEqual(told)
    }
    const clock = await clockOf(world.staff.im, id, 'reaction')
    expect(clock).toMatchObject({ state: 'breached', targetMinutes: 240 })
    expect(clock.alarms.map((alarm: Body) => [alarm.kind, alarm.rung])).toEqual(
      ['warn50', 'warn75', 'warn90', 'breach'].map((kind) => [kind, true]),
    )
    const { items } = await world.staff.im.get('/breaches')
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ ticket: { id }, metric: 'reaction', cause: null, client: { name: 'Ромашка' } })
    const cause = 'Письмо открыли только после обеда'
    const explained = await world.staff.im.put(`/breaches/${items[0].id}/cause`, { cause }, 0)
    expect(explained).toMatchObject({ cause, causeBy: 'Игорь Смотров' })
  })

  it('the late request is answered; the solution waits for the client', async () => {
    await world.house.at(msk('04 15:00:30'))
    await press(world.staff.l1, world.tickets['late']!, 'answer', { reply: 'Извините за задержку. Включили рассылку.' })
    await world.house.settle()
    expect(await placeOf(world.staff.l1, world.tickets['late']!)).toBe('confirm')
    expect(world.house.post.to(ANNA, 'Проверьте решение')).toHaveLength(1)
    const [breach] = (await world.staff.im.get('/breaches')).items
    expect(breach).toMatchObject({ lateMinutes: 60 })
    expect(inMoscow(breach.metAt)).toBe('05-04 15:00')
  })
}

/** What a mail server reports when nobody lives at an address. */
function bounceOf(address: string) {
  const part = (type: string, lines: string[]) => ['--b', `Content-Type: ${type}`, '', ...lines, '']
  return {
    from: 'mailer-daemon@romashka.test',
    envelopeFrom: '',
    subject: 'Undelivered Mail Returned to Sender',
    headers: { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
    text: [
      ...part('text/plain', ['I could not deliver your message.']),
      ...part('message/delivery-status', [
        'Reporting-MTA: dns; mx.romashka.test',
        '',
        `Final-Recipient: rfc822; ${address}`,
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
      ]),
      '--b--',
    ].join('\r\n'),
  }
}
