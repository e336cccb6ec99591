import { type Actor, can, scopeOf } from '@opora/access'
import {
  decodeCursor,
  type Instant,
  isoInstant,
  isoInstantOrNull,
  type Locale,
  type Page,
  pageOf,
  type Words,
} from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ticketScope } from '@opora/tickets'
import { boardRows } from './board-rows.ts'
import { type ChangeRecord, ruleOf } from './change-record.ts'
import { changeRefusals } from './changes.refusals.ts'
import type { ChangeQuery, ChangeRowView, ChangeView } from './contract.ts'
import { type Delegation, seatsOf, takesBallots } from './domain/board.ts'
import { isReviewLate, whyNotStart } from './domain/change.ts'
import { presentRound, type RoundRow, roundsOfChange } from './rounds.read-model.ts'

type Fragment = ReturnType<Queryable>

interface Row extends ChangeRecord {
  number: number
  subject: string
  clientName: string
  portalName: string | null
  templateName: string | null
  authorName: string | null
  implementerName: string | null
  decidedAt: Instant | null
  decision: Words[] | null
  onAgendaAt: Instant | null
  windowBy: string | null
  windowComment: string
  startedAt: Instant | null
  finishedAt: Instant | null
  resultNote: string
  review: ChangeView['review']
  roundId: number | null
}

function source(sql: Queryable): Fragment {
  return sql`select c.*, (select count(*) from change_condition k where k.change_id = c.id and k.met_at is null and k.voided_at is null) as open_conditions,
      t.number, t.subject, cl.name as client_name, p.name as portal_name, m.name_ru as template_name, a.name as author_name,
      i.name as implementer_name, r.id as round_id
    from change c join ticket t on t.id = c.ticket_id join client cl on cl.id = c.client_id left join portal p on p.id = c.portal_id
      left join change_template m on m.id = c.template_id left join account a on a.id = c.author_id
      left join account i on i.id = c.implementer_id left join board_round r on r.change_id = c.id and r.state = 'open'`
}

/** One change with everything about it; null: not there, or not for this reader. */
export async function changeView(
  sql: Queryable,
  actor: Actor,
  which: { id: number } | { ticketId: number },
): Promise<ChangeView | null> {
  const [row] = await sql<Row[]>`${source(sql)}
    where ${'id' in which ? sql`c.id = ${which.id}` : sql`c.ticket_id = ${which.ticketId}`} and ${ticketScope(sql, scopeOf(actor, 'change.read'))}`
  if (!row) return null
  const now = await databaseNow(sql)
  const [rounds, delegations] = await Promise.all([roundsOfChange(sql, row.id), boardRows.delegations(sql, now)])
  const conditions = await conditionsOf(sql, row.id)
  const deployments = await deploymentsOf(sql, row.id)
  return {
    ...headOf(row),
    ...plansOf(row),
    ...windowOf(row),
    decidedAt: isoInstantOrNull(row.decidedAt),
    decision: (row.decision ?? []).map((line) => line[actor.locale]),
    needsVote: row.needsVote,
    boardReviewedAt: isoInstantOrNull(row.boardReviewedAt),
    reviewDueAt: isoInstantOrNull(row.reviewDueAt),
    reviewLate: isReviewLate(row, now),
    review: row.review,
    conditions,
    deployments,
    rounds: rounds.map((round) => presentRound(round, actor.locale)),
    mySeats: seatsOfReader(actor, row, rounds, delegations, now),
    notReady: notReady(row, actor.locale),
    may: mayOf(actor, row),
    version: row.version,
  }
}

function headOf(row: Row) {
  return {
    id: row.id,
    ticket: { id: row.ticketId, number: row.number, subject: row.subject },
    client: { id: row.clientId, name: row.clientName },
    portal: named(row.portalId, row.portalName),
    kind: row.kind,
    approval: row.approval,
    stage: row.stage,
  }
}

