import { expect, it } from 'vitest'
import { clockOf, findTicket, inMoscow, linkOf, msk, placeOf, press } from './desk.ts'
import { apiPathOf } from './post-office.ts'
import type { Body } from './visitor.ts'
import { ANNA, IRINA, type World } from './world.ts'

const SUBJECT = 'Не сохраняется сделка'

/** 7–13 May: an incident along the three lines, over the holidays. */
export function incidentIsSolved(world: World): void {
  it('an incident before the holidays: deadlines follow the production calendar', async () => {
    const { house, staff } = world
    await house.at(msk('07 16:00'))
    await house.write({ from: ANNA, subject: SUBJECT, text: 'На https://crm.romashka.test сделка не сохраняется.' })
    const { id } = await findTicket(staff.l1, SUBJECT)
    world.tickets['incident'] = id
    // 2 hours on Thursday, 2 on Friday
    expect(inMoscow((await clockOf(staff.im, id, 'reaction')).dueAt)).toBe('05-08 12:00')
    await house.at(msk('07 16:10'))
    await press(staff.l1, id, 'pass_on')
    const ticket = await staff.im.get(`/tickets/${id}`)
    expect(ticket).toMatchObject({ place: 'im_route', lane: 'im' })
    await staff.im.patch(`/tickets/${id}`, { priority: 2, impact: 2, urgency: 1 }, ticket.version)
    // two people change one ticket: the second is told
    const late = await staff.am.ask('PATCH', `/tickets/${id}`, { priority: 4 }, ticket.version)
    expect(late).toMatchObject({ status: 409, body: { code: 'http.version_conflict' } })
    await press(staff.im, id, 'incident')
    // 16 hours: 2 on Thursday, 7 on the shortened Friday, and after Saturday 9 – Monday 11 the last 7 on Tuesday
    const resolution = await clockOf(staff.im, id, 'resolution')
    expect([inMoscow(resolution.dueAt), resolution.targetMinutes]).toEqual(['05-12 17:00', 960])
    const picture = await staff.it.get(`/tickets/${id}/process`)
    expect(picture).toMatchObject({ present: ['it_diagnose'] })
    expect(picture.passed).toEqual(expect.arrayContaining(['l1_classify', 'im_route']))
  })

  it('the second line asks the client, and the clock waits with it until the answer joins by its token', async () => {
    const { house, staff } = world
    const id = world.tickets['incident']!
    await house.at(msk('08 10:30'))
    await press(staff.it, id, 'ask_client', { reply: 'Пришлите, пожалуйста, номер сделки.' })
    await house.settle()
    expect(await clockOf(staff.im, id, 'reaction')).toMatchObject({ state: 'met' })
    const paused = await clockOf(staff.im, id, 'resolution')
    expect(paused).toMatchObject({ state: 'paused', dueAt: null })
    expect((await staff.l1.get(`/tickets/${id}`)).statusForClient).toMatch(/ответ/i)
    const question = house.post.to(ANNA, SUBJECT).find((letter) => letter.text.includes('номер сделки'))!
    await house.at(msk('12 10:00:30'))
    await house.write({ from: ANNA, subject: `Re: ${question.subject}`, text: 'Сделка № 4815.', answers: question })
    const ticket = await staff.it.get(`/tickets/${id}`)
    expect(ticket).toMatchObject({ place: 'it_diagnose', messagesCount: 3 })
    expect(ticket.messages.at(-1)).toMatchObject({ direction: 'in', unverified: false, channel: 'email' })
    // the pause held 6:30 of Friday: an hour more on Tuesday, 5:30 on Wednesday
    const resolution = await clockOf(staff.im, id, 'resolution')
    expect([resolution.state, inMoscow(resolution.dueAt)]).toEqual(['running', '05-13 15:30'])
  })

  it('five working days of silence are not over before the evening of 12 May', async () => {
    // working days after 4 May: 5, 6, 7, 8 and, after the holidays, 12
    expect(await placeOf(world.staff.l1, world.tickets['late']!)).toBe('confirm')
  })

  it('the developer mends, the tester fails it once, and the solution goes to the client', async () => {
    const { house, staff } = world
    const id = world.tickets['incident']!
    await house.at(msk('12 11:00'))
    expect(inMoscow((await clockOf(staff.im, id, 'next_answer')).dueAt)).toBe('05-12 14:00')
    await staff.it.post(`/tickets/${id}/replies`, { text: 'Спасибо, нашли причину, исправляем.' })
    expect(await clockOf(staff.im, id, 'next_answer')).toMatchObject({ state: 'met' })
    await press(staff.it, id, 'developer', { note: 'Падает обработчик сохранения' })
    await house.at(msk('12 14:00'))
    await press(staff.dev, id, 'fixed', { note: 'Исправил обработчик, проверить сохранение' })
    await house.at(msk('12 15:00'))
    await press(staff.qa, id, 'failed', { note: 'Не сохраняется с пустым полем' })
    expect(await placeOf(staff.dev, id)).toBe('dev_fix')
    await house.at(msk('12 16:30'))
    await press(staff.dev, id, 'fixed', { note: 'Пустое поле тоже' })
    await house.at(msk('13 10:20'))
    await press(staff.qa, id, 'passed')
    await house.settle()
    expect(await placeOf(staff.qa, id)).toBe('confirm')
    const history = (await staff.im.get(`/tickets/${id}/history?limit=500`)).items.map((fact: Body) => fact.type)
    expect(history).toEqual(expect.arrayContaining(['opened', 'priority_changed', 'solved']))
  })

  it('“why this deadline” adds up, for the desk and for the client', async () => {
    const { staff, irina } = world
    const id = world.tickets['incident']!
    const { clock, intervals, usedMinutes, targetMinutes } = await staff.im.get(
      `/tickets/${id}/clocks/resolution/1/explain`,
    )
    expect(clock).toMatchObject({ state: 'met', calendar: { code: 'mon-fri-10-18' }, policy: { code: 'care-2026' } })
    // 2:00 on Thursday, 0:30 on Friday, 8:00 on Tuesday, 0:20 on Wednesday
    expect([Math.abs(usedMinutes - 650) <= 1, targetMinutes]).toEqual([true, 960])
    expect(sumOf(intervals.filter((part: Body) => part.counted))).toBe(usedMinutes)
    expect(intervals.find((part: Body) => part.reason === 'waiting')).toMatchObject({
      counted: false,
      text: 'Пауза: ждали клиента',
    })
    const told = await irina.get(`/cabinet/tickets/${id}/clocks/resolution/1/explain`)
    expect(told.intervals).toEqual(intervals)
  })

  it('time is logged by several people: urgent counts twice, on site a fifth more', async () => {
    const { house, staff } = world
    const id = world.tickets['incident']!
    await house.at(msk('13 10:40'))
    const log = (who: 'it' | 'dev' | 'qa', activity: string, minutes: number, marks: Body = {}) =>
      staff[who].post(`/tickets/${id}/time`, {
        activity,
        minutes,
        note: `Работа: ${activity}`,
        date: '2026-05-12',
        ...marks,
      })
    const charged = [
      await log('it', 'diagnosis', 60),
      await log('dev', 'development', 120),
      await log('dev', 'development', 30, { urgent: true }),
      await log('it', 'configuration', 50, { onSite: true }),
      await log('dev', 'servers', 30, { urgent: true, onSite: true }),
      await log('qa', 'testing', 45),
    ].map((entry) => entry.chargedMinutes)
    expect(charged).toEqual([60, 120, 60, 60, 72, 45])
    const preview = await staff.dev.post(`/tickets/${id}/time/preview`, {
      activity: 'development',
      minutes: 30,
      urgent: true,
    })
    expect(preview).toMatchObject({ chargedMinutes: 60, share: 'package', needsEstimate: false })
    expect(preview.sentence).toMatch(/30.*60/)
    const { totalMinutes, chargedMinutes } = await staff.im.get(`/tickets/${id}/time`)
    expect([totalMinutes, chargedMinutes]).toEqual([335, 417])
  })

  it('the client confirms by the letter’s link and rates in one click', async () => {
    const { house, staff } = world
    const id = world.tickets['incident']!
    await house.at(msk('13 11:00'))
    const letter = house.post.last(ANNA, `Проверьте решение: ${SUBJECT}`)
    const anna = house.visitor('anna by link')
    await anna.post(apiPathOf(linkOf(letter, 'Всё работает')), { decision: 'confirm' })
    await anna.refused('ticket.confirmation_over', 'POST', apiPathOf(linkOf(letter, 'Всё работает')), {
      decision: 'confirm',
    })
    await house.settle()
    await anna.post(apiPathOf(linkOf(house.post.last(ANNA, `Оцените ответ: ${SUBJECT}`), '5')), { score: 5 })
    expect(await placeOf(staff.im, id)).toBe('closed')
    expect((await staff.im.get('/ratings')).items[0]).toMatchObject({ ticket: { id }, score: 5 })
  })

  it('silence for five working days has confirmed the other request', async () => {
    const { house, staff } = world
    const id = world.tickets['late']!
    expect(await placeOf(staff.l1, id)).toBe('rating')
    const facts = (await staff.im.get(`/tickets/${id}/history?limit=500`)).items
    expect(facts.some((fact: Body) => JSON.stringify(fact).includes('silence'))).toBe(true)
    expect(house.post.to(ANNA, 'Оцените ответ: Не приходят уведомления')).toHaveLength(1)
    expect(house.post.to(IRINA, 'Оцените ответ: Не приходят уведомления')).toHaveLength(0)
  })
}

const sumOf = (parts: { minutes: number }[]) => parts.reduce((sum, part) => sum + part.minutes, 0)
