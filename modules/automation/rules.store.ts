import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import type { NewRule, RuleAction } from './contract.ts'
import type { RuleEventCode } from './domain/rule-events.ts'

export interface RuleRow {
  id: number
  name: string
  event: RuleEventCode
  condition: string
  actions: RuleAction[]
  enabled: boolean
  version: number
}

export interface NewRun {
  ruleId: number
  ruleVersion: number
  clientId: number
  ticketId: number
  event: string
  eventKey: string
  chain: readonly number[]
  result: 'done' | 'refused' | 'failed' | 'stopped'
  reason: { ru: string; en: string } | null
  steps: readonly { ru: string; en: string }[]
}

export const rulesStore = {
  async insert(sql: Queryable, rule: NewRule, by: number | null): Promise<number> {
    const [row] = await sql<{ id: number }[]>`
      insert into automation_rule (name, event, condition, actions, enabled, position, created_by, updated_by)
      values (${rule.name}, ${rule.event}, ${rule.condition}, ${sql.json(rule.actions as unknown as Json)}, ${rule.enabled},
        (select coalesce(max(position), 0) + 1 from automation_rule), ${by}, ${by}) returning id`
    return row!.id
  },
  /** The rule is kept as it was not looping: whoever changed it has looked. Null: it is not of this version any more. */
  async update(sql: Queryable, id: number, version: number, rule: NewRule, by: number | null): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`
      update automation_rule set name = ${rule.name}, event = ${rule.event}, condition = ${rule.condition},
        actions = ${sql.json(rule.actions as unknown as Json)}, enabled = ${rule.enabled}, looping = null, looping_at = null,
        updated_by = ${by}, updated_at = app_now(), version = version + 1
      where id = ${id} and version = ${version} and archived_at is null returning version`
    return row?.version ?? null
  },
  async keepVersion(sql: Queryable, id: number, by: number | null): Promise<void> {
    await sql`insert into automation_rule_version (rule_id, version, body, saved_by)
      select id, version, jsonb_build_object('name', name, 'event', event, 'condition', condition, 'actions', actions, 'enabled', enabled),
        ${by} from automation_rule where id = ${id}`
  },
  async archive(sql: Queryable, id: number, version: number): Promise<boolean> {
    const rows = await sql`update automation_rule set archived_at = app_now(), enabled = false, version = version + 1
      where id = ${id} and version = ${version} and archived_at is null returning id`
    return rows.length > 0
  },
  async versionOf(sql: Queryable, id: number): Promise<number | null> {
    const [row] = await sql<
      { version: number }[]
    >`select version from automation_rule where id = ${id} and archived_at is null`
    return row?.version ?? null
  },
  /** Ids of all rules in use, in their order, locked so that two who set the order do it one after another. */
  async lockOrder(sql: Queryable): Promise<number[]> {
    const rows = await sql<{ id: number }[]>`
      select id from automation_rule where archived_at is null order by position, id for update`
    return rows.map((row) => row.id)
  },
  async setOrder(sql: Queryable, ids: readonly number[]): Promise<void> {
    await sql`update automation_rule r set position = o.at
      from unnest(${[...ids]}::bigint[]) with ordinality as o(id, at) where r.id = o.id`
  },
  /** The rules that hear this event now, in their order. */
  hearing(sql: Queryable, event: string): Promise<RuleRow[]> {
    return sql<RuleRow[]>`select id, name, event, condition, actions, enabled, version from automation_rule
      where event = ${event} and enabled and archived_at is null order by position, id`
  },
  /** Keeps a run; false: this rule has acted on this occasion already. */
  async insertRun(sql: Queryable, run: NewRun): Promise<boolean> {
    const { chain, reason, steps, ...plain } = run
    const rows = await sql`insert into automation_run ${sql({
      ...plain,
      chain: [...chain],
      reason: reason === null ? null : sql.json(reason),
      steps: sql.json(steps as unknown as Json),
    } as never)} on conflict (rule_id, event_key) do nothing returning id`
    return rows.length > 0
  },
  /** Forgets some runs older than so long; says how many. */
  async forgetRuns(sql: Queryable, keepMs: number, limit: number): Promise<number> {
    const rows = await sql`delete from automation_run where id in (select id from automation_run
      where at < app_now() - make_interval(secs => ${keepMs / 1_000}) order by at limit ${limit}) returning id`
    return rows.length
  },
  async hasRun(sql: Queryable, ruleId: number, eventKey: string): Promise<boolean> {
    const rows = await sql`select 1 from automation_run where rule_id = ${ruleId} and event_key = ${eventKey}`
    return rows.length > 0
  },
  /** How often a rule has acted on a ticket since a moment. */
  async runsSince(sql: Queryable, ruleId: number, ticketId: number, since: Instant): Promise<number> {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from automation_run
      where ticket_id = ${ticketId} and rule_id = ${ruleId} and at > ${since} and result = 'done'`
    return row!.count
  },
  async markLooping(sql: Queryable, id: number, version: number, looping: Json): Promise<void> {
    await sql`update automation_rule set looping = ${sql.json(looping)}, looping_at = app_now()
      where id = ${id} and version = ${version}`
  },
  async namesOf(sql: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await sql<
      { id: number; name: string }[]
    >`select id, name from automation_rule where id = any(${[...new Set(ids)]}::bigint[])`
    return new Map(rows.map((row) => [row.id, row.name]))
  },
  /** One after another on a ticket and rule, so that two events at once count each other's runs. */
  async lockTicketOf(sql: Queryable, ticketId: number): Promise<boolean> {
    return (await sql`select 1 from ticket where id = ${ticketId} and merged_into_id is null for update`).length > 0
  },
  async setChain(sql: Queryable, chain: readonly number[]): Promise<void> {
    await sql`select set_config('app.rule_chain', ${chain.join(',')}, true)`
  },
  /** The rules whose doing this transaction is. */
  async chain(sql: Queryable): Promise<number[]> {
    const [row] = await sql<{ chain: string | null }[]>`select current_setting('app.rule_chain', true) as chain`
    return chainFrom(row?.chain ?? '')
  },
  /** A job of the same transaction carries the event to the rules, where any rule hears it: asked and enqueued in one round trip. */
  async announce(
    sql: Queryable,
    task: string,
    event: { event: string; ticketId: number; data: object; runAt: string | null },
  ): Promise<void> {
    const { event: code, ticketId, data, runAt } = event
    await sql`select enqueue_job(${task.replace('.', ':')}, json_build_object('event', ${code}::text, 'ticketId', ${ticketId}::bigint,
        'data', ${JSON.stringify(data)}::text::json, 'key', gen_random_uuid(), 'chain', coalesce(current_setting('app.rule_chain', true), '')),
        ${runAt}::timestamptz)
      where exists (select 1 from automation_rule where event = ${code} and enabled and archived_at is null)`
  },
}

export function chainFrom(text: string): number[] {
  return text === '' ? [] : text.split(',').map(Number)
}
