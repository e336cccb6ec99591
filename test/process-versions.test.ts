import { systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { Refusal } from '@opora/core'
import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { createPublishing, type Publishing, SHIPPED_PROCESS } from '@opora/process'
import { type TicketBench, ticketBench } from '@opora/tickets/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: TestDatabase
let bench: TicketBench
let publishing: Publishing
let admin: TestAccount
let shipped = ''
const now = '2026-03-02T09:00:00Z'

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(now)
  bench = await ticketBench(db)
  publishing = createPublishing(bench.ports.process)
  admin = await createAccount(db, { roles: ['ad'], name: 'Администратор' })
  const [row] = await db.owner<{ xml: string }[]>`select xml from process_definition`
  shipped = row!.xml
})
afterAll(() => db.drop())

const open = async () => {
  const { id: clientId } = await createClient(db.owner)
  const { id: contactId } = await createContact(db.owner, clientId)
  const author = { contactId, accountId: null, name: 'Клиент', email: `k${clientId}@example.test` }
  const text = { subject: 'Не открывается', text: 'Ошибка 500 при открытии карточки сделки' }
  return db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), { clientId, contactId, portalId: null, ...text, channel: 'email', author }),
  )
}
const publish = (xml: string, effectiveFrom: number | null = null, note = '') =>
  db.begin({ as: 'staff' }, (tx) =>
    publishing.publish(tx, actorOf(admin), { key: SHIPPED_PROCESS, xml, effectiveFrom, note }),
  )
const refusalOf = (acting: Promise<unknown>) =>
  acting.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error : null),
  )
const versionsOfTickets = () =>
  db.owner<{ ticket: number; version: number }[]>`
    select i.ticket_id as ticket, d.version from process_instance i join process_definition d on d.id = i.definition_id order by i.id`

describe('publishing a process', () => {
  it('is refused while nobody holds a role of its lanes, with the places that would wait for ever', async () => {
    const findings = (await db.read({ as: 'staff' }, (sql) => publishing.check(sql, shipped))).findings
    expect(findings.every((finding) => finding.code === 'role_not_held')).toBe(true)
    expect(findings.map((finding) => finding.elementId)).toContain('dev_build')
    const refused = await refusalOf(publish(shipped.replace('>P5D<', '>P6D<')))
    expect(refused?.code).toBe('process.unsound')
    expect(refused?.options.details).toEqual(findings)
    await createAccount(db, { roles: ['l1', 'im', 'it', 'dev', 'qa', 'an', 'rb', 'in', 'am'], name: 'Мастер' })
    const mended = await db.read({ as: 'staff' }, (sql) => publishing.check(sql, shipped))
    expect(mended).toEqual({ problems: [], findings: [] })
  })

  it('is refused by name and place when something is outside the subset, unsound, unchanged or in the past', async () => {
    const script = shipped.replaceAll(/(<\/?bpmn:)serviceTask/g, '$1scriptTask')
    const checked = await db.read({ as: 'staff' }, (sql) => publishing.check(sql, script))
    expect(checked.problems.map((problem) => problem.id)).toEqual(['tell_rejected', 'acc_start'])
    expect((await refusalOf(publish(script)))?.code).toBe('process.outside_subset')
    const cut = shipped.replace('sourceRef="archive" targetRef="end"', 'sourceRef="archive" targetRef="closed"')
    expect((await refusalOf(publish(cut)))?.code).toBe('process.unsound')
    expect((await refusalOf(publish(shipped)))?.code).toBe('process.unchanged')
    expect((await refusalOf(publish(`${shipped} `, Date.parse(now) - 1)))?.code).toBe('process.from_the_past')
  })

  it('gives the next version from its date on; tickets that run stay on theirs', async () => {
    const early = await open()
    const from = Date.parse('2026-03-09T00:00:00Z')
    const made = await publish(shipped.replace('>P5D<', '>P7D<'), from, 'Ждём неделю')
    expect(made).toMatchObject({ version: 2, note: 'Ждём неделю', publishedBy: 'Администратор', running: 0 })
    const between = await open()
    await db.setNow('2026-03-09T08:00:00Z')
    bench.ports.process.forgetNewest()
    const late = await open()
    expect(await versionsOfTickets()).toEqual([
      { ticket: early.id, version: 1 },
      { ticket: between.id, version: 1 },
      { ticket: late.id, version: 2 },
    ])
    const [audit] = await db.owner<{ action: string }[]>`select action from audit order by seq desc limit 1`
    expect(audit?.action).toBe('process.published')
  })

  it('is not undone by a start of the server, which ships its own file', async () => {
    expect(await db.begin({ as: 'worker' }, (tx) => bench.ports.process.publishShipped(tx))).toBe(false)
  })

  it('shows beforehand which running tickets could move to a version, and what the others would miss', async () => {
    const without = shipped.replaceAll('l1_classify', 'first_look')
    const { version } = await publish(without)
    const preview = await db.read({ as: 'staff' }, (sql) => publishing.previewMoves(sql, SHIPPED_PROCESS, version))
    expect(preview.items).toHaveLength(3)
    expect(preview.items[0]).toMatchObject({ places: ['l1_classify'], fits: false, missing: ['l1_classify'] })
    const back = await db.read({ as: 'staff' }, (sql) => publishing.previewMoves(sql, SHIPPED_PROCESS, 2))
    expect(back.items.map((item) => [item.version, item.fits])).toEqual([
      [1, true],
      [1, true],
    ])
  })

  it('moves running tickets on purpose: new statuses and timers at once, those that do not fit stay with the reason', async () => {
    const [early, between, late] = (await versionsOfTickets()).map((row) => row.ticket) as [number, number, number]
    const answered = await db.begin({ as: 'staff' }, (tx) =>
      bench.tickets.takeOutcome(tx, systemActor(), early, {
        ...{ outcome: 'answer', taskId: 'l1_classify', data: {} },
        reply: { text: 'Проверьте', files: [], copyContactIds: [], sendAnyway: false },
      }),
    )
    expect(answered.version).toBeGreaterThan(0)
    const renamed = shipped.replace('>P5D<', '>P9D<').replaceAll('statusStaffRu="Новая"', 'statusStaffRu="Новое"')
    const { version } = await publish(renamed)
    const target = { key: SHIPPED_PROCESS, version }
    const done = await db.begin({ as: 'staff' }, (tx) =>
      bench.tickets.moveToVersion(tx, actorOf(admin), [late, between, early, 999_999], target),
    )
    expect(done.moved).toEqual([early, between, late])
    expect(done.left.map((one) => one.ticketId)).toEqual([999_999])
    expect((await versionsOfTickets()).map((row) => row.version)).toEqual([version, version, version])
    const statuses = await db.owner<{ status: string }[]>`select status_staff_ru as status from ticket order by id`
    expect(statuses.slice(1).map((row) => row.status)).toEqual(['Новое', 'Новое'])
    const timers = await db.owner<{ days: number }[]>`
      select round(extract(epoch from due_at - app_now()) / 86400)::int as days from process_timer
      where ticket_id = ${early} and element_id = 'silence' and cancelled_at is null and fired_at is null`
    expect(timers).toEqual([{ days: 9 }])

    const { version: strange } = await publish(renamed.replaceAll('l1_classify', 'first_look'))
    const stuck = await db.begin({ as: 'staff' }, (tx) =>
      bench.tickets.moveToVersion(tx, actorOf(admin), [between], { key: SHIPPED_PROCESS, version: strange }),
    )
    expect(stuck.moved).toEqual([])
    expect(stuck.left[0]?.en).toMatch('l1_classify')
  })
})
