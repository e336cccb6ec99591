import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { contractById } from '@opora/contracts'
import type { Tx } from '@opora/platform/database'
import type { BillingPorts } from '../billing.ports.ts'
import { billingRefusals } from '../billing.refusals.ts'
import { billingStore } from '../billing.store.ts'
import type { MonthFigureBody } from '../documents.contract.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { figuresOfMonth } from '../month-figures.read-model.ts'
import { monthFiguresStore } from '../month-figures.store.ts'
import type { MonthOfContract } from './close-month.ts'
import { proposeForMonth } from './penalties.ts'

/**
 * Puts in what was measured of a month (the uptime of a portal) with where it was read, and counts the month's penalties anew. Only
 * figures that the contract's rules ask for, and only while the month is open.
 */
export async function putMonthFigure(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: MonthOfContract & MonthFigureBody,
): Promise<void> {
  const { contractId, month, figure, milliPercent, source } = given
  const contract = await contractById(tx, contractId)
  if (!contract || !can(actor, 'period.close', { clientId: contract.clientId })) throw refuseAccess('access.not_found')
  await billingStore.lockContract(tx, contract.id)
  if (await billingStore.lockClose(tx, contract.id, month))
    throw billingRefusals.refuse('billing.month_already_closed', { params: { month } })
  const asked = await figuresOfMonth(tx, contract.id, month)
  const before = asked.find((one) => one.figure === figure)
  if (!before) throw documentRefusals.refuse('billing.figure_not_asked', { field: 'figure' })
  await monthFiguresStore.put(tx, {
    clientId: contract.clientId,
    contractId: contract.id,
    period: month,
    figure,
    value: milliPercent,
    source,
    setBy: actor.accountId,
  })
  await writeAudit(tx, actor, {
    action: 'month_figure.put',
    objectType: 'contract',
    objectId: contract.id,
    clientId: contract.clientId,
    detail: { month, figure, value: milliPercent, before: before.milliPercent ?? '—', source },
  })
  await proposeForMonth(ports, tx, contract, month)
}
