import { createStaff } from '@opora/people/testkit'
import type { Tx } from '@opora/platform/database'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addPolicy, addVersion, msk, type SlaHouse, silent, slaHouse } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
let asker: Awaited<ReturnType<SlaHouse['client']>>
const rows = [
  {
    name: 'P1',
    nameEn: 'P1',
    when: { priority: 1 },
    targets: { resolution: { amount: 120, unit: 'service_minutes' } },
  },
  { name: 'all', nameEn: 'all', when: {}, targets: { resolution: { amount: 240, unit: 'service_minutes' } } },
]
const ladder = [
  { at: 'warn75', act: 'notify', to: 'assignee' },
  { at: 'warn90', act: 'reassign', to: 'dev' },
  { at: 'breach', act: 'raise' },
  { at: 'breach', act: 'page', to: 'it' },
]

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2026-01-12 09:00'))
  house = await slaHouse(db)
  await addPolicy(db, 'steep', rows, { ladder })
  asker = await house.client({ slaPolicyCode: 'steep', calendarCode: 'mon-fri-10-18' })
})
afterAll(() => db.drop())
beforeEach(() => {
  house.rung.length = 0
})

const fireAll = async () => {
  while ((await house.sla.fireDueAlarms(db, silent)) > 0);
}
const rewarnAll = async (policy: string) => {
  const batch = (after: number) =>
    db.begin({ as: 'worker' }, (tx) => house.sla.rewarn(tx, { policy }, { limit: 2, after }))
  for (let after: number | null = 0; after !== null; ) after = await batch(after)
}
const stepsOf = (ticketId: number) =>
  db.owner`select a.kind, s.act, s.person, s.account_id, s.priority from sla_step s join sla_alarm a on a.id = s.alarm_id
    where a.ticket_id = ${ticketId} order by a.at, s.position`
const ticketOf = async (id: number) =>
  (await db.owner`select assignee_id, priority from ticket where id = ${id}`)[0] as {
    assigneeId: number
    priority: number
  }

