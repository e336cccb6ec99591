import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { CivilMonth, Instant, Locale } from '@opora/core'
import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { RunAct, RunView } from './month-runs.contract.ts'

interface Row {
  id: number
  month: CivilMonth
  act: RunAct
  by: string
  createdAt: Instant
  finishedAt: Instant | null
  total: number
  done: number
  refused: number
  refusals: (Omit<RunView['refusals'][number], 'sentence'> & { sentenceRu: string; sentenceEn: string })[]
}

const RUNS_SHOWN = 10

/** Acts on a month, the latest first, or one of them; counted over the contracts that the reader may see. */
export async function runsOf(
  sql: Queryable,
  actor: Actor,
  ask: { month: CivilMonth } | { id: number },
  locale: Locale,
): Promise<RunView[]> {
  const rows = await sql<Row[]>`
    select r.id, r.month, r.act, a.name as by, r.created_at, r.finished_at, i.total, i.done, i.refused, i.refusals
    from month_run r join account a on a.id = r.account_id
      join lateral (
        select count(*)::int as total, count(*) filter (where m.state = 'done')::int as done,
          count(*) filter (where m.state = 'refused')::int as refused,
          coalesce(jsonb_agg(jsonb_build_object('contract', jsonb_build_object('id', k.id, 'number', k.number),
            'client', jsonb_build_object('id', cl.id, 'name', cl.name), 'code', m.code, 'sentenceRu', m.sentence_ru, 'sentenceEn', m.sentence_en)
            order by cl.name, k.id) filter (where m.state = 'refused'), '[]') as refusals
        from month_run_item m join contract k on k.id = m.contract_id join client cl on cl.id = m.client_id
        where m.run_id = r.id and ${scopeCondition(sql, scopeOf(actor, 'period.read'), { client: sql`m.client_id` })}) i on i.total > 0
    where ${'id' in ask ? sql`r.id = ${ask.id}` : sql`r.month = ${ask.month}`}
    order by r.id desc limit ${RUNS_SHOWN}`
  return rows.map(({ createdAt, finishedAt, refusals, ...row }) => ({
    ...row,
    createdAt: isoInstant(createdAt),
    finishedAt: isoInstantOrNull(finishedAt),
    refusals: refusals.map(({ sentenceRu, sentenceEn, ...one }) => ({
      ...one,
      sentence: locale === 'ru' ? sentenceRu : sentenceEn,
    })),
  }))
}
