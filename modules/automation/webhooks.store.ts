import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

/** Where a webhook's secret is bound to: a ciphertext moved to another row does not open. */
export const secretPlace = (id: number) => `webhook|secret|${id}`

export interface TakenDelivery {
  id: number
  publicId: string
  clientId: number
  ticketId: number
  webhookId: number
  code: string
  url: string
  inUse: boolean
  secretSealed: Buffer
  body: string
  askedBy: string
  attempts: number
  roundAttempt: number
}

/** A delivery as its worker took it: `attempts` tells this taking from another. */
type Held = Pick<TakenDelivery, 'id' | 'attempts'>

export const webhooksStore = {
  async insert(sql: Queryable, hook: { code: string; name: string; url: string }): Promise<number | null> {
    const [row] = await sql<
      { id: number }[]
    >`insert into webhook ${sql(hook)} on conflict (code) do nothing returning id`
    return row?.id ?? null
  },
  async update(
    sql: Queryable,
    id: number,
    version: number,
    change: { name?: string; url?: string; enabled?: boolean },
  ): Promise<boolean> {
    const rows = await sql`update webhook set version = version + 1
      where id = ${id} and version = ${version} and archived_at is null returning id`
    if (rows.length > 0 && Object.keys(change).length > 0) {
      await sql`update webhook set ${sql(change as never)} where id = ${id}`
    }
    return rows.length > 0
  },
  async seal(sql: Queryable, id: number, sealed: Buffer): Promise<void> {
    await sql`update webhook set secret_sealed = ${sealed} where id = ${id}`
  },
  /** Its code is free again; what stands before the mark is the one that drawings knew it by. */
  async archive(sql: Queryable, id: number, version: number): Promise<boolean> {
    const rows =
      await sql`update webhook set archived_at = app_now(), enabled = false, code = code || '~' || id, version = version + 1
      where id = ${id} and version = ${version} and archived_at is null returning id`
    return rows.length > 0
  },
  async versionOf(sql: Queryable, id: number): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`select version from webhook where id = ${id} and archived_at is null`
    return row?.version ?? null
  },
  async inUse(sql: Queryable, code: string): Promise<{ id: number; name: string } | null> {
    const [row] = await sql<
      { id: number; name: string }[]
    >`select id, name from webhook where code = ${code} and archived_at is null`
    return row ?? null
  },
  async callsSince(sql: Queryable, webhookId: number, ticketId: number, since: Instant): Promise<number> {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from webhook_delivery
      where ticket_id = ${ticketId} and webhook_id = ${webhookId} and created_at > ${since}`
    return row!.count
  },
  /** How often something that the ticket's process asked for was refused. */
  async refusedSince(sql: Queryable, ticketId: number, since: Instant): Promise<number> {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ticket_event
      where ticket_id = ${ticketId} and type = 'action_refused' and at > ${since}`
    return row!.count
  },
  async insertDelivery(
    sql: Queryable,
    delivery: {
      webhookId: number
      clientId: number
      ticketId: number
      ruleId: number | null
      askedBy: string
      body: string
      nextAt: Instant
    },
  ): Promise<number> {
    const [row] = await sql<{ id: number }[]>`insert into webhook_delivery ${sql(delivery as never)} returning id`
    return row!.id
  },
  /** Takes a delivery that is due for so long; null: settled, taken by somebody else, or its time has not come. */
  async take(sql: Queryable, id: number, leaseMs: number): Promise<TakenDelivery | null> {
    const [row] = await sql<TakenDelivery[]>`
      with taken as (
        update webhook_delivery set attempts = attempts + 1, taken_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
        where id = ${id} and state = 'waiting' and (taken_until is null or taken_until < clock_timestamp())
          and (next_at is null or next_at <= app_now())
        returning id, public_id, client_id, ticket_id, webhook_id, body, asked_by, attempts, round_from)
      select t.id, t.public_id, t.client_id, t.ticket_id, t.webhook_id, t.body, t.asked_by, t.attempts,
        t.attempts - t.round_from as round_attempt, split_part(w.code, '~', 1) as code, w.url, w.enabled and w.archived_at is null as in_use, w.secret_sealed
      from taken t join webhook w on w.id = t.webhook_id`
    return row ?? null
  },
  async keepAttempt(
    sql: Queryable,
    attempt: {
      deliveryId: number
      number: number
      clientId: number
      status: number | null
      fault: string | null
      tookMs: number
    },
  ): Promise<void> {
    await sql`insert into webhook_attempt ${sql(attempt as never)} on conflict do nothing`
  },
  /** False: another worker has taken the delivery since, and what becomes of it is that one's to say. */
  async settle(sql: Queryable, { id, attempts }: Held, state: 'delivered' | 'failed'): Promise<boolean> {
    const rows =
      await sql`update webhook_delivery set state = ${state}, settled_at = app_now(), next_at = null, taken_until = null
      where id = ${id} and attempts = ${attempts} and state = 'waiting' returning id`
    return rows.length > 0
  },
  async tryAgainAt(sql: Queryable, { id, attempts }: Held, at: Instant): Promise<boolean> {
    const rows = await sql`update webhook_delivery set next_at = ${at}, taken_until = null
      where id = ${id} and attempts = ${attempts} and state = 'waiting' returning id`
    return rows.length > 0
  },
  async isPutAway(sql: Queryable, deliveryId: number): Promise<boolean> {
    const rows = await sql`select 1 from webhook_delivery d join webhook w on w.id = d.webhook_id
      where d.id = ${deliveryId} and w.archived_at is not null`
    return rows.length > 0
  },
  /** Begins another round; false: it is still under way. */
  async resend(sql: Queryable, id: number, at: Instant): Promise<boolean> {
    const rows = await sql`update webhook_delivery set state = 'waiting', round_from = attempts,
        next_at = ${at}, settled_at = null, taken_until = null
      where id = ${id} and state <> 'waiting' returning id`
    return rows.length > 0
  },
  /** Forgets some deliveries that were settled longer ago than so long, with their attempts; says how many. */
  async forget(sql: Queryable, keepMs: number, limit: number): Promise<number> {
    const rows = await sql`delete from webhook_delivery where id in (select id from webhook_delivery
      where state <> 'waiting' and settled_at < app_now() - make_interval(secs => ${keepMs / 1_000})
      order by settled_at limit ${limit} for update skip locked) returning id`
    return rows.length
  },
  /** Deliveries that are due and that no job has in hand: whose worker died. */
  async overdue(sql: Queryable, olderThanMs: number, limit: number): Promise<number[]> {
    const rows = await sql<{ id: number }[]>`select id from webhook_delivery where state = 'waiting'
      and next_at < app_now() - make_interval(secs => ${olderThanMs / 1_000})
      and (taken_until is null or taken_until < clock_timestamp()) order by next_at limit ${limit}`
    return rows.map((row) => row.id)
  },
}
