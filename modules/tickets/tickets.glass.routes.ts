import { type Actor, read, write } from '@opora/access'
import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { BrokenGlass, IdParams, NewGlass } from './contract.ts'
import { type GlassRow, listGlass } from './glass.read-model.ts'
import type { TicketService } from './tickets.service.ts'
import { glassState } from './verbs/break-glass.ts'

const tag = 'break-glass'
const policy = 'ticket.break_glass'
const SHOWN = 100
const Glass = z.object({ id: z.number(), state: BrokenGlass.shape.state })

/** Reading a ticket outside one's reach: with a reason, a second person's word, for half an hour, on record. */
export function glassRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    read({
      path: '/break-glass',
      summary: 'Who asked to read a ticket outside their reach, newest first',
      tag,
      policy,
      replies: z.object({ items: z.array(BrokenGlass) }),
      handle: ({ caller, read: run }) =>
        run(async (sql) => ({ items: (await listGlass(sql, SHOWN)).map((row) => present(row, caller)) })),
    }),
    write({
      method: 'POST',
      path: '/break-glass',
      summary: 'Ask to read a ticket outside my reach',
      tag,
      policy,
      status: 201,
      body: NewGlass,
      replies: Glass,
      handle: ({ tx, caller, body }) => tickets.askGlass(tx, caller, body),
    }),
    write({
      method: 'POST',
      path: '/break-glass/:id/decision',
      summary: 'Let somebody read, or refuse',
      tag,
      policy,
      params: IdParams,
      body: z.strictObject({ approve: z.boolean() }),
      replies: Glass,
      handle: ({ tx, caller, params, body }) => tickets.decideGlass(tx, caller, params.id, body.approve),
    }),
    write({
      method: 'DELETE',
      path: '/break-glass/:id',
      summary: 'I have read enough',
      tag,
      policy,
      params: IdParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.endGlass(tx, caller, params.id)
        return undefined
      },
    }),
  ]
}

function present(row: GlassRow, caller: Actor): z.infer<typeof BrokenGlass> {
  const own = row.accountId === caller.accountId
  const state = glassState(row)
  return {
    id: row.id,
    ticketNumber: row.ticketNumber,
    reader: row.accountName,
    own,
    reason: row.reason,
    state,
    askedAt: isoInstant(row.askedAt),
    decidedBy: row.decidedBy,
    decidedAt: isoInstantOrNull(row.decidedAt),
    alone: row.alone,
    endsAt: isoInstantOrNull(row.endsAt),
    mayDecide: state === 'waiting' && !own,
  }
}
