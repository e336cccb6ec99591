import type { Actor, Subject } from '@opora/access'
import type { ClientWorld, World } from './world.ts'

/** One value for a route's parameter, with what the policy asks about the row behind it. */
export interface Thing {
  value: string
  version: number
  /** Null: belongs to the installation, so the action alone decides. */
  subject: Subject | null
}

export type Whose = 'own' | 'foreign' | 'none'
const NONE_ID = '999999999'
const NONE_UUID = '00000000-0000-4000-8000-000000000000'

function ofTicket(client: ClientWorld, world: World): Subject {
  return {
    clientId: client.clientId,
    contactId: client.people.cu.contact!.id,
    participantContactIds: [client.people.cu.contact!.id, client.people.pa.contact!.id],
    sharedWithAccountIds: client.letter === 'a' ? [world.staff.in.id] : [],
  }
}

type Maker = (client: ClientWorld, world: World) => Thing
const thing = (value: string | number, subject: Subject | null, version = 1): Thing => ({
  value: String(value),
  version,
  subject,
})

/** What `:id` (or another name) means behind a path. The longest beginning that fits decides. A route that is not here fails the test. */
const KINDS: Record<string, Maker | { shared: string; none: string } | { self: string; none: string }> = {
  '/clients': (c) => thing(c.clientId, { clientId: c.clientId }),
  '/contacts': (c) => thing(c.people.cu.contact!.id, { clientId: c.clientId, contactId: c.people.cu.contact!.id }),
  '/cabinet/colleagues': (c) =>
    thing(c.people.cu.contact!.id, { clientId: c.clientId, contactId: c.people.cu.contact!.id }),
  '/portals': (c) => thing(c.portalId, { clientId: c.clientId }),
  '/contracts': (c) => thing(c.contractId, { clientId: c.clientId }),
  '/contract-drafts': (c) => thing(c.draftId, { clientId: c.clientId }),
  '/corrections': (c) => thing(c.correctionId, { clientId: c.clientId }),
  '/breaches': (c) => thing(c.breachId, { clientId: c.clientId }),
  '/tickets': (c, w) => thing(c.ticketId, ofTicket(c, w), 2),
  '/tickets/by-number': (c, w) => thing(c.ticketNumber, ofTicket(c, w)),
  '/cabinet/tickets': (c, w) => thing(c.ticketId, ofTicket(c, w), 2),
  '/files': (c, w) => thing(c.filePublicId, ofTicket(c, w)),
  '/pages': (c, w) => thing(c.pageId, ofTicket(c, w)),
  '/time': (c, w) => thing(c.timeId, { ...ofTicket(c, w), ownerAccountId: c.doerId }),
  '/estimates': (c, w) => thing(c.estimateId, ofTicket(c, w)),
  '/cabinet/estimates': (c, w) => thing(c.estimateId, ofTicket(c, w)),
  '/changes': (c, w) => thing(c.changeId, ofTicket(c, w)),
  '/cabinet/changes': (c, w) => thing(c.changeId, ofTicket(c, w)),
  '/board/sessions': (c, w) => thing(c.sessionId, ofTicket(c, w)),
  '/freezes': (c) => thing(c.freezeId, { clientId: c.clientId }),
  // whose seat was lent decides; whoever sets the board up may take any back
  '/board/delegations': { shared: 'delegation', none: NONE_ID },
  '/change-templates': { shared: 'change-template', none: NONE_ID },
  '/rules': { shared: 'rule', none: NONE_ID },
  '/webhooks': { shared: 'webhook', none: NONE_ID },
  '/webhook-deliveries': { shared: 'delivery', none: NONE_ID },
  '/pipelines': { shared: 'pipeline', none: NONE_ID },
  '/hooks/deployments': { shared: 'pipeline', none: NONE_ID },
  '/links/ticket.view': { shared: 'link', none: '' },
  '/links/ticket.confirm': { shared: 'link', none: '' },
  '/links/deadline.decide': { shared: 'link', none: '' },
  '/links/estimate.decide': { shared: 'link', none: '' },
  '/links/rating.give': { shared: 'link', none: '' },
  '/links/page.answer': { shared: 'link', none: '' },
  '/links/document.view': { shared: 'link', none: '' },
  '/reports': (c) => thing(c.reportId, { clientId: c.clientId }),
  '/cabinet/reports': (c) => thing(c.reportId, { clientId: c.clientId }),
  '/documents': (c) => thing(c.documentId, { clientId: c.clientId }),
  '/cabinet/documents': (c) => thing(c.documentId, { clientId: c.clientId }),
  '/month-runs': (c) => thing(c.runId, { clientId: c.clientId }),
  '/credits': (c) => thing(c.creditId, { clientId: c.clientId }),
  '/legal-entities': { shared: 'entity', none: NONE_ID },
  '/payments': { shared: 'payment', none: NONE_ID },
  '/mailboxes': { shared: 'mailbox', none: NONE_ID },
  '/letters': { shared: 'letter', none: NONE_ID },
  '/letters-out': { shared: 'letter-out', none: NONE_ID },
  '/staff': { shared: 'staff', none: NONE_ID },
  '/me/sessions': { self: 'session', none: NONE_ID },
  '/me/tokens': { self: 'token', none: NONE_ID },
  '/views': { self: 'view', none: NONE_ID },
  '/personal-requests': { shared: 'personal-request', none: NONE_ID },
  '/break-glass': { shared: 'glass', none: NONE_ID },
  '/templates': { shared: 'template', none: NONE_ID },
  // a new code adds it
  '/portal-products': { shared: 'product', none: '' },
  '/catalogue/services': { shared: 'service', none: 'no-such-thing' },
  '/catalogue/price-lists': { shared: 'price-list', none: 'no-such-thing' },
  '/catalogue/packages': { shared: 'package', none: 'no-such-thing' },
  '/calendars': { shared: 'calendar', none: 'no-such-thing' },
  '/processes': { shared: 'process', none: '' },
  '/topics': { shared: 'topic', none: 'no-such-thing' },
  '/topic-settings': { shared: 'topic', none: 'no-such-thing' },
  // which topics a client is shown is the installation's word
  '/cabinet/topics': { shared: 'offered-topic', none: '' },
  '/checklists': { shared: 'checklist', none: 'no-such-thing' },
  '/custom-fields': { shared: 'custom-field', none: 'no-such-thing' },
  '/categories': { shared: 'category', none: 'no-such-thing' },
  '/rejection-reasons': { shared: 'rejection-reason', none: 'no-such-thing' },
  '/kind-marks': { shared: 'kind', none: '' },
  '/sla-policies': { shared: 'policy', none: 'no-such-thing' },
  '/insight/risk-rules': { shared: 'risk-rule', none: '' },
}

