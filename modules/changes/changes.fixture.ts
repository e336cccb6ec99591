import { type Actor, type Role, systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { DAY_MS } from '@opora/core'
import { createClient, createContact } from '@opora/people/testkit'
import type { Tx } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { type TicketBench, ticketBench } from '@opora/tickets/testkit'
import type { ChangesEvents } from './changes.ports.ts'
import { changeView } from './changes.read-model.ts'
import { type Changes, createChanges } from './changes.service.ts'
import type { BoardSettings, ChangeView } from './contract.ts'
import type { Choice } from './domain/tally.ts'

export const MONDAY = Date.UTC(2026, 4, 18, 9)
export const MAJORITY: BoardSettings = {
  quorum: 3,
  rule: 'majority',
  sharePercent: 50,
  shareOf: 'votes',
  opensAtOnce: true,
  voteDays: 2,
  remindHours: 4,
}

type Heard = { [Name in keyof ChangesEvents]: [Name, ChangesEvents[Name]] }[keyof ChangesEvents]

/** A house of tickets and changes on a database of its own, with a board of five. */
export interface ChangesBench extends TicketBench {
  db: TestDatabase
  changes: Changes
  told: Heard[]
  clientId: number
  contactId: number
  staff: Record<'an' | 'it' | 'im' | 'ad' | 'di', TestAccount>
  members: TestAccount[]
  asStaff<T>(body: (tx: Tx) => Promise<T>): Promise<T>
  /** A fresh ticket with a change at the board's place. */
  atBoard(plan?: object): Promise<{ ticketId: number; changeId: number }>
  /** A fresh ticket before the analyst. */
  specified(): Promise<number>
  press(
    ticketId: number,
    outcome: string,
    data?: Record<string, string | number | boolean>,
    actor?: Actor,
  ): Promise<void>
  placeOf(ticketId: number): Promise<string | null>
  view(changeId: number, account?: TestAccount): Promise<ChangeView>
  vote(changeId: number, member: TestAccount, choice: Choice, comment?: string): Promise<void>
}

export async function changesBench(): Promise<ChangesBench> {
  const db = await createTestDatabase()
  await db.setNow(MONDAY)
  const bench = await ticketBench(db)
  const told: Heard[] = []
  const bus = bench.bus as unknown as EventBus<ChangesEvents>
  const changes = createChanges({
    bus,
    tickets: bench.tickets,
    workingDaysAfter: async (_sql, _contract, days, from) => from + days * DAY_MS,
    deriveKey: (purpose) => Buffer.from(purpose.padEnd(32, '.')),
  })
  bench.bus.on('ticket.facts', changes.guardFacts)
  bench.bus.on('ticket.action', changes.onAction)
  bench.bus.on('ticket.facts', changes.onFacts)
  bench.bus.on('ticket.place_entered', changes.onPlaceEntered)
  for (const name of ['change.vote_asked', 'change.decided', 'change.review_late', 'change.window_asked'] as const) {
    bus.on(name, async (_tx, event) => void told.push([name, event] as Heard))
  }
  const clientId = (await createClient(db.owner)).id
  const contactId = (await createContact(db.owner, clientId)).id
  const person = (role: Role, name: string) => createAccount(db, { roles: [role], name })
  const staff = {
    an: await person('an', 'Анна Схемова'),
    it: await createAccount(db, { roles: ['it', 'dev', 'qa'], name: 'Игорь Установщиков' }),
    im: await person('im', 'Марина Диспетчер'),
    ad: await person('ad', 'Администратор'),
    di: await person('di', 'Директор'),
  }
  const members: TestAccount[] = []
  for (const name of ['Белов', 'Власова', 'Громов', 'Дёмина', 'Ершов']) members.push(await person('rb', name))
  return {
    ...bench,
    db,
    changes,
    told,
    clientId,
    contactId,
    staff,
    members,
    ...deeds(db, bench, changes, { clientId, contactId, staff }),
  }
}

type Deeds = Pick<ChangesBench, 'asStaff' | 'atBoard' | 'specified' | 'press' | 'placeOf' | 'view' | 'vote'>

function deeds(
  db: TestDatabase,
  bench: TicketBench,
  changes: Changes,
  known: Pick<ChangesBench, 'clientId' | 'contactId' | 'staff'>,
): Deeds {
  const { clientId, contactId, staff } = known
  const asStaff: Deeds['asStaff'] = (body) => db.begin({ as: 'staff' }, body)
  const placeOf: Deeds['placeOf'] = async (ticketId) => {
    const [row] = await db.owner<{ place: string | null }[]>`select place from ticket where id = ${ticketId}`
    return row!.place
  }
  const press: Deeds['press'] = async (ticketId, outcome, data = {}, actor = systemActor()) => {
    const taskId = (await placeOf(ticketId))!
    // members of the board write no notes
    const note = actor.roles.includes('rb')
      ? {}
      : { note: { text: 'Причина', files: [], mentions: [], forPartner: false } }
    await asStaff((tx) => bench.tickets.takeOutcome(tx, actor, ticketId, { outcome, taskId, data, ...note }))
  }
  const specified = async () => {
    const author = { contactId, accountId: null, name: 'Клиент', email: 'client@example.test' }
    const { id } = await db.begin({ as: 'worker' }, (tx) =>
      bench.tickets.open(tx, systemActor(), {
        clientId,
        contactId,
        portalId: null,
        subject: 'Согласование скидок',
        text: 'Скидка больше 10 % уходит на согласование',
        channel: 'email',
        author,
      }),
    )
    await press(id, 'pass_on')
    await press(id, 'change')
    return id
  }
  const view: Deeds['view'] = async (changeId, account = staff.im) => {
    const found = await db.read({ as: 'staff' }, (sql) => changeView(sql, actorOf(account), { id: changeId }))
    return found!
  }
  return {
    asStaff,
    placeOf,
    press,
    specified,
    view,
    async atBoard(plan = {}) {
      const ticketId = await specified()
      const changeId = await asStaff((tx) =>
        changes.create(tx, actorOf(staff.an), ticketId, {
          description: 'Процесс согласования скидок',
          rollbackPlan: 'Выключить процесс',
          reason: '',
          ...plan,
        }),
      )
      await press(ticketId, 'covered', { specification: 'Два шага' }, actorOf(staff.an))
      return { ticketId, changeId }
    },
    async vote(changeId, member, choice, comment = '') {
      const { rounds } = await view(changeId)
      const roundId = rounds[0]!.id
      await asStaff((tx) => changes.castBallot(tx, actorOf(member), changeId, { roundId, choice, comment }))
    },
  }
}

export async function appoint(bench: ChangesBench, vetoes: readonly number[] = [], settings = MAJORITY): Promise<void> {
  const { changes, members, staff } = bench
  await bench.asStaff(async (tx) => {
    // no quorum of an earlier test stands in the way of these members
    await changes.saveSettings(tx, actorOf(staff.ad), { settings: { ...settings, quorum: 1 }, version: null })
    await changes.setMembers(
      tx,
      actorOf(staff.ad),
      members.map((member, index) => ({ accountId: member.id, veto: vetoes.includes(index) })),
    )
    await changes.saveSettings(tx, actorOf(staff.ad), { settings, version: null })
  })
}
