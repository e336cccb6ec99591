import { createEventBus, type EventBus } from '@opora/platform/events'
import type { TestDatabase } from '@opora/platform/testkit'
import { createProcessService } from '@opora/process'
import type { TicketEvents } from './tickets.events.ts'
import type { TicketPorts } from './tickets.ports.ts'
import { createTicketService, type TicketService } from './tickets.service.ts'
import { installDictionaries } from './verbs/install-dictionaries.ts'

export interface TicketBench {
  tickets: TicketService
  bus: EventBus<TicketEvents>
  /** Names of the events announced so far, in order. */
  heard: string[]
  ports: TicketPorts
}

const WORKING_DAY_MS = 86_400_000

/** Tickets on a database with the shipped process published: coverage says yes and clocks are nobody's business. */
export async function ticketBench(db: TestDatabase, overrides: Partial<TicketPorts> = {}): Promise<TicketBench> {
  const bus = createEventBus<TicketEvents>()
  const heard: string[] = []
  const names: (keyof TicketEvents)[] = [
    'ticket.opened',
    'ticket.facts',
    'ticket.replied',
    'ticket.client_wrote',
    'ticket.noted',
    'ticket.assigned',
    'ticket.place_entered',
    'ticket.action',
  ]
  for (const name of names) {
    bus.on(name, async (_tx, event) => {
      heard.push(name === 'ticket.action' ? `ticket.action:${(event as TicketEvents['ticket.action']).name}` : name)
    })
  }
  const process = createProcessService({
    dueAt: async (_sql, _ticket, due, from) =>
      due.unit === 'instant'
        ? due.at
        : from + (due.unit === 'minutes' ? due.minutes * 60_000 : due.days * WORKING_DAY_MS),
  })
  await db.begin({ as: 'worker' }, async (tx) => {
    await installDictionaries(tx)
    await process.publishShipped(tx)
  })
  const ports: TicketPorts = {
    bus,
    process,
    coverageOf: async () => ({
      contractId: null,
      entitlement: 'covered',
      reason: null,
      flags: [],
      licenceClass: 'active',
    }),
    spendCoupon: async () => 0,
    countdown: (_code, now, dueAt) => ({
      remainingMinutes: dueAt === null ? null : Math.round((dueAt - now) / 60_000),
      open: true,
      turnsIn: [],
    }),
    vendorHours: {
      knows: async () => true,
      begin: async (_sql, code, from, minutes) => ({
        key: `${code}@1`,
        dueAt: minutes.map((count) => from + count * 60_000),
      }),
      count: async (_sql, _key, from, until) => ({ minutes: Math.floor((until - from) / 60_000), intervals: [] }),
    },
    partners: {
      async account(tx, _actor, { email, name }) {
        const made = { email, name: name ?? email, locale: 'ru' as const, zone: 'Europe/Moscow' }
        const [row] = await tx<{ id: number }[]>`
          insert into account (side, email, name, serves) values ('partner', ${email}, ${made.name}, 'listed')
          on conflict (lower(email)) do update set email = excluded.email returning id`
        return { accountId: row!.id, ...made }
      },
      endLinks: async () => {},
    },
    undoMs: 15_000,
    ...overrides,
  }
  return { tickets: createTicketService(ports), bus, heard, ports }
}
