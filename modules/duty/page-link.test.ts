import { issueLink } from '@opora/access'
import { createLinks } from '@opora/access/testkit'
import { createCalendarBook } from '@opora/contracts'
import { withCatalogue } from '@opora/contracts/testkit'
import { createClient, createStaff, serveRoutes } from '@opora/people/testkit'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDuty, type Duty, type DutyEvents, dutyRoutes } from './index.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-02-08T03:00:00+03:00')
let db: TestDatabase
let duty: Duty
let api: Awaited<ReturnType<typeof serveRoutes>>
let client: number
let people: number[]

beforeAll(async () => {
  db = await createTestDatabase()
  await withCatalogue(db)
  const calendars = async () => createCalendarBook().calendar
  const bus = createEventBus<DutyEvents>()
  duty = createDuty({ bus, calendars, waitMs: 300_000, isDutyPromised: async () => false })
  api = await serveRoutes(db, dutyRoutes(duty, createLinks(db)))
  client = (await createClient(db.owner)).id
  const made = [1, 2].map(() => createStaff(db.owner, { roles: ['it'], clientIds: [client] }))
  people = (await Promise.all(made)).map(({ id }) => id).toSorted((a, b) => a - b)
})
afterAll(async () => {
  await api.close()
  await db.drop()
})
beforeEach(() => db.setNow(NOW))

async function raised(subject = 'Не работает') {
  const [ticket] = await db.owner<{ id: number; number: number }[]>`
    insert into ticket (client_id, channel, subject) values (${client}, 'email', ${subject}) returning id, number`
  const wish = { ticket: { ...ticket!, clientId: client, subject }, role: 'it', occasion: 'a', kind: 'page', now: NOW }
  return { ticketId: ticket!.id, id: (await db.begin({ as: 'worker' }, (tx) => duty.raise(tx, wish)))! }
}
const linkTo = async (pageId: number, accountId: number) => {
  const wish = { purpose: 'page.answer', subject: { pageId }, accountId, ttlDays: 2, singleUse: false } as const
  const { token } = await db.begin({ as: 'worker' }, (tx) => issueLink(tx, wish))
  return `/links/page.answer/${token}`
}
const stateOf = async (id: number) => (await db.owner`select state, answered_by from duty_page where id = ${id}`)[0]

describe('the link of a page’s letter', () => {
  it('answers when it is pressed, not when it is looked at; a second press is one answer', async () => {
    const { id } = await raised()
    const link = await linkTo(id, people[0]!)
    expect((await api.call(null, 'GET', link)).body).toMatchObject({ state: 'calling', byMe: false })
    expect(await stateOf(id)).toMatchObject({ state: 'calling' })
    const pressed = await Promise.all([1, 2, 3].map(() => api.call(null, 'POST', link)))
    expect(pressed.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await stateOf(id)).toEqual({ state: 'answered', answeredBy: people[0] })
    expect((await api.call(null, 'GET', link)).body).toMatchObject({ state: 'answered', byMe: true })
  })

  it('is for its own page and person alone', async () => {
    const [one, other] = [await raised('Один'), await raised('Другой')]
    const [first, second] = [await linkTo(one.id, people[0]!), await linkTo(one.id, people[1]!)]
    expect((await api.call(null, 'POST', second)).body).toMatchObject({ ticket: { subject: 'Один' }, byMe: true })
    expect(await stateOf(one.id)).toEqual({ state: 'answered', answeredBy: people[1] })
    expect(await stateOf(other.id)).toMatchObject({ state: 'calling' })
    expect((await api.call(null, 'POST', first)).status).toBe(409)
    expect((await api.call(null, 'GET', first)).body).toMatchObject({ state: 'answered', byMe: false })
    const token = first.split('/').at(-1)!
    expect((await api.call(null, 'POST', `/links/page.answer/${token.slice(0, -1)}`)).status).toBe(410)
    expect((await api.call(null, 'POST', `/pages/${other.id}/answer`)).status).toBe(401)
  })

  it('ends after two days, with the person’s account and with their service of the client; nothing is told then', async () => {
    const { id } = await raised()
    const link = await linkTo(id, people[0]!)
    const statuses = async () =>
      (await Promise.all([api.call(null, 'GET', link), api.call(null, 'POST', link)])).map(({ status }) => status)
    await db.owner`delete from account_client where account_id = ${people[0]!}`
    expect(await statuses()).toEqual([404, 404])
    await db.owner`insert into account_client (account_id, client_id) values (${people[0]!}, ${client})`
    await db.owner`update account set active = false where id = ${people[0]!}`
    expect(await statuses()).toEqual([410, 410])
    await db.owner`update account set active = true where id = ${people[0]!}`
    await db.setNow(NOW + 2 * DAY + 1_000)
    expect(await statuses()).toEqual([410, 410])
    expect(await stateOf(id)).toMatchObject({ state: 'calling' })
  })

  it('says of a closed ticket that the page is dropped, and of a merged one which ticket it is now', async () => {
    const [closed, merged] = [await raised(), await raised('Старый')]
    const link = await linkTo(closed.id, people[0]!)
    await db.owner`update duty_page set state = 'dropped', next_call_at = null where id = ${closed.id}`
    expect((await api.call(null, 'POST', link)).status).toBe(409)
    const into = await raised('Новый')
    await db.owner`update ticket set state = 'closed', merged_into_id = ${into.ticketId} where id = ${merged.ticketId}`
    const seen = await api.call(null, 'POST', await linkTo(merged.id, people[0]!))
    expect(seen.body).toMatchObject({ ticket: { subject: 'Новый' }, state: 'answered' })
  })
})
