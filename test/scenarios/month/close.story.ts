import { expect, it } from 'vitest'
import { msk, press } from './desk.ts'
import { pdfText, xlsxText } from './documents.ts'
import type { Body } from './visitor.ts'
import { BOSS, FEDOR, IRINA, type World } from './world.ts'

const MAY = '2026-05'

/** 29 May – 1 June: the month's end, figure by figure. */
export function monthCloses(world: World): void {
  const period = (month = MAY) => `/contracts/${world.romashka.contractId}/periods/${month}`

  it('an unfinished month is not closed, and the list says why', async () => {
    const { house, staff } = world
    await house.at(msk('29 17:00'))
    await staff.dev.put('/timer', {
      ticketId: world.tickets['change'],
      activity: 'development',
      note: 'Забыл выключить',
    })
    const early = await staff.fi.refused('billing.month_unfinished', 'POST', `${period()}/close`, {})
    expect(kindsOf(early.details.unfinished)).toEqual(['month_not_over', 'timer_running'])
    await house.at(msk('06-01 10:00'))
    const { unfinished } = await staff.fi.get(period())
    expect(kindsOf(unfinished)).toEqual(['timer_running'])
    expect(unfinished[0].sentence).toMatch(/Идёт таймер: Денис Кодов/)
    await staff.fi.refused('billing.month_unfinished', 'POST', `${period()}/close`, {})
    await staff.dev.post('/timer/stop', { minutes: 5, billable: false })
  })

  it('a closed month says what was bought, used, burned, left and charged; undone and closed anew it says the same', async () => {
    const { staff } = world
    const closed = await staff.fi.post(`${period()}/close`, { recommendations: ['Включить журнал обработчиков'] })
    expect(closed.state).toBe('closed')
    expect(closed.figures).toEqual({
      openingMinutes: 0,
      grantedMinutes: 4800,
      drawnMinutes: 1500,
      burnedMinutes: 0,
      carriedOutMinutes: 0,
      closingMinutes: 3300,
      overageMinutes: 0,
      // 20 h and 60 h at 1 700 ₽
      chargedKopecks: 13_600_000,
      creditedKopecks: 0,
      dueKopecks: 13_600_000,
    })
    expect(
      closed.buckets.map((bucket: Body) => [bucket.grantedMinutes, bucket.drawnMinutes, bucket.closingMinutes]),
    ).toEqual(
      expect.arrayContaining([
        [1200, 1200, 0],
        [3600, 300, 3300],
      ]),
    )
    await staff.fi.refused('billing.month_already_closed', 'POST', `${period()}/close`, {})
    await staff.fi.post(`${period()}/undo`, { reason: 'Проверяем ещё раз' })
    const again = await staff.fi.post(`${period()}/close`, { recommendations: ['Включить журнал обработчиков'] })
    expect(again.figures).toEqual(closed.figures)
  })

  it('overage is priced: the package’s fee and the approved work beyond it', async () => {
    const { staff, vasilek } = world
    const closed = await staff.fi.post(`/contracts/${vasilek.contractId}/periods/${MAY}/close`, {})
    expect(closed.figures).toMatchObject({
      grantedMinutes: 0,
      drawnMinutes: 0,
      overageMinutes: 180,
      dueKopecks: 9_500_000,
    })
    expect(closed.lines.map((line: Body) => line.sumKopecks).sort()).toEqual(expect.arrayContaining([8_900_000]))
    expect(closed.lines.reduce((sum: number, line: Body) => sum + line.sumKopecks, 0)).toBe(9_500_000)
  })

  it('the report is mailed with its files and kept in the cabinet, also for finance', async () => {
    const { house, staff, irina } = world
    await house.settle()
    expect((await irina.get('/cabinet/reports')).items).toEqual([])
    const sent = await staff.am.post(`${period()}/send`)
    expect(sent).toMatchObject({ state: 'sent', reportReady: true })
    await house.settle()
    const letters = house.post.to(IRINA, 'Отчёт за')
    expect(letters).toHaveLength(1)
    expect(house.post.to(BOSS, 'Отчёт за')).toHaveLength(0)
    const files = Object.fromEntries(letters[0]!.attachments.map((file) => [file.name.split('.').at(-1), file.bytes]))
    const [report] = (await irina.get('/cabinet/reports')).items
    expect(report).toMatchObject({ month: MAY, contract: { number: 'ОП-2026/1' } })
    expect(report.summary).toEqual(SUMMARY)
    const fedor = await house.enterCabinet(FEDOR)
    expect((await fedor.get('/cabinet/reports')).items).toEqual([report])
    const pdf = await irina.download(`/cabinet/reports/${report.id}/pdf`)
    const xlsx = await fedor.download(`/cabinet/reports/${report.id}/xlsx`)
    expect([pdf.equals(files['pdf']!), xlsx.equals(files['xlsx']!)]).toEqual([true, true])
    expect((await world.boss.ask('GET', `/cabinet/reports/${report.id}/pdf`)).status).toBe(404)
    checkDocuments(pdf, xlsx)
  })

  it('a closed month stays as it is', async () => {
    const { staff, tickets } = world
    const late = { activity: 'testing', note: 'Забытая проверка', minutes: 10, date: '2026-05-29' }
    await staff.qa.refused('work.period_closed', 'POST', `/tickets/${tickets['change']}/time`, late)
    const [entry] = (await staff.an.get(`/tickets/${tickets['change']}/time`)).items.filter((row: Body) => row.mine)
    const changed = await staff.an.ask('PATCH', `/time/${entry.id}`, { minutes: 1 }, entry.version)
    expect(changed).toMatchObject({ status: 422, body: { code: 'work.correction_reason_missing' } })
    await staff.fi.refused('billing.month_sent', 'POST', `${period()}/undo`, { reason: 'Поздно' })
    expect((await staff.im.get('/breaches')).items).toHaveLength(1)
  })
}