/** Drafts are of a person, whatever ticket they are for. */
const PERSONAL = /^\/tickets\/:id\/drafts/

const OTHERS: Record<string, string> = {
  name: 'portal_version',
  metric: 'reaction',
  seq: '1',
  month: '2026-02',
  year: '2026',
  use: '1',
  kind: 'note',
  format: 'pdf',
}

export interface Asked {
  path: string
  version: number
  subject: Subject | null
  /** The row is of the caller alone: somebody else's is as good as none. */
  personal: boolean
}

/** The path of a route for somebody's thing; null where the route has no such thing. */
export async function pathFor(world: World, route: string, whose: Whose, caller: Actor | null): Promise<Asked | null> {
  const first = /:(\w+)/.exec(route)
  if (!first) return whose === 'own' ? { path: route, version: 1, subject: null, personal: false } : null
  if (PERSONAL.test(route)) {
    if (whose === 'none') return null
    const id = whose === 'own' ? world.a.ticketId : world.b.ticketId
    return { path: fill(route, first[1]!, String(id), world.a), version: 1, subject: null, personal: false }
  }
  const kind = KINDS[beginning(route)]
  if (!kind) throw new Error(`say in test/authorisation/things.ts what :${first[1]} of ${route} is`)
  if (typeof kind === 'function') {
    const client = whose === 'foreign' ? world.b : world.a
    const made = kind(client, world)
    const none = made.value.includes('-') ? NONE_UUID : NONE_ID
    const value = whose === 'none' ? none : made.value
    return {
      path: fill(route, first[1]!, value, client),
      version: made.version,
      subject: made.subject,
      personal: false,
    }
  }
  if ('shared' in kind) {
    if (whose === 'foreign' || (whose === 'none' && kind.none === '')) return null
    const value = whose === 'none' ? kind.none : await sharedThing(world, kind.shared)
    return { path: fill(route, first[1]!, value, world.a), version: 1, subject: null, personal: false }
  }
  const value = whose === 'none' ? kind.none : await ownThing(world, kind.self, whose === 'own' ? caller : null)
  return { path: fill(route, first[1]!, value, world.a), version: 1, subject: null, personal: true }
}

