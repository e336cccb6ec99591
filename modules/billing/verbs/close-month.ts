import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { contractById, type KnownContract, ledgerOf, undoClose } from '@opora/contracts'
import { type CivilMonth, type Locale, Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { BillingPorts } from '../billing.ports.ts'
import { billingRefusals } from '../billing.refusals.ts'
import { billingStore } from '../billing.store.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { documentsStore } from '../documents.store.ts'
import { isMonthClosed, monthAfter } from '../month-state.read-model.ts'
import { keptReport, REPORT_FORMATS, REPORT_MIME, reportFileName, storedFile } from '../report-files.ts'
import { hasMonth } from './close-months.ts'

export interface MonthOfContract {
  contractId: number
  month: CivilMonth
}

async function lockMonth(tx: Tx, actor: Actor, action: 'period.close' | 'report.send', given: MonthOfContract) {
  const contract = await contractById(tx, given.contractId)
  if (!contract || !can(actor, action, { clientId: contract.clientId })) throw refuseAccess('access.not_found')
  if (!hasMonth(contract, given.month)) throw billingRefusals.refuse('billing.period_not_found')
  await billingStore.lockContract(tx, contract.id)
  return { contract, close: await billingStore.lockClose(tx, contract.id, given.month) }
}

/** Takes a close back by opposite entries, as long as its documents were not sent and no later month is closed. */
export async function undoPeriod(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: MonthOfContract & { reason: string },
): Promise<void> {
  const { contract, close } = await lockMonth(tx, actor, 'period.close', given)
  const { month } = given
  if (!close) throw billingRefusals.refuse('billing.month_not_closed', { params: { month } })
  if (close.state === 'sent') throw billingRefusals.refuse('billing.month_sent', { params: { month } })
  await takeDocumentsBack(tx, actor, close.id, given)
  if (await isMonthClosed(tx, contract.id, monthAfter(month)))
    throw billingRefusals.refuse('billing.later_month_closed')
  const { entries } = await ledgerOf(tx, contract.id)
  const opposite = undoClose(entries, String(contract.id), month)
  try {
    await ports.contracts.postPlanned(tx, actor, { contractId: contract.id, buckets: [], entries: opposite })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'contracts.insufficient_hours') throw error
    throw billingRefusals.refuse('billing.carried_hours_spent', { params: { month } })
  }
  await billingStore.releaseCredits(tx, close.id)
  await billingStore.markUndone(tx, close.id)
  await audit(tx, actor, contract, 'period.undone', { month, closeId: close.id, reason: given.reason })
}

/** Papers that nobody has seen are made void with the close, their numbers stay; sent ones stand, and so does the close. */
async function takeDocumentsBack(
  tx: Tx,
  actor: Actor,
  closeId: number,
  given: { month: CivilMonth; reason: string },
): Promise<void> {
  const documents = await documentsStore.lockMonthDocuments(tx, closeId)
  if (documents.length === 0) return
  const { month, reason } = given
  if (documents.some((one) => one.sentAt !== null || one.paidKopecks > 0))
    throw documentRefusals.refuse('billing.documents_sent', { params: { month } })
  await documentsStore.markVoid(
    tx,
    documents.map((one) => one.id),
    reason,
    actor.accountId,
  )
}

/** Sends a closed month's report to the client and keeps it in the cabinet. From then on the close stands. */
export async function sendReport(ports: BillingPorts, tx: Tx, actor: Actor, given: MonthOfContract): Promise<void> {
  const { contract, close } = await lockMonth(tx, actor, 'report.send', given)
  const { month } = given
  if (!close) throw billingRefusals.refuse('billing.report_not_ready', { params: { month } })
  if (close.state === 'sent') throw billingRefusals.refuse('billing.month_sent', { params: { month } })
  const report = await billingStore.reportOfClose(tx, close.id)
  if (!report) throw billingRefusals.refuse('billing.report_not_found')
  const stored = await keptReport(ports.files, report)
  await billingStore.keepFiles(tx, report.id, stored)
  await billingStore.markSent(tx, close.id)
  await audit(tx, actor, contract, 'report.sent', { month, closeId: close.id, ...stored })
  const filesIn = (locale: Locale) =>
    REPORT_FORMATS.map((format) => ({
      filename: reportFileName(report.data, format, locale),
      mime: REPORT_MIME[format],
      sha256: storedFile(stored, format, locale),
    }))
  await ports.bus.emit(tx, 'billing.report_sent', {
    actor,
    clientId: contract.clientId,
    contractId: contract.id,
    contractNumber: contract.number,
    period: month,
    closeId: close.id,
    reportId: report.id,
    files: { ru: filesIn('ru'), en: filesIn('en') },
    now: await databaseNow(tx),
  })
}

async function audit(
  tx: Tx,
  actor: Actor,
  contract: KnownContract,
  action: string,
  detail: Record<string, string | number>,
): Promise<void> {
  const { id, clientId } = contract
  await writeAudit(tx, actor, { action, objectType: 'contract', objectId: id, clientId, detail })
  await announce(tx, { topic: 'period.changed', clientId })
}
