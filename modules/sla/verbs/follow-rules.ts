import { type Actor, refuseAccess, systemActor, writeAudit } from '@opora/access'
import { calendarsByCode, slaPolicyAt } from '@opora/contracts'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { laggards } from '../moved.read-model.ts'
import type { RulesNamed } from '../other-rules.ts'
import type { SlaPorts } from '../sla.ports.ts'
import type { TimelineCache } from '../timeline.ts'

export const FOLLOW_TASK = 'sla.followRules'

/** What the job is told: which rules, and who asked for it. */
export interface Following extends RulesNamed {
  by: string
}

/** Lets open tickets take over the version of a policy or a calendar that is in force; a job does it, batch by batch. */
export async function letFollow(tx: Tx, actor: Actor, named: RulesNamed): Promise<void> {
  if (!(await isKnown(tx, named))) throw refuseAccess('access.not_found')
  const objectType = named.policy === undefined ? 'calendar' : 'sla_policy'
  const objectId = named.policy ?? named.calendar ?? ''
  await writeAudit(tx, actor, { action: `${objectType}.followed`, objectType, objectId })
  await enqueue(tx, FOLLOW_TASK, { ...named, by: actor.name })
}

async function isKnown(tx: Tx, { policy, calendar }: RulesNamed): Promise<boolean> {
  if (policy !== undefined) return (await slaPolicyAt(tx, policy)) !== null
  return calendar !== undefined && (await calendarsByCode(tx, [{ code: calendar }])).has(calendar)
}

/**
 * One batch of open tickets after `after`: each whose deadlines differ gets the fact that moves them. A ticket that has followed does
 * not differ any more, so that a repeated batch changes nothing. Answers the last ticket of a full batch.
 */
export async function followRules(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  { by, ...named }: Following,
  options: { limit: number; after: number },
): Promise<number | null> {
  const tickets = await tx<{ id: number; clientId: number; contractId: number | null }[]>`
    select id, client_id, contract_id from ticket where state <> 'closed' and merged_into_id is null and id > ${options.after}
    order by id limit ${options.limit} for no key update`
  const now = await databaseNow(tx)
  for (const id of await laggards(tx, timelines, tickets, named, now)) {
    await ports.recordFacts(tx, systemActor(), id, [{ type: 'policy_changed', data: { by, ...named } }])
  }
  return tickets.length < options.limit ? null : tickets.at(-1)!.id
}