function plansOf(row: Row) {
  return {
    template: named(row.templateId, row.templateName),
    risk: row.risk as ChangeView['risk'],
    description: row.description,
    buildPlan: row.buildPlan,
    testPlan: row.testPlan,
    rollbackPlan: row.rollbackPlan,
    author: named(row.authorId, row.authorName),
    implementer: named(row.implementerId, row.implementerName),
  }
}

function windowOf(row: Row) {
  return {
    windowFrom: isoInstantOrNull(row.windowFrom),
    windowUntil: isoInstantOrNull(row.windowUntil),
    windowState: row.windowState,
    windowBy: row.windowBy,
    windowComment: row.windowComment,
    startedAt: isoInstantOrNull(row.startedAt),
    finishedAt: isoInstantOrNull(row.finishedAt),
    resultNote: row.resultNote,
  }
}

function named(id: number | null, name: string | null): { id: number; name: string } | null {
  return id === null ? null : { id, name: name ?? '' }
}

function mayOf(actor: Actor, row: Row): ChangeView['may'] {
  const subject = { clientId: row.clientId }
  return {
    write: can(actor, 'change.write', subject),
    manage: can(actor, 'change.manage', subject),
    install: can(actor, 'change.install', subject),
  }
}

function notReady(row: Row, locale: Locale): string | null {
  if (row.stage !== 'draft' && row.stage !== 'planned') return null
  const refused = whyNotStart(ruleOf(row))
  return refused === null ? null : changeRefusals.refuse(refused).sentence(locale)
}

function seatsOfReader(
  actor: Actor,
  row: Row,
  rounds: readonly RoundRow[],
  delegations: readonly Delegation[],
  now: Instant,
): ChangeView['mySeats'] {
  const open = rounds.find((round) => round.state === 'open')
  if (!open || !takesBallots(open, now)) return []
  if (actor.accountId === null || !can(actor, 'change.vote', { clientId: row.clientId })) return []
  return seatsOf(actor.accountId, open.seats, open.ballots, delegations, row, now).map(({ seatId, name, as }) => ({
    id: seatId,
    name,
    as,
  }))
}

async function conditionsOf(sql: Queryable, changeId: number): Promise<ChangeView['conditions']> {
  const rows = await sql<
    { id: number; text: string; askedBy: string; metAt: Instant | null; metByName: string | null; metNote: string }[]
  >`select id, text, asked_by, met_at, met_by_name, met_note from change_condition
    where change_id = ${changeId} and voided_at is null order by id`
  return rows.map(({ id, text, askedBy, metAt, metByName, metNote }) => ({
    id,
    text,
    askedBy,
    metAt: isoInstantOrNull(metAt),
    metBy: metByName,
    note: metNote,
  }))
}

async function deploymentsOf(sql: Queryable, changeId: number): Promise<ChangeView['deployments']> {
  const rows = await sql<
    {
      id: number
      source: string
      environment: string
      release: string
      status: string
      url: string | null
      at: Instant
    }[]
  >`select id, source_name as source, environment, release, status, url, at from deployment where change_id = ${changeId} order by at desc, id desc limit 50`
  return rows.map((row) => ({ ...row, at: isoInstant(row.at) }))
}

interface ListedRow extends Row {
  sessionId: number | null
  round: number | null
  purpose: 'approval' | 'review' | null
  deadlineAt: Instant | null
  rule: { quorum: number } | null
  seats: { id: number; name: string; veto: boolean; excluded: 'author' | 'implementer' | null }[] | null
  castSeats: number[] | null
  sortKey: number
}

const SHOWN: Record<ChangeQuery['show'], (sql: Queryable) => Fragment> = {
  agenda: (sql) => sql`c.approval in ('agenda', 'voting')`,
  mine: (sql) => sql`c.approval = 'voting'`,
  planned: (sql) => sql`c.stage in ('planned', 'installing')`,
  done: (sql) => sql`c.stage in ('installed', 'rolled_back')`,
  all: (sql) => sql`true`,
}

