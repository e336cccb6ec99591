import { servesClient } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'

export interface RawMessage {
  id: number
  source: string
  mailboxId: number | null
  raw: Buffer
  sha256: string
  envelope: { from?: string | null; to?: string[]; remoteAddress?: string; helo?: string }
  attempts: number
  receivedAt: Instant
  /** The moment of the transaction that took it. */
  now: Instant
  /** What a person decided about it in quarantine. */
  accepted: LetterAcceptance | null
}

/** A person takes a letter out of quarantine: into a ticket, or as a new one. */
export type LetterAcceptance = { as: 'open' } | { as: 'join'; ticketId: number }

export interface RawOutcome {
  state: 'done' | 'failed' | 'quarantined' | 'ignored'
  outcome: Json
  error?: string | null
  messageId?: string | null
  subject?: string | null
  fromAddress?: string | null
  clientId?: number | null
  ticketId?: number | null
  /** By what answers to it will name it. */
  references?: NewReference[]
}

/** A letter of a ticket, by its Message-ID. */
export interface NewReference {
  messageId: string
  direction: 'in' | 'out'
  clientId: number
  ticketId: number
  messageRowId: number | null
}

/** Automatic letters that an address has had. */
export interface AutomaticReplies {
  forTicket: number
  lastDay: number
  lastHour: number
  /** Of the last ten minutes' receipts, those that a letter of the address followed within a minute, the present one included. */
  answeredAtOnce: number
}

interface StoredLetter {
  /** The mailbox it came to: its number, or the addresses it was sent to, in lower case; the first of ours among them is it. */
  mailbox: number | string[]
  dedupe: string
  sha256: string
  envelope: Json
  raw: Buffer
}

/** Whose address it is, inside the house or beside it. */
export interface AccountOfAddress {
  id: number
  name: string
  email: string
  active: boolean
  side: 'staff' | 'partner'
  roles: string[]
}

/** How a sender stands to a ticket, and what a reply by mail may still do to it. */
export interface TicketRelation {
  ticketId: number
  clientId: number
  relation: 'participant' | 'revoked' | 'stranger'
  closedAt: Instant | null
  mergedInto: number | null
}

// a merge of merges: more than this many is a circle
const MERGES_MAX = 20

