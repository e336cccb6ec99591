import { expect, it } from 'vitest'
import { findTicket, inMoscow, linkOf, msk, placeOf, press } from './desk.ts'
import { apiPathOf } from './post-office.ts'
import { BOSS, type World } from './world.ts'

const WISH = 'Доработать карточку сделки'
const REPORT = 'Отчёт по складу'

/** 5 May: work outside the package is estimated, approved by a letter's link in one request and declined in another. */
export function workIsEstimated(world: World): void {
  it('work outside the package waits for an estimate, which the link of a letter approves once', async () => {
    const { house, staff } = world
    await house.at(msk('05 09:30'))
    await house.write({ from: BOSS, subject: WISH, text: 'Нужны поле «Пожелания» и напоминание по нему.' })
    const { id } = await findTicket(staff.l1, WISH)
    world.tickets['wish'] = id
    await press(staff.l1, id, 'pass_on')
    await press(staff.im, id, 'service_request')
    expect(await placeOf(staff.it, id)).toBe('it_service')
    const work = { activity: 'development', note: 'Поле и напоминание', date: '2026-05-05', minutes: 120 }
    const preview = await staff.dev.post(`/tickets/${id}/time/preview`, work)
    expect(preview).toMatchObject({ share: 'extra', needsEstimate: true, amountKopecks: null })
    await staff.dev.refused('work.estimate_required', 'POST', `/tickets/${id}/time`, work)

    const offered = await staff.it.post(`/tickets/${id}/estimates`, {
      specification: 'Поле в карточке, правило автоматизации, проверка.',
      lines: [
        { title: 'Поле и автоматизация', minutes: 120, activity: 'development' },
        { title: 'Проверка', minutes: 60, activity: 'testing' },
      ],
      validUntil: '2026-05-20',
    })
    expect(offered).toMatchObject({ state: 'offered', minutes: 180, amountKopecks: null })
    await house.settle()
    expect(await placeOf(staff.it, id)).toBe('estimate_approval')
    await approveByLink(world)
    expect(await placeOf(staff.it, id)).toBe('it_service')
  })

  it('the approved work is done to its limit, priced by the contract, confirmed and rated by letters', async () => {
    const { house, staff } = world
    const id = world.tickets['wish']!
    await house.at(msk('05 15:00'))
    const development = { activity: 'development', note: 'Поле и напоминание', date: '2026-05-05', minutes: 120 }
    expect(await staff.dev.post(`/tickets/${id}/time`, development)).toMatchObject({
      chargedMinutes: 120,
      share: 'extra',
    })
    const testing = { activity: 'testing', note: 'Проверка правила', date: '2026-05-05', minutes: 60 }
    await staff.qa.post(`/tickets/${id}/time`, testing)
    await staff.qa.refused('work.estimate_exhausted', 'POST', `/tickets/${id}/time`, { ...testing, minutes: 1 })
    const seen = await staff.am.get(`/tickets/${id}/time`)
    expect(seen).toMatchObject({
      totalMinutes: 180,
      chargedMinutes: 180,
      estimate: { percent: 100, limitMinutes: 180 },
    })
    // 3 hours at 2 000 ₽
    expect(seen.items.map((entry: { amountKopecks: number }) => entry.amountKopecks)).toEqual([400_000, 200_000])
    await press(staff.it, id, 'done', { reply: 'Поле и напоминание работают.', data: { checklist_done: true } })
    await house.at(msk('05 16:00'))
    const confirm = apiPathOf(linkOf(house.post.last(BOSS, 'Проверьте решение'), 'Всё работает'))
    await house.visitor('boss by link').post(confirm, { decision: 'confirm' })
    await house.settle()
    const rate = new URL(linkOf(house.post.last(BOSS, 'Оцените'), '4'))
    const page = await house.visitor('boss by link').get(`${apiPathOf(rate.href)}${rate.search}`)
    expect(page).toMatchObject({ preselected: 4, score: null, company: 'Опорные решения' })
    await house.visitor('boss by link').post(apiPathOf(rate.href), { score: 4, comment: 'Быстро' })
    expect(await placeOf(staff.it, id)).toBe('closed')
  })

  it('another estimate is declined in the cabinet, and the work is not done', async () => {
    const { house, staff, boss } = world
    await house.at(msk('06 10:00'))
    await house.write({ from: BOSS, subject: REPORT, text: 'Хотим отчёт по остаткам на складе.' })
    const { id } = await findTicket(staff.l1, REPORT)
    world.tickets['report'] = id
    await press(staff.l1, id, 'pass_on')
    await press(staff.im, id, 'service_request')
    await staff.it.post(`/tickets/${id}/estimates`, {
      lines: [{ title: 'Отчёт', minutes: 600, activity: 'development' }],
    })
    await house.settle()
    const waiting = await boss.get('/cabinet/estimates')
    expect(waiting.items).toMatchObject([{ state: 'offered', minutes: 600, amountKopecks: 2_000_000, mayDecide: true }])
    const decision = { decision: 'decline', comment: 'Пока дорого' }
    await boss.post(`/cabinet/estimates/${waiting.items[0].id}/decision`, decision)
    await boss.refused('work.estimate_decided', 'POST', `/cabinet/estimates/${waiting.items[0].id}/decision`, decision)
    expect(await placeOf(staff.it, id)).toBe('it_service')
    await press(staff.it, id, 'done', { reply: 'Хорошо, не делаем.', data: { checklist_done: true } })
    await press(boss, id, 'confirm')
    await house.settle()
    expect(await placeOf(staff.it, id)).toBe('rating')
  })

  async function approveByLink({ house, boss }: World): Promise<void> {
    const letter = house.post.last(BOSS, 'Оценка на согласование')
    expect(letter.text).toMatch(/3\s?ч/)
    expect(letter.text).toMatch(/6\s?000/)
    const link = apiPathOf(linkOf(letter, 'Посмотреть и решить'))
    const reader = house.visitor('boss by link')
    const page = await reader.get(link)
    expect(page).toMatchObject({ state: 'offered', minutes: 180, amountKopecks: 600_000, mayDecide: true })
    const approved = await reader.post(link, { decision: 'approve', comment: 'Согласен' })
    expect(approved).toMatchObject({ state: 'approved', decidedBy: 'Василий Боссов' })
    expect(inMoscow(approved.decidedAt)).toBe('05-05 09:30')
    await reader.refused('work.estimate_decided', 'POST', link, { decision: 'decline', comment: 'Передумал' })
    await boss.refused('work.estimate_decided', 'POST', `/cabinet/estimates/${page.id}/decision`, {
      decision: 'approve',
    })
  }
}
