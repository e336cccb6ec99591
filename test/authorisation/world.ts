import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, type Role, roleCodes, roles, systemActor } from '@opora/access'
import { actorOf, createAccount, sessionCookie, type TestAccount } from '@opora/access/testkit'
import { sampleDocument, sampleReport } from '@opora/billing/testkit'
import { createContract } from '@opora/contracts/testkit'
import type { Database, DatabaseScope, Tx } from '@opora/platform/database'
import { createFileStore } from '@opora/platform/files'
import { createHttpServer } from '@opora/platform/http'
import type { LiveHub } from '@opora/platform/live'
import { type Log, silentLog } from '@opora/platform/log'
import { createVault, hashToken, newToken } from '@opora/platform/secrets'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { createPortal } from '@opora/portals/testkit'
import { createHouse, type House } from '../../apps/server/app.ts'
import { readConfig } from '../../apps/server/config.ts'
import { healthPorts } from '../../apps/server/health.ports.ts'
import { installBasics } from '../../apps/server/install-basics.ts'
import { allRoutes } from '../../apps/server/routes.ts'
import { createChange } from './change-world.ts'

/** A client with one of everything that a route can name. */
export interface ClientWorld {
  letter: 'a' | 'b'
  clientId: number
  /** The asker of the ticket, the responsible contact, the portal administrator (a participant of the ticket). */
  people: Record<'cu' | 'cr' | 'pa', TestAccount>
  portalId: number
  contractId: number
  ticketId: number
  ticketNumber: number
  messageId: number
  noteId: number
  breachId: number
  reportId: number
  runId: number
  documentId: number
  creditId: number
  correctionId: number
  draftId: number
  estimateId: number
  pageId: number
  changeId: number
  sessionId: number
  freezeId: number
  timeId: number
  /** Who wrote the time entry. */
  doerId: number
  filePublicId: string
  noteFilePublicId: string
}

export interface Caller {
  name: string
  actor: Actor | null
  account: TestAccount | null
  headers(): Promise<Record<string, string>>
}

export interface World {
  db: TestDatabase
  house: House
  a: ClientWorld
  b: ClientWorld
  staff: Record<Role, TestAccount>
  callers: Caller[]
  /** Answers as the product does; whatever a request changed is taken back, so that the next one finds the same world. */
  app: Awaited<ReturnType<typeof createHttpServer>>
  routes: ReturnType<typeof allRoutes>
  /** Of the shipped catalogue: what a sample body takes. */
  specs: { calendar: object; policy: object; package: object; prices: object }
  /** What the server wrote into its log about faults, newest last. */
  faults: string[]
  close(): Promise<void>
}

/** Every text of a client's world holds its word, so that a leak is found by looking for the word. */
export const canaryOf = (letter: 'a' | 'b') => `канарейка-${letter === 'a' ? 'алый' : 'белый'}-7f3c`
/** What only the provider may read. */
export const noteCanaryOf = (letter: 'a' | 'b') => `тайна-${letter === 'a' ? 'алая' : 'белая'}-91d2`

export async function createWorld(): Promise<World> {
  const db = await createTestDatabase()
  const house = await houseOver(db)
  const a = await createClientWorld(db, house, 'a')
  const b = await createClientWorld(db, house, 'b')
  const staff = {} as Record<Role, TestAccount>
  for (const role of roleCodes) {
    if (roles[role].side === 'client') staff[role] = a.people[role as 'cu' | 'cr' | 'pa']
    else
      staff[role] = await createAccount(db, {
        side: roles[role].side,
        roles: [role],
        ...(roles[role].side === 'staff' ? { clientIds: [a.clientId] } : {}),
      })
  }
  await db.owner`
    insert into ticket_share (client_id, ticket_id, account_id, ends_at)
    values (${a.clientId}, ${a.ticketId}, ${staff.in.id}, app_now() + interval '1 day')`
  // a director may take what is kept of a contact; nobody else decided
  await db.owner`
    insert into personal_request (client_id, contact_id, kind, reason, asked_by, decided_by, decided_at, approved, alone, ends_at)
    select client_id, id, 'export', 'Проверка', ${staff.di.id}, ${staff.di.id}, app_now(), true, true, app_now() + interval '1 day'
    from contact order by id limit 1`
  const routes = allRoutes(house, silentHub(), healthPorts(house.runtime))
  const faults: string[] = []
  const app = await createHttpServer<Actor>(
    {
      database: rollingBack(db),
      log: listening(faults),
      version: 'test',
      authenticate: house.access.authenticate,
      authorise: house.access.authorise,
      allowedOrigins: () => [],
    },
    routes,
  )
  await app.ready()
  return {
    db,
    house,
    a,
    b,
    staff,
    routes,
    app,
    faults,
    specs: await specsOf(db),
    callers: await callersOf(db, staff),
    async close() {
      await app.close()
      await db.drop()
    },
  }
}

