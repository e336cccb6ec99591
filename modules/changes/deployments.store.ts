import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { DeploymentStatus } from './domain/deployment.ts'

export interface SourceRecord {
  id: number
  name: string
  clientId: number | null
  keyVersion: number
  version: number
}

export interface CallRecord {
  id: number
  sourceId: number
  sourceName: string
  clientId: number | null
  body: Uint8Array
  receivedAt: Instant
  state: 'new' | 'read' | 'unread'
}

export const deploymentsStore = {
  async source(sql: Queryable, id: number): Promise<SourceRecord | null> {
    const [row] = await sql<SourceRecord[]>`
      select id, name, client_id, key_version, version from deployment_source where id = ${id} and active`
    return row ?? null
  },
  async insertSource(tx: Tx, row: { name: string; clientId: number | null }): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into deployment_source ${tx(row)} returning id`
    return made!.id
  },
  async renewKey(tx: Tx, id: number): Promise<void> {
    await tx`update deployment_source set key_version = key_version + 1, version = version + 1 where id = ${id}`
  },
  async retireSource(tx: Tx, id: number): Promise<void> {
    await tx`update deployment_source set active = false, version = version + 1 where id = ${id}`
  },
  /** Null: this delivery is kept already. */
  async keepCall(tx: Tx, row: { sourceId: number; delivery: string; body: Buffer }): Promise<number | null> {
    const [made] = await tx<{ id: number }[]>`
      insert into deployment_call (source_id, delivery, body) values (${row.sourceId}, ${row.delivery}, ${row.body})
      on conflict (source_id, delivery) do nothing returning id`
    return made?.id ?? null
  },
  async lockCall(tx: Tx, id: number): Promise<CallRecord | null> {
    const [row] = await tx<CallRecord[]>`
      select k.id, k.source_id, s.name as source_name, s.client_id, k.body, k.received_at, k.state
      from deployment_call k join deployment_source s on s.id = k.source_id where k.id = ${id} for update of k`
    return row ?? null
  },
  async markCall(tx: Tx, id: number, state: 'read' | 'unread', problem: string | null): Promise<void> {
    await tx`update deployment_call set state = ${state}, problem = ${problem} where id = ${id}`
  },
  /** The changes of these tickets, of one client where the pipeline is one client's. */
  async changesOf(
    sql: Queryable,
    numbers: readonly number[],
    clientId: number | null,
  ): Promise<{ changeId: number; ticketId: number; clientId: number }[]> {
    return sql<{ changeId: number; ticketId: number; clientId: number }[]>`
      select c.id as change_id, c.ticket_id, c.client_id from change c join ticket t on t.id = c.ticket_id
      where t.number = any(${[...numbers]}::bigint[]) ${clientId === null ? sql`` : sql`and t.client_id = ${clientId}`} order by c.ticket_id`
  },
  async insertDeployment(
    tx: Tx,
    row: {
      clientId: number
      changeId: number
      ticketId: number
      callId: number
      sourceName: string
      environment: string
      release: string
      status: DeploymentStatus
      url: string | null
      at: Instant
    },
  ): Promise<void> {
    await tx`insert into deployment ${tx(row as never)} on conflict (call_id, change_id) do nothing`
  },
}