export const channelsStore = {
  /** Stores a letter before anything else happens to it. `quietly`: the intake is told by the caller. False: the same bytes were stored already. */
  async storeRaw(sql: Queryable, row: StoredLetter & { source: string; quietly?: boolean }): Promise<boolean> {
    const mailbox = Array.isArray(row.mailbox)
      ? sql`(select min(id) from mailbox where active and lower(address) = any(${row.mailbox}::text[]))`
      : sql`${row.mailbox as number}`
    const made = await sql`with made as (
        insert into raw_message (source, mailbox_id, dedupe, sha256, envelope, raw)
        values (${row.source}, ${mailbox}, ${row.dedupe}, ${row.sha256}, ${sql.json(row.envelope)}, ${row.raw})
        on conflict (dedupe) do nothing returning id)
      select id ${row.quietly ? sql`` : sql`, pg_notify('opora_intake', '')`} from made`
    return made.length > 0
  },
  /**
   * The oldest letter not yet processed, locked until the transaction ends: a killed worker leaves it to the next. What failed before
   * waits until there is nothing fresh: it must neither hold others up nor use its attempts up while they come.
   */
  async takeNext(sql: Queryable): Promise<RawMessage | null> {
    const [row] = await sql<RawMessage[]>`
      select id, source, mailbox_id, raw, sha256, envelope, attempts, received_at, accepted, app_now() as now from raw_message
      where state = 'new' order by attempts, id for update skip locked limit 1`
    return row ?? null
  },
  /** Locks a letter that nobody has processed yet; false where somebody has. */
  async holdNew(sql: Queryable, id: number): Promise<boolean> {
    return (await sql`select 1 from raw_message where id = ${id} and state = 'new' for update`).length > 0
  },
  async countAttempt(sql: Queryable, id: number): Promise<void> {
    await sql`update raw_message set attempts = attempts + 1 where id = ${id}`
  },
  /** Keeps what became of a letter, and by what answers to it will name it. */
  async finish(sql: Queryable, id: number, outcome: RawOutcome): Promise<void> {
    const references = (outcome.references ?? []).map((reference) => this.addReference(sql, reference))
    const kept = sql`update raw_message set state = ${outcome.state}, outcome = ${sql.json(outcome.outcome)}, error = ${outcome.error ?? null},
      message_id = ${outcome.messageId ?? null}, subject = ${outcome.subject ?? null}, from_address = ${outcome.fromAddress ?? null},
      client_id = ${outcome.clientId ?? null}, ticket_id = ${outcome.ticketId ?? null}, attempts = attempts + 1, processed_at = app_now() where id = ${id}`
    await Promise.all([...references, kept])
  },
  /** Forgets the bytes of letters processed longer ago than this; what became of them stays. Says how many. */
  async forgetBytes(sql: Queryable, keepMs: number, limit: number): Promise<number> {
    const rows = await sql`update raw_message set raw = '' where id in (
      select id from raw_message where state in ('done', 'ignored') and octet_length(raw) > 0
        and processed_at < app_now() - ${keepMs}::float8 * interval '1 millisecond' order by id limit ${limit}) returning id`
    return rows.length
  },
  /** Puts a letter back to be processed again. Nothing is lost by it: what it did before is recognised. */
  async rerun(sql: Queryable, id: number): Promise<boolean> {
    const rows =
      await sql`update raw_message set state = 'new', error = null where id = ${id} and state in ('failed', 'quarantined', 'ignored') and octet_length(raw) > 0 returning id`
    if (rows.length > 0) await sql`select pg_notify('opora_intake', '')`
    return rows.length > 0
  },
  /** A person lets a letter out of quarantine; the intake does the rest. */
  async accept(sql: Queryable, id: number, acceptance: LetterAcceptance, accountId: number | null): Promise<boolean> {
    const rows =
      await sql`update raw_message set state = 'new', error = null, accepted = ${sql.json(acceptance as Json)}, accepted_by = ${accountId}
      where id = ${id} and state = 'quarantined' returning id`
    if (rows.length > 0) await sql`select pg_notify('opora_intake', '')`
    return rows.length > 0
  },
  /** Was this letter of a server's mailbox stored? */
  async hasRaw(sql: Queryable, dedupe: string): Promise<boolean> {
    return (await sql`select 1 from raw_message where dedupe = ${dedupe}`).length > 0
  },
  /**
   * Stores a letter fetched from a server's mailbox. Its UIDs may all have changed, so the same bytes in the same mailbox are the same
   * letter too; two fetchers of one letter wait for each other.
   */
  async storeFetched(tx: Queryable, row: StoredLetter & { mailbox: number }): Promise<boolean> {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`${row.mailbox}|${row.sha256}`}, 8))`
    const known = await tx`select 1 from raw_message where sha256 = ${row.sha256} and mailbox_id = ${row.mailbox}`
    return known.length > 0 ? false : this.storeRaw(tx, { ...row, source: 'imap' })
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
  async addReference(sql: Queryable, row: NewReference): Promise<void> {
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
      select count(*) as count from raw_message where from_address = ${address} and ticket_id is not null and received_at > (select app_now()) - interval '1 hour'`
    return row!.count
  },
  async ticketIdsOfNumbers(sql: Queryable, numbers: readonly number[]): Promise<number[]> {
    if (numbers.length === 0) return []
    return (await sql<{ id: number }[]>`select id from ticket where number = any(${[...numbers]}::bigint[])`).map(
      (row) => row.id,
    )
  },
  /**
   * How each of these tickets stands to the sender, asked now. A merged ticket answers for its survivor, however often that was merged
   * again: who takes part in the survivor takes part.
   */
  async relations(
    sql: Queryable,
    ticketIds: readonly number[],
    sender: { contactIds: readonly number[]; staffAccountId: number | null; partnerAccountId: number | null },
  ): Promise<TicketRelation[]> {
    if (ticketIds.length === 0) return []
    const contacts = sql`${[...sender.contactIds]}::bigint[]`
    const { staffAccountId, partnerAccountId } = sender
    return sql<TicketRelation[]>`
      with recursive named as (
        select id as asked, id, merged_into_id, 0 as depth from ticket where id = any(${[...ticketIds]}::bigint[])
        union all
        select n.asked, t.id, t.merged_into_id, n.depth + 1 from named n join ticket t on t.id = n.merged_into_id where n.depth < ${MERGES_MAX})
      select n.asked as ticket_id, t.client_id, t.closed_at, nullif(t.id, n.asked) as merged_into,
        case
          when ${staffAccountId}::bigint is not null and exists (select 1 from account a where a.id = ${staffAccountId} and a.active
            and ${servesClient(sql, sql`t.client_id`)}) then 'participant'
          when ${partnerAccountId}::bigint is not null and exists (select 1 from ticket_share s join account a on a.id = s.account_id and a.active
            where s.ticket_id = t.id and s.account_id = ${partnerAccountId} and s.ends_at > app_now()) then 'participant'
          when ${partnerAccountId}::bigint is not null and exists (select 1 from ticket_share s
            where s.ticket_id in (t.id, n.asked) and s.account_id = ${partnerAccountId}) then 'revoked'
          when exists (select 1 from ticket_person p join contact c on c.id = p.contact_id
            where p.ticket_id = t.id and p.contact_id = any(${contacts}) and p.removed_at is null and c.status <> 'blocked') then 'participant'
          when exists (select 1 from contact c where c.id = any(${contacts}) and c.client_id = t.client_id and c.status = 'active' and (c.responsible or c.scope = 'all')) then 'participant'
          when ${staffAccountId}::bigint is not null
            or exists (select 1 from ticket_person p where p.ticket_id in (t.id, n.asked) and p.contact_id = any(${contacts})) then 'revoked'
          else 'stranger' end as relation
      from named n join ticket t on t.id = n.id where n.merged_into_id is null`
  },
  /** The accounts of an address: of the provider's people, and of a partner's person, to whom tickets are open one by one. */
  async accountsByEmail(sql: Queryable, address: string): Promise<AccountOfAddress[]> {
    return sql<AccountOfAddress[]>`
      select a.id, a.name, a.email, a.active, a.side, array(select role from account_role r where r.account_id = a.id) as roles
      from account a where lower(a.email) = ${address.toLowerCase()} and a.side in ('staff', 'partner')`
  },
  /** The portals of a client, to tell which one a letter speaks of. */
  async portalsOf(sql: Queryable, clientId: number): Promise<{ id: number; address: string }[]> {
    return sql`select id, address from portal where client_id = ${clientId} and archived_at is null order by id`
  },
  async automaticReplies(sql: Queryable, address: string, ticketId: number): Promise<AutomaticReplies> {
    const [row] = await sql<AutomaticReplies[]>`
      select count(*) filter (where ticket_id = ${ticketId} and kind = 'receipt') as for_ticket,
        count(*) filter (where created_at > (select app_now()) - interval '1 day') as last_day,
        count(*) filter (where created_at > (select app_now()) - interval '1 hour') as last_hour,
        count(*) filter (where kind = 'receipt' and sent_at > (select app_now()) - interval '10 minutes' and (sent_at > (select app_now()) - interval '1 minute'
          or exists (select 1 from raw_message r where r.received_at between o.sent_at and o.sent_at + interval '1 minute'
            and lower(r.from_address) = lower(o.to_address)))) as answered_at_once
      from outgoing_mail o where lower(to_address) = ${address.toLowerCase()} and automatic and (created_at > (select app_now()) - interval '1 day' or ticket_id = ${ticketId})`
    return row!
  },
  /** Puts a letter that could not be delivered on its way again. */
  async resend(sql: Queryable, id: number): Promise<boolean> {
    const rows =
      await sql`update outgoing_mail set state = 'queued', attempts = 0, send_at = app_now() where id = ${id} and state = 'failed' returning id`
    if (rows.length > 0) await sql`select pg_notify('opora_outbox', '')`
    return rows.length > 0
  },
}