describe('a ladder', () => {
  it('notifies, reassigns to the least busy of a role, raises and pages, each step once', async () => {
    const busy = await createStaff(db.owner, { roles: ['dev'] })
    const idle = await createStaff(db.owner, { roles: ['dev'] })
    await db.setNow(msk('2026-02-03 10:00'))
    const { id: other } = await house.open(await house.client(null))
    const { id } = await house.open(asker)
    await db.owner`update ticket set assignee_id = ${busy.id} where id = ${other}`
    await db.setNow(msk('2026-02-03 13:01'))
    await fireAll()
    expect(house.rung.filter((alarm) => alarm.ticket.id === id).map((alarm) => alarm.steps)).toEqual([[], [ladder[0]]])
    await db.setNow(msk('2026-02-03 13:40'))
    await Promise.all([fireAll(), fireAll()])
    expect(await ticketOf(id)).toEqual({ assigneeId: idle.id, priority: 3 })
    await db.setNow(msk('2026-02-03 14:01'))
    await Promise.all([fireAll(), fireAll()])
    await fireAll()
    expect(await ticketOf(id)).toEqual({ assigneeId: idle.id, priority: 2 })
    expect(await stepsOf(id)).toEqual([
      { kind: 'warn75', act: 'notify', person: 'assignee', accountId: null, priority: null },
      { kind: 'warn90', act: 'reassign', person: 'dev', accountId: idle.id, priority: null },
      { kind: 'breach', act: 'raise', person: null, accountId: null, priority: 2 },
      { kind: 'breach', act: 'page', person: 'it', accountId: null, priority: null },
    ])
  })

  it('takes the steps of alarms that were slept through, and tells people of the last alone', async () => {
    await db.setNow(msk('2026-02-04 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-04 14:01'))
    await fireAll()
    expect((await stepsOf(id)).map((step) => `${step['kind']} ${step['act']}`)).toEqual([
      'warn90 reassign',
      'breach raise',
      'breach page',
    ])
  })

  it('is that of the policy as it is when the alarm rings, not as it was at the opening', async () => {
    await db.setNow(msk('2026-02-05 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-05 11:00'))
    await addVersion(db, 'sla_policy', 'steep', {
      rows,
      pausesCounted: ['client'],
      ladder: [{ at: 'warn50', act: 'raise' }],
    })
    await db.setNow(msk('2026-02-05 12:01'))
    await fireAll()
    expect(await stepsOf(id)).toMatchObject([{ kind: 'warn50', act: 'raise', priority: 2 }])
  })

  it('warns at the shares that the policy names now, also of clocks that began under others', async () => {
    const share = { rows, pausesCounted: ['client'], warnings: [50, 80] }
    await addVersion(db, 'sla_policy', 'steep', { rows, pausesCounted: ['client'] })
    await db.setNow(msk('2026-02-05 17:00'))
    const { id: old } = await house.open(asker)
    await db.setNow(msk('2026-02-06 10:00'))
    await addVersion(db, 'sla_policy', 'steep', { ...share, ladder: [{ at: 'warn80', act: 'notify', to: 'im' }] })
    const { id } = await house.open(asker)
    await rewarnAll('steep')
    await db.setNow(msk('2026-02-06 13:13'))
    await fireAll()
    const kinds = (ticketId: number) => db.owner`select kind from sla_alarm where ticket_id = ${ticketId} order by at`
    expect((await kinds(id)).map((one) => one['kind'])).toEqual(['warn50', 'warn80'])
    expect(await stepsOf(id)).toMatchObject([{ kind: 'warn80', act: 'notify', person: 'im' }])
    expect((await kinds(old)).map((one) => one['kind'])).toEqual(['warn50', 'warn80', 'breach'])
    const told = house.rung.filter((alarm) => alarm.ticket.id === old && alarm.kind === 'warn80')
    expect(told.map((alarm) => alarm.superseded)).toEqual([true])
  })

  it('moves hundreds of open alarms by few statements, and a repetition moves none', async () => {
    await db.setNow(msk('2026-02-06 15:00'))
    await addPolicy(db, 'many', rows)
    const { id } = await house.open(await house.client({ slaPolicyCode: 'many', calendarCode: 'mon-fri-10-18' }))
    await copies(id, 299)
    await addVersion(db, 'sla_policy', 'many', { rows, pausesCounted: ['client'], warnings: [25] })
    const asked: string[] = []
    const counted = (tx: Tx) =>
      new Proxy(tx, {
        apply(to, self, given) {
          asked.push(String(given[0]))
          return Reflect.apply(to as never, self, given)
        },
      })
    const rewarn = () =>
      db.begin({ as: 'worker' }, (tx) => house.sla.rewarn(counted(tx), { policy: 'many' }, { limit: 1_000, after: 0 }))
    await rewarn()
    expect(asked.length).toBeLessThan(15)
    const moved = await db.owner`select 1 from clock where policy_code = 'many' and next_alarm = 'warn25'`
    expect(moved.length).toBeGreaterThanOrEqual(300)
    const written = () => db.owner`select sum(xmin::text::bigint) as sum from clock where policy_code = 'many'`
    const before = await written()
    await rewarn()
    expect(await written()).toEqual(before)
  })

  it('gives a ticket to somebody on shift rather than to whoever has least and sleeps, but rather to them than to nobody', async () => {
    await db.owner`update account set active = false`
    await db.setNow(msk('2026-02-09 10:00'))
    await addPolicy(db, 'shifts', rows, { ladder })
    const watched = await house.client({ slaPolicyCode: 'shifts', calendarCode: 'mon-fri-10-18' })
    const present = await createStaff(db.owner, { roles: ['dev'] })
    const sleeping = await createStaff(db.owner, { roles: ['dev'] })
    house.asleep.add(sleeping.id)
    await db.setNow(msk('2026-02-10 10:00'))
    const { id: other } = await house.open(await house.client(null))
    await db.owner`update ticket set assignee_id = ${present.id} where id = ${other}`
    const { id } = await house.open(watched)
    await db.setNow(msk('2026-02-10 13:40'))
    await fireAll()
    expect((await ticketOf(id)).assigneeId).toBe(present.id)
    house.asleep.add(present.id)
    await db.setNow(msk('2026-02-11 10:00'))
    const { id: next } = await house.open(watched)
    await db.setNow(msk('2026-02-11 13:40'))
    await fireAll()
    expect((await ticketOf(next)).assigneeId).toBe(sleeping.id)
  })

  it('leaves the stored clocks what their histories give', async () => {
    expect((await house.sla.recheckClocks(db.worker, { limit: 100 })).differences).toEqual([])
  })
})

/** As many tickets again with the same history and clocks. */
async function copies(id: number, count: number): Promise<void> {
  const copy = async (table: string, column: string, change: string) => {
    const columns = await db.owner<{ name: string }[]>`
      select quote_ident(column_name) as name from information_schema.columns where table_name = ${table} and is_generated = 'NEVER'`
    const list = columns.map(({ name }) => name).join(', ')
    await db.owner.unsafe(`
      insert into ${table} (${list}) overriding system value select ${list} from (
        select (jsonb_populate_record(null::${table}, to_jsonb(t) || ${change})).*
        from ${table} t, generate_series(1, ${count}) i where t.${column} = ${id}) copied`)
  }
  await copy(
    'ticket',
    'id',
    `jsonb_build_object('id', 900000 + i, 'number', 900000 + i, 'public_id', gen_random_uuid())`,
  )
  for (const table of ['ticket_event', 'clock'])
    await copy(table, 'ticket_id', `jsonb_build_object('id', t.id * 100000 + i, 'ticket_id', 900000 + i)`)
}
