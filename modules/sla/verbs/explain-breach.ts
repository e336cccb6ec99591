import { type Actor, can, refuseAccess, scopeOf, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { breachById } from '../breaches.read-model.ts'
import type { BreachView } from '../contract.ts'
import { slaStore } from '../sla.store.ts'
import type { TimelineCache } from '../timeline.ts'

/** Writes down why a promise was not kept; the client's report shows it. */
export async function explainBreach(
  timelines: TimelineCache,
  tx: Tx,
  actor: Actor,
  input: { id: number; cause: string; expectedVersion: number },
): Promise<BreachView> {
  const load = () => breachById(tx, timelines, scopeOf(actor, 'breach.read'), input.id, actor.locale)
  const before = await load()
  if (!before) throw refuseAccess('access.not_found')
  const clientId = before.client.id
  if (!can(actor, 'breach.explain', { clientId }) || actor.accountId === null) throw refuseAccess('access.not_allowed')
  const { id, cause, expectedVersion } = input
  const version = await slaStore.saveCause(tx, {
    alarmId: id,
    clientId,
    cause,
    actorId: actor.accountId,
    expectedVersion,
  })
  const after = await load()
  if (version === null) {
    throw refuseHttp('http.version_conflict', {
      field: 'If-Match',
      details: { currentVersion: after?.version ?? before.version },
    })
  }
  const detail = { ticket: before.ticket.number, from: before.cause, to: cause }
  await writeAudit(tx, actor, { action: 'breach.explained', objectType: 'breach', objectId: id, clientId, detail })
  return after ?? before
}