async function houseOver(db: TestDatabase): Promise<House> {
  const data = await mkdtemp(join(tmpdir(), 'opora-matrix-'))
  const house = createHouse({
    config: readConfig({ OPORA_DATA: data }),
    log: silentLog,
    ownerUrl: db.url,
    secret: TEST_SECRET,
    vault: createVault(TEST_SECRET),
    files: createFileStore(join(data, 'files')),
    database: db,
    embedded: false,
    publicUrl: 'http://localhost:8420',
    port: 8420,
    tookPort() {},
    close: async () => {},
  })
  await installBasics(house)
  await db.owner`insert into mailbox (name, address) values ('Поддержка', 'support@provider.test')`
  await db.owner`insert into automation_rule (name, event, actions) values ('Правило', 'opened', '[]')`
  await db.owner`insert into automation_rule_version (rule_id, version, body)
    select id, 1, '{"name":"Правило","event":"opened","condition":"","actions":[],"enabled":false}' from automation_rule`
  await db.owner`insert into webhook (code, name, url) values ('crm', 'Вебхук', 'https://example.test/')`
  return house
}

async function specsOf(db: TestDatabase): Promise<World['specs']> {
  const [row] = await db.owner<World['specs'][]>`
    select (select spec from calendar order by code limit 1) as calendar, (select spec from sla_policy order by code limit 1) as policy,
      (select spec from catalogue_package order by code limit 1) as package,
      (select spec from price_list_version order by code limit 1) as prices`
  return row!
}

function silentHub(): LiveHub {
  return { subscribe: () => () => true, size: () => 0, stop: async () => {} }
}

async function callersOf(db: TestDatabase, staff: Record<Role, TestAccount>): Promise<Caller[]> {
  const signedIn = roleCodes.map((role) => ({
    name: role as string,
    actor: actorOf(staff[role]),
    account: staff[role],
    // every request its own session: some routes end the one they are called with
    headers: async () => ({ cookie: await sessionCookie(db, staff[role]) }),
  }))
  const secret = newToken('pat').slice('pat_'.length)
  const scopes = ['topic.read']
  const [token] = await db.owner<{ id: number }[]>`
    insert into api_token (account_id, name, secret_hash, scopes, expires_at, second_factor)
    values (${staff.l1.id}, 'narrow', ${hashToken(secret)}, ${scopes}, app_now() + interval '1 day', true) returning id`
  return [
    { name: 'nobody', actor: null, account: null, headers: async () => ({}) },
    ...signedIn,
    {
      name: 'token(topic.read)',
      actor: actorOf(staff.l1, { key: `token:${token!.id}`, tokenScopes: scopes }),
      account: staff.l1,
      headers: async () => ({ authorization: `Bearer pat_${token!.id}_${secret}` }),
    },
  ]
}

async function createClientWorld(db: TestDatabase, house: House, letter: 'a' | 'b'): Promise<ClientWorld> {
  const word = canaryOf(letter)
  const [client] = await db.owner<{ id: number }[]>`
    insert into client (name, legal_name, legal_address, inn, notes, licence_class)
    values (${`ООО ${word}`}, ${`Общество ${word}`}, ${`Улица ${word}`}, null, ${noteCanaryOf(letter)}, 'active_licence') returning id`
  const clientId = client!.id
  const person = (name: string, contact: object) =>
    createAccount(db, {
      side: 'client',
      name: `${name} ${word}`,
      email: `${name}-${letter}@client-${letter}.test`,
      contact: { clientId, ...contact },
    })
  const people = {
    cu: await person('asker', {}),
    cr: await person('responsible', { responsible: true }),
    pa: await person('portaladmin', { portalAdmin: true }),
  }
  const portal = await createPortal(db.owner, clientId, {
    name: `Портал ${word}`,
    notes: noteCanaryOf(letter),
  } as never)
  const contract = await createContract(db, clientId, {
    number: `Д-${word}`,
    title: `Договор ${word}`,
    startsOn: '2026-01-01',
  })
  const ticket = await createTicket(db, house, letter, {
    clientId,
    portalId: portal.id,
    contact: people.cu,
    watcher: people.pa,
  })
  const rest = await createRest(db, house, letter, clientId, contract.id, ticket)
  return { letter, clientId, people, portalId: portal.id, contractId: contract.id, ...ticket, ...rest }
}

