import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'

export interface RawMessage {
  id: number
  source: string
  mailboxId: number | null
  raw: Buffer
  envelope: { from?: string | null; to?: string[]; remoteAddress?: string }
  attempts: number
  receivedAt: Instant
}

export interface RawOutcome {
  state: 'done' | 'failed' | 'quarantined' | 'ignored'
  outcome: Json
  error?: string | null
  messageId?: string | null
  subject?: string | null
  fromAddress?: string | null
  clientId?: number | null
  ticketId?: number | null
}

/** How a sender stands to a ticket, and what a reply by mail may still do to it. */
export interface TicketRelation {
  ticketId: number
  clientId: number
  relation: 'participant' | 'revoked' | 'stranger'
  closedAt: Instant | null
  mergedInto: number | null
}

export const channelsStore = {
  /** Stores a letter before anything else happens to it. False: the same bytes were stored already. */
  async storeRaw(
    sql: Queryable,
    row: { source: string; mailboxId: number | null; dedupe: string; sha256: string; envelope: Json; raw: Buffer },
  ): Promise<boolean> {
    const made = await sql`insert into raw_message (source, mailbox_id, dedupe, sha256, envelope, raw)
      values (${row.source}, ${row.mailboxId}, ${row.dedupe}, ${row.sha256}, ${sql.json(row.envelope)}, ${row.raw})
      on conflict (dedupe) do nothing returning id`
    if (made.length > 0) await sql`select pg_notify('opora_intake', '')`
    return made.length > 0
  },
  /** The oldest letter not yet processed, locked until the transaction ends: a killed worker leaves it to the next. */
  async takeNext(sql: Queryable): Promise<RawMessage | null> {
    const [row] = await sql<RawMessage[]>`
      select id, source, mailbox_id, raw, envelope, attempts, received_at from raw_message
      where state = 'new' order by id for update skip locked limit 1`
    return row ?? null
  },
  async finish(sql: Queryable, id: number, outcome: RawOutcome): Promise<void> {
    await sql`update raw_message set state = ${outcome.state}, outcome = ${sql.json(outcome.outcome)}, error = ${outcome.error ?? null},
      message_id = ${outcome.messageId ?? null}, subject = ${outcome.subject ?? null}, from_address = ${outcome.fromAddress ?? null},
      client_id = ${outcome.clientId ?? null}, ticket_id = ${outcome.ticketId ?? null}, attempts = attempts + 1, processed_at = app_now() where id = ${id}`
  },
  /** Puts a letter back to be processed again. Nothing is lost by it: what it did before is recognised. */
  async rerun(sql: Queryable, id: number): Promise<boolean> {
    const rows =
      await sql`update raw_message set state = 'new', error = null where id = ${id} and state in ('failed', 'quarantined', 'ignored') returning id`
    if (rows.length > 0) await sql`select pg_notify('opora_intake', '')`
    return rows.length > 0
  },
  async activeMailboxes(
    sql: Queryable,
  ): Promise<
    { id: number; name: string; address: string; protocol: string; formMap: Json | null; defaultTopic: string | null }[]
  > {
    return sql`select id, name, address, protocol, form_map, default_topic from mailbox where active order by id`
  },
  /** Two letters with one Message-ID wait for each other, so that the second finds what the first has done. */
  async lockMessageId(sql: Queryable, messageId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${messageId}, 7))`
  },
  async referencesOf(
    sql: Queryable,
    messageIds: readonly string[],
  ): Promise<{ messageId: string; direction: string; ticketId: number }[]> {
    if (messageIds.length === 0) return []
    return sql`select message_id, direction, ticket_id from mail_reference where message_id = any(${[...messageIds]}::text[])`
  },
  async addReference(
    sql: Queryable,
    row: {
      messageId: string
      direction: 'in' | 'out'
      clientId: number
      ticketId: number
      messageRowId: number | null
    },
  ): Promise<void> {
    await sql`insert into mail_reference ${sql(row)} on conflict (message_id) do nothing`
  },
  async sameBytesDone(sql: Queryable, sha256: string, exceptId: number): Promise<number | null> {
    const [row] = await sql<
      { id: number }[]
    >`select id from raw_message where sha256 = ${sha256} and id <> ${exceptId} and state = 'done' order by id limit 1`
    return row?.id ?? null
  },
  async ticketsLastHour(sql: Queryable, address: string): Promise<number> {
    const [row] = await sql<{ count: number }[]>`
      select count(*) as count from raw_message where from_address = ${address} and ticket_id is not null and received_at > app_now() - interval '1 hour'`
    return row!.count
  },
  async ticketIdsOfNumbers(sql: Queryable, numbers: readonly number[]): Promise<number[]> {
    if (numbers.length === 0) return []
    return (await sql<{ id: number }[]>`select id from ticket where number = any(${[...numbers]}::bigint[])`).map(
      (row) => row.id,
    )
  },
  /** How each of these tickets stands to the sender, asked now. Merged tickets answer for their survivor. */
  async relations(
    sql: Queryable,
    ticketIds: readonly number[],
    sender: { contactIds: readonly number[]; staffAccountId: number | null },
  ): Promise<TicketRelation[]> {
    if (ticketIds.length === 0) return []
    const contacts = sql`${[...sender.contactIds]}::bigint[]`
    return sql<TicketRelation[]>`
      select t.id as ticket_id, coalesce(m.client_id, t.client_id) as client_id, coalesce(m.closed_at, t.closed_at) as closed_at, t.merged_into_id as merged_into,
        case
          when ${sender.staffAccountId}::bigint is not null and exists (select 1 from account a where a.id = ${sender.staffAccountId} and a.active
            and (a.serves = 'all' or exists (select 1 from account_client ac where ac.account_id = a.id and ac.client_id = t.client_id))) then 'participant'
          when exists (select 1 from ticket_person p join contact c on c.id = p.contact_id
            where p.ticket_id = t.id and p.contact_id = any(${contacts}) and p.removed_at is null and c.status <> 'blocked') then 'participant'
          when exists (select 1 from contact c where c.id = any(${contacts}) and c.client_id = t.client_id and c.status = 'active' and (c.responsible or c.scope = 'all')) then 'participant'
          when ${sender.staffAccountId}::bigint is not null
            or exists (select 1 from ticket_person p where p.ticket_id = t.id and p.contact_id = any(${contacts})) then 'revoked'
          else 'stranger' end as relation
      from ticket t left join ticket m on m.id = t.merged_into_id where t.id = any(${[...ticketIds]}::bigint[])`
  },
  async staffByEmail(
    sql: Queryable,
    address: string,
  ): Promise<{ id: number; name: string; email: string; roles: string[]; active: boolean } | null> {
    const [row] = await sql<{ id: number; name: string; email: string; roles: string[]; active: boolean }[]>`
      select a.id, a.name, a.email, a.active, array(select role from account_role r where r.account_id = a.id) as roles
      from account a where lower(a.email) = ${address.toLowerCase()} and a.side = 'staff'`
    return row ?? null
  },
  /** The portals of a client, to tell which one a letter speaks of. */
  async portalsOf(sql: Queryable, clientId: number): Promise<{ id: number; address: string }[]> {
    return sql`select id, address from portal where client_id = ${clientId} and archived_at is null order by id`
  },
  async automaticReplies(
    sql: Queryable,
    address: string,
    ticketId: number,
  ): Promise<{ forTicket: number; lastDay: number; lastHour: number }> {
    const [row] = await sql<{ forTicket: number; lastDay: number; lastHour: number }[]>`
      select count(*) filter (where ticket_id = ${ticketId} and kind = 'receipt') as for_ticket,
        count(*) filter (where created_at > app_now() - interval '1 day') as last_day,
        count(*) filter (where created_at > app_now() - interval '1 hour') as last_hour
      from outgoing_mail where lower(to_address) = ${address.toLowerCase()} and automatic and (created_at > app_now() - interval '1 day' or ticket_id = ${ticketId})`
    return row!
  },
}