function beginning(route: string): string {
  return route.slice(0, route.indexOf('/:'))
}

function fill(route: string, first: string, value: string, client: ClientWorld): string {
  return route
    .replace(`:${first}`, value)
    .replace(':messageId', String(client.messageId))
    .replace(/:(\w+)/g, (_all, name: string) => OTHERS[name] ?? '1')
}

async function sharedThing({ db, staff }: World, kind: string): Promise<string> {
  const sql = db.owner
  if (kind === 'link') return 'no-such-token-0123456789-0123456789-0123456789'
  if (kind === 'staff') return String(staff.qa.id)
  if (kind === 'risk-rule') return 'ending'
  if (kind === 'kind') return 'incident'
  if (kind === 'offered-topic') return 'content'
  if (kind === 'checklist') return String((await sql`select code from checklist order by code limit 1`)[0]!['code'])
  if (kind === 'category' || kind === 'rejection-reason') return entryOf(sql, kind.replace('-', '_'))
  if (kind === 'custom-field') {
    await sql`insert into custom_field (code, name_ru, name_en, kind) values ('own', 'Своё', 'Own', 'text') on conflict do nothing`
    return 'own'
  }
  if (kind === 'topic') return String((await sql`select code from topic order by code limit 1`)[0]!['code'])
  if (kind === 'personal-request')
    return String((await sql`select id from personal_request order by id limit 1`)[0]!['id'])
  if (kind === 'rule' || kind === 'webhook' || kind === 'delivery') return automationThing(sql, kind)
  if (kind === 'glass') return askedGlass(sql, staff.di.id)
  if (kind === 'delegation') {
    const [lent] = await sql`insert into board_delegate (member_id, delegate_id, from_at, until_at)
      values (${staff.rb.id}, ${staff.di.id}, app_now(), app_now() + interval '1 day') returning id::text as value`
    return String(lent!['value'])
  }
  const [row] =
    kind === 'mailbox'
      ? await sql`select id::text as value from mailbox order by id limit 1`
      : kind === 'letter'
        ? await sql`select id::text as value from raw_message order by id limit 1`
        : kind === 'letter-out'
          ? await sql`select id::text as value from outgoing_mail order by id limit 1`
          : kind === 'change-template'
            ? await sql`insert into change_template (name_ru, name_en, rollback_plan) values ('Обычное', 'Usual', 'Назад') returning id::text as value`
            : kind === 'pipeline'
              ? await sql`select id::text as value from deployment_source order by id limit 1`
              : kind === 'entity'
                ? await sql`insert into legal_entity (name, tax_periods) values ('ООО', '[]') returning id::text as value`
                : kind === 'payment'
                  ? await aPayment(sql)
                  : kind === 'template'
                    ? await sql`insert into template (name, body) values ('Ответ', 'Здравствуйте') returning id::text as value`
                    : kind === 'product'
                      ? await sql`select code as value from portal_product order by code limit 1`
                      : kind === 'service'
                        ? await sql`select code as value from catalogue_service order by code limit 1`
                        : kind === 'price-list'
                          ? await sql`select code as value from price_list order by code limit 1`
                          : kind === 'package'
                            ? await sql`select code as value from catalogue_package order by code limit 1`
                            : kind === 'calendar'
                              ? await sql`select code as value from calendar order by code limit 1`
                              : kind === 'process'
                                ? await sql`select key as value from process_definition order by id limit 1`
                                : await sql`select code as value from sla_policy order by code limit 1`
  return String(row!['value'])
}

