import { type Actor, can, writeAudit } from '@opora/access'
import { companyToday } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { announce } from '@opora/platform/live'
import { correctionsStore } from '../corrections.store.ts'
import { buyerOf } from '../documents.read-model.ts'
import { documentRefusals } from '../documents.refusals.ts'
import type { DocumentRow, LegalEntityRow } from '../documents.rows.ts'
import { documentsStore } from '../documents.store.ts'
import { type ClosingDocument, documentNumber, type PaperReference } from '../domain/documents/closing-document.ts'
import { correctionOf, decreaseOf, type PaperCorrection, type WishedLine } from '../domain/documents/correction.ts'
import { templateInForce } from '../templates.read-model.ts'
import { MAKE_DOCUMENT_TASK, sellerOf, signersOf } from './issue-documents.ts'

/** A paper that stands and was sent: until then it is made void and issued anew. */
async function lockSent(tx: Tx, actor: Actor, id: number): Promise<DocumentRow> {
  const row = await documentsStore.lockDocument(tx, id)
  if (!row || !can(actor, 'document.issue', { clientId: row.clientId }))
    throw documentRefusals.refuse('billing.document_not_found')
  if (row.state === 'void') throw documentRefusals.refuse('billing.document_void')
  if (row.sentAt === null) throw documentRefusals.refuse('billing.document_unsent')
  return row
}

/**
 * Lowers lines of an act or a УПД that the client has: a corrective paper states each sum before and after; beside an act's
 * счёт-фактура goes a corrective счёт-фактура. The month's invoice asks for as much less as is not paid yet; what is paid stays the
 * client's in the reconciliation. The closed month and its papers stay as they were. Returns the corrective paper's id.
 */
export async function correctDocument(
  tx: Tx,
  actor: Actor,
  given: { id: number; reason: string; lines: readonly WishedLine[] },
): Promise<number> {
  const row = await lockSent(tx, actor, given.id)
  if (row.kind !== 'act' && row.kind !== 'upd') throw documentRefusals.refuse('billing.correction_of_act')
  for (const { number } of given.lines)
    if (await documentsStore.givenBack(tx, row, number))
      throw documentRefusals.refuse('billing.line_given_back', { field: 'lines', params: { number } })
  const correction = await planned(tx, row, given)
  const lowered = await correctionsStore.lowerInvoice(tx, row, decreaseOf(correction).grossKopecks)
  const made = await keep(tx, actor, row, correction, { loweredKopecks: lowered, shipment: null })
  const factura = await correctionsStore.facturaOf(tx, row)
  if (factura) {
    const beside = await planned(tx, factura, given)
    await keep(tx, actor, factura, beside, { loweredKopecks: 0, shipment: made })
  }
  await documentsStore.addStep(tx, actor, row, 'corrected', { number: made.number })
  const detail = { number: row.number, correction: made.number, reason: given.reason }
  await audit(tx, actor, row, 'document.corrected', detail)
  return made.id
}

async function planned(
  tx: Tx,
  row: DocumentRow,
  given: { reason: string; lines: readonly WishedLine[] },
): Promise<PaperCorrection> {
  const earlier = await correctionsStore.standing(tx, row.id)
  const plan = correctionOf(row.data, earlier, given.lines, given.reason)
  if ('correction' in plan) return plan.correction
  const { code, number } = plan.faults[0]!
  const index = given.lines.findIndex((line) => line.number === number)
  throw documentRefusals.refuse(code === 'line_unknown' ? 'billing.line_not_found' : 'billing.correction_not_less', {
    field: `lines.${index}.amountKopecks`,
    params: { number },
  })
}

