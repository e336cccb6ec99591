import type { Actor } from '@opora/access'
import { read } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'

export interface HealthPorts {
  version: string
  startedAt: number
  /** Round trip to the database in milliseconds; throws when it cannot be reached. */
  pingDatabase(): Promise<number>
  queue(): Promise<{ waiting: number; failed: number; oldestSeconds: number }>
  mailboxes(): Promise<{ name: string; address: string; ok: boolean; lastOkAt: string | null; error: string | null }[]>
}

const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  uptimeSeconds: z.number(),
  database: z.object({ ok: z.boolean(), roundTripMs: z.number().nullable() }),
  jobs: z.object({ ok: z.boolean(), waiting: z.number(), failed: z.number(), oldestSeconds: z.number() }).nullable(),
  mailboxes: z.array(z.object({ ok: z.boolean(), lastOkAt: z.string().nullable() })),
})

const STUCK_SECONDS = 300

/** What a monitor asks: is the process up, does it reach its database, do jobs flow, are mailboxes read. No names, no addresses. */
export function healthRoute(ports: HealthPorts): AnyRoute<Actor> {
  return read({
    path: '/health',
    summary: 'Is the installation well',
    tag: 'operations',
    policy: 'public',
    replies: Health,
    handle: async ({ reply }) => {
      const [roundTripMs, jobs, mailboxes] = await Promise.all([
        ports.pingDatabase().catch(() => null),
        ports.queue().catch(() => null),
        ports.mailboxes().catch(() => []),
      ])
      const down = roundTripMs === null
      const stuck = jobs !== null && (jobs.oldestSeconds > STUCK_SECONDS || jobs.failed > 0)
      const deaf = mailboxes.some((mailbox) => !mailbox.ok)
      if (down) reply.code(503)
      return {
        status: down ? ('down' as const) : stuck || deaf ? ('degraded' as const) : ('ok' as const),
        version: ports.version,
        uptimeSeconds: Math.round((performance.now() - ports.startedAt) / 1000),
        database: { ok: !down, roundTripMs },
        jobs: jobs === null ? null : { ok: !stuck, ...jobs },
        mailboxes: mailboxes.map(({ ok, lastOkAt }) => ({ ok, lastOkAt })),
      }
    },
  })
}