/** The agenda, or the registry: by the moment a change came before the board, the earliest first; others the latest first. */
export async function listChanges(sql: Queryable, actor: Actor, query: ChangeQuery): Promise<Page<ChangeRowView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)
  if (query.cursor !== undefined && typeof after?.[0] !== 'number')
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const now = await databaseNow(sql)
  const delegations = await boardRows.delegations(sql, now)
  const rows = await sql<ListedRow[]>`
    select * from (
      select l.*, s.session_id, s.round, s.purpose, s.deadline_at, s.rule, s.seats,
        (select array_agg(b.seat_id) from board_ballot b where b.round_id = l.round_id) as cast_seats
      from (${source(sql)} where ${ticketScope(sql, scopeOf(actor, 'change.read'))} and ${SHOWN[query.show](sql)}
        ${query.kind ? sql`and c.kind = ${query.kind}` : sql``}
        ${query.risk ? sql`and c.risk = ${query.risk}` : sql``}
        ${query.clientId ? sql`and c.client_id = ${query.clientId}` : sql``}
        ${query.portalId ? sql`and c.portal_id = ${query.portalId}` : sql``}) l
      left join board_round s on s.id = l.round_id) listed
    where true ${query.show === 'mine' ? mineOnly(sql, actor, delegations) : sql``} ${after ? sql`and id < ${after[0] as number}::bigint` : sql``}
    order by id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.id])
  return { ...page, items: page.items.map((row) => presentRow(row, actor, delegations, now)) }
}

/** Votes in which one of the reader's seats, own or lent, is still free. */
function mineOnly(sql: Queryable, actor: Actor, delegations: readonly Delegation[]): Fragment {
  const me = actor.accountId ?? 0
  const seats = [me, ...delegations.filter((one) => one.delegateId === me).map((one) => one.memberId)]
  return sql`and coalesce(author_id, 0) <> ${me} and coalesce(implementer_id, 0) <> ${me} and exists (
    select 1 from jsonb_array_elements(seats) e
    where (e ->> 'id')::bigint = any(${seats}::bigint[]) and e ->> 'excluded' is null and not (e ->> 'id')::bigint = any(coalesce(cast_seats, '{}')))`
}

function presentRow(row: ListedRow, actor: Actor, delegations: readonly Delegation[], now: Instant): ChangeRowView {
  const { windowFrom, windowUntil, windowState } = windowOf(row)
  const cast = row.castSeats ?? []
  const ballots = cast.map((seatId) => ({ seatId }))
  const mayVote = actor.accountId !== null && can(actor, 'change.vote', { clientId: row.clientId })
  const seats = row.seats ?? []
  return {
    ...headOf(row),
    risk: row.risk as ChangeView['risk'],
    author: row.authorName,
    onAgendaAt: isoInstantOrNull(row.onAgendaAt),
    windowFrom,
    windowUntil,
    windowState,
    reviewDueAt: isoInstantOrNull(row.reviewDueAt),
    reviewLate: isReviewLate(row, now),
    vote:
      row.roundId === null
        ? null
        : {
            roundId: row.roundId,
            sessionId: row.sessionId!,
            round: row.round!,
            purpose: row.purpose!,
            deadlineAt: isoInstantOrNull(row.deadlineAt),
            seats: seats.filter((seat) => seat.excluded === null).length,
            cast: cast.length,
            quorum: row.rule!.quorum,
          },
    myTurn: mayVote && seatsOf(actor.accountId!, seats, ballots, delegations, row, now).length > 0,
    version: row.version,
  }
}

/** Whether a ticket without a change is one of the reader's at all. */
export async function seesTicket(sql: Queryable, actor: Actor, ticketId: number): Promise<boolean> {
  const rows =
    await sql`select 1 from ticket t where t.id = ${ticketId} and ${ticketScope(sql, scopeOf(actor, 'change.read'))}`
  return rows.length > 0
}