/** June: seven hours are worked, thirteen burn, the deposit stays. */
export function nextMonthBurns(world: World): void {
  it('what is left of the subscription burns at the month’s end, the deposit stays', async () => {
    const { house, staff, irina, romashka } = world
    await house.at(msk('06-15 10:00'))
    const { id } = await irina.post('/cabinet/tickets', { subject: 'Настроить роли', saw: 'Нет роли наблюдателя' })
    await press(staff.l1, id, 'pass_on')
    await press(staff.im, id, 'consultation')
    await staff.it.post(`/tickets/${id}/time`, {
      activity: 'configuration',
      minutes: 420,
      note: 'Роли',
      date: '2026-06-15',
    })
    await press(staff.it, id, 'answer', { reply: 'Роли настроены.' })
    await press(irina, id, 'confirm')
    await house.at(msk('07-01 10:00'))
    const closed = await staff.fi.post(`/contracts/${romashka.contractId}/periods/2026-06/close`, {})
    expect(closed.figures).toMatchObject({
      openingMinutes: 3300,
      grantedMinutes: 1200,
      drawnMinutes: 420,
      burnedMinutes: 780,
      closingMinutes: 3300,
      dueKopecks: 3_400_000,
    })
    const leftAt = async (at: string) =>
      (await staff.am.get(`/contracts/${romashka.contractId}/balance?at=${encodeURIComponent(at)}`)).leftMinutes
    expect(await leftAt('2026-05-31T23:00:00+03:00')).toBe(3300)
    expect(await leftAt('2026-06-30T12:00:00+03:00')).toBe(3300 + 780)
    expect(await leftAt('2026-07-01T09:00:00+03:00')).toBe(3300 + 1200)
    const { items } = await staff.fi.get(`/contracts/${romashka.contractId}/ledger?month=2026-06&kind=expire`)
    expect(items.map((entry: Body) => [entry.minutes, entry.effectiveAt.slice(0, 16)])).toEqual([
      [-780, '2026-06-30T20:59'],
    ])
  })
}

/** Of seven requests one was rejected; of seven reactions and next answers and six solutions one answer was late. */
const SUMMARY = {
  opened: 7,
  solved: 6,
  rejected: 1,
  openAtEnd: 0,
  breaches: 1,
  keptPermille: 923,
  workedMinutes: 1423,
  leftMinutes: 3300,
  overageMinutes: 0,
}

const kindsOf = (list: Body[]) => list.map((one) => one.kind).sort()

function checkDocuments(pdf: Buffer, xlsx: Buffer): void {
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const words = pdfText(pdf)
  if (words !== null) {
    for (const piece of [
      'Ромашка',
      'ОП-2026/1',
      'Письмо открыли только после обеда',
      'Включить журнал обработчиков',
      '136 000',
    ]) {
      expect(words.replaceAll(/\s+/g, ' ')).toContain(piece)
    }
  }
  expect(xlsx.subarray(0, 2).toString()).toBe('PK')
  const cells = xlsxText(xlsx)
  for (const piece of ['Денис Кодов', 'Анна Схемова', 'Согласование скидок', 'Не сохраняется сделка']) {
    expect(cells).toContain(piece)
  }
}
