import type { MonthlyFigure } from '@opora/contracts'
import type { CivilMonth, Instant, Locale, Words } from '@opora/core'
import { isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { CreditView } from './documents.contract.ts'

/** Why a penalty is what it is: the rules with their arithmetic, and every breach of the month. */
export interface PenaltyEvidence {
  rules: { ruleCode: string; explanation: Words }[]
  breaches: {
    ticketId: number
    ticketNumber: number
    metric: string
    late: Words
    whollyWaitingForClient: boolean
    cause: string | null
  }[]
  /** Measured figures that a rule was met by. */
  figures: { figure: MonthlyFigure; milliPercent: number }[]
  cap: number | null
}

interface Row {
  id: number
  source: 'penalty' | 'objection' | 'carry'
  titleRu: string
  titleEn: string
  kopecks: number
  state: 'proposed' | 'approved' | 'rejected'
  evidence: Partial<PenaltyEvidence>
  decision: string | null
  decidedAt: Instant | null
  decidedBy: string | null
  taken: boolean
}

/** What a month gives back: what was proposed from it, and what its close took. */
export async function creditsOfMonth(
  sql: Queryable,
  contractId: number,
  month: CivilMonth,
  locale: Locale,
): Promise<CreditView[]> {
  const rows = await sql<Row[]>`
    select c.id, c.source, c.title_ru, c.title_en, c.kopecks, c.state, c.evidence, c.decision, c.decided_at, a.name as decided_by,
      c.close_id is not null as taken
    from period_credit c left join account a on a.id = c.decided_by left join period_close p on p.id = c.close_id
    where c.contract_id = ${contractId} and (c.period = ${month} or p.period = ${month} or (c.period is null and c.close_id is null))
    order by c.id`
  return rows.map(({ titleRu, titleEn, evidence, decidedAt, ...row }) => ({
    ...row,
    title: locale === 'ru' ? titleRu : titleEn,
    decidedAt: isoInstantOrNull(decidedAt),
    rules: (evidence.rules ?? []).map((rule) => rule.explanation[locale]),
    figures: evidence.figures ?? [],
    breaches: (evidence.breaches ?? []).map((one) => ({ ...one, late: one.late[locale] })),
  }))
}
