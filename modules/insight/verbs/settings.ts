import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { contractById } from '@opora/contracts'
import type { Tx } from '@opora/platform/database'
import type { RiskCode } from '../domain/risks.ts'
import { refuseInsight } from '../insight.refusals.ts'
import { insightStore } from '../insight.store.ts'

/** When a rule speaks: its threshold, or not at all. */
export async function changeRiskRule(
  tx: Tx,
  actor: Actor,
  given: { code: RiskCode; enabled: boolean; threshold: number; expectedVersion: number | null },
): Promise<void> {
  const { code, enabled, threshold, expectedVersion: version } = given
  await insightStore.changeRule(tx, { code, enabled, threshold, version })
  const detail = { enabled, threshold }
  await writeAudit(tx, actor, { action: 'risk.rule_changed', objectType: 'risk_rule', objectId: code, detail })
}

/** How many minutes a week a person can be given work for, from a day on. */
export async function setCapacity(
  tx: Tx,
  actor: Actor,
  given: { accountId: number; validFrom: string; minutesPerWeek: number },
): Promise<void> {
  const { accountId, validFrom, minutesPerWeek } = given
  if (!(await insightStore.knownStaff(tx, [accountId])).has(accountId)) throw refuseAccess('access.not_found')
  await insightStore.putCapacity(tx, { ...given, setBy: actor.accountId })
  const detail = { validFrom, minutesPerWeek }
  await writeAudit(tx, actor, { action: 'capacity.set', objectType: 'account', objectId: accountId, detail })
}

/** Whose hours are kept for a contract. */
export async function setTeam(
  tx: Tx,
  actor: Actor,
  given: {
    contractId: number
    members: readonly { accountId: number; minutesPerMonth: number }[]
    expectedVersion: number | null
  },
): Promise<void> {
  const contract = await contractById(tx, given.contractId)
  if (!contract || !can(actor, 'team.change', { clientId: contract.clientId })) throw refuseAccess('access.not_found')
  const ids = [...new Set(given.members.map(({ accountId }) => accountId))]
  const known = await insightStore.knownStaff(tx, ids)
  if (ids.length < given.members.length || ids.some((id) => !known.has(id)))
    throw refuseInsight('insight.person_unknown', { field: 'members' })
  const { id: contractId, clientId } = contract
  await insightStore.putTeam(tx, { contractId, clientId, version: given.expectedVersion }, given.members)
  const detail = { people: given.members.length }
  await writeAudit(tx, actor, {
    action: 'contract.team_set',
    objectType: 'contract',
    objectId: contractId,
    clientId,
    detail,
  })
}