async function keep(
  tx: Tx,
  actor: Actor,
  of: DocumentRow,
  correction: PaperCorrection,
  given: { loweredKopecks: number; shipment: (PaperReference & { id: number }) | null },
): Promise<PaperReference & { id: number }> {
  const entity = (await documentsStore.lockLegalEntity(tx, of.legalEntityId))!
  const date = await companyToday(tx)
  const year = Number(date.slice(0, 4))
  const sequence = await documentsStore.nextNumber(tx, entity.id, 'correction', year)
  const number = documentNumber(entity.numberPrefix, sequence)
  const template = await templateInForce(tx, { kind: 'correction', legalEntityId: entity.id, on: date })
  const { shipment } = given
  const data: ClosingDocument = {
    ...paperOf(of.data, entity, correction),
    number,
    date,
    shipment: shipment && { number: shipment.number, date: shipment.date },
    ...(template ? { template } : {}),
  }
  const { clientId, contractId, period } = of
  const id = await documentsStore.insertDocument(tx, {
    clientId,
    contractId,
    legalEntityId: entity.id,
    closeId: null,
    period,
    kind: 'correction',
    year,
    sequence,
    number,
    date,
    data,
    grossKopecks: data.totals.grossKopecks,
    createdBy: actor.accountId,
    correctsId: of.id,
    loweredKopecks: given.loweredKopecks,
  })
  await documentsStore.addStep(tx, actor, { id, clientId }, 'issued')
  await enqueue(tx, MAKE_DOCUMENT_TASK, { documentId: id })
  return { id, number, date }
}

/** The corrective paper's own lines say by how much each line fell. */
function paperOf(of: ClosingDocument, entity: LegalEntityRow, correction: PaperCorrection): ClosingDocument {
  const rates = new Map(of.lines.map((line) => [line.number, line.vatRate]))
  const { template: _look, hours: _hours, amendment: _amendment, ...same } = of
  return {
    ...same,
    kind: 'correction',
    ...signersOf(entity),
    lines: correction.lines.map((line, index) => {
      const decrease = decreaseOf(line)
      const vatRate = rates.get(line.number) ?? null
      return {
        number: index + 1,
        title: `${line.title}: уменьшение`,
        unit: 'service',
        quantityMilli: 1_000,
        priceKopecks: decrease.grossKopecks,
        netPriceKopecks: decrease.netKopecks,
        amountKopecks: decrease.grossKopecks,
        sources: [],
        vatRate,
        ...decrease,
      }
    }),
    totals: { vatRate: of.totals.vatRate, ...decreaseOf(correction) },
    payUntil: null,
    acceptanceDays: of.kind === 'factura' ? null : of.acceptanceDays,
    advancePayments: [],
    advanceInvoices: [],
    notes: [],
    reconciliation: null,
    correction,
  }
}

/**
 * A счёт-фактура or a УПД whose details were wrong (a name, an address, a tax number) is issued again under its own number and date as a
 * correction (line 1а), with the parties' details of today; the sums are the same. The earlier one stays to be seen, void.
 */
export async function amendDocument(tx: Tx, actor: Actor, given: { id: number; reason: string }): Promise<number> {
  const row = await lockSent(tx, actor, given.id)
  if (row.kind !== 'factura' && row.kind !== 'upd') throw documentRefusals.refuse('billing.amendment_of_factura')
  if ((await correctionsStore.standing(tx, row.id)).length > 0)
    throw documentRefusals.refuse('billing.document_corrected')
  const entity = (await documentsStore.lockLegalEntity(tx, row.legalEntityId))!
  const date = await companyToday(tx)
  const amendment = { number: (row.data.amendment?.number ?? 0) + 1, date }
  const data: ClosingDocument = {
    ...row.data,
    seller: sellerOf(entity),
    buyer: await buyerOf(tx, row.clientId),
    ...signersOf(entity),
    amendment,
  }
  await documentsStore.markVoid(tx, [row.id], given.reason, actor.accountId)
  const { clientId, contractId, closeId, period, kind, number } = row
  const place = await correctionsStore.placeOf(tx, row.id)
  const id = await documentsStore.insertDocument(tx, {
    clientId,
    contractId,
    legalEntityId: entity.id,
    closeId,
    period,
    kind,
    ...place,
    number,
    date: row.date,
    data,
    grossKopecks: row.grossKopecks,
    createdBy: actor.accountId,
    correctsId: row.id,
    amendment: amendment.number,
  })
  await documentsStore.addStep(tx, actor, { id, clientId }, 'amended', { number: amendment.number })
  await enqueue(tx, MAKE_DOCUMENT_TASK, { documentId: id })
  await audit(tx, actor, row, 'document.amended', { number, reason: given.reason })
  return id
}

async function audit(tx: Tx, actor: Actor, row: DocumentRow, action: string, detail: Record<string, string>) {
  const { id: objectId, clientId } = row
  await writeAudit(tx, actor, { action, objectType: 'document', objectId, clientId, detail })
  await announce(tx, { topic: 'period.changed', clientId })
}
