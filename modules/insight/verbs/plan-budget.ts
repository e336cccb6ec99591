import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import type { BudgetBody } from '../budget.contract.ts'
import { headings } from '../budget.read-model.ts'
import { refuseInsight } from '../insight.refusals.ts'
import { insightStore } from '../insight.store.ts'

/** Writes the next version of a client's plan of a year; the earlier ones stay. */
export async function planBudget(
  tx: Tx,
  actor: Actor,
  given: BudgetBody & { clientId: number; year: number; expectedVersion: number | null },
): Promise<void> {
  const { clientId, year, lines, note } = given
  const [client] = await tx`select 1 from client where id = ${clientId}`
  if (!client || !can(actor, 'budget.change', { clientId })) throw refuseAccess('access.not_found')
  const known = new Set((await headings(tx, actor.locale)).map(({ category }) => category))
  if (lines.some((line) => !known.has(line.category)))
    throw refuseInsight('insight.category_unknown', { field: 'lines' })
  if (new Set(lines.map((line) => line.category)).size < lines.length)
    throw refuseInsight('insight.category_twice', { field: 'lines' })
  const plan = { clientId, year, lines, note, createdBy: actor.accountId, version: given.expectedVersion }
  await insightStore.addPlan(tx, plan)
  await writeAudit(tx, actor, {
    action: 'budget.planned',
    objectType: 'client',
    objectId: clientId,
    clientId,
    detail: { year, annualKopecks: lines.reduce((sum, line) => sum + line.annualKopecks, 0) },
  })
}
