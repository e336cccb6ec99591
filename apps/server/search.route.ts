import { type Action, type Actor, forSides, mayEver, read, scopeCondition, scopeOf } from '@opora/access'
import { escapeLike } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { TicketService } from '@opora/tickets'
import { z } from 'zod'

const Hit = z.object({ kind: z.string(), id: z.number(), title: z.string(), hint: z.string(), to: z.string() })
type Hit = z.infer<typeof Hit>

const oneOrMany = (value: unknown) => (typeof value === 'string' ? [value] : value)
// Words typed on the wrong keyboard layout come a second time, read on the other one.
const VARIANTS_MAX = 3

/** `Ctrl+K`: tickets, clients, portals and contracts by a few words, each with the rights that its own page asks. */
export function searchRoute(tickets: TicketService): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/search',
        summary: 'Find a ticket, client, portal or contract',
        tag: 'desk',
        policy: 'staff.read',
        query: z.strictObject({
          q: z.preprocess(oneOrMany, z.array(z.string().trim().min(1).max(100)).min(1).max(VARIANTS_MAX)),
          limit: z.coerce.number().int().min(1).max(30).default(12),
        }),
        replies: z.object({ items: z.array(Hit) }),
        handle: ({ query, caller, read: run }) =>
          run(async (sql) => {
            const found = await Promise.all(query.q.map((words) => findAll(sql, caller, tickets, words, query.limit)))
            const unique = new Map(found.flat().map((hit) => [`${hit.kind}-${hit.id}`, hit]))
            return { items: [...unique.values()].slice(0, query.limit) }
          }),
      }),
    ],
  )
}

async function findAll(
  sql: Queryable,
  actor: Actor,
  tickets: TicketService,
  words: string,
  limit: number,
): Promise<Hit[]> {
  const like = `%${escapeLike(words)}%`
  const [found, clients, portals, contracts] = await Promise.all([
    mayEver(actor, 'ticket.read')
      ? tickets.list(sql, actor, { filter: { q: words }, sort: 'updated', limit })
      : { items: [] },
    named(sql, actor, 'client.read', 'client', like),
    named(sql, actor, 'portal.read', 'portal', like),
    named(sql, actor, 'contract.read', 'contract', like),
  ])
  const ticketHits = found.items.map((row) => ({
    kind: 'ticket',
    id: row.id,
    title: `№ ${row.number} ${row.subject}`,
    hint: row.client.name,
    to: `/desk/tickets/${row.number}`,
  }))
  return [
    ...ticketHits.slice(0, Math.ceil(limit / 2)),
    ...clients,
    ...portals,
    ...contracts,
    ...ticketHits.slice(Math.ceil(limit / 2)),
  ]
}

const EACH = 5

async function named(
  sql: Queryable,
  actor: Actor,
  action: Action,
  kind: 'client' | 'portal' | 'contract',
  like: string,
): Promise<Hit[]> {
  const scope = scopeOf(actor, action)
  const mine = scopeCondition(sql, scope, { client: kind === 'client' ? sql`x.id` : sql`x.client_id` })
  const rows =
    kind === 'client'
      ? await sql<
          { id: number; title: string; hint: string }[]
        >`select x.id, x.name as title, coalesce(x.inn, '') as hint from client x
          where (x.name ilike ${like} or x.inn like ${like}) and x.archived_at is null and ${mine} order by x.name limit ${EACH}`
      : kind === 'portal'
        ? await sql<
            { id: number; title: string; hint: string }[]
          >`select x.id, x.name as title, x.address as hint from portal x
            where (x.name ilike ${like} or x.address ilike ${like}) and x.archived_at is null and ${mine} order by x.name limit ${EACH}`
        : await sql<
            { id: number; title: string; hint: string }[]
          >`select x.id, x.number as title, x.title as hint from contract x
            where (x.number ilike ${like} or x.title ilike ${like}) and ${mine} order by x.number limit ${EACH}`
  return rows.map((row) => ({ ...row, kind, to: `/desk/${kind}s/${row.id}` }))
}