async function ownThing({ db, b }: World, kind: string, caller: Actor | null): Promise<string> {
  const sql = db.owner
  const accountId = caller?.accountId ?? b.people.cu.id
  const random = `${Math.random()}`
  const [row] =
    kind === 'session'
      ? await sql`insert into session (account_id, token_hash, expires_at) values (${accountId}, ${Buffer.from(random)}, app_now() + interval '1 day') returning id`
      : kind === 'token'
        ? await sql`insert into api_token (account_id, name, secret_hash, scopes, expires_at) values (${accountId}, 'x', ${Buffer.from(random)}, '{read}', app_now() + interval '1 day') returning id`
        : await sql`insert into saved_view (name_ru, name_en, owner_id, filter) values ('Мой', 'Mine', ${accountId}, '{}') returning id`
  return String(row!['id'])
}

/** A rule, a webhook without calls, or a call that was given up. */
async function automationThing(sql: World['db']['owner'], kind: 'rule' | 'webhook' | 'delivery'): Promise<string> {
  // one that is as it was made, so that reading makes none
  const [there] = await {
    rule: () => sql`select id::text as value from automation_rule where version = 1 and archived_at is null limit 1`,
    webhook: () => sql`select id::text as value from webhook where version = 1 and archived_at is null limit 1`,
    delivery: () => sql`select id::text as value from webhook_delivery where state = 'failed' limit 1`,
  }[kind]()
  if (there) return String(there['value'])
  if (kind === 'rule') {
    const [rule] =
      await sql`insert into automation_rule (name, event, actions) values ('Правило', 'opened', '[]') returning id::text as value`
    await sql`insert into automation_rule_version (rule_id, version, body)
      values (${String(rule!['value'])}, 1, '{"name":"Правило","event":"opened","condition":"","actions":[],"enabled":false}')`
    return String(rule!['value'])
  }
  const [hook] =
    await sql`insert into webhook (code, name, url) values (${`w${Math.random()}`}, 'Вебхук', 'https://example.test/')
    returning id::text as value`
  if (kind === 'webhook') return String(hook!['value'])
  const [sent] = await sql`insert into webhook_delivery (webhook_id, client_id, ticket_id, asked_by, body, state)
    select ${String(hook!['value'])}, client_id, id, 'process', '{}', 'failed' from ticket order by id limit 1 returning id::text as value`
  return String(sent!['value'])
}

async function entryOf(sql: World['db']['owner'], dictionary: string): Promise<string> {
  const [row] = await sql`select code from dictionary_entry where dictionary = ${dictionary} order by code limit 1`
  return String(row!['code'])
}

/** A wish of a director's to read, fresh each time: whoever is asked about it may decide on it. */
async function askedGlass(sql: World['db']['owner'], accountId: number): Promise<string> {
  const [row] =
    await sql`insert into broken_glass (client_id, ticket_id, account_id, reason, decided_by, decided_at, alone)
    select client_id, id, ${accountId}, 'Проверка', ${accountId}, app_now(), true from ticket order by id limit 1 returning id::text as value`
  return String(row!['value'])
}

async function aPayment(sql: World['db']['owner']) {
  const [entity] = await sql<
    { id: number }[]
  >`insert into legal_entity (name, tax_periods) values ('ООО', '[]') returning id`
  const [statement] = await sql<{ id: number }[]>`
    insert into bank_statement (legal_entity_id, file_sha256, filename) values (${entity!.id}, '', '') returning id`
  return sql`
    insert into payment (legal_entity_id, statement_id, line, number, date, received_on, amount_kopecks, rest_kopecks, payer_name, payer_inn, payer_account, purpose)
    values (${entity!.id}, ${statement!.id}, 1, '1', '2026-01-01', '2026-01-01', 100, 100, '', '', '', '') returning id::text as value`
}
