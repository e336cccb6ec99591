import { type Actor, can, refuseAccess, revokeLinks, systemActor, writeAudit } from '@opora/access'
import type { CivilMonth, Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { BillingPorts } from '../billing.ports.ts'
import { billingStore } from '../billing.store.ts'
import { correctionsStore } from '../corrections.store.ts'
import { documentRefusals } from '../documents.refusals.ts'
import type { DocumentRow } from '../documents.rows.ts'
import { documentsStore } from '../documents.store.ts'
import { DOCUMENT_NAMES } from '../domain/documents/closing-document.ts'
import type { DocumentStep } from '../domain/documents/document-step.ts'
import { storePaper } from '../paper-files.ts'

type Action = 'document.issue' | 'document.decide' | 'document.read'

/** A document that the actor may act upon, locked; anything else is not there. */
async function lockFor(tx: Tx, actor: Actor, action: Action, id: number): Promise<DocumentRow> {
  const row = await documentsStore.lockDocument(tx, id)
  if (!row || !can(actor, action, { clientId: row.clientId }))
    throw documentRefusals.refuse('billing.document_not_found')
  if (actor.side === 'client' && row.sentAt === null) throw documentRefusals.refuse('billing.document_not_found')
  return row
}

/** What happened to a document: in its own history, in the audit, and on the screens that show it. */
async function told(tx: Tx, actor: Actor, row: DocumentRow, what: DocumentStep, detail: Record<string, string> = {}) {
  await documentsStore.addStep(tx, actor, row, what, detail)
  await audited(tx, actor, row, what, detail)
}

async function audited(tx: Tx, actor: Actor, row: DocumentRow, what: DocumentStep, detail: Record<string, string>) {
  await writeAudit(tx, actor, {
    action: `document.${what}`,
    objectType: 'document',
    objectId: row.id,
    clientId: row.clientId,
    detail: { number: row.number, kind: row.kind, ...detail },
  })
  await announce(tx, { topic: 'period.changed', clientId: row.clientId })
}

/**
 * Takes a paper back: its number stays, marked void. What is paid or accepted stands. With an act goes what was made by it: a счёт-фактура
 * names the act that it was issued for (line 5а), and the report of hours stands behind it, so that neither outlives it.
 */
export async function voidDocument(tx: Tx, actor: Actor, given: { id: number; reason: string }): Promise<void> {
  const row = await lockFor(tx, actor, 'document.issue', given.id)
  if (row.state === 'void') throw documentRefusals.refuse('billing.document_void')
  if (row.paidKopecks > 0 || row.acceptance.startsWith('accepted'))
    throw documentRefusals.refuse('billing.document_paid')
  if ((await correctionsStore.standing(tx, row.id)).length > 0)
    throw documentRefusals.refuse('billing.document_corrected')
  if (row.kind === 'correction') await demandLast(tx, row.id)
  const beside = row.kind === 'correction' ? await correctionsStore.takeBack(tx, row) : await madeBy(tx, row)
  const papers = [row, ...beside]
  const ids = papers.map((one) => one.id)
  await documentsStore.markVoid(tx, ids, given.reason, actor.accountId)
  for (const one of papers) await audited(tx, actor, one, 'voided', { reason: given.reason })
}

/** A later correction begins from what this one left, and a corrective счёт-фактура goes with its corrective act. */
async function demandLast(tx: Tx, id: number): Promise<void> {
  const of = await correctionsStore.correctedBy(tx, id)
  if (of?.kind === 'factura') throw documentRefusals.refuse('billing.correction_of_act')
  if (of?.isLast === false) throw documentRefusals.refuse('billing.document_corrected')
}

/** Standing papers of the month that name an act as what was rendered. */
async function madeBy(tx: Tx, act: DocumentRow): Promise<DocumentRow[]> {
  if (act.closeId === null || (act.kind !== 'act' && act.kind !== 'upd')) return []
  const standing = await documentsStore.lockMonthDocuments(tx, act.closeId)
  return standing.filter((one) => one.id !== act.id && one.data.shipment?.number === act.number)
}

/** Sends a month's papers to the client by mail and into the cabinet; from now on the time for objections runs. */
export async function sendDocuments(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: { contractId: number; month: CivilMonth },
): Promise<void> {
  const { month } = given
  const close = await billingStore.lockClose(tx, given.contractId, month)
  if (!close || !can(actor, 'document.issue', { clientId: close.clientId })) throw refuseAccess('access.not_found')
  const rows = await documentsStore.lockMonthDocuments(tx, close.id)
  if (rows.length === 0) throw documentRefusals.refuse('billing.documents_not_issued', { params: { month } })
  const unsent = rows.filter((row) => row.sentAt === null)
  if (unsent.length === 0) throw documentRefusals.refuse('billing.documents_sent', { params: { month } })
  await sendPapers(ports, tx, actor, unsent)
}

/** Sends one paper by itself: a reconciliation, or what was issued anew. */
export async function sendDocument(ports: BillingPorts, tx: Tx, actor: Actor, id: number): Promise<void> {
  const row = await lockFor(tx, actor, 'document.issue', id)
  if (row.state === 'void') throw documentRefusals.refuse('billing.document_void')
  if (row.sentAt !== null) throw documentRefusals.refuse('billing.document_sent')
  await sendPapers(ports, tx, actor, [row])
}

/** Keeps the files, notes that they went, and tells whoever mails them. All rows are of one contract. */
async function sendPapers(ports: BillingPorts, tx: Tx, actor: Actor, rows: readonly DocumentRow[]): Promise<void> {
  const now = await databaseNow(tx)
  const files = []
  for (const row of rows) {
    const sha256 = await storePaper(ports.files, row.data)
    await documentsStore.keepPdf(tx, row.id, sha256)
    await documentsStore.markSent(tx, row.id, await acceptUntil(ports, tx, row, now))
    files.push({
      documentId: row.id,
      title: `${DOCUMENT_NAMES[row.kind]} № ${row.number}`,
      filename: paperFileName(row),
      mime: 'application/pdf',
      sha256,
    })
    await told(tx, actor, row, 'sent')
  }
  await ports.bus.emit(tx, 'billing.documents_sent', {
    actor,
    clientId: rows[0]!.clientId,
    contractId: rows[0]!.contractId,
    contractNumber: rows[0]!.data.contract.number,
    period: rows[0]!.period,
    files,
    now,
  })
}

export function paperFileName(row: Pick<DocumentRow, 'kind' | 'number' | 'date'>, extension = 'pdf'): string {
  return `${DOCUMENT_NAMES[row.kind]} ${row.number} от ${row.date}.${extension}`.replaceAll(/[\\/:*?"<>|]/g, '-')
}

/** The end of the n-th working day of the contract's calendar; null for papers that nobody has to accept. */
async function acceptUntil(ports: BillingPorts, tx: Tx, row: DocumentRow, now: Instant): Promise<Instant | null> {
  const days = row.data.acceptanceDays
  if (days === null) return null
  return ports.dueAt(tx, { contractId: row.contractId }, { unit: 'working_days', days }, now)
}

/** The client looked at the paper, in the cabinet or by a letter's link. Each reader's first look is a step of its history. */
export async function markOpened(tx: Tx, actor: Actor, id: number, byLink = false): Promise<void> {
  const row = await lockFor(tx, actor, 'document.read', id)
  const contactId = actor.contact?.id
  if (contactId !== undefined && (await documentsStore.openedBy(tx, id, contactId))) return
  await documentsStore.markOpened(tx, id)
  await told(tx, actor, row, byLink ? 'opened_by_link' : 'opened')
}

/** Takes back the links of letters that show a paper: from now on only the cabinet does. Returns how many still worked. */
export async function revokeDocumentLinks(tx: Tx, actor: Actor, id: number): Promise<number> {
  const row = await lockFor(tx, actor, 'document.issue', id)
  const revoked = await revokeLinks(tx, 'document.view', { documentIds: [row.id] })
  await told(tx, actor, row, 'links_revoked', { links: String(revoked) })
  return revoked
}

function mustWait(row: DocumentRow): void {
  if (row.state === 'void') throw documentRefusals.refuse('billing.document_void')
  if (row.acceptance === 'none') throw documentRefusals.refuse('billing.acceptance_not_asked')
  if (row.acceptance !== 'waiting' && row.acceptance !== 'objected')
    throw documentRefusals.refuse('billing.document_decided')
}

export async function acceptDocument(tx: Tx, actor: Actor, id: number): Promise<void> {
  const row = await lockFor(tx, actor, 'document.decide', id)
  mustWait(row)
  await documentsStore.decide(tx, id, { acceptance: 'accepted', contactId: actor.contact?.id ?? null })
  await told(tx, actor, row, 'accepted')
}

/** Objections line by line. Silence no longer accepts: a person of the provider answers each. */
export async function objectTo(
  tx: Tx,
  actor: Actor,
  given: { id: number; lines: readonly { number: number; reason: string }[] },
): Promise<void> {
  const row = await lockFor(tx, actor, 'document.decide', given.id)
  mustWait(row)
  const contactId = actor.contact?.id
  if (contactId === undefined) throw refuseAccess('access.not_allowed')
  for (const { number, reason } of given.lines) {
    if (!row.data.lines.some((line) => line.number === number))
      throw documentRefusals.refuse('billing.line_not_found', { field: 'lines', params: { number } })
    await demandNotGivenBack(tx, row, number)
    const objection = { clientId: row.clientId, documentId: row.id, lineNumber: number, contactId, reason }
    await documentsStore.insertObjection(tx, objection)
  }
  await documentsStore.decide(tx, row.id, { acceptance: 'objected', contactId })
  await told(tx, actor, row, 'objected', { lines: given.lines.map(({ number }) => number).join(', ') })
}

/**
 * Finance answers an objection. An upheld one gives the line back in the open month: its work by opposite entries of the ledger, what
 * is no work by a credit on the next act. After the last answer the paper waits for the client again, with a new term.
 */
export async function answerObjection(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; objectionId: number; outcome: 'upheld' | 'rejected'; answer: string },
): Promise<void> {
  const row = await lockFor(tx, actor, 'document.issue', given.id)
  const objection = await documentsStore.lockObjection(tx, row.id, given.objectionId)
  if (!objection) throw documentRefusals.refuse('billing.objection_not_found')
  if (objection.outcome !== null) throw documentRefusals.refuse('billing.document_decided')
  const { outcome, answer } = given
  if (outcome === 'upheld') await demandNotGivenBack(tx, row, objection.lineNumber)
  await documentsStore.answerObjection(tx, objection.id, { outcome, answer, answeredBy: actor.accountId })
  // a corrective paper that the client does not agree with is made void and issued anew: it takes no money to give back
  if (outcome === 'upheld' && row.kind !== 'correction') await giveBack(ports, tx, actor, row, objection)
  await told(tx, actor, row, 'objection_answered', { outcome, line: String(objection.lineNumber) })
  if (row.state === 'void' || (await documentsStore.openObjections(tx, row.id)) > 0) return
  await documentsStore.askAgain(tx, row.id, await acceptUntil(ports, tx, row, await databaseNow(tx)))
}

/** Money goes back once, however often and on whichever of a month's papers a line is objected to. */
async function demandNotGivenBack(tx: Tx, row: DocumentRow, number: number): Promise<void> {
  const corrections = await correctionsStore.standing(tx, row.id)
  const isLowered = corrections.some(({ lines }) => lines.some((line) => line.number === number))
  if (isLowered || (await documentsStore.givenBack(tx, row, number)))
    throw documentRefusals.refuse('billing.line_given_back', { field: 'lines', params: { number } })
}

async function giveBack(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  row: DocumentRow,
  objection: { id: number; lineNumber: number },
): Promise<void> {
  const line = row.data.lines.find((one) => one.number === objection.lineNumber)
  if (!line) return
  const reason = `${DOCUMENT_NAMES[row.kind]} № ${row.number}, строка ${line.number}: возражение принято`
  const reversed = await ports.contracts.reverseWork(tx, actor, {
    contractId: row.contractId,
    keys: line.sources,
    reason,
  })
  if (reversed) return
  await billingStore.insertCredit(tx, {
    clientId: row.clientId,
    contractId: row.contractId,
    source: 'objection',
    sourceId: String(objection.id),
    titleRu: `${line.title}: ${reason}`,
    titleEn: `${line.title}: objection to line ${line.number} of ${row.number} upheld`,
    kopecks: line.amountKopecks,
    evidence: { document: row.number, line: line.number },
    state: 'approved',
  })
}

const SILENT_AT_ONCE = 100

/** Accepts what nobody objected to in time. Run by a timer; each act once, whatever number of workers run. */
export async function acceptSilent(tx: Tx): Promise<number> {
  const due = await documentsStore.lockSilent(tx, SILENT_AT_ONCE)
  for (const { id } of due) {
    await documentsStore.decide(tx, id, { acceptance: 'accepted_by_silence', contactId: null })
    const row = (await documentsStore.lockDocument(tx, id))!
    await told(tx, systemActor(), row, 'accepted_by_silence')
  }
  return due.length
}
