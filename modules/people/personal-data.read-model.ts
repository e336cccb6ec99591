import { createHash } from 'node:crypto'
import { type Actor, holdsRole } from '@opora/access'
import { type Instant, isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { PersonalRequestView } from './personal-data.contract.ts'

const SHOWN = 200

interface Row
  extends Omit<PersonalRequestView, 'state' | 'askedBy' | 'decidedBy' | 'askedAt' | 'decidedAt' | 'endsAt' | 'mine'> {
  approved: boolean | null
  askedById: number | null
  askedByName: string | null
  decidedById: number | null
  decidedByName: string | null
  askedAt: Instant
  decidedAt: Instant | null
  endsAt: Instant | null
  now: Instant
}

/** Requests for what is kept of a person, the newest first. */
export async function personalRequests(
  sql: Queryable,
  actor: Actor,
  of: { id?: number; contactId?: number } = {},
): Promise<PersonalRequestView[]> {
  const rows = await sql<Row[]>`
    select r.id, r.contact_id, c.name as contact_name, r.client_id, r.kind, r.reason, r.approved, r.alone, r.result, r.asked_at, r.decided_at,
      r.ends_at, r.asked_by as asked_by_id, a.name as asked_by_name, r.decided_by as decided_by_id, d.name as decided_by_name, (select app_now()) as now
    from personal_request r join contact c on c.id = r.contact_id left join account a on a.id = r.asked_by left join account d on d.id = r.decided_by
    where true ${of.id === undefined ? sql`` : sql`and r.id = ${of.id}`} ${of.contactId === undefined ? sql`` : sql`and r.contact_id = ${of.contactId}`}
    order by r.id desc limit ${SHOWN}`
  return rows.map(({ approved, askedById, askedByName, decidedById, decidedByName, now, ...row }) => ({
    ...row,
    state: stateOf({ ...row, approved, now }),
    askedBy: askedById === null ? null : { id: askedById, name: askedByName ?? '' },
    decidedBy: decidedById === null ? null : { id: decidedById, name: decidedByName ?? '' },
    askedAt: isoInstant(row.askedAt),
    decidedAt: isoInstantOrNull(row.decidedAt),
    endsAt: isoInstantOrNull(row.endsAt),
    mine: askedById === actor.accountId,
  }))
}

function stateOf(row: Pick<Row, 'approved' | 'kind' | 'endsAt' | 'now'>): PersonalRequestView['state'] {
  if (row.approved === null) return 'waiting'
  if (!row.approved) return 'refused'
  if (row.kind === 'erase') return 'done'
  return row.endsAt !== null && row.endsAt > row.now ? 'open' : 'over'
}

/** Everything that is kept of a contact, without secrets, part by part, with each part's hash. */
export async function personalDataOf(
  sql: Queryable,
  contactId: number,
): Promise<{ data: Record<string, unknown>; manifest: Record<string, string> } | null> {
  const [row] = await sql<{ data: Record<string, unknown> | null }[]>`select personal_data(${contactId}) as data`
  if (!row?.data) return null
  const manifest = Object.entries(row.data).map(([part, content]) => [
    part,
    createHash('sha256').update(JSON.stringify(content)).digest('hex'),
  ])
  return { data: row.data, manifest: Object.fromEntries(manifest) }
}

interface Extract {
  seq: number
  at: Instant
  action: string
  actorId: number | null
  hash: Uint8Array
}

/** The rows of the audit trail that tell of a request, by number and hash. */
export async function extractOf(sql: Queryable, requestId: number): Promise<Extract[]> {
  return await sql<Extract[]>`
    select seq, at, action, actor_id, hash from audit
    where object_type = 'personal_request' and object_id = ${String(requestId)} order by seq`
}

/** Somebody other than this account who may give the second word. */
export async function otherDeciders(sql: Queryable, accountId: number | null): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from account a where a.active and a.side = 'staff' and a.password_hash is not null
      and a.id is distinct from ${accountId}::bigint
      and ${holdsRole(sql, 'ad', 'di')}`
  return row!.count
}

/** A contact whose data may be asked for; whoever also works for the provider is asked for elsewhere. */
export async function contactToRequest(sql: Queryable, id: number): Promise<{ id: number; clientId: number } | null> {
  const [row] = await sql<{ id: number; clientId: number }[]>`
    select c.id, c.client_id from contact c left join account a on a.id = c.account_id
    where c.id = ${id} and coalesce(a.side, 'client') = 'client'`
  return row ?? null
}

/** Erasures decided after a moment, the earliest first. */
export async function erasuresSince(
  sql: Queryable,
  after: Instant | null,
): Promise<{ contactId: number; at: Instant }[]> {
  return await sql<{ contactId: number; at: Instant }[]>`
    select contact_id, decided_at as at from personal_request
    where kind = 'erase' and approved ${after === null ? sql`` : sql`and date_trunc('milliseconds', decided_at) > ${after}`} order by decided_at`
}
