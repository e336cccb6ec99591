import { type Actor, type Role, systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import type { Tx } from '@opora/platform/database'
import { silentLog } from '@opora/platform/log'
import { createVault } from '@opora/platform/secrets'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { createTicketActions } from '@opora/tickets'
import { type TicketBench, ticketBench } from '@opora/tickets/testkit'
import { automationJobs } from './automation.jobs.ts'
import type { AutomationEvents, AutomationPorts } from './automation.ports.ts'
import { type Automation, createAutomation } from './automation.service.ts'
import type { NewRule } from './contract.ts'

/** A Monday, noon in Moscow. */
export const MONDAY = Date.UTC(2026, 4, 18, 9)

export interface AutomationBench extends TicketBench {
  db: TestDatabase
  automation: Automation
  wiring: AutomationPorts
  /** Ids of the accounts that work now. */
  working: Set<number>
  stopped: AutomationEvents['rule.stopped'][]
  clientId: number
  contactId: number
  admin: Actor
  person(role: Role, name: string): Promise<TestAccount>
  asStaff<T>(body: (tx: Tx) => Promise<T>): Promise<T>
  open(subject?: string, more?: object): Promise<number>
  rule(rule: Partial<NewRule>): Promise<number>
  /** Runs what waits in the queue, and what that leads to, until nothing is due; says how many jobs it were. */
  drain(): Promise<number>
  ticket(id: number): Promise<Record<string, unknown>>
  facts(id: number): Promise<string[]>
  runs(ruleId: number): Promise<{ result: string; chain: number[]; reason: { ru: string } | null; ticketId: number }[]>
}

export async function automationBench(overrides: Partial<AutomationPorts> = {}): Promise<AutomationBench> {
  const db = await createTestDatabase()
  await db.setNow(MONDAY)
  const bench = await ticketBench(db, { undoMs: 0 })
  const working = new Set<number>()
  const wiring: AutomationPorts = {
    database: db,
    bus: bench.bus as unknown as AutomationPorts['bus'],
    tickets: { ...bench.tickets, ...createTicketActions(bench.ports) },
    onShift: async (_sql, ids) => ids.filter((id) => working.has(id)),
    vault: createVault(Buffer.alloc(32, 3)),
    settings: { privateHosts: [], timeoutMs: 2_000, keepLogMs: 90 * 86_400_000 },
    log: silentLog,
    ...overrides,
  }
  const automation = createAutomation(wiring)
  const stopped = wire(bench, wiring, automation)
  const clientId = (await createClient(db.owner)).id
  const contactId = (await createContact(db.owner, clientId)).id
  const admin = actorOf(await createAccount(db, { roles: ['ad'], name: 'Администратор' }))
  const known = { ...bench, db, automation, wiring, working, stopped, clientId, contactId, admin }
  return { ...known, ...deeds(known) }
}

function wire(bench: TicketBench, wiring: AutomationPorts, automation: Automation): AutomationEvents['rule.stopped'][] {
  const stopped: AutomationEvents['rule.stopped'][] = []
  const { bus } = bench
  bus.on('ticket.opened', automation.opened)
  bus.on('ticket.facts', automation.facts)
  bus.on('ticket.replied', automation.replied)
  bus.on('ticket.client_wrote', automation.clientWrote)
  bus.on('ticket.noted', automation.noted)
  bus.on('ticket.assigned', automation.assigned)
  bus.on('ticket.place_entered', automation.placeEntered)
  bus.on('ticket.action', automation.onAction)
  wiring.bus.on('rule.stopped', async (_tx, event) => void stopped.push(event))
  return stopped
}

type Known = Pick<AutomationBench, 'db' | 'automation' | 'tickets' | 'clientId' | 'contactId' | 'admin'>
type Deeds = Omit<AutomationBench, keyof TicketBench | keyof Known | 'wiring' | 'working' | 'stopped'>

function deeds({ db, automation, tickets, clientId, contactId, admin }: Known): Deeds {
  const asStaff: Deeds['asStaff'] = (body) => db.begin({ as: 'staff' }, body)
  const tasks = automationJobs(db, automation) as Record<string, (payload: unknown) => Promise<void>>
  return {
    asStaff,
    person: (role, name) => createAccount(db, { roles: [role], name }),
    async open(subject = 'Не открывается портал', more = {}) {
      const author = { contactId, accountId: null, name: 'Клиент', email: 'client@example.test' }
      const { id } = await db.begin({ as: 'worker' }, (tx) =>
        tickets.open(tx, systemActor(), {
          ...{ clientId, contactId, portalId: null, subject, text: 'Белый экран', channel: 'email', author },
          ...more,
        }),
      )
      return id
    },
    rule: (rule) =>
      asStaff((tx) =>
        automation.createRule(tx, admin, {
          ...{ name: 'Правило', event: 'opened', condition: '', enabled: true },
          actions: [{ name: 'set_fields', params: { priority: '1' } }],
          ...rule,
        }),
      ),
    async drain() {
      for (let done = 0; ; done++) {
        const [job] = await db.owner<{ identifier: string; payload: unknown }[]>`
          delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
          where t.id = j.task_id and t.identifier like 'automation:%'
            and j.id = (select k.id from graphile_worker._private_jobs k join graphile_worker._private_tasks u on u.id = k.task_id
              where u.identifier like 'automation:%' and k.run_at <= now() order by k.id limit 1)
          returning t.identifier, j.payload`
        if (!job) return done
        await tasks[job.identifier.replace(':', '.')]!(job.payload)
      }
    },
    async ticket(id) {
      const [row] = await db.owner`select * from ticket where id = ${id}`
      return row as Record<string, unknown>
    },
    async facts(id) {
      const rows = await db.owner<{ type: string }[]>`select type from ticket_event where ticket_id = ${id} order by id`
      return rows.map((row) => row.type)
    },
    runs: (ruleId) =>
      db.owner`select result, chain, reason, ticket_id from automation_run where rule_id = ${ruleId} order by id`,
  }
}