async function createTicket(
  db: TestDatabase,
  house: House,
  letter: 'a' | 'b',
  of: { clientId: number; portalId: number; contact: TestAccount; watcher: TestAccount },
): Promise<Pick<ClientWorld, 'ticketId' | 'ticketNumber' | 'messageId' | 'noteId'>> {
  const word = canaryOf(letter)
  return db.begin({ as: 'worker' }, async (tx: Tx) => {
    const opened = await house.tickets.open(tx, systemActor(), {
      clientId: of.clientId,
      contactId: of.contact.contact!.id,
      portalId: of.portalId,
      subject: `Не открывается ${word}`,
      text: `Ошибка ${word} при входе`,
      channel: 'email',
      watcherContactIds: [of.watcher.contact!.id],
      author: { contactId: of.contact.contact!.id, accountId: null, name: of.contact.name, email: of.contact.email },
    })
    const note = await house.tickets.note(tx, systemActor(), opened.id, {
      text: `Внутри: ${noteCanaryOf(letter)}`,
      files: [],
      mentions: [],
      forPartner: false,
    })
    return { ticketId: opened.id, ticketNumber: opened.number, messageId: opened.messageId, noteId: note.messageId }
  })
}

async function createRest(
  db: TestDatabase,
  house: House,
  letter: 'a' | 'b',
  clientId: number,
  contractId: number,
  ticket: { ticketId: number; messageId: number; noteId: number },
): Promise<
  Pick<
    ClientWorld,
    | 'breachId'
    | 'reportId'
    | 'runId'
    | 'documentId'
    | 'creditId'
    | 'correctionId'
    | 'draftId'
    | 'estimateId'
    | 'pageId'
    | 'changeId'
    | 'sessionId'
    | 'freezeId'
    | 'timeId'
    | 'doerId'
    | 'filePublicId'
    | 'noteFilePublicId'
  >
