import type { CivilDate, Instant } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
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

export const estimatesStore = {
  async ofTicket(sql: Queryable, ticketId: number): Promise<EstimateRow[]> {
    return sql<EstimateRow[]>`${rounds(sql)} where e.ticket_id = ${ticketId} order by e.round`
  },
  async find(sql: Queryable, id: number): Promise<EstimateRow | null> {
    const [row] = await sql<EstimateRow[]>`${rounds(sql)} where e.id = ${id}`
    return row ?? null
  },
  async insert(
    tx: Tx,
    row: Pick<
      EstimateRow,
      | 'clientId'
      | 'ticketId'
      | 'round'
      | 'title'
      | 'specification'
      | 'lines'
      | 'minutes'
      | 'amountKopecks'
      | 'validUntil'
      | 'authorId'
    >,
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into estimate ${tx({ ...row, lines: tx.json(row.lines as unknown as Json) } as never)} returning id`
    return made!.id
  },
  async setState(tx: Tx, ids: readonly number[], state: EstimateState): Promise<void> {
    await tx`update estimate set state = ${state}, version = version + 1 where id = any(${[...ids]}::bigint[])`
  },
  async offer(tx: Tx, id: number, validUntil: CivilDate | null): Promise<void> {
    await tx`update estimate set state = 'offered', valid_until = ${validUntil}, offered_at = app_now(), version = version + 1
      where id = ${id}`
  },
  async decide(
    tx: Tx,
    id: number,
    decision: { state: EstimateState; contactId: number | null; accountId: number | null; comment: string },
  ): Promise<void> {
    await tx`update estimate set state = ${decision.state}, decided_at = app_now(), decided_by_contact_id = ${decision.contactId},
      decided_by_account_id = ${decision.accountId}, decision_comment = ${decision.comment}, version = version + 1 where id = ${id}`
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
