import { type Actor, systemActor } from '@opora/access'
import { createLinks } from '@opora/access/testkit'
import {
  type Contracts,
  type ContractsEvents,
  type ContractTerms,
  chargesOf,
  closeMonth,
  createContracts,
  ledgerOf,
  versionsOf,
} from '@opora/contracts'
import { createContract, deposit, subscription, terms, withCatalogue } from '@opora/contracts/testkit'
import type { CivilMonth } from '@opora/core'
import { createClient, createContact, createStaff, serveRoutes, staffActor } from '@opora/people/testkit'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { ticketBench } from '@opora/tickets/testkit'
import { workRoutes } from './index.ts'
import type { WorkEvents } from './work.ports.ts'
import { createWork, type Work } from './work.service.ts'

export interface WorkBench {
  db: TestDatabase
  api: Awaited<ReturnType<typeof serveRoutes>>
  clientId: number
  contractId: number
  works: Actor
  work: Work
  /** What was announced of estimates. */
  heard: string[]
  contracts: Contracts
  /** Closes a month as finance does: what is left burns or carries over, and nothing is dated into it any more. */
  closeMonth(month: CivilMonth): Promise<void>
  /** Opens a request of the client, classified as given. */
  openTicket(fields?: { topic?: string; kind?: string; subject?: string }): Promise<number>
  close(): Promise<void>
}

/** A house with one client on one contract, one person who works, and the routes of time and estimates. */
export async function workBench(given: Partial<ContractTerms> = {}): Promise<WorkBench> {
  const db = await createTestDatabase()
  await db.setNow('2026-01-20T09:00:00Z')
  await withCatalogue(db)
  const clientId = (await createClient(db.owner)).id
  const contact = await createContact(db.owner, clientId)
  const own = { calendarCode: '24x7', forms: [subscription(), deposit()], ...given }
  const contractId = (await createContract(db, clientId, { terms: terms(own) })).id
  const bus = createEventBus<WorkEvents & ContractsEvents>()
  const closed = new Set<CivilMonth>()
  const heard: string[] = []
  bus.on('work.estimate_expired', async (_tx, event) => void heard.push(`expired ${event.estimate.id}`))
  bus.on('work.round_opened', async (_tx, event) => void heard.push(`opened ${event.estimate.round}`))
  const isMonthClosed = async (_sql: unknown, _id: number, month: CivilMonth) => closed.has(month)
  const contracts = createContracts({ bus, isMonthClosed })
  const { tickets } = await ticketBench(db, {
    coverageOf: async () => ({ contractId, entitlement: 'covered', reason: null, flags: [], licenceClass: 'active' }),
  })
  const work = createWork({ bus, database: db, contracts, tickets, isMonthClosed })
  const api = await serveRoutes(db, workRoutes(work, createLinks(db)))
  const works = staffActor((await createStaff(db.owner, { roles: ['it', 'im'] })).id, ['it', 'im'])
  const author = { contactId: contact.id, accountId: null, name: contact.name, email: contact.email }
  return {
    db,
    api,
    clientId,
    contractId,
    works,
    work,
    heard,
    contracts,
    async closeMonth(month) {
      await db.begin({ as: 'worker' }, async (tx) => {
        const close = closeMonth({
          contractId: String(contractId),
          month,
          revision: 1,
          versions: await versionsOf(tx, contractId),
          ledger: await ledgerOf(tx, contractId),
          charges: await chargesOf(tx, contractId, month),
          credits: [],
          unfinished: [],
        })
        if (!close.closed) throw new Error(close.refused)
        await contracts.postPlanned(tx, systemActor(), { contractId, buckets: close.buckets, entries: close.entries })
      })
      closed.add(month)
    },
    async openTicket({ subject = 'Не сходится отчёт', ...fields } = {}) {
      const { id } = await db.begin({ as: 'worker' }, (tx) =>
        tickets.open(tx, works, {
          clientId,
          contactId: contact.id,
          portalId: null,
          subject,
          text: subject,
          channel: 'email',
          author,
          ...fields,
        }),
      )
      return id
    },
    async close() {
      await api.close()
      await db.drop()
    },
  }
}
