import { type Actor, can, scopeOf } from '@opora/access'
import { type Instant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { ticketScope } from '@opora/tickets'
import type { CabinetChangeView } from './contract.ts'
import type { Approval, Stage, WindowState } from './domain/change.ts'

const CHANGES_MAX = 200

interface Row {
  id: number
  clientId: number
  ticketId: number
  number: number
  subject: string
  portalName: string | null
  approval: Approval
  stage: Stage
  windowFrom: Instant | null
  windowUntil: Instant | null
  windowState: WindowState
  windowBy: string | null
}

/** The client's own changes: what, when, and what is asked of them. */
export async function cabinetChanges(
  sql: Queryable,
  actor: Actor,
  query: { show: 'waiting' | 'planned' | 'all'; ticketId?: number | undefined },
): Promise<CabinetChangeView[]> {
  const rows = await sql<Row[]>`
    select c.id, c.client_id, c.ticket_id, t.number, t.subject, p.name as portal_name, c.approval, c.stage, c.window_from, c.window_until,
      c.window_state, c.window_by
    from change c join ticket t on t.id = c.ticket_id left join portal p on p.id = c.portal_id
    where ${ticketScope(sql, scopeOf(actor, 'change.read'))}
      ${query.show === 'waiting' ? sql`and c.window_state = 'asked' and c.stage = 'planned'` : sql``}
      ${query.show === 'planned' ? sql`and c.stage in ('planned', 'installing')` : sql``}
      ${query.ticketId === undefined ? sql`` : sql`and c.ticket_id = ${query.ticketId}`}
    order by c.window_from nulls last, c.id desc limit ${CHANGES_MAX}`
  return rows.map((row) => present(row, actor))
}

function present(row: Row, actor: Actor): CabinetChangeView {
  return {
    id: row.id,
    ticket: { id: row.ticketId, number: row.number, subject: row.subject },
    portal: row.portalName,
    state: stateOf(row),
    windowFrom: isoInstantOrNull(row.windowFrom),
    windowUntil: isoInstantOrNull(row.windowUntil),
    windowState: row.windowState,
    windowBy: row.windowBy,
    mayAgree:
      row.windowState === 'asked' &&
      row.stage === 'planned' &&
      can(actor, 'change.agree_window', { clientId: row.clientId }),
  }
}

function stateOf({ approval, stage }: Row): CabinetChangeView['state'] {
  if (stage !== 'draft' && stage !== 'cancelled') return stage
  if (approval === 'agenda' || approval === 'voting') return 'deciding'
  return approval === 'none' ? 'preparing' : approval
}
