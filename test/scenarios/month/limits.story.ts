import { expect, it } from 'vitest'
import { clockOf, findTicket, inMoscow, msk, noticesAbout, placeOf, press } from './desk.ts'
import { IRINA, type World } from './world.ts'

/** What a contract does not promise is said, and nothing is refused at the door; a coupon opens every hour once. */
export function limitsAreTold(world: World): void {
  it('a client whose contract ended is registered and told', async () => {
    const { house, staff } = world
    await house.at(msk('06 11:00'))
    await house.write({ from: 'sonya@siren.test', subject: 'Сайт не открывается', text: 'Помогите' })
    const ticket = await findTicket(staff.l1, 'Сайт не открывается')
    expect(ticket).toMatchObject({ entitlement: 'not_covered', client: { name: 'Сирень' }, next: null })
    const receipt = house.post.last('sonya@siren.test', 'зарегистрировано')
    expect(receipt.text).toMatch(/договор.*(закончил|окончил|ист[её]к)/i)
    expect(receipt.text).not.toContain('не позже')
  })

  it('a portal that the contract does not cover is registered and told', async () => {
    const { house, staff, irina, romashka } = world
    const opened = await irina.post('/cabinet/tickets', {
      portalId: romashka.portals['old'],
      subject: 'Старый портал',
      did: 'Открыла старый портал',
      saw: 'Ошибка 500',
    })
    expect(opened).toMatchObject({ entitlement: 'not_covered' })
    expect(opened.entitlementReason).toMatch(/портал/i)
    await house.settle()
    expect(house.post.last(IRINA, 'Старый портал').text).toContain(opened.entitlementReason)
    expect(await clockOf(staff.im, opened.id, 'reaction')).toBeNull()
    await press(staff.l1, opened.id, 'reject', { data: { reason: 'excluded' } })
  })

  it('a letter to an address that nobody has is refused at the door of SMTP alone', async () => {
    await expect(world.house.write({ from: IRINA, to: 'who@elsewhere.test', subject: 'x', text: 'x' })).rejects.toThrow(
      /550/,
    )
  })
}

/** 17 May, Sunday night: the coupon. */
export function couponIsSpent(world: World): void {
  it('a coupon on Sunday night promises an answer within the hour and pages the people on duty; it is spent once', async () => {
    const { house, staff, irina } = world
    await house.at(msk('17 03:00'))
    const [coupon] = (await irina.get('/cabinet/coupons')).items
    expect(coupon).toMatchObject({ state: 'ready' })
    expect(house.post.last(IRINA, 'Купон').text).toContain(coupon.code)
    const wish = { subject: 'Портал лежит', saw: 'Белая страница', impact: 2, urgency: 2, couponCode: coupon.code }
    const { id } = await irina.post('/cabinet/tickets', wish)
    world.tickets['coupon'] = id
    await house.settle()
    const reaction = await clockOf(staff.im, id, 'reaction')
    expect([inMoscow(reaction.dueAt), reaction.targetMinutes]).toEqual(['05-17 04:00', 60])
    expect(await noticesAbout(staff.it, id)).toEqual(['coupon_used'])
    const again = { ...wish, subject: 'Ещё раз' }
    await irina.refused('contracts.coupon_spent', 'POST', '/cabinet/tickets', again)
    expect(
      (await irina.get('/cabinet/tickets?state=all&limit=100')).items.map((row: { subject: string }) => row.subject),
    ).not.toContain('Ещё раз')
    await house.at(msk('17 03:30'))
    await press(staff.l1, id, 'answer', { reply: 'Перезапустили сервер, портал открывается.' })
    await press(irina, id, 'confirm')
    await house.settle()
    expect(await clockOf(staff.im, id, 'reaction')).toMatchObject({ state: 'met' })
    expect(await placeOf(staff.l1, id)).toBe('rating')
    expect((await irina.get('/cabinet/coupons')).items[0]).toMatchObject({ state: 'spent' })
  })
}
