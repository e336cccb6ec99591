import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import type { ProcessState } from './domain/process-state.ts'
import type { InstanceRow } from './running-process.ts'

export interface DueTimer {
  id: number
  clientId: number
  ticketId: number
  elementId: string
  entry: number
  round: number
}

export const processStore = {
  async latestDefinition(
    sql: Queryable,
    key: string,
  ): Promise<{ id: number; version: number; xml: string; publishedBy: number | null } | null> {
    const [row] = await sql<{ id: number; version: number; xml: string; publishedBy: number | null }[]>`
      select id, version, xml, published_by from process_definition where key = ${key} order by version desc limit 1`
    return row ?? null
  },
  /** The version that tickets opened now begin at. */
  async currentDefinition(sql: Queryable, key: string): Promise<{ id: number; xml: string } | null> {
    return this.currentVersion(sql, key)
  },
  async currentVersion(sql: Queryable, key: string): Promise<{ id: number; version: number; xml: string } | null> {
    const [row] = await sql<{ id: number; version: number; xml: string }[]>`
      select id, version, xml from process_definition where key = ${key} and effective_from <= app_now() order by version desc limit 1`
    return row ?? null
  },
  /** What a definition calls: the version of the other process that was the newest when it was published. */
  async calledXml(sql: Queryable, key: string, callerId: number | null): Promise<string | null> {
    const [row] = await sql<{ xml: string }[]>`
      select xml from process_definition where key = ${key} and (${callerId}::bigint is null or id < ${callerId}::bigint)
      order by version desc limit 1`
    return row?.xml ?? null
  },
  async versionOf(sql: Queryable, key: string, version: number): Promise<{ id: number; xml: string } | null> {
    const [row] = await sql<{ id: number; xml: string }[]>`
      select id, xml from process_definition where key = ${key} and version = ${version}`
    return row ?? null
  },
  async definition(
    sql: Queryable,
    id: number,
  ): Promise<{ id: number; key: string; version: number; xml: string } | null> {
    const [row] = await sql<{ id: number; key: string; version: number; xml: string }[]>`
      select id, key, version, xml from process_definition where id = ${id}`
    return row ?? null
  },
  /** Two who publish at once: the second is refused by the number that the first has taken. */
  async publish(
    sql: Queryable,
    row: {
      key: string
      version: number
      nameRu: string
      nameEn: string
      xml: string
      publishedBy: number | null
      effectiveFrom?: Instant
      note?: string
    },
  ): Promise<boolean> {
    const { effectiveFrom, ...rest } = row
    const from = effectiveFrom === undefined ? sql`app_now()` : sql`${effectiveFrom}`
    const made = await sql`
      insert into process_definition (key, version, name_ru, name_en, xml, published_by, note, effective_from)
      values (${rest.key}, ${rest.version}, ${rest.nameRu}, ${rest.nameEn}, ${rest.xml}, ${rest.publishedBy}, ${rest.note ?? ''}, ${from})
      on conflict (key, version) do nothing returning id`
    return made.length > 0
  },
  async insertInstance(
    sql: Queryable,
    row: { clientId: number; ticketId: number; definitionId: number; state: ProcessState; trail: string[] },
  ): Promise<number> {
    const [made] = await sql<{ id: number }[]>`
      insert into process_instance (client_id, ticket_id, definition_id, state, trail)
      values (${row.clientId}, ${row.ticketId}, ${row.definitionId}, ${sql.json(row.state as unknown as Json)}, ${row.trail}) returning id`
    return made!.id
  },
  /** Locks the instance: two people who press a button at once go one after the other. */
  async lockInstance(sql: Queryable, ticketId: number): Promise<InstanceRow | null> {
    const [row] = await sql<InstanceRow[]>`
      select id, client_id, ticket_id, definition_id, state, trail from process_instance where ticket_id = ${ticketId} for update`
    return row ?? null
  },
  async readInstance(sql: Queryable, ticketId: number): Promise<InstanceRow | null> {
    const [row] = await sql<InstanceRow[]>`
      select id, client_id, ticket_id, definition_id, state, trail from process_instance where ticket_id = ${ticketId}`
    return row ?? null
  },
  async saveInstance(sql: Queryable, id: number, state: ProcessState, trail: string[]): Promise<void> {
    await sql`update process_instance set state = ${sql.json(state as unknown as Json)}, trail = ${trail}, version = version + 1, updated_at = app_now() where id = ${id}`
  },
  async moveInstance(sql: Queryable, id: number, definitionId: number, state: ProcessState): Promise<void> {
    await sql`update process_instance set definition_id = ${definitionId}, state = ${sql.json(state as unknown as Json)},
      version = version + 1, updated_at = app_now() where id = ${id}`
  },
  async startTimer(
    sql: Queryable,
    row: {
      clientId: number
      instanceId: number
      ticketId: number
      elementId: string
      tokenKey: string
      dueAt: Instant
    },
  ): Promise<void> {
    // a timer that was called off may begin again with another length: the process has moved to another version
    await sql`insert into process_timer ${sql(row)} on conflict (instance_id, element_id, token_key)
      do update set due_at = excluded.due_at, cancelled_at = null where process_timer.cancelled_at is not null and process_timer.fired_at is null`
  },
  /** Calls off a timer of one visit, whichever of its rounds is running. */
  async cancelTimers(sql: Queryable, instanceId: number, elementId: string, entry: number): Promise<void> {
    await sql`update process_timer set cancelled_at = app_now()
      where instance_id = ${instanceId} and element_id = ${elementId} and split_part(token_key, '.', 1) = ${String(entry)}
        and fired_at is null`
  },
  /** Due timers, locked and marked in the caller's transaction: each is taken by one worker, and only if that one commits. */
  async takeDueTimer(sql: Queryable): Promise<DueTimer | null> {
    const [row] = await sql<DueTimer[]>`
      update process_timer set fired_at = app_now() where id = (
        select id from process_timer where fired_at is null and cancelled_at is null and due_at <= app_now()
        order by due_at, id for update skip locked limit 1)
      returning id, client_id, ticket_id, element_id, split_part(token_key, '.', 1)::int as entry, split_part(token_key, '.', 2)::int as round`
    return row ?? null
  },
}
