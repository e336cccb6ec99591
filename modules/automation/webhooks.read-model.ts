import { decodeCursor, type Instant, isoInstant, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { refuseAutomation } from './automation.refusals.ts'
import type { deliveryPage, deliveryView, webhookView } from './contract.ts'

type Webhook = z.infer<typeof webhookView>
type Delivery = z.infer<typeof deliveryView>

export async function listWebhooks(sql: Queryable, id: number | null = null): Promise<Webhook[]> {
  const rows = await sql<(Omit<Webhook, 'createdAt'> & { createdAt: Instant })[]>`
    select w.id, w.code, w.name, w.url, w.enabled, w.version, w.created_at, count(d.id) filter (where d.state = 'delivered')::int as delivered,
      count(d.id) filter (where d.state = 'failed')::int as failed, count(d.id) filter (where d.state = 'waiting')::int as waiting
    from webhook w left join webhook_delivery d on d.webhook_id = w.id and d.created_at > app_now() - interval '30 days'
    where w.archived_at is null and (${id}::bigint is null or w.id = ${id})
    group by w.id, w.code, w.name, w.url, w.enabled, w.version, w.created_at order by w.name, w.id`
  return rows.map((row) => ({ ...row, createdAt: isoInstant(row.createdAt) }))
}

export async function webhookOf(sql: Queryable, id: number): Promise<Webhook> {
  const [hook] = await listWebhooks(sql, id)
  if (!hook) throw refuseAutomation('automation.webhook_not_found')
  return hook
}

interface DeliveryRow {
  id: number
  publicId: string
  ticketId: number
  number: number
  rule: string | null
  state: Delivery['state']
  createdAt: Instant
  settledAt: Instant | null
  nextAt: Instant | null
  attempts: (Omit<Delivery['attempts'][number], 'at'> & { at: string })[] | null
}

/** Deliveries with their attempts, the newest first. What was sent stays with the worker: it names clients and what they asked. */
export async function deliveriesOf(
  sql: Queryable,
  webhookId: number,
  page: { limit: number; cursor?: string | undefined },
): Promise<z.infer<typeof deliveryPage>> {
  await webhookOf(sql, webhookId)
  const before = page.cursor === undefined ? null : Number(decodeCursor(page.cursor, 1)?.[0] ?? 0)
  const rows = await deliveries(sql, { webhookId, id: null, before }, page.limit + 1)
  return pageOf(rows.map(present), page.limit, (delivery) => [delivery.id])
}

export async function deliveryOf(sql: Queryable, id: number): Promise<Delivery> {
  const [row] = await deliveries(sql, { webhookId: null, id, before: null }, 1)
  if (!row) throw refuseAutomation('automation.delivery_not_found')
  return present(row)
}

interface Asked {
  webhookId: number | null
  id: number | null
  before: number | null
}

function deliveries(sql: Queryable, { webhookId, id, before }: Asked, limit: number): Promise<DeliveryRow[]> {
  return sql<DeliveryRow[]>`
    select d.id, d.public_id, d.ticket_id, t.number, r.name as rule, d.state, d.created_at, d.settled_at, d.next_at,
      (select jsonb_agg(jsonb_build_object('number', a.number, 'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'status', a.status, 'fault', a.fault, 'tookMs', a.took_ms) order by a.number desc) from webhook_attempt a where a.delivery_id = d.id) as attempts
    from webhook_delivery d join ticket t on t.id = d.ticket_id left join automation_rule r on r.id = d.rule_id
    where (${webhookId}::bigint is null or d.webhook_id = ${webhookId}) and (${id}::bigint is null or d.id = ${id})
      and (${before}::bigint is null or d.id < ${before}) order by d.id desc limit ${limit}`
}

function present(row: DeliveryRow): Delivery {
  const { createdAt, settledAt, nextAt, attempts, ...plain } = row
  const orNull = (at: Instant | null) => (at === null ? null : isoInstant(at))
  return {
    ...plain,
    ...{ createdAt: isoInstant(createdAt), settledAt: orNull(settledAt), nextAt: orNull(nextAt) },
    attempts: attempts ?? [],
  }
}
