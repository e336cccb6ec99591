import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@opora/access'
import { createLinks } from '@opora/access/testkit'
import { type ContractsEvents, type ContractTerms, createCalendarBook, createContracts } from '@opora/contracts'
import { createContract, deposit, subscription, terms, withCatalogue } from '@opora/contracts/testkit'
import { contactActor, createClient, createContact, createStaff, serveRoutes, staffActor } from '@opora/people/testkit'
import { createEventBus } from '@opora/platform/events'
import { createFileStore } from '@opora/platform/files'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import type { SlaFigures } from '@opora/sla'
import { createSurveys, type SurveysEvents, surveysRoutes } from '@opora/surveys'
import { ticketLinkRoutes } from '@opora/tickets'
import { ticketBench } from '@opora/tickets/testkit'
import { createWork, type WorkEvents, workRoutes } from '@opora/work'
import { type BillingEvents, billingRoutes, createBilling, isMonthClosed } from './index.ts'

type PenaltyTerms = ContractTerms['penalties']

export interface MonthBench {
  db: TestDatabase
  folder: string
  api: Awaited<ReturnType<typeof serveRoutes>>
  contractId: number
  clientId: number
  tickets: Awaited<ReturnType<typeof ticketBench>>['tickets']
  works: Actor
  finance: Actor
  manager: Actor
  contact: Actor
  responsible: Actor
  heard: string[]
  sentFiles: string[]
  billing: ReturnType<typeof createBilling>
}
const NO_FIGURES = { kept: 0, missed: 0, running: 0, keptPermille: null }

/** A house with one contract (20 hours that burn, 60 that stay), its people, and the routes of work, ratings, links and month's ends. */
export async function monthBench(
  given: { missed?: () => SlaFigures['breaches']; penalties?: PenaltyTerms; terms?: Partial<ContractTerms> } = {},
): Promise<MonthBench> {
  const db = await createTestDatabase()
  await db.setNow('2026-01-12T06:00:00Z')
  await withCatalogue(db)
  const folder = await mkdtemp(join(tmpdir(), 'opora-month-'))
  const clientId = (await createClient(db.owner)).id
  const contact = await createContact(db.owner, clientId)
  const responsible = await createContact(db.owner, clientId, { responsible: true, scope: 'all' })
  const contractId = (
    await createContract(db, clientId, {
      terms: terms({
        calendarCode: '24x7',
        forms: [subscription(), deposit()],
        ...(given.penalties ? { penalties: given.penalties, monthlyFeeKopecks: 18_000_000 } : {}),
        ...given.terms,
      }),
    })
  ).id
  const heard: string[] = []
  const sentFiles: string[] = []
  const bus = createEventBus<WorkEvents & BillingEvents & SurveysEvents & ContractsEvents>()
  bus.on(
    'work.estimate_offered',
    async (_tx, event) => void heard.push(`offered ${event.estimate.minutes} ${event.ticket.place}`),
  )
  bus.on('work.estimate_warned', async () => void heard.push('warned'))
  bus.on(
    'billing.report_sent',
    async (_tx, event) => void sentFiles.push(...[...event.files.ru, ...event.files.en].map((file) => file.sha256)),
  )
  const bench = await ticketBench(db, {
    coverageOf: async () => ({ contractId, entitlement: 'covered', reason: null, flags: [], licenceClass: 'active' }),
  })
  const contracts = createContracts({ bus, isMonthClosed })
  const work = createWork({ bus, database: db, contracts, tickets: bench.tickets, isMonthClosed })
  bench.bus.on('ticket.place_entered', work.onPlaceEntered)
  const surveys = createSurveys({ bus, tickets: bench.tickets })
  const billing = createBilling({
    bus,
    database: db,
    files: createFileStore(folder),
    contracts,
    dueAt: createCalendarBook().dueAt,
    slaFigures: async (_sql, { contractIds }) =>
      new Map(
        contractIds.map((id) => [
          id,
          {
            list: [],
            breaches: given.missed?.() ?? [],
            byMetric: { reaction: NO_FIGURES, next_answer: NO_FIGURES, resolution: NO_FIGURES },
            total: NO_FIGURES,
          },
        ]),
      ),
  })
  const links = createLinks(db)
  const api = await serveRoutes(db, [
    ...workRoutes(work, links),
    ...surveysRoutes(surveys, links),
    ...billingRoutes(billing, links),
    ...ticketLinkRoutes(bench.tickets, bench.ports, links),
  ])
  const staff = async (...roles: Parameters<typeof staffActor>[1]) =>
    staffActor((await createStaff(db.owner, { roles })).id, roles)
  return {
    db,
    folder,
    api,
    contractId,
    clientId,
    tickets: bench.tickets,
    works: await staff('it', 'im', 'l1'),
    finance: await staff('fi'),
    manager: await staff('am'),
    contact: contactActor(contact),
    responsible: contactActor(responsible),
    heard,
    sentFiles,
    billing,
  }
}
