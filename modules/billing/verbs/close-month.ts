import { createHash } from 'node:crypto'
import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import {
  canonicalJson,
  chargesOf,
  closeMonth,
  contractById,
  type KnownContract,
  ledgerOf,
  type MonthClose,
  type CloseCredit as MonthCredit,
  undoClose,
  versionsOf,
} from '@opora/contracts'
import { type CivilMonth, type Locale, moneyInWords, monthSpan, Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { announce } from '@opora/platform/live'
import type { BillingPorts } from '../billing.ports.ts'
import { billingRefusals } from '../billing.refusals.ts'
import { billingStore, type OpenCredit } from '../billing.store.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { documentsStore } from '../documents.store.ts'
import { isMonthClosed, monthAfter, unfinishedOfMonth } from '../month-state.read-model.ts'
import { reportOf } from '../report.read-model.ts'
import { keptReport, REPORT_FORMATS, REPORT_MIME, reportFileName, storedFile } from '../report-files.ts'
import { penaltyOfMonth } from './penalties.ts'

export const MAKE_REPORT_TASK = 'billing.makeReport'

export interface MonthOfContract {
  contractId: number
  month: CivilMonth
}

/** What the month would come to, or the list of what is unfinished. Saves nothing. */
export async function planClose(
  sql: Queryable,
  contract: KnownContract,
  month: CivilMonth,
  options: { evenUnfinished: boolean },
): Promise<MonthClose> {
  return closeMonth({
    contractId: String(contract.id),
    month,
    revision: (await billingStore.countCloses(sql, contract.id, month)) + 1,
    versions: await versionsOf(sql, contract.id),
    ledger: await ledgerOf(sql, contract.id),
    charges: await chargesOf(sql, contract.id, month),
    credits: (await billingStore.openCredits(sql, contract.id, month)).map(creditOf),
    unfinished: options.evenUnfinished ? [] : await unfinishedOfMonth(sql, contract, month),
  })
}

function creditOf({ id, titleRu, titleEn, kopecks }: OpenCredit): MonthCredit {
  return { key: `credit:${id}`, title: { ru: titleRu, en: titleEn }, kopecks }
}

/** Whether a contract has such a month at all. */
export function hasMonth(contract: KnownContract, month: CivilMonth): boolean {
  const begins = contract.startsOn.slice(0, 7)
  return (
    contract.status !== 'draft' && begins <= month && (contract.endsOn === null || month <= contract.endsOn.slice(0, 7))
  )
}

async function lockMonth(tx: Tx, actor: Actor, action: 'period.close' | 'report.send', given: MonthOfContract) {
  const contract = await contractById(tx, given.contractId)
  if (!contract || !can(actor, action, { clientId: contract.clientId })) throw refuseAccess('access.not_found')
  if (!hasMonth(contract, given.month)) throw billingRefusals.refuse('billing.period_not_found')
  await billingStore.lockContract(tx, contract.id)
  return { contract, close: await billingStore.lockClose(tx, contract.id, given.month) }
}

/**
 * Closes a contract's month: leftovers burn or carry, overage is priced, the report is made. Refuses with the list of what is
 * unfinished. The figures follow from the ledger alone, so that closing again after an undo gives the same.
 */
export async function closePeriod(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: MonthOfContract & { recommendations: readonly string[] },
): Promise<number> {
  const { contract, close } = await lockMonth(tx, actor, 'period.close', given)
  const { month } = given
  if (close) throw billingRefusals.refuse('billing.month_already_closed', { params: { month } })
  await ports.contracts.grantPeriods(tx, contract.id, await databaseNow(tx))
  await demandReview(ports, tx, contract, month)
  const plan = await planClose(tx, contract, month, { evenUnfinished: false })
  if (!plan.closed) {
    const unfinished = plan.unfinished.map(({ kind, id, sentence }) => ({ kind, id, sentence }))
    const params = { month, count: unfinished.length }
    throw billingRefusals.refuse('billing.month_unfinished', { params, details: { unfinished } })
  }
  await ports.contracts.postPlanned(tx, actor, {
    contractId: contract.id,
    buckets: plan.buckets,
    entries: plan.entries,
  })
  const { statement } = plan
  const figuresSha256 = createHash('sha256').update(canonicalJson(statement)).digest('hex')
  const row = { clientId: contract.clientId, contractId: contract.id, period: month }
  const closeId = await billingStore.insertClose(tx, {
    ...row,
    figures: statement,
    figuresSha256,
    closedBy: actor.accountId,
  })
  await billingStore.takeCredits(
    tx,
    closeId,
    statement.credits.map(({ key }) => Number(key.slice('credit:'.length))),
  )
  const figures = await ports.slaFigures(tx, { contractId: contract.id, ...monthSpan(contract.zone, month) })
  const { recommendations } = given
  const data = await reportOf(tx, { contractId: contract.id, month, statement, figures, recommendations })
  const reportId = await billingStore.insertReport(tx, { ...row, closeId, data })
  await enqueue(tx, MAKE_REPORT_TASK, { reportId })
  await audit(tx, actor, contract, 'period.closed', { month, closeId, figuresSha256 })
  return closeId
}

/** Penalties are never credited nor dropped silently: a month that came to some is closed after somebody looked. */
async function demandReview(ports: BillingPorts, tx: Tx, contract: KnownContract, month: CivilMonth): Promise<void> {
  if ((await billingStore.penaltyState(tx, contract.id, month)) !== null) return
  const penalty = await penaltyOfMonth(ports, tx, contract, month)
  if (penalty === null || penalty.totalKopecks === 0) return
  const sum = moneyInWords(penalty.totalKopecks, 'ru')
  throw documentRefusals.refuse('billing.penalties_unreviewed', { params: { month, sum } })
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
  await takeDocumentsBack(tx, close.id, given)
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
async function takeDocumentsBack(tx: Tx, closeId: number, given: { month: CivilMonth; reason: string }): Promise<void> {
  const documents = await documentsStore.lockMonthDocuments(tx, closeId)
  if (documents.length === 0) return
  const { month, reason } = given
  if (documents.some((one) => one.sentAt !== null || one.paidKopecks > 0))
    throw documentRefusals.refuse('billing.documents_sent', { params: { month } })
  await documentsStore.markVoid(
    tx,
    documents.map((one) => one.id),
    reason,
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
