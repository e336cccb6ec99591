import type { Instant, Words } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import type { ChangeRecord } from './change-record.ts'
import type { Approval, ChangeKind, Stage, WindowState } from './domain/change.ts'

export type ChangePatch = Partial<{
  portalId: number | null
  kind: ChangeKind
  templateId: number | null
  risk: string
  description: string
  buildPlan: string
  testPlan: string
  rollbackPlan: string
  authorId: number | null
  implementerId: number | null
  approval: Approval
  decidedAt: Instant | null
  decision: Words[] | null
  boardPlace: string | null
  needsVote: boolean
  onAgendaAt: Instant | null
  stage: Stage
  windowFrom: Instant
  windowUntil: Instant
  windowState: WindowState
  windowBy: string | null
  windowAt: Instant | null
  windowComment: string
  startedAt: Instant
  finishedAt: Instant
  resultNote: string
  reviewDueAt: Instant | null
  boardReviewedAt: Instant | null
  lateToldAt: Instant | null
  review: { outcome: string; note: string; by: string; at: string }
}>

const JSON_FIELDS = ['decision', 'review'] as const

function columns(sql: Queryable) {
  return sql`c.id, c.client_id, c.ticket_id, c.portal_id, c.kind, c.template_id, c.risk, c.description, c.build_plan, c.test_plan,
    c.rollback_plan, c.author_id, c.implementer_id, c.approval, c.board_place, c.needs_vote, c.stage, c.window_from, c.window_until,
    c.window_state, c.review_due_at, c.board_reviewed_at, c.version,
    (select count(*) from change_condition k where k.change_id = c.id and k.met_at is null and k.voided_at is null) as open_conditions`
}

export const changesStore = {
  async ofTicket(sql: Queryable, ticketId: number): Promise<ChangeRecord | null> {
    const [row] = await sql<ChangeRecord[]>`select ${columns(sql)} from change c where c.ticket_id = ${ticketId}`
    return row ?? null
  },
  async find(sql: Queryable, id: number): Promise<ChangeRecord | null> {
    const [row] = await sql<ChangeRecord[]>`select ${columns(sql)} from change c where c.id = ${id}`
    return row ?? null
  },
  /** The ticket's change; made when there is none. The ticket is locked, so that two do not make it at once. */
  async ensure(
    tx: Tx,
    ticket: { id: number; clientId: number; portalId: number | null },
    authorId: number | null,
  ): Promise<ChangeRecord> {
    await tx`insert into change (client_id, ticket_id, portal_id, author_id)
      values (${ticket.clientId}, ${ticket.id}, ${ticket.portalId}, ${authorId}) on conflict (ticket_id) do nothing`
    return (await changesStore.ofTicket(tx, ticket.id))!
  },
  async update(tx: Tx, id: number, patch: ChangePatch): Promise<void> {
    const row: Record<string, unknown> = { ...patch }
    for (const field of JSON_FIELDS) {
      const value = patch[field]
      if (value !== undefined && value !== null) row[field] = tx.json(value as unknown as Json)
    }
    if (Object.keys(row).length > 0) await tx`update change set ${tx(row as never)} where id = ${id}`
    await tx`update change set version = version + 1, updated_at = app_now() where id = ${id}`
  },
  /** What the cabinet may write. */
  async decideWindow(tx: Tx, id: number, given: { state: WindowState; by: string; comment: string }): Promise<void> {
    await tx`update change set window_state = ${given.state}, window_by = ${given.by}, window_at = app_now(),
      window_comment = ${given.comment}, version = version + 1, updated_at = app_now() where id = ${id}`
  },
  async addCondition(
    tx: Tx,
    row: { clientId: number; changeId: number; ballotId: number; text: string; askedBy: string },
  ): Promise<void> {
    await tx`insert into change_condition ${tx(row)}`
  },
  async meetCondition(
    tx: Tx,
    given: { id: number; changeId: number; by: number | null; byName: string; note: string },
  ): Promise<boolean> {
    const done =
      await tx`update change_condition set met_at = app_now(), met_by = ${given.by}, met_by_name = ${given.byName}, met_note = ${given.note}
      where id = ${given.id} and change_id = ${given.changeId} and met_at is null and voided_at is null returning id`
    return done.length > 0
  },
  /** Conditions of a vote that no longer counts bind nothing. */
  async dropConditions(tx: Tx, changeId: number): Promise<void> {
    await tx`update change_condition set voided_at = app_now() where change_id = ${changeId} and voided_at is null`
  },
  async portalOf(sql: Queryable, clientId: number, portalId: number): Promise<boolean> {
    const rows = await sql`select 1 from portal where id = ${portalId} and client_id = ${clientId}`
    return rows.length > 0
  },
  async worksHere(sql: Queryable, accountId: number): Promise<boolean> {
    const rows = await sql`select 1 from account where id = ${accountId} and side = 'staff' and active`
    return rows.length > 0
  },
  /** Emergencies whose review is late and of which nobody has been told. */
  async lateReviews(tx: Tx, limit: number): Promise<{ id: number; ticketId: number }[]> {
    return tx<{ id: number; ticketId: number }[]>`
      select id, ticket_id from change where review_due_at < app_now() and board_reviewed_at is null and late_told_at is null
      order by review_due_at limit ${limit}`
  },
}

/** As much of a ticket's change as every reader may see: what keeps a ticket from leaving a place or being closed. */
export interface ChangeGuard {
  id: number
  kind: ChangeKind
  approval: Approval
  boardPlace: string | null
  needsVote: boolean
  stage: Stage
  boardReviewedAt: Instant | null
}

export async function guardOf(sql: Queryable, ticketId: number): Promise<ChangeGuard | null> {
  const [row] = await sql<ChangeGuard[]>`
    select id, kind, approval, board_place, needs_vote, stage, board_reviewed_at from change where ticket_id = ${ticketId}`
  return row ?? null
}
