import type { Actor, Role } from '@opora/access'
import { createCalendarBook } from '@opora/contracts'
import { createContract, rates, subscription, terms, withCatalogue } from '@opora/contracts/testkit'
import { contactActor, createClient, createContact, createStaff, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { createInsight, type Insight, insightRoutes } from './index.ts'

/** Friday; March is over, April is open. */
export const NOW = '2026-04-10T09:00:00Z'

export interface MoneyBench {
  db: TestDatabase
  insight: Insight
  api: Awaited<ReturnType<typeof serveRoutes>>
  alfa: { clientId: number; contractId: number; ticketId: number }
  beta: { clientId: number; contractId: number; ticketId: number }
  people: { rated: number; unrated: number }
  finance: Actor
  director: Actor
  /** Account managers: of everybody, and of Alfa alone. */
  manager: Actor
  alfasManager: Actor
  incidents: Actor
  responsible: Actor
  accountant: Actor
  ordinary: Actor
  foreign: Actor
}

interface Entry {
  minutes: number
  at: string
  activity: string
  account: number
}

/**
 * Two clients. Alfa: a subscription of 20 hours at 1 700 ₽ (VAT of 22 % on top), January closed by hand with a line of work and a credit.
 * Beta: a fee of 61 000 ₽ (VAT inside, 50 000 ₽ without), ends on 1 May. One person costs 1 000 ₽ an hour and 1 200 ₽ from March; the other
 * has no rate.
 */
export async function moneyBench(): Promise<MoneyBench> {
  const db = await createTestDatabase()
  await db.setNow(NOW)
  await withCatalogue(db)
  const general = [{ from: '2020-01-01', mode: 'general' }]
  await db.owner`insert into legal_entity (name, tax_periods, is_default) values ('ООО', ${db.owner.json(general)}, true)`
  const people = {
    rated: (await createStaff(db.owner, { roles: ['dev'], name: 'Дмитрий' })).id,
    unrated: (await createStaff(db.owner, { roles: ['qa'], name: 'Вера' })).id,
  }
  for (const [from, kopecks] of [
    ['2026-01-01', 100_000],
    ['2026-03-01', 120_000],
  ] as const)
    await db.owner`insert into cost_rate (account_id, valid_from, per_hour_kopecks) values (${people.rated}, ${from}, ${kopecks})`
  const alfa = await served(db, 'Альфа', { forms: [subscription()], rates: rates({ vat: 'on_top' }) })
  const beta = await served(
    db,
    'Бета',
    { packageCode: 'crm-business', monthlyFeeKopecks: 6_100_000, rates: rates({ vat: 'included' }) },
    '2026-05-01',
  )
  await work(db, alfa, people)
  await logged(db, beta, { minutes: 8_400, at: '2026-02-10', activity: 'development', account: people.rated })
  const insight = createInsight({ database: db, book: createCalendarBook() })
  await insight.refreshRevenue()
  return {
    db,
    insight,
    alfa,
    beta,
    people,
    ...(await readers(db, alfa, beta)),
    api: await serveRoutes(db, insightRoutes(insight)),
  }
}

async function served(db: TestDatabase, name: string, of: Parameters<typeof terms>[0], endsOn: string | null = null) {
  const clientId = (await createClient(db.owner, { name })).id
  const contract = await createContract(db, clientId, {
    number: `Д-${name}`,
    terms: terms(of),
    endsOn,
    signedOn: '2026-01-01',
  })
  const [ticket] = await db.owner<{ id: number }[]>`
    insert into ticket (client_id, contract_id, channel, subject) values (${clientId}, ${contract.id}, 'email', 'Отчёт') returning id`
  return { clientId, contractId: contract.id, ticketId: ticket!.id }
}

async function work(db: TestDatabase, alfa: MoneyBench['alfa'], people: MoneyBench['people']): Promise<void> {
  await logged(db, alfa, { minutes: 600, at: '2026-01-13', activity: 'development', account: people.rated })
  const beyond = await logged(db, alfa, {
    minutes: 120,
    at: '2026-01-20',
    activity: 'development',
    account: people.rated,
  })
  await logged(db, alfa, { minutes: 300, at: '2026-01-21', activity: 'testing', account: people.unrated })
  await logged(db, alfa, { minutes: 60, at: '2026-03-11', activity: 'development', account: people.rated })
  const line = { ticketId: null, timeEntryId: null, explanation: [] }
  const figures = {
    lines: [
      { ...line, key: 'h', kind: 'hours', title: { ru: 'Абонемент', en: 'Subscription' }, sumKopecks: 3_400_000 },
      {
        ...line,
        key: 'w',
        kind: 'postpaid',
        title: { ru: 'Сверх пакета', en: 'Beyond' },
        sumKopecks: 400_000,
        timeEntryId: String(beyond),
        ticketId: String(alfa.ticketId),
      },
    ],
    credits: [{ key: 'c', title: { ru: 'Штраф', en: 'Penalty' }, kopecks: 100_000 }],
  }
  await db.owner`
    insert into period_close (client_id, contract_id, period, state, figures, figures_sha256)
    values (${alfa.clientId}, ${alfa.contractId}, '2026-01', 'closed', ${db.owner.json(figures)}, '')`
}

export async function logged(db: TestDatabase, of: MoneyBench['alfa'], entry: Entry): Promise<number> {
  const [made] = await db.owner<{ id: number }[]>`
    insert into time_entry (client_id, ticket_id, contract_id, account_id, activity, started_at, ended_at, minutes, billable, period)
    values (${of.clientId}, ${of.ticketId}, ${of.contractId}, ${entry.account}, ${entry.activity}, ${`${entry.at}T09:00:00Z`},
      ${`${entry.at}T19:00:00Z`}, ${entry.minutes}, true, ${entry.at.slice(0, 7)}) returning id`
  return made!.id
}

async function readers(db: TestDatabase, alfa: MoneyBench['alfa'], beta: MoneyBench['alfa']) {
  const staff = async (role: Role, clientIds: number[] | null = null) =>
    staffActor((await createStaff(db.owner, { roles: [role] })).id, [role], clientIds)
  const contact = async (clientId: number, given: object) =>
    contactActor(await createContact(db.owner, clientId, given))
  return {
    finance: await staff('fi'),
    director: await staff('di'),
    manager: await staff('am'),
    alfasManager: await staff('am', [alfa.clientId]),
    incidents: await staff('im'),
    responsible: await contact(alfa.clientId, { responsible: true, scope: 'all' }),
    accountant: await contact(alfa.clientId, { scope: 'finance' }),
    ordinary: await contact(alfa.clientId, { scope: 'own' }),
    foreign: await contact(beta.clientId, { scope: 'finance' }),
  }
}
