import { holdsRole, servesClient } from '@opora/access'
import type { Instant } from '@opora/core'
import { isoInstant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import type { Standing, TicketFact } from './domain/apply-commands.ts'
import { ASSIGNABLE_ROLES } from './domain/assignable-roles.ts'
import type { VendorFacts } from './domain/vendor-eligibility.ts'
import { heldSince, INDEXED_CHARACTERS, VECTOR_LIMIT_BYTES } from './held-replies.store.ts'
import type { KeptFact } from './tickets.events.ts'
import { vendorFacts } from './vendor-eligible.ts'

export interface TicketRecord extends Standing {
  id: number
  number: number
  clientId: number
  portalId: number | null
  contractId: number | null
  contactId: number | null
  channel: string
  subject: string
  topic: string | null
  impact: number | null
  urgency: number | null
  category: string | null
  complexity: number | null
  plannedMinutes: number | null
  expectedOn: string | null
  licenceClass: string
  assigneeId: number | null
  entitlement: string
  tags: string[]
  custom: Record<string, unknown>
  parentId: number | null
  mergedIntoId: number | null
  mergedIntoNumber: number | null
  registeredAt: Instant
  firstAnswerAt: Instant | null
  solvedAt: Instant | null
  closedAt: Instant | null
  version: number
  contactDepartment: string | null
  /** From which follows whether the vendor's own support takes the question. */
  vendorFacts: VendorFacts
}

export interface FileRow {
  name: string
  mime: string
  sizeBytes: number
  sha256: string
  ticketId: number | null
  visibility: string | null
  unverified: boolean | null
  uploadedByAccountId: number | null
  uploadedByContactId: number | null
}

export interface NewMessageRow {
  clientId: number
  ticketId: number
  visibility: 'public' | 'note' | 'partner'
  direction: 'in' | 'out' | 'system'
  channel: string
  authorAccountId: number | null
  authorContactId: number | null
  authorName: string
  authorEmail: string | null
  bodyText: string
  bodyHtml: string | null
  visibleText: string
  recipients: string[]
  mailMessageId: string | null
  rawId: number | null
  unverified: boolean
  isAnswer: boolean
  sendAt: Instant | null
  /** A reply that may still be undone: the client does not see it. */
  held?: boolean
  createdAt: Instant
}

// The survivor's number is a query of its own: a joined row is the one from before the wait for the lock.
async function readTicket(sql: Queryable, id: number, lock: boolean): Promise<TicketRecord | null> {
  const [row] = await sql<TicketRecord[]>`
      select t.id, t.number, t.client_id, t.portal_id, t.contract_id, t.contact_id, t.channel, t.subject, t.topic, t.kind, t.priority, t.impact,
        t.urgency, t.category, t.complexity, t.planned_minutes, t.expected_on, t.licence_class, t.state, t.waiting_for, t.place, t.lane, t.status_staff_ru, t.status_staff_en, t.status_client_ru, t.status_client_en,
        t.assignee_id, t.entitlement, t.tags, t.custom, t.parent_id, t.merged_into_id, t.registered_at,
        (select m.number from ticket m where m.id = t.merged_into_id) as merged_into_number,
        t.first_answer_at, t.solved_at, t.closed_at, t.version, c.department as contact_department,
        ${vendorFacts(sql, 'c')} as vendor_facts
      from ticket t
        left join contact c on c.id = t.contact_id
        left join portal p on p.id = t.portal_id
      where t.id = ${id}
      ${lock ? sql`for update of t` : sql``}`
  return row ?? null
}

export const ticketsStore = {
  async insertTicket(sql: Queryable, row: Record<string, unknown>): Promise<{ id: number; number: number }> {
    const [made] = await sql<
      { id: number; number: number }[]
    >`insert into ticket ${sql(row as never)} returning id, number`
    return made!
  },
  /** The ticket, locked until the transaction ends: changes of one ticket go one after another. */
  lockTicket: (sql: Queryable, id: number): Promise<TicketRecord | null> => readTicket(sql, id, true),
  readTicket: (sql: Queryable, id: number): Promise<TicketRecord | null> => readTicket(sql, id, false),
  async updateTicket(sql: Queryable, id: number, patch: Record<string, unknown>): Promise<number> {
    const changes = Object.keys(patch).length === 0 ? sql`` : sql`update ticket set ${sql(patch as never)}`
    const rest = Object.keys(patch).length === 0 ? sql`update ticket set` : sql`,`
    const [row] = await sql<{ version: number }[]>`
      ${changes}${rest} version = version + 1, updated_at = app_now() where id = ${id} returning version`
    return row!.version
  },
  async insertFacts(
    sql: Queryable,
    ticket: { id: number; clientId: number },
    facts: readonly TicketFact[],
    actor: { accountId: number | null; name: string },
    at: Instant,
  ): Promise<KeptFact[]> {
    if (facts.length === 0) return []
    const rows = facts.map((fact) => ({
      client_id: ticket.clientId,
      ticket_id: ticket.id,
      type: fact.type,
      at: isoInstant(at),
      actor_id: actor.accountId,
      actor_name: actor.name,
      data: fact.data,
    }))
    const made = await sql<{ id: number }[]>`
      insert into ticket_event (client_id, ticket_id, type, at, actor_id, actor_name, data)
      select client_id, ticket_id, type, at, actor_id, actor_name, data from jsonb_to_recordset(${sql.json(rows as unknown as Json)})
        as r(client_id bigint, ticket_id bigint, type text, at timestamptz, actor_id bigint, actor_name text, data jsonb)
      returning id`
    return facts.map((fact, index) => ({ ...fact, id: made[index]!.id, at }))
  },
  async insertMessage(sql: Queryable, row: NewMessageRow): Promise<number> {
    const [made] = await sql<
      { id: number }[]
    >`insert into message ${sql({ ...row, recipients: sql.json(row.recipients) } as never)} returning id`
    return made!.id
  },
  async addToSearch(
    sql: Queryable,
    ticket: { id: number; clientId: number },
    text: string,
    forClient: boolean,
    heading?: { subject: string; number: number; names: string },
  ): Promise<void> {
    const words = text.slice(0, INDEXED_CHARACTERS)
    if (heading) {
      const head = `${heading.subject} ${heading.number}`
      // the words are taken apart once for both readers: of a long letter that is milliseconds
      await sql`with words as materialized (
          select setweight(to_tsvector('russian', ${head}), 'A') as head, to_tsvector('russian', ${words}) as text)
        insert into ticket_search (ticket_id, client_id, staff, client)
        select ${ticket.id}::bigint, ${ticket.clientId}::bigint, head || text || to_tsvector('simple', ${heading.names}), head || text from words`
      return
    }
    await sql`update ticket_search set updated_at = app_now(),
        staff = case when length(staff) > 0 and pg_column_size(staff) > ${VECTOR_LIMIT_BYTES} then staff else staff || to_tsvector('russian', ${words}) end,
        client = case when not ${forClient}::boolean or pg_column_size(client) > ${VECTOR_LIMIT_BYTES} then client else client || to_tsvector('russian', ${words}) end
      where ticket_id = ${ticket.id}`
  },
  async fileByPublicId(sql: Queryable, publicId: string): Promise<FileRow | null> {
    const [row] = await sql<FileRow[]>`
      select f.name, f.mime, f.size_bytes, f.sha256, f.ticket_id, m.visibility, m.unverified, f.uploaded_by_account_id, f.uploaded_by_contact_id
      from attachment f left join message m on m.id = f.message_id where f.public_id = ${publicId}`
    return row ?? null
  },
  async waitingForEntitlement(sql: Queryable, of: { clientId: number; contactId?: number }): Promise<number[]> {
    const rows = await sql<
      { id: number }[]
    >`select id from ticket where client_id = ${of.clientId} and entitlement <> 'covered' and state <> 'closed'
      ${of.contactId === undefined ? sql`` : sql`and contact_id = ${of.contactId}`} order by id`
    return rows.map((row) => row.id)
  },
  async setCoupon(sql: Queryable, ticketId: number, couponId: number): Promise<void> {
    await sql`update ticket set coupon_id = ${couponId} where id = ${ticketId}`
  },
  async addPerson(
    sql: Queryable,
    row: {
      clientId: number
      ticketId: number
      role: 'participant' | 'watcher'
      contactId: number | null
      accountId: number | null
      email: string | null
      addedBy: number | null
    },
  ): Promise<void> {
    const again = sql`do update set removed_at = null, role = excluded.role`
    const key =
      row.contactId === null
        ? sql`(ticket_id, account_id) where account_id is not null`
        : sql`(ticket_id, contact_id) where contact_id is not null`
    await sql`insert into ticket_person ${sql(row as never)} on conflict ${key} ${again}`
  },
  async removePerson(
    sql: Queryable,
    ticketId: number,
    person: { contactId: number | null; accountId: number | null },
  ): Promise<boolean> {
    const rows =
      await sql`update ticket_person set removed_at = app_now() where ticket_id = ${ticketId} and removed_at is null
      and contact_id is not distinct from ${person.contactId} and account_id is not distinct from ${person.accountId} returning id`
    return rows.length > 0
  },
  async personName(sql: Queryable, person: { contactId: number | null; accountId: number | null }): Promise<string> {
    const [row] = await sql<{ name: string }[]>`
      select name from contact where id = ${person.contactId} union all select name from account where id = ${person.accountId}`
    return row?.name ?? ''
  },
  /** Binds uploads to a message; an upload belongs to whoever made it and to nothing yet. Says how many were bound. */
  async bindFiles(
    sql: Queryable,
    files: readonly string[],
    to: { clientId: number; ticketId: number; messageId: number },
    uploader: { accountId: number | null; contactId: number | null },
  ): Promise<number> {
    if (files.length === 0) return 0
    const rows =
      await sql`update attachment set client_id = ${to.clientId}, ticket_id = ${to.ticketId}, message_id = ${to.messageId}
      where public_id = any(${[...files]}::uuid[]) and message_id is null
        and (uploaded_by_account_id = ${uploader.accountId} or uploaded_by_contact_id = ${uploader.contactId}) returning id`
    return rows.length
  },
  async insertAttachment(
    sql: Queryable,
    row: {
      clientId: number | null
      ticketId: number | null
      messageId: number | null
      name: string
      mime: string
      sizeBytes: number
      sha256: string
      inlineCid: string | null
      uploadedByAccountId: number | null
      uploadedByContactId: number | null
    },
  ): Promise<string> {
    const [made] = await sql<{ publicId: string }[]>`insert into attachment ${sql(row as never)} returning public_id`
    return made!.publicId
  },
  async countMessagesAfter(sql: Queryable, ticketId: number, seenId: number): Promise<number> {
    const [row] = await sql<{ count: number }[]>`
      select count(*) as count from message where ticket_id = ${ticketId} and id > ${seenId} and visibility = 'public' and cancelled_at is null`
    return row!.count
  },
  /**
   * Mirrors on the ticket that a message came: by whom (null: neither side's public word), and whether it is the first answer. A held one
   * is no change that the client's list tells of.
   */
  async noteMessage(
    sql: Queryable,
    ticketId: number,
    message: { now: Instant; fromClient: boolean | null; firstAnswer: boolean; held?: boolean },
  ): Promise<number> {
    const held = message.held ?? false
    const [row] = await sql<{ version: number }[]>`
      update ticket set messages_count = messages_count + 1, last_message_at = ${message.now},
        last_client_message_at = case when ${message.fromClient ?? false}::boolean then ${message.now} else last_client_message_at end,
        last_answer_at = case when ${message.fromClient === false}::boolean then ${message.now} else last_answer_at end,
        first_answer_at = case when ${message.firstAnswer}::boolean then ${message.now} else first_answer_at end,
        reply_held_at = case when ${held}::boolean then coalesce(reply_held_at, ${message.now}) else reply_held_at end,
        version = version + 1, updated_at = case when ${held}::boolean then updated_at else app_now() end
      where id = ${ticketId} returning version`
    return row!.version
  },
  /** After an undone reply the mirrors of answers are read again from the messages that stand. */
  async forgetAnswer(sql: Queryable, ticketId: number): Promise<number> {
    const [row] = await sql<{ version: number }[]>`
      update ticket t set version = version + 1, reply_held_at = ${heldSince(sql)},
        first_answer_at = (select min(created_at) from message m where m.ticket_id = t.id and m.is_answer and m.cancelled_at is null),
        last_answer_at = (select max(created_at) from message m where m.ticket_id = t.id and m.is_answer and m.cancelled_at is null)
      where id = ${ticketId} returning version`
    return row!.version
  },
  async acceptMessage(sql: Queryable, ticketId: number, messageId: number): Promise<string | null> {
    const [row] = await sql<{ bodyText: string }[]>`
      update message set unverified = false where id = ${messageId} and ticket_id = ${ticketId} and unverified returning body_text`
    return row?.bodyText ?? null
  },
  async portalExists(sql: Queryable, clientId: number, id: number): Promise<boolean> {
    return (await sql`select 1 from portal where client_id = ${clientId} and id = ${id}`).length > 0
  },
  async idOfNumber(sql: Queryable, number: number): Promise<number | null> {
    const [row] = await sql<{ id: number }[]>`select id from ticket where number = ${number}`
    return row?.id ?? null
  },
  async contactExists(sql: Queryable, clientId: number, id: number): Promise<boolean> {
    return (
      (await sql`select 1 from contact where client_id = ${clientId} and id = ${id} and status <> 'blocked'`).length > 0
    )
  },
  async contactName(sql: Queryable, id: number): Promise<{ id: number; name: string; email: string | null } | null> {
    const [row] = await sql<
      { id: number; name: string; email: string | null }[]
    >`select id, name, email from contact where id = ${id}`
    return row ?? null
  },
  async topicExists(sql: Queryable, code: string): Promise<boolean> {
    return (await sql`select 1 from topic where code = ${code} and archived_at is null`).length > 0
  },
  /** An active person of the provider who serves this client and holds a role that works on tickets. */
  async maybeAssigned(sql: Queryable, accountId: number, clientId: number): Promise<boolean> {
    const rows = await sql`select 1 from account a where a.id = ${accountId} and a.active and a.side = 'staff'
      and ${servesClient(sql, clientId)}
      and ${holdsRole(sql, ...ASSIGNABLE_ROLES)}`
    return rows.length > 0
  },
  async holdsRole(sql: Queryable, accountId: number, role: string): Promise<boolean> {
    const rows = await sql`select 1 from account_role where account_id = ${accountId} and role = ${role}`
    return rows.length > 0
  },
  async cancelMessage(
    sql: Queryable,
    ticketId: number,
    messageId: number,
  ): Promise<{ bodyText: string; authorAccountId: number | null } | null> {
    const [row] = await sql<{ bodyText: string; authorAccountId: number | null }[]>`
      update message set cancelled_at = app_now(), held = false where id = ${messageId} and ticket_id = ${ticketId} and direction = 'out' and cancelled_at is null
        and sent_at is null and send_at > app_now() returning body_text, author_account_id`
    return row ?? null
  },
  async link(
    sql: Queryable,
    row: { clientId: number; fromId: number; toClientId: number; toId: number; kind: string; createdBy: number | null },
  ): Promise<void> {
    await sql`insert into ticket_link ${sql(row)} on conflict do nothing`
  },
  /** Messages and files go on under the survivor; the search knows it by both tickets' words. */
  /** The first public message of the client's that nobody of the provider's has answered; `null` without one. */
  async unansweredSince(sql: Queryable, ticketId: number): Promise<Instant | null> {
    const [row] = await sql<{ since: Instant | null }[]>`
      select min(created_at) as since from message m
      where m.ticket_id = ${ticketId} and m.visibility = 'public' and m.direction = 'in' and not m.unverified and m.cancelled_at is null
        and m.created_at > coalesce((select max(a.created_at) from message a where a.ticket_id = m.ticket_id and a.visibility = 'public'
          and a.is_answer and a.cancelled_at is null), '-infinity')`
    return row?.since ?? null
  },
  async moveContents(sql: Queryable, fromId: number, intoId: number): Promise<void> {
    await sql`update attachment set ticket_id = ${intoId} where ticket_id = ${fromId}`
    await sql`update message set ticket_id = ${intoId} where ticket_id = ${fromId}`
    await sql`update ticket i set messages_count = i.messages_count + f.messages_count from ticket f where i.id = ${intoId} and f.id = ${fromId}`
    await sql`update ticket_search i set staff = i.staff || f.staff, client = i.client || f.client
      from ticket_search f where i.ticket_id = ${intoId} and f.ticket_id = ${fromId}`
    // a draft follows what it was written for, unless its writer has begun another there
    await sql`insert into draft (account_id, ticket_id, kind, body, updated_at)
      select account_id, ${intoId}, kind, body, updated_at from draft where ticket_id = ${fromId} on conflict do nothing`
    await sql`insert into ticket_person (client_id, ticket_id, role, contact_id, account_id, email, added_by)
      select client_id, ${intoId}, 'watcher', contact_id, account_id, email, added_by
      from ticket_person where ticket_id = ${fromId} and removed_at is null
      on conflict do nothing`
  },
  /** The partner's person that a word means: by number, address or name; nobody where two bear the name. */
  async partnerNamed(sql: Queryable, word: string): Promise<{ id: number; email: string } | null> {
    const [row, second] = await sql<{ id: number; email: string; exact: boolean }[]>`
      select id, email, id::text = ${word} or lower(email) = lower(${word}) as exact from account where side = 'partner' and active
        and (id::text = ${word} or lower(email) = lower(${word}) or lower(name) = lower(${word})) order by exact desc, id limit 2`
    return row && (row.exact || !second) ? row : null
  },
  async share(
    sql: Queryable,
    row: { clientId: number; ticketId: number; accountId: number; endsAt: Instant; createdBy: number | null },
  ): Promise<void> {
    await sql`insert into ticket_share ${sql(row as never)} on conflict (ticket_id, account_id) do update set ends_at = excluded.ends_at`
  },
  async endShares(sql: Queryable, ticketId: number, accountId: number | null): Promise<void> {
    await sql`update ticket_share set ends_at = app_now() where ticket_id = ${ticketId} and ends_at > app_now() ${accountId === null ? sql`` : sql`and account_id = ${accountId}`}`
  },
  /** A public message has left to one of its readers; a note has none. */
  async markSent(sql: Queryable, sent: { messageRowId: number; address: string }): Promise<void> {
    await sql`update message set sent_at = coalesce(sent_at, app_now()), recipients = recipients || ${sql.json([sent.address])}
      where id = ${sent.messageRowId} and visibility = 'public'`
  },
  /** What the clocks say, mirrored for lists by the sla module's verb. */
  async mirrorDeadline(
    sql: Queryable,
    ticketId: number,
    row: {
      nextDueAt: Instant | null
      nextDueMetric: string | null
      nextDueState: string | null
      nextDueCalendar: string | null
      nextDueEstimated: boolean
      nextDueLeft: number | null
      nextDueLeftAt: Instant | null
      breached: boolean
    },
  ): Promise<void> {
    await sql`update ticket set ${sql(row as never)} where id = ${ticketId}`
  },
}
