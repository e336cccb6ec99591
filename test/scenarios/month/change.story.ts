import { expect, it } from 'vitest'
import { msk, placeOf, press } from './desk.ts'
import type { World } from './world.ts'

/** 13–15 May: a change through specification, board, development and test on a copy. */
export function changeIsBuilt(world: World): void {
  it('a change is specified, voted for, built and tested on a copy', async () => {
    const { house, staff, irina, romashka } = world
    await house.at(msk('13 12:00'))
    const opened = await irina.post('/cabinet/tickets', {
      portalId: romashka.portals['crm'],
      subject: 'Согласование скидок',
      did: 'Даём скидки вручную',
      expected: 'Скидка больше 10 % уходит на согласование',
      impact: 3,
      urgency: 3,
    })
    const { id } = opened
    world.tickets['change'] = id
    expect(opened.entitlement).toBe('covered')
    await press(staff.l1, id, 'pass_on')
    await press(staff.im, id, 'change')
    await house.at(msk('13 15:00'))
    await staff.an.post(`/tickets/${id}/replies`, { text: 'Описали изменение и отдали на коллегию.' })
    await press(staff.an, id, 'covered', {
      data: { specification: 'Процесс согласования, два шага, откат — выключить.' },
    })
    expect(await placeOf(staff.rb, id)).toBe('rb_board')
    await press(staff.rb, id, 'approve')
    await house.at(msk('15 17:30'))
    await press(staff.dev, id, 'done', { note: 'Собрано на копии портала' })
    const report = await staff.qa.upload('отчёт-о-проверке.txt', Buffer.from('12 проверок, все прошли'))
    await press(staff.qa, id, 'passed', { data: { report } })
    expect(await placeOf(staff.it, id)).toBe('it_window')
  })

  it('its hours are drawn: first the subscription that burns, then the deposit', async () => {
    const { staff, irina, romashka } = world
    const id = world.tickets['change']!
    const log = (who: 'an' | 'dev', activity: string, day: string, minutes: number) =>
      staff[who].post(`/tickets/${id}/time`, {
        activity,
        minutes,
        note: `Согласование скидок: ${activity}`,
        date: `2026-05-${day}`,
      })
    await log('an', 'analysis', '13', 123)
    await log('dev', 'development', '14', 480)
    await log('dev', 'development', '15', 480)
    const balance = await staff.am.get(`/contracts/${romashka.contractId}/balance`)
    expect(balance).toMatchObject({ leftMinutes: 55 * 60, overMinutes: 0 })
    const left = Object.fromEntries(
      balance.buckets.map((bucket: { formCode: string; leftMinutes: number }) => [bucket.formCode, bucket.leftMinutes]),
    )
    expect(left).toMatchObject({ deposit: 55 * 60 })
    expect(left['subscription'] ?? 0).toBe(0)
    for (const bucket of balance.buckets) {
      const sum = bucket.entries.reduce(
        (total: number, entry: { minutes: number }) => total + entry.minutes,
        bucket.earlierMinutes,
      )
      expect(sum).toBe(bucket.leftMinutes)
    }
    const hours = (await irina.get('/cabinet/hours?month=2026-05')).contracts[0]
    expect(hours).toMatchObject({ leftMinutes: 3300, ofMinutes: expect.any(Number) })
    const seen = await irina.get(`/cabinet/tickets/${id}/time`)
    expect(seen.items.map((entry: { person: string; minutes: number }) => [entry.person, entry.minutes])).toEqual(
      expect.arrayContaining([
        ['Анна Схемова', 123],
        ['Денис Кодов', 480],
      ]),
    )
  })
}

/** 18–21 May: the window and the acceptance. */
export function changeIsInstalled(world: World): void {
  it('the change is installed in the agreed window, accepted in the cabinet and rated there', async () => {
    const { house, staff, irina } = world
    const id = world.tickets['change']!
    await house.at(msk('18 11:00'))
    const window = { window_at: msk('20 20:00'), rollback_plan: 'Выключить процесс согласования' }
    await press(staff.it, id, 'agreed', { data: window })
    await house.at(msk('20 19:59'))
    expect(await placeOf(staff.it, id)).toBe('it_planned')
    await house.at(msk('20 20:01'))
    expect(await placeOf(staff.it, id)).toBe('it_install')
    await press(staff.it, id, 'installed')
    await house.at(msk('21 10:00'))
    expect((await irina.get('/cabinet/tickets')).items.find((row: { id: number }) => row.id === id)).toMatchObject({
      waitsForYou: true,
    })
    await press(irina, id, 'accept')
    await irina.post(`/cabinet/tickets/${id}/rating`, { score: 5, comment: 'Как договаривались' })
    await house.settle()
    expect(await placeOf(staff.it, id)).toBe('closed')
  })
}
