import { type Role, systemActor } from '@opora/access'
import { coverageOf, createCalendarBook } from '@opora/contracts'
import { createContract, terms, withCatalogue } from '@opora/contracts/testkit'
import { type Instant, isoInstant } from '@opora/core'
import { createClient, createContact, createStaff, staffActor } from '@opora/people/testkit'
import type { Json, Tx } from '@opora/platform/database'
import { createEventBus } from '@opora/platform/events'
import type { TestDatabase } from '@opora/platform/testkit'
import type { OpenTicket, TicketHead } from '@opora/tickets'
import { ticketBench } from '@opora/tickets/testkit'
import { createSla, type RungAlarm, type SlaEvents } from './index.ts'

/** The house around the clocks: catalogue, contracts and tickets as they are, and what was heard of alarms. */
export async function slaHouse(db: TestDatabase) {
  await withCatalogue(db)
  const book = createCalendarBook((body) => db.read({ as: 'staff' }, body))
  const bench = await ticketBench(db, {
    coverageOf: async (sql, question) => {
      const answer = await coverageOf(sql, { ...question, channel: question.channel as 'email' })
      const contractId = answer.contract?.id ?? null
      return { ...answer, contractId, reason: answer.explanation, flags: [] }
    },
    countdown: book.countdown,
    spendCoupon: async (tx, _actor, coupon) => {
      const [row] = await tx<{ id: number }[]>`select id from coupon where code = ${coupon.code}`
      return row!.id
    },
  })
  const bus = createEventBus<SlaEvents>()
  const rung: RungAlarm[] = []
  const asleep = new Set<number>()
  bus.on('sla.alarm', async (_tx, alarm) => {
    rung.push(alarm)
  })
  const { tickets } = bench
  const sla = createSla({
    bus,
    book,
    mirrorDeadline: tickets.mirrorDeadline,
    assign: async (tx, id, accountId) => void (await tickets.assign(tx, systemActor(), id, null, accountId)),
    setPriority: async (tx, id, priority) => void (await tickets.change(tx, systemActor(), id, null, { priority })),
    recordFacts: tickets.recordFacts,
    onShift: async (_sql, ids) => ids.filter((id) => !asleep.has(id)),
  })
  bench.bus.on('ticket.opened', sla.onTicketOpened)
  bench.bus.on('ticket.facts', sla.onTicketFacts)
  bench.bus.on('ticket.deadline_offered', sla.onDeadlineOffered)
  return { ...bench, sla, slaBus: bus, rung, asleep, book, ...actions(db, bench) }
}
export type SlaHouse = Awaited<ReturnType<typeof slaHouse>>

function actions(db: TestDatabase, { tickets }: Awaited<ReturnType<typeof ticketBench>>) {
  const staff = (roles: Role[] = ['l1', 'im', 'it']) =>
    createStaff(db.owner, { roles }).then(({ id }) => staffActor(id, roles))
  const asStaff = <T>(body: (tx: Tx) => Promise<T>) => db.begin({ as: 'staff' }, body)
  return {
    staff,
    /** A client with one contact, and a contract on these terms unless they are `null`. */
    async client(given: Parameters<typeof terms>[0] | null, client: object = {}, startsOn = '2025-01-01') {
      const { id: clientId } = await createClient(db.owner, client)
      const contact = await createContact(db.owner, clientId)
      if (given === null) return { clientId, contact, contractId: 0 }
      const contract = await createContract(db, clientId, { terms: terms(given), startsOn })
      return { clientId, contact, contractId: contract.id }
    },
    open(asker: { clientId: number; contact: { id: number } | null }, overrides: Partial<OpenTicket> = {}) {
      const contactId = asker.contact?.id ?? null
      return db.begin({ as: 'worker' }, (tx) =>
        tickets.open(tx, systemActor(), {
          clientId: asker.clientId,
          contactId,
          portalId: null,
          subject: 'Не открывается карточка сделки',
          text: 'Ошибка 500 после обновления',
          channel: 'email',
          kind: 'incident',
          author: { contactId, accountId: null, name: 'Клиент', email: 'client@client.test' },
          ...overrides,
        }),
      )
    },
    async reply(ticketId: number) {
      const actor = await staff()
      const input = { text: 'Смотрим', files: [], copyContactIds: [], sendAnyway: true }
      const posted = await asStaff((tx) => tickets.reply(tx, actor, ticketId, input))
      return {
        ...posted,
        undo: () => asStaff((tx) => tickets.undoReply(tx, actor, ticketId, posted.messageId)),
      }
    },
    clientWrites(ticketId: number, contactId: number) {
      const author = { contactId, accountId: null, name: 'Клиент', email: 'client@client.test' }
      return db.begin({ as: 'worker' }, (tx) =>
        tickets.clientWrote(tx, systemActor(), ticketId, { text: 'Добавлю', channel: 'email', author }),
      )
    },
    /** Presses a button of the present place as the system, with an answer to the client where it needs one. */
    async press(ticketId: number, taskId: string, outcome: string, data: Record<string, string | number> = {}) {
      const actor = await staff(['l1', 'im', 'it', 'dev', 'qa', 'an'])
      const text = { text: 'Делаем', files: [] }
      return asStaff((tx) =>
        tickets.takeOutcome(tx, actor, ticketId, {
          taskId,
          outcome,
          data,
          reply: { ...text, copyContactIds: [], sendAnyway: true },
          note: { ...text, mentions: [], forPartner: false },
        }),
      )
    },
    async change(ticketId: number, change: object) {
      const actor = await staff()
      return asStaff((tx) => tickets.change(tx, actor, ticketId, null, change))
    },
  }
}

