import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { rowOf } from '../clock-row.ts'
import { clocksOf } from '../clocks-of.ts'
import { warningsOf } from '../domain/policy.ts'
import { policyVersions } from '../rules.read-model.ts'
import { slaStore } from '../sla.store.ts'
import type { TimelineCache } from '../timeline.ts'

export const REWARN_TASK = 'sla.rewarn'

/** What the job is told: open clocks under which policy are warned of at other shares. */
export interface Rewarning {
  policy: string
}

/** A version of a policy that warns at other shares than the one before it sets the alarms of open clocks anew when it comes into force. */
export async function onPolicySaved(tx: Tx, { code, from }: { code: string; from: Instant }): Promise<void> {
  const versions = (await policyVersions(tx, code)).toSorted((a, b) => a.from - b.from || a.version - b.version)
  const shares = new Set(versions.map(({ spec }) => warningsOf(spec).join()))
  if (shares.size > 1)
    await enqueue(tx, REWARN_TASK, { policy: code }, { runAt: from, key: `${REWARN_TASK} ${code} ${from}` })
}

/**
 * One batch of open tickets after `after`, in four statements however many tickets; answers the last ticket of a full batch. Other
 * shares move alarms, never deadlines. A repeated batch changes nothing.
 */
export async function rewarn(
  timelines: TimelineCache,
  tx: Tx,
  { policy }: Rewarning,
  options: { limit: number; after: number },
): Promise<number | null> {
  const tickets = await tx<{ id: number; clientId: number }[]>`
    select t.id, t.client_id from ticket t
    where t.id > ${options.after} and exists (select 1 from clock c
      where c.ticket_id = t.id and c.state in ('running', 'paused') and c.policy_code = ${policy})
    order by t.id limit ${options.limit} for no key update of t`
  const now = await databaseNow(tx)
  const folded = await clocksOf(tx, timelines, tickets, now)
  const rows = folded.flatMap(({ ticketId, clocks, rung }) =>
    clocks.map((clock) => ({ ticket_id: ticketId, ...rowOf(clock, rung) })),
  )
  await slaStore.moveAlarms(tx, rows)
  return tickets.length < options.limit ? null : tickets.at(-1)!.id
}
