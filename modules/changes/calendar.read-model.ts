import { type Actor, can, scopeCondition, scopeOf } from '@opora/access'
import { type Instant, isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { ticketScope } from '@opora/tickets'
import type { CalendarView, ConflictView, FreezeView } from './contract.ts'
import type { ChangeKind, Stage, WindowState } from './domain/change.ts'
import { type Conflict, conflictsOf, type PlannedWindow } from './domain/conflicts.ts'
import { windowRows } from './window-rows.ts'

interface WindowRow extends PlannedWindow {
  ticketId: number
  subject: string
  clientName: string
  portalName: string | null
  implementerName: string | null
  kind: ChangeKind
  stage: Stage
  windowState: WindowState
}

/** Windows and freezes between two moments, each window with what stands in its way. */
export async function changeCalendar(
  sql: Queryable,
  actor: Actor,
  query: { from: Instant; until: Instant; clientId?: number | undefined },
): Promise<CalendarView> {
  const { from, until, clientId } = query
  const rows = await sql<WindowRow[]>`
    select c.id as change_id, t.number, c.client_id, c.portal_id, c.implementer_id, c.window_from as "from", c.window_until as until,
      c.ticket_id, t.subject, cl.name as client_name, p.name as portal_name, i.name as implementer_name, c.kind, c.stage, c.window_state
    from change c join ticket t on t.id = c.ticket_id join client cl on cl.id = c.client_id left join portal p on p.id = c.portal_id
      left join account i on i.id = c.implementer_id
    where c.window_from < ${until} and c.window_until > ${from} and c.stage <> 'cancelled' and ${ticketScope(sql, scopeOf(actor, 'change.read'))}
      ${clientId === undefined ? sql`` : sql`and c.client_id = ${clientId}`}
    order by c.window_from, c.id limit 500`
  // what a reader may not see still stands in the way; it is named by its time alone
  const others = rows.length === 0 ? [] : await windowRows.windows(sql, from, until)
  const all = rows.length === 0 ? [] : await windowRows.freezes(sql, from, until)
  const seen = new Set(rows.map((row) => row.changeId))
  return {
    windows: rows.map((row) => ({
      changeId: row.changeId,
      ticket: { id: row.ticketId, number: row.number, subject: row.subject },
      client: { id: row.clientId, name: row.clientName },
      portal: row.portalId === null ? null : { id: row.portalId, name: row.portalName ?? '' },
      implementer: row.implementerName,
      kind: row.kind,
      stage: row.stage,
      windowState: row.windowState,
      from: isoInstant(row.from),
      until: isoInstant(row.until),
      conflicts: isOver(row.stage)
        ? []
        : conflictsOf(row, row.kind === 'emergency', others, all).map((one) => presentConflict(one, seen)),
    })),
    freezes: await listFreezes(sql, actor, query),
  }
}

function isOver(stage: Stage): boolean {
  return stage === 'installed' || stage === 'rolled_back' || stage === 'cancelled'
}

function presentConflict(one: Conflict, seen: ReadonlySet<number>): ConflictView {
  const span = { from: isoInstant(one.from), until: isoInstant(one.until) }
  if (one.kind === 'freeze')
    return { kind: one.kind, stops: one.stops, reason: one.reason, changeId: null, number: null, ...span }
  const known = seen.has(one.changeId)
  return {
    kind: one.kind,
    stops: false,
    reason: null,
    changeId: known ? one.changeId : null,
    number: known ? one.number : null,
    ...span,
  }
}

/** What would stand in the way of a window of this change. */
export async function conflictsFor(
  sql: Queryable,
  actor: Actor,
  given: { id: number; from: Instant; until: Instant },
): Promise<ConflictView[] | null> {
  const [row] = await sql<(PlannedWindow & { kind: ChangeKind })[]>`
    select c.id as change_id, t.number, c.client_id, c.portal_id, c.implementer_id, c.kind from change c join ticket t on t.id = c.ticket_id
    where c.id = ${given.id} and ${ticketScope(sql, scopeOf(actor, 'change.read'))}`
  if (!row) return null
  const { from, until } = given
  const others = await windowRows.windows(sql, from, until)
  const visible = await sql<{ id: number }[]>`
    select c.id from change c join ticket t on t.id = c.ticket_id
    where c.id = any(${others.map((one) => one.changeId)}::bigint[]) and ${ticketScope(sql, scopeOf(actor, 'change.read'))}`
  const seen = new Set(visible.map((one) => one.id))
  const freezes = await windowRows.freezes(sql, from, until)
  return conflictsOf({ ...row, from, until }, row.kind === 'emergency', others, freezes).map((one) =>
    presentConflict(one, seen),
  )
}

async function listFreezes(
  sql: Queryable,
  actor: Actor,
  query: { from: Instant; until: Instant; clientId?: number | undefined },
): Promise<FreezeView[]> {
  const scope = scopeCondition(sql, scopeOf(actor, 'change.read'), { client: sql`f.client_id` })
  const rows = await sql<
    {
      id: number
      clientId: number | null
      clientName: string | null
      fromAt: Instant
      untilAt: Instant
      reason: string
      allowsEmergency: boolean
    }[]
  >`select f.id, f.client_id, cl.name as client_name, f.from_at, f.until_at, f.reason, f.allows_emergency
    from freeze_period f left join client cl on cl.id = f.client_id
    where f.lifted_at is null and f.from_at < ${query.until} and f.until_at > ${query.from} and (f.client_id is null or ${scope})
      ${query.clientId === undefined ? sql`` : sql`and (f.client_id is null or f.client_id = ${query.clientId})`}
    order by f.from_at, f.id limit 500`
  return rows.map((row) => ({
    id: row.id,
    client: row.clientId === null ? null : { id: row.clientId, name: row.clientName ?? '' },
    from: isoInstant(row.fromAt),
    until: isoInstant(row.untilAt),
    reason: row.reason,
    allowsEmergency: row.allowsEmergency,
  }))
}

export async function freezeView(sql: Queryable, actor: Actor, id: number): Promise<FreezeView | null> {
  const [row] = await sql<{ fromAt: Instant; untilAt: Instant; clientId: number | null }[]>`
    select from_at, until_at, client_id from freeze_period where id = ${id} and lifted_at is null`
  if (!row || !can(actor, 'freeze.change', { clientId: row.clientId })) return null
  const all = await listFreezes(sql, actor, { from: row.fromAt, until: row.untilAt })
  return all.find((one) => one.id === id) ?? null
}
