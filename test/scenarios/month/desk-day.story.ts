import { expect, it } from 'vitest'
import { findTicket, msk } from './desk.ts'
import { PASSWORD } from './installation.ts'
import type { Body } from './visitor.ts'
import type { World } from './world.ts'

/** 6 May: an ordinary hour at the desk. */
export function deskIsUsed(world: World): void {
  it('people sign in by password, and where their role needs it by a second factor', async () => {
    const { house, staff } = world
    await house.at(msk('06 12:00'))
    const l1 = house.visitor('l1 by password')
    await l1.refused('access.bad_credentials', 'POST', '/session', {
      email: 'l1@opora-scenario.test',
      password: 'не тот',
    })
    const me = await l1.post('/session', { email: 'l1@opora-scenario.test', password: PASSWORD })
    expect(me).toMatchObject({ side: 'staff', roles: ['l1'], company: { name: 'Опорные решения' } })
    await l1.ask('DELETE', '/session')
    await l1.refused('access.sign_in_required', 'GET', '/tickets')

    const fi = house.visitor('fi by password')
    const wish = { email: 'fi@opora-scenario.test', password: PASSWORD }
    await fi.refused('access.totp_required', 'POST', '/session', wish)
    const [code] = staff.fi.recoveryCodes
    await fi.post('/session', { ...wish, code })
    await fi.get('/periods?month=2026-05')
    await house.visitor('fi again').refused('access.totp_wrong', 'POST', '/session', { ...wish, code })
  })

  it('the desk finds by any form of a word, keeps drafts, fills templates, shows who is looking, counts views', async () => {
    const { staff, tickets } = world
    const id = tickets['late']!
    const found = async (q: string) =>
      (await staff.l1.get(`/tickets?q=${encodeURIComponent(q)}`)).items.map((ticket: Body) => ticket.id)
    expect(await found('уведомлений')).toEqual([id])
    expect(await found('воронки продаж')).toContain(tickets['funnel'])
    expect(await found('небывальщина')).toEqual([])

    await staff.l1.put(`/tickets/${id}/drafts/reply`, { body: { text: 'Начало ответа' } })
    expect((await staff.l1.get(`/tickets/${id}/drafts`)).items).toMatchObject([
      { kind: 'reply', body: { text: 'Начало ответа' } },
    ])
    expect((await staff.im.get(`/tickets/${id}/drafts`)).items).toEqual([])
    await staff.l1.ask('DELETE', `/tickets/${id}/drafts/reply`)

    await staff.im.post('/templates', { name: 'Приняли', body: 'Здравствуйте, {{contact}}! Приняли № {{number}}.' })
    const [template] = (await staff.l1.get(`/templates?ticket=${id}&q=${encodeURIComponent('Приняли')}`)).items
    expect(template.filled, template.filled).toContain('Приняли №')

    await staff.it.put(`/tickets/${id}/presence`, { activity: 'typing' })
    const { items } = await staff.l1.put(`/tickets/${id}/presence`, { activity: 'looking' })
    expect(items).toMatchObject([{ name: 'Тимур Серверов', activity: 'typing' }])

    const views = (await staff.im.get('/views')).items
    expect(views.length).toBeGreaterThan(2)
    for (const view of views) {
      const list = (await staff.im.get(`/tickets?view=${view.code}&limit=200`)).items
      expect([view.code, list.length]).toEqual([view.code, view.count])
    }
  })

  it('tags, assignment and notes: every change is in the history, notes are for the provider alone', async () => {
    const { house, staff, irina, tickets } = world
    const id = tickets['late']!
    const { version } = await staff.im.get(`/tickets/${id}`)
    const tagged = await staff.im.patch(`/tickets/${id}`, { tags: ['рассылки'] }, version)
    await staff.im.put(`/tickets/${id}/assignee`, { accountId: staff.l1.accountId }, tagged.version)
    await staff.im.post(`/tickets/${id}/notes`, {
      text: 'Проверить вечером, пока тайна',
      mentions: [staff.l1.accountId],
    })
    await house.settle()
    const told = (await staff.l1.get('/notices')).items.filter((notice: Body) => notice.ticketId === id)
    expect(told.map((notice: Body) => notice.kind)).toEqual(expect.arrayContaining(['assigned', 'mentioned']))
    expect(await findTicket(staff.l1, 'Не приходят уведомления')).toMatchObject({
      tags: ['рассылки'],
      assignee: { name: 'Ольга Первушина' },
    })
    const facts = (await staff.im.get(`/tickets/${id}/history?limit=500`)).items
    expect(facts.filter((fact: Body) => fact.actor === 'Игорь Смотров').length).toBeGreaterThan(1)
    expect(JSON.stringify(await irina.get(`/cabinet/tickets/${id}`))).not.toContain('тайна')
    expect(house.post.letters.some((letter) => letter.text.includes('тайна'))).toBe(false)
  })
}