/** Rewrites nothing: adds a new version of a policy or a calendar, as saving it does. */
export async function addVersion(db: TestDatabase, table: 'sla_policy' | 'calendar', code: string, spec: object) {
  const json = db.owner.json(spec as Json)
  await db.owner.begin(async (tx) => {
    const [row] = await tx<{ version: number }[]>`
      update ${tx(table)} set spec = ${json}, version = version + 1, updated_at = app_now() where code = ${code} returning version`
    await tx`insert into ${tx(`${table}_version`)} (code, version, spec) values (${code}, ${row!.version}, ${json})`
  })
}

export async function addPolicy(db: TestDatabase, code: string, rows: object[], rest: object = {}) {
  const spec = db.owner.json({ rows, pausesCounted: ['client', 'approval', 'payment', 'agreed_date'], ...rest } as Json)
  await db.owner`insert into sla_policy (code, name_ru, name_en, spec) values (${code}, ${code}, ${code}, ${spec})`
  await db.owner`insert into sla_policy_version (code, version, spec) values (${code}, 1, ${spec})`
}

export interface StoredClock {
  clock: string
  state: string
  due: string | null
  pause: string | null
  breached: string | null
}

/** The stored clocks of a ticket, with times of Moscow to the nearest minute. */
export async function storedOf(db: TestDatabase, ticketId: number): Promise<StoredClock[]> {
  const rows = await db.owner<
    {
      metric: string
      seq: number
      state: string
      dueAt: Instant | null
      pauseReason: string | null
      breachedAt: Instant | null
    }[]
  >`select metric, seq, state, due_at, pause_reason, breached_at from clock where ticket_id = ${ticketId} order by id`
  return rows.map((row) => ({
    clock: `${row.metric} ${row.seq}`,
    state: row.state,
    due: moscow(row.dueAt),
    pause: row.pauseReason,
    breached: moscow(row.breachedAt),
  }))
}

export async function dueOf(db: TestDatabase, ticketId: number, clock: string): Promise<string | null> {
  return (await storedOf(db, ticketId)).find((row) => row.clock === clock)?.due ?? null
}

/** `2026-02-03 14:00` in Moscow; the clock of a test runs on while it works, hence to the nearest minute. */
export function moscow(at: Instant | string | null): string | null {
  if (at === null) return null
  const instant = typeof at === 'string' ? Date.parse(at) : at
  return isoInstant(Math.round(instant / 60_000) * 60_000 + 3 * 3_600_000)
    .slice(0, 16)
    .replace('T', ' ')
}

/** A moment of Moscow as `setNow` takes it. */
export function msk(text: string): string {
  return isoInstant(Date.parse(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}+03:00`))
}

/** A log that nobody reads. */
export const silent = { error: () => {}, warn: () => {}, info: () => {} } as never

/** A fact as other modules will add it, under the ticket's lock. */
export async function addFact(
  house: SlaHouse,
  db: TestDatabase,
  ticketId: number,
  type: string,
  data: object,
  at: string,
): Promise<void> {
  await db.setNow(msk(at))
  await db.begin({ as: 'worker' }, async (tx) => {
    const [made] = await tx<{ id: number; at: number; clientId: number }[]>`
      insert into ticket_event (client_id, ticket_id, type, data) select client_id, id, ${type}, ${tx.json(data as never)}
      from ticket where id = ${ticketId} returning id, at, client_id`
    const fact = { id: made!.id, at: made!.at, type, data: data as never }
    const ticket = { ...opening(ticketId, { clientId: made!.clientId, contractId: 0 }).ticket }
    await house.sla.onTicketFacts(tx, { actor: systemActor(), ticket, facts: [fact], now: made!.at })
  })
}

/** The event of an opening, as far as clocks read it. */
export function opening(id: number, asker: { clientId: number; contractId: number }) {
  const { clientId, contractId } = asker
  return {
    actor: systemActor(),
    ticket: { id, clientId, contractId } as never as TicketHead,
    facts: [],
    messageId: 0,
    entitlementReason: null,
    coupon: false,
    automatic: false,
    now: Date.now(),
  }
}

/** How many statements a piece of work sends, undone afterwards; fragments inside of others are none. */
export async function countingStatements(db: TestDatabase, work: (tx: Tx) => Promise<unknown>): Promise<number> {
  const sent = new Set<unknown>()
  const undone = new Error('undone')
  await db
    .begin({ as: 'worker' }, async (tx) => {
      const counting = new Proxy(tx, {
        apply(target, self, args) {
          const query = Reflect.apply(target as never, self, args) as PromiseLike<unknown>
          if (typeof query?.then !== 'function') return query
          const run = query.then.bind(query)
          return Object.assign(query, {
            // biome-ignore lint/suspicious/noThenProperty: a query is sent when somebody waits for it.
            then: (...waiting: Parameters<typeof run>) => {
              sent.add(query)
              return run(...waiting)
            },
          })
        },
      })
      await work(counting)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return sent.size
}
