import { decodeCursor, type Instant, type Page, pageOf } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { scopeCondition } from './access.sql.ts'
import type { Actor } from './domain/actor.ts'
import { auditAreas } from './domain/audit-sight.ts'
import { scopeOf } from './domain/policy.ts'

export interface AuditRow {
  seq: number
  at: Instant
  actorId: number | null
  actorName: string
  clientId: number | null
  action: string
  objectType: string
  objectId: string
  detail: Json
  alone: boolean
  ip: string | null
  requestId: string | null
}

export interface AuditFilter {
  objectType?: string | undefined
  objectId?: string | undefined
  actorId?: number | undefined
  clientId?: number | undefined
  action?: string | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** What this person may read of the trail, newest first. */
export async function listAudit(sql: Queryable, actor: Actor, filter: AuditFilter): Promise<Page<AuditRow>> {
  const before = filter.cursor === undefined ? null : decodeCursor(filter.cursor, 1)?.[0]
  if (filter.cursor !== undefined && typeof before !== 'number')
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const areas = auditAreas(actor)
  const mine = scopeCondition(sql, scopeOf(actor, 'audit.read'), { client: sql`client_id`, owner: sql`actor_id` })
  const rows = await sql<AuditRow[]>`
    select seq, at, actor_id, actor_name, client_id, action, object_type, object_id, detail, alone, ip, request_id from audit
    where ${mine}
      ${areas === null ? sql`` : sql`and split_part(action, '.', 1) = any(${[...areas]}::text[])`}
      ${typeof before === 'number' ? sql`and seq < ${before}` : sql``}
      ${filter.objectType === undefined ? sql`` : sql`and object_type = ${filter.objectType}`}
      ${filter.objectId === undefined ? sql`` : sql`and object_id = ${filter.objectId}`}
      ${filter.actorId === undefined ? sql`` : sql`and actor_id = ${filter.actorId}`}
      ${filter.clientId === undefined ? sql`` : sql`and client_id = ${filter.clientId}`}
      ${filter.action === undefined ? sql`` : sql`and action = ${filter.action}`}
      ${filter.from === undefined ? sql`` : sql`and at >= ${filter.from}::timestamptz`}
      ${filter.to === undefined ? sql`` : sql`and at < ${filter.to}::timestamptz`}
    order by seq desc limit ${filter.limit + 1}`
  return pageOf([...rows], filter.limit, (row) => [row.seq])
}

export interface AuditFault {
  chain: number
  /** The row at fault; null: the last row that the chain's head names is missing. */
  seq: number | null
  /** `order`: a row before it is missing, added or moved. `content`: the row itself was changed. `head`: the end of the chain is not the one noted. */
  fault: 'order' | 'content' | 'head'
}

export interface AuditVerdict {
  rows: number
  chains: number
  /** The first faults found, at most a hundred. */
  faults: AuditFault[]
}

/** Computes every seal of the trail anew and names the rows that do not fit. */
export async function verifyAudit(sql: Queryable): Promise<AuditVerdict> {
  const [count] = await sql<{ rows: number; chains: number }[]>`
    select count(*) as rows, count(distinct chain) as chains from audit`
  const faults = await sql<AuditFault[]>`
    with linked as (
      select audit.*, coalesce(lag(hash) over (partition by chain order by seq), '\\x'::bytea) as before,
        lead(seq) over (partition by chain order by seq) is null as last from audit
    ), rows as (
      select chain, seq, last, hash, case
        when prev_hash is distinct from before then 'order'
        when hash is distinct from audit_digest(prev_hash, at, chain, actor_id, actor_name, client_id, action, object_type, object_id, detail,
          alone, ip, request_id) then 'content' end as fault
      from linked
    )
    select chain, seq, fault from rows where fault is not null
    union all
    select h.chain, r.seq, 'head' from audit_head h left join rows r on r.chain = h.chain and r.last
    where r.seq is distinct from h.seq or r.hash is distinct from h.hash
    union all
    select r.chain, r.seq, 'head' from rows r where r.last and not exists (select 1 from audit_head h where h.chain = r.chain)
    order by 1, 2 limit 100`
  return { rows: count?.rows ?? 0, chains: count?.chains ?? 0, faults: [...faults] }
}
