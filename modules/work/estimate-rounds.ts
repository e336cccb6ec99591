import type { CivilDate, Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { EstimateLine, EstimateRound, EstimateState } from './domain/estimate.ts'

export interface EstimateRow {
  id: number
  clientId: number
  ticketId: number
  round: number
  state: EstimateState
  title: string
  specification: string
  lines: EstimateLine[]
  minutes: number
  amountKopecks: number
  validUntil: CivilDate | null
  authorId: number
  offeredAt: Instant | null
  decidedAt: Instant | null
  /** The civil date of the decision in the contract's or company's zone. */
  decidedOn: CivilDate | null
  decidedBy: string | null
  decisionComment: string | null
  version: number
}

function rounds(sql: Queryable) {
  return sql`select e.id, e.client_id, e.ticket_id, e.round, e.state, e.title, e.specification, e.lines, e.minutes, e.amount_kopecks,
      e.valid_until, e.author_id, e.offered_at, e.decided_at, (e.decided_at at time zone cl.zone)::date as decided_on,
      coalesce(dc.name, da.name) as decided_by, e.decision_comment, e.version
    from estimate e join client cl on cl.id = e.client_id left join contact dc on dc.id = e.decided_by_contact_id
      left join account da on da.id = e.decided_by_account_id`
}

/** A ticket's rounds as the rules take them. */
export const estimateRounds = {
  async ofTicket(sql: Queryable, ticketId: number): Promise<EstimateRow[]> {
    return sql<EstimateRow[]>`${rounds(sql)} where e.ticket_id = ${ticketId} order by e.round`
  },
  async find(sql: Queryable, id: number): Promise<EstimateRow | null> {
    const [row] = await sql<EstimateRow[]>`${rounds(sql)} where e.id = ${id}`
    return row ?? null
  },
}

/** The row as the rules take it. */
export function roundOf(row: EstimateRow): EstimateRound {
  return {
    id: String(row.id),
    ticketId: String(row.ticketId),
    round: row.round,
    state: row.state,
    lines: row.lines,
    specification: row.specification,
    validUntil: row.validUntil,
    question: row.state === 'asked' ? row.decisionComment : null,
    decided:
      row.decidedAt === null || row.decidedOn === null
        ? null
        : { at: row.decidedAt, on: row.decidedOn, by: row.decidedBy ?? '', comment: row.decisionComment ?? '' },
  }
}
