import { decodeCursor, type Instant, type Page, pageOf } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { ExportedSeal } from './access.audit.seals.ts'
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
  /**
   * `order`: a row before it is missing, added or moved. `content`: the row itself was changed. `head`: the end of the chain is not the one
   * noted. `sealed`: a seal names this row, and it is not there as it was. `seal`: the seal of this number was changed or is missing.
   * `exported`: the copy outside the database has another seal of this number than the database.
   */
  fault: 'order' | 'content' | 'head' | 'sealed' | 'seal' | 'exported'
}

export interface AuditVerdict {
  rows: number
  chains: number
  /** The first faults found, at most a hundred. */
  faults: AuditFault[]
}

/** Computes every seal of the trail anew and names the rows that do not fit; with the seals that were copied out, compares those too. */
export async function verifyAudit(sql: Queryable, exported: readonly ExportedSeal[] = []): Promise<AuditVerdict> {
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
  const all = [...faults, ...(await sealFaults(sql)), ...(await exportFaults(sql, exported))]
  return { rows: count?.rows ?? 0, chains: count?.chains ?? 0, faults: all.slice(0, FAULTS_MAX) }
}

const FAULTS_MAX = 100

async function sealFaults(sql: Queryable): Promise<AuditFault[]> {
  return sql<AuditFault[]>`
    with linked as (select s.*, coalesce(lag(hash) over (order by seq), '\\x'::bytea) as before from audit_seal s)
    select 0 as chain, seq, 'seal' as fault from linked
    where prev_hash is distinct from before or hash is distinct from audit_seal_digest(prev_hash, at, heads)
    union all
    select h.key::bigint, (h.value->>0)::bigint, 'sealed' from audit_seal s, jsonb_each(s.heads) h
      left join audit a on a.seq = (h.value->>0)::bigint and a.chain = h.key::bigint
    where encode(a.hash, 'hex') is distinct from h.value->>1
    order by 2 limit ${FAULTS_MAX}`
}

async function exportFaults(sql: Queryable, exported: readonly ExportedSeal[]): Promise<AuditFault[]> {
  const faults: AuditFault[] = []
  for (let from = 0; from < exported.length && faults.length < FAULTS_MAX; from += COMPARED_AT_ONCE) {
    const some = exported.slice(from, from + COMPARED_AT_ONCE)
    const rows = await sql<{ seq: number; hash: string }[]>`
      select seq, encode(hash, 'hex') as hash from audit_seal where seq = any(${some.map((seal) => seal.seq)}::bigint[])`
    const kept = new Map(rows.map((row) => [row.seq, row.hash]))
    for (const { seq, hash } of some) if (kept.get(seq) !== hash) faults.push({ chain: 0, seq, fault: 'exported' })
  }
  return faults
}

const COMPARED_AT_ONCE = 5_000
