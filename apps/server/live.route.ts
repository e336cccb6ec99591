import { type Actor, inScope, read, scopeOf } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import type { LiveEvent, LiveHub } from '@opora/platform/live'

const HEARTBEAT_MS = 15_000

/** May this person hear of the event? It names only identifiers; what they point at is read again with the person's own rights. */
export function mayHear(actor: Actor, event: LiveEvent): boolean {
  if (event.accountId !== undefined) return event.accountId === actor.accountId
  if (event.staffOnly && actor.side !== 'staff') return false
  if (event.clientId === null) return actor.side === 'staff'
  return inScope(scopeOf(actor, 'ticket.read'), { clientId: event.clientId, contactId: event.contactId ?? null })
}

/** Server-sent events: what changed, by identifiers alone. */
export function liveRoute(hub: LiveHub, revalidate: (actor: Actor) => Promise<boolean>): AnyRoute<Actor> {
  return read({
    path: '/live',
    summary: 'Live updates as server-sent events',
    description: 'Each event is `{topic, clientId, ticketId}`; read the thing again to see what changed.',
    tag: 'live',
    policy: 'signed-in',
    raw: { contentType: 'text/event-stream' },
    handle: async ({ caller, request, reply }) => {
      reply.hijack()
      const out = reply.raw
      out.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      })
      out.write('retry: 2000\n\n')
      const unsubscribe = hub.subscribe((event) => {
        if (!mayHear(caller, event)) return
        const { topic, clientId, ticketId } = event
        out.write(`data: ${JSON.stringify({ topic, clientId, ticketId })}\n\n`)
      })
      const heartbeat = setInterval(async () => {
        if (await revalidate(caller).catch(() => true)) out.write(': still here\n\n')
        else out.end()
      }, HEARTBEAT_MS)
      request.raw.on('close', () => {
        clearInterval(heartbeat)
        unsubscribe()
      })
      return undefined
    },
  })
}
