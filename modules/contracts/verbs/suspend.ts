import type { Actor } from '@opora/access'
import type { CivilDate } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { ContractPatch } from '../contract.ts'
import type { ContractsPorts } from '../contracts.ports.ts'
import type { ContractView } from '../contracts.read-model.ts'
import { beginSuspension, endSuspension } from '../contracts.store.ts'
import { refuseContractService } from '../service.refusals.ts'
import { grantAnew } from './grants.ts'

/**
 * Writes down from which day a contract is suspended, or in force again, and brings the hours of the months since then into line. Hours
 * that are drawn already stay granted.
 */
export async function keepSuspension(
  tx: Tx,
  ports: ContractsPorts,
  actor: Actor,
  before: ContractView,
  patch: ContractPatch,
): Promise<void> {
  const { status, reason = '' } = patch
  const begins = status === 'suspended' && before.status === 'active'
  const ends = before.status === 'suspended' && status === 'active'
  if (!begins && !ends) return
  const { id, clientId, zone } = before
  const [row] = await tx<{ today: CivilDate }[]>`select (app_now() at time zone ${zone})::date as today`
  const today = row!.today
  const since = patch.since ?? today
  const from = earliest(before, ends)
  if (since < from || (since > today && since > from))
    throw refuseContractService('contracts.since_unfit', { field: 'since', params: { from, to: today } })
  const month = since.slice(0, 7)
  if (await ports.isMonthClosed(tx, id, month))
    throw refuseContractService('contracts.suspended_month_closed', { field: 'since', params: { month } })
  if (begins) await beginSuspension(tx, { clientId, contractId: id, fromDate: since, reason, begunBy: actor.accountId })
  else await endSuspension(tx, id, { since, endedBy: actor.accountId })
  await grantAnew(tx, ports, id, { from: since, actorId: actor.accountId, whenDrawn: 'keep' })
}

/** The contract's own beginning, or the day after its last suspension; of an end, the suspension's first day. */
function earliest({ startsOn, suspensions }: ContractView, ends: boolean): CivilDate {
  const last = suspensions.at(-1)
  if (!last) return startsOn
  if (ends || last.to === null) return last.from
  const after = Temporal.PlainDate.from(last.to).add({ days: 1 }).toString()
  return after > startsOn ? after : startsOn
}
