import { decodeCursor, type Instant, isoInstant, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type ActionThings, actionThings } from '@opora/process'
import type { z } from 'zod'
import { refuseAutomation } from './automation.refusals.ts'
import type { RuleAction, RuleView, ruleVersionList, runPage } from './contract.ts'
import type { RuleEventCode } from './domain/rule-events.ts'
import { describeActions } from './verbs/check-rule.ts'

interface ListedRow {
  id: number
  name: string
  event: RuleEventCode
  condition: string
  actions: RuleAction[]
  enabled: boolean
  looping: { chain: string[]; why: 'itself' | 'too_long' | 'too_often' } | null
  loopingAt: Instant | null
  runs: number
  faults: number
  lastRunAt: Instant | null
  updatedAt: Instant
  updatedBy: string | null
  version: number
}

/** Rules in the order in which they act; `id`: that one alone. */
export async function listRules(sql: Queryable, id: number | null = null): Promise<RuleView[]> {
  const rows = await sql<ListedRow[]>`
    select r.id, r.name, r.event, r.condition, r.actions, r.enabled, r.looping, r.looping_at, r.updated_at, a.name as updated_by, r.version,
      count(n.id) filter (where n.result = 'done')::int as runs, count(n.id) filter (where n.result <> 'done')::int as faults, max(n.at) as last_run_at
    from automation_rule r left join account a on a.id = r.updated_by
      left join automation_run n on n.rule_id = r.id and n.at > app_now() - interval '30 days'
    where r.archived_at is null and (${id}::bigint is null or r.id = ${id})
    group by r.id, a.name order by r.position, r.id`
  const things = await actionThings(sql)
  return rows.map((row) => presentRule(row, things))
}

export async function ruleOf(sql: Queryable, id: number): Promise<RuleView> {
  const [rule] = await listRules(sql, id)
  if (!rule) throw refuseAutomation('automation.not_found')
  return rule
}

function presentRule(row: ListedRow, things: ActionThings): RuleView {
  const { looping, loopingAt, lastRunAt, updatedAt, updatedBy, ...plain } = row
  return {
    ...plain,
    does: describeActions(row.actions, things),
    looping: looping === null || loopingAt === null ? null : { ...looping, at: isoInstant(loopingAt) },
    lastRunAt: lastRunAt === null ? null : isoInstant(lastRunAt),
    updatedAt: isoInstant(updatedAt),
    updatedBy: updatedBy ?? '',
  }
}

interface VersionRow {
  version: number
  body: { name: string; event: RuleEventCode; condition: string; actions: RuleAction[]; enabled: boolean }
  savedAt: Instant
  savedBy: string | null
}

export async function versionsOfRule(sql: Queryable, id: number): Promise<z.infer<typeof ruleVersionList>> {
  const rows = await sql<VersionRow[]>`
    select v.version, v.body, v.saved_at, a.name as saved_by from automation_rule_version v
      join automation_rule r on r.id = v.rule_id and r.archived_at is null left join account a on a.id = v.saved_by
    where v.rule_id = ${id} order by v.version desc limit 200`
  if (rows.length === 0) throw refuseAutomation('automation.not_found')
  const things = await actionThings(sql)
  return {
    items: rows.map(({ version, body, savedAt, savedBy }) => {
      const { actions, ...said } = body
      const saved = { savedAt: isoInstant(savedAt), savedBy: savedBy ?? '' }
      return { version, ...said, ...saved, does: describeActions(actions, things) }
    }),
  }
}

type RunPage = z.infer<typeof runPage>
type Run = RunPage['items'][number]

export async function runsOfRule(
  sql: Queryable,
  ruleId: number,
  page: { limit: number; cursor?: string | undefined },
): Promise<RunPage> {
  await ruleOf(sql, ruleId)
  const before = page.cursor === undefined ? null : Number(decodeCursor(page.cursor, 1)?.[0] ?? 0)
  const rows = await sql<(Omit<Run, 'at' | 'chain'> & { at: Instant; chain: string[] | null })[]>`
    select n.id, n.ticket_id, t.number, n.rule_version, n.at, n.result, n.reason, n.steps,
      (select array_agg(coalesce(r.name, c.id::text) order by c.at) from unnest(n.chain) with ordinality as c(id, at)
        left join automation_rule r on r.id = c.id) as chain
    from automation_run n join ticket t on t.id = n.ticket_id
    where n.rule_id = ${ruleId} and (${before}::bigint is null or n.id < ${before}) order by n.id desc limit ${page.limit + 1}`
  const items = rows.map((row): Run => ({ ...row, at: isoInstant(row.at), chain: row.chain ?? [] }))
  return pageOf(items, page.limit, (run) => [run.id])
}

/** Names of the rules that call this webhook. */
export async function rulesOfWebhook(sql: Queryable, webhookId: number): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct r.name from automation_rule r, webhook w, jsonb_array_elements(r.actions) as a
    where w.id = ${webhookId} and r.archived_at is null and a ->> 'name' = 'call_webhook' and a -> 'params' ->> 'webhook' = w.code
    order by r.name limit 20`
  return rows.map((row) => row.name)
}
