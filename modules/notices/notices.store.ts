import { servesClient } from '@opora/access'
import type { Instant, Locale } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'

export interface Recipient {
  contactId: number
  name: string
  email: string
  locale: Locale
  zone: string
  known: boolean
}

/** As much of a ticket as a notice says. */
export interface NoticedTicket {
  id: number
  number: number
  subject: string
  clientId: number
  assigneeId: number | null
}

export interface NoticeRow {
  id: number
  kind: string
  ticketId: number | null
  data: Record<string, string | number>
  createdAt: Instant
  readAt: Instant | null
}

/** A notice whose letter is due, with whoever it is for. */
export interface DueNotice {
  id: number
  accountId: number
  active: boolean
  email: string
  name: string
  locale: Locale
  kind: string
  ticketId: number | null
  data: Record<string, string | number>
}

export const noticesStore = {
  /** The asker and whoever takes part, with an address that mail reaches. */
  async recipientsOf(sql: Queryable, ticketId: number): Promise<(Recipient & { asker: boolean })[]> {
    return sql<(Recipient & { asker: boolean })[]>`
      select c.id as contact_id, c.name, c.email, c.locale, cl.zone, c.status = 'active' as known, t.contact_id = c.id as asker
      from ticket t join ticket_person p on p.ticket_id = t.id and p.removed_at is null
        join contact c on c.id = p.contact_id join client cl on cl.id = c.client_id
      where t.id = ${ticketId} and c.email is not null and c.mail_bad_since is null and c.status <> 'blocked' order by c.id`
  },
  /** The provider's people who watch a ticket. */
  async watchersOf(sql: Queryable, ticketId: number): Promise<number[]> {
    const rows = await sql<{ accountId: number }[]>`
      select p.account_id from ticket_person p join account a on a.id = p.account_id and a.active
      where p.ticket_id = ${ticketId} and p.removed_at is null order by p.account_id`
    return rows.map((row) => row.accountId)
  },
  /** A note that somebody of the provider wrote for partners; null for any other message, a partner's own included. */
  async partnerNote(sql: Queryable, messageId: number): Promise<{ author: string; text: string } | null> {
    const [row] = await sql<{ author: string; text: string }[]>`
      select m.author_name as author, m.visible_text as text from message m join account a on a.id = m.author_account_id and a.side = 'staff'
      where m.id = ${messageId} and m.visibility = 'partner'`
    return row ?? null
  },
  /** Partners to whom a ticket is open by an invitation. */
  openPartners(
    sql: Queryable,
    ticketId: number,
  ): Promise<{ accountId: number; email: string; name: string; locale: Locale; zone: string; endsAt: Instant }[]> {
    return sql`select a.id as account_id, a.email, a.name, a.locale, a.zone, i.ends_at from partner_invitation i
      join account a on a.id = i.account_id and a.active and a.side = 'partner'
      where i.ticket_id = ${ticketId} and i.withdrawn_at is null and i.ends_at > app_now() order by a.id`
  },
  async responsible(sql: Queryable, clientId: number): Promise<Recipient[]> {
    return sql<Recipient[]>`
      select c.id as contact_id, c.name, c.email, c.locale, cl.zone, true as known from contact c join client cl on cl.id = c.client_id
      where c.client_id = ${clientId} and c.responsible and c.status = 'active' and c.email is not null and c.mail_bad_since is null order by c.id`
  },
  /** Whom papers about money go to: the responsible contacts and those of finance. */
  async moneyReaders(sql: Queryable, clientId: number): Promise<Recipient[]> {
    return sql<Recipient[]>`
      select c.id as contact_id, c.name, c.email, c.locale, cl.zone, true as known from contact c join client cl on cl.id = c.client_id
      where c.client_id = ${clientId} and (c.responsible or c.scope = 'finance') and c.status = 'active' and c.email is not null
        and c.mail_bad_since is null order by c.id`
  },
  async message(
    sql: Queryable,
    id: number,
  ): Promise<{
    bodyText: string
    bodyHtml: string | null
    authorName: string
    visibility: string
    files: { filename: string; mime: string; sha256: string }[]
  } | null> {
    const [row] = await sql<
      {
        bodyText: string
        bodyHtml: string | null
        authorName: string
        visibility: string
        files: { filename: string; mime: string; sha256: string }[] | null
      }[]
    >`
      select m.body_text, m.body_html, m.author_name, m.visibility,
        (select json_agg(json_build_object('filename', f.name, 'mime', f.mime, 'sha256', f.sha256) order by f.id) from attachment f where f.message_id = m.id) as files
      from message m where m.id = ${id}`
    return row ? { ...row, files: row.files ?? [] } : null
  },
  async ticketHead(sql: Queryable, id: number): Promise<NoticedTicket | null> {
    const [row] = await sql<
      NoticedTicket[]
    >`select id, number, subject, client_id, assignee_id from ticket where id = ${id}`
    return row ?? null
  },
  /** The ticket itself, its parts and what is linked to it, of whichever client: whom an accident touches. */
  async touched(sql: Queryable, ticketId: number): Promise<NoticedTicket[]> {
    return sql<NoticedTicket[]>`
      select t.id, t.number, t.subject, t.client_id, t.assignee_id from ticket t
      where t.merged_into_id is null and (t.id = ${ticketId} or (t.state <> 'closed' and (t.parent_id = ${ticketId}
        or exists (select 1 from ticket_link l where l.kind in ('duplicate', 'caused_by', 'related')
          and ((l.from_id = ${ticketId} and l.to_id = t.id) or (l.to_id = ${ticketId} and l.from_id = t.id))))))
      order by t.id`
  },
  async companyName(sql: Queryable): Promise<string> {
    const [row] = await sql<{ name: string | null }[]>`select company_name as name from installation`
    return row?.name ?? 'Опора'
  },
  async readerOf(sql: Queryable, accountId: number): Promise<{ locale: Locale; zone: string }> {
    const [row] = await sql<
      { locale: Locale; zone: string }[]
    >`select locale, zone from account where id = ${accountId}`
    return row!
  },
  async addNotice(
    sql: Queryable,
    notice: {
      accountId: number
      clientId: number | null
      ticketId: number | null
      kind: string
      dedupe: string
      data: Record<string, Json>
      deliverAt: Instant
    },
  ): Promise<boolean> {
    const { data, ...row } = notice
    const made =
      await sql`insert into notice ${sql({ ...row, data: sql.json(data) } as never)} on conflict (account_id, dedupe) do nothing returning id`
    return made.length > 0
  },
  /** People of a role who serve this client. */
  async accountsOfRole(sql: Queryable, role: string, clientId: number): Promise<number[]> {
    const rows = await sql<
      { id: number }[]
    >`select a.id from account a join account_role r on r.account_id = a.id and r.role = ${role}
      where a.active and ${servesClient(sql, clientId)} order by a.id`
    return rows.map((row) => row.id)
  },
  async administrators(sql: Queryable): Promise<number[]> {
    const rows = await sql<{ id: number }[]>`
      select a.id from account a join account_role r on r.account_id = a.id and r.role = 'ad' where a.active order by a.id`
    return rows.map((row) => row.id)
  },
  async managerOf(sql: Queryable, clientId: number): Promise<number | null> {
    const [row] = await sql<{ id: number | null }[]>`select account_manager_id as id from client where id = ${clientId}`
    return row?.id ?? null
  },
  list(sql: Queryable, accountId: number, before: number | null, limit: number): Promise<NoticeRow[]> {
    return sql<NoticeRow[]>`select id, kind, ticket_id, data, created_at, read_at from notice
      where account_id = ${accountId} ${before === null ? sql`` : sql`and id < ${before}`} order by id desc limit ${limit}`
  },
  async unread(sql: Queryable, accountId: number): Promise<number> {
    const [row] = await sql<
      { count: number }[]
    >`select count(*) as count from notice where account_id = ${accountId} and read_at is null`
    return row!.count
  },
  async markRead(sql: Queryable, accountId: number, ids: number[] | null): Promise<void> {
    await sql`update notice set read_at = app_now() where account_id = ${accountId} and read_at is null ${ids === null ? sql`` : sql`and id = any(${ids}::bigint[])`}`
  },
  /** One notice that should reach its reader by mail and was not read in the meantime. */
  async takeDue(sql: Queryable): Promise<DueNotice | null> {
    const [row] = await sql<DueNotice[]>`
      update notice n set mailed_at = app_now() from account a where a.id = n.account_id and n.id = (
        select id from notice where mailed_at is null and read_at is null and deliver_at <= app_now() order by deliver_at, id for update skip locked limit 1)
      returning n.id, n.account_id, a.active, a.email, a.name, a.locale, n.kind, n.ticket_id, n.data`
    return row ?? null
  },
}