> {
  const sql = db.owner
  const kept = await house.runtime.files.put(Buffer.from(canaryOf(letter)))
  const file = async (messageId: number, name: string) => {
    const [row] = await sql<{ publicId: string }[]>`
      insert into attachment (client_id, ticket_id, message_id, name, mime, size_bytes, sha256)
      values (${clientId}, ${ticket.ticketId}, ${messageId}, ${name}, 'text/plain', ${kept.sizeBytes}, ${kept.sha256}) returning public_id`
    return row!.publicId
  }
  const [breach] = await sql<{ id: number }[]>`
    insert into sla_alarm (client_id, ticket_id, metric, seq, kind, due_at, at)
    values (${clientId}, ${ticket.ticketId}, 'reaction', 1, 'breach', app_now(), app_now()) returning id`
  const [correction] = await sql<{ id: number }[]>`
    insert into ledger_correction (client_id, contract_id, kind, minutes, reason, proposed_by)
    values (${clientId}, ${contractId}, 'reverse', null, ${canaryOf(letter)}, (select min(id) from account)) returning id`
  const [draft] = await sql<{ id: number }[]>`
    insert into contract_draft (client_id, title, form, created_by)
    values (${clientId}, ${canaryOf(letter)}, ${sql.json(draftOf(clientId))}, (select min(id) from account)) returning id`
  const doer = await createAccount(db, { roles: ['dev'] })
  const [time] = await sql<{ id: number }[]>`
    insert into time_entry (client_id, ticket_id, contract_id, account_id, activity, started_at, ended_at, minutes, note, billable, period)
    values (${clientId}, ${ticket.ticketId}, ${contractId}, ${doer.id}, (select code from activity order by code limit 1), '2026-01-12T09:00Z', '2026-01-12T10:00Z',
      60, ${canaryOf(letter)}, true, '2026-01') returning id`
  const [estimate] = await sql<{ id: number }[]>`
    insert into estimate (client_id, ticket_id, round, state, title, specification, lines, minutes, amount_kopecks, author_id)
    values (${clientId}, ${ticket.ticketId}, 1, 'offered', ${canaryOf(letter)}, ${canaryOf(letter)}, '[]', 60, 100000, ${doer.id}) returning id`
  const [close] = await sql<{ id: number }[]>`
    insert into period_close (client_id, contract_id, period, state, figures, figures_sha256)
    values (${clientId}, ${contractId}, '2026-01', 'undone', '{}', '') returning id`
  const [report] = await sql<{ id: number }[]>`
    insert into client_report (client_id, contract_id, period, close_id, data, pdf_sha256, xlsx_sha256, sent_at)
    values (${clientId}, ${contractId}, '2026-01', ${close!.id}, ${sql.json(sampleReport() as never)}, ${kept.sha256}, ${kept.sha256}, app_now()) returning id`
  const [entity] = await sql<{ id: number }[]>`
    insert into legal_entity (name, tax_periods) values ('ООО «Исполнитель»', '[{"from": "2025-01-01", "mode": "general"}]') returning id`
  const [document] = await sql<{ id: number }[]>`
    insert into closing_document (client_id, contract_id, legal_entity_id, kind, year, sequence, number, date, data, gross_kopecks, acceptance, accept_until, sent_at)
    values (${clientId}, ${contractId}, ${entity!.id}, 'act', 2026, 1, '1', '2026-01-31', ${sql.json(sampleDocument({ kind: 'act', notes: [canaryOf(letter)] }) as never)},
      100, 'waiting', app_now() + interval '5 days', app_now()) returning id`
  const [credit] = await sql<{ id: number }[]>`
    insert into period_credit (client_id, contract_id, period, source, source_id, title_ru, title_en, kopecks, state)
    values (${clientId}, ${contractId}, '2026-02', 'penalty', '2026-02', ${canaryOf(letter)}, '', 100, 'proposed') returning id`
  const [run] = await sql<{ id: number }[]>`
    insert into month_run (month, act, account_id) values ('2026-02', 'close', ${doer.id}) returning id`
  await sql`insert into month_run_item (run_id, contract_id, client_id) values (${run!.id}, ${contractId}, ${clientId})`
  await sql`insert into raw_message (source, dedupe, sha256, envelope, raw, state, client_id, ticket_id)
    values ('smtp', ${`test ${letter}`}, '', '{}', ${Buffer.from('Subject: x')}, 'done', ${clientId}, ${ticket.ticketId})`
  return {
    reportId: report!.id,
    runId: run!.id,
    documentId: document!.id,
    creditId: credit!.id,
    estimateId: estimate!.id,
    pageId: await createPage(db, letter, clientId, ticket.ticketId),
    ...(await createChange(db, letter, clientId, ticket.ticketId)),
    timeId: time!.id,
    doerId: doer.id,
    breachId: breach!.id,
    correctionId: correction!.id,
    draftId: draft!.id,
    filePublicId: await file(ticket.messageId, `снимок ${canaryOf(letter)}.txt`),
    noteFilePublicId: await file(ticket.noteId, `журнал ${noteCanaryOf(letter)}.txt`),
  }
}

function listening(faults: string[]): Log {
  return {
    ...silentLog,
    error: ((facts: { err?: { message?: string } }) => void faults.push(facts.err?.message ?? '?')) as Log['error'],
  }
}

/** The database for requests: handlers work in a transaction that ends without a trace. */
function rollingBack(db: Database): Database {
  return {
    ...db,
    async begin<T>(scope: DatabaseScope, body: (tx: Tx) => Promise<T>): Promise<T> {
      const undo = new Error('undo')
      let made: { value: T } | null = null
      await db
        .begin(scope, async (tx) => {
          made = { value: await body(tx) }
          throw undo
        })
        .catch((error: Error) => {
          if (error !== undo) throw error
        })
      return (made as unknown as { value: T }).value
    },
  }
}

function draftOf(clientId: number) {
  const dates = { startsOn: '', endsOn: null, signedOn: null, letterUntil: null, letterAmountKopecks: null }
  return { clientId, number: '', title: '', ...dates, packageCode: '', options: [], terms: null }
}

async function createPage(db: TestDatabase, letter: 'a' | 'b', clientId: number, ticketId: number): Promise<number> {
  const data = db.owner.json({ number: 1, subject: canaryOf(letter) })
  const [page] = await db.owner<{ id: number }[]>`
    insert into duty_page (client_id, ticket_id, role, occasion, kind, data, wait_ms, next_call_at)
    values (${clientId}, ${ticketId}, 'it', 'test', 'page', ${data}, 300000, app_now()) returning id`
  return page!.id
}
