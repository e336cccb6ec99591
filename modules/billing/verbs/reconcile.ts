import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { contractById, versionOn, versionsOf } from '@opora/contracts'
import type { CivilDate } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { buyerOf, contractBillingOf, legalEntityFor } from '../documents.read-model.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { documentsStore } from '../documents.store.ts'
import {
  DOCUMENT_NAMES,
  type DocumentKind,
  documentNumber,
  paperDate,
  paperSum,
} from '../domain/documents/closing-document.ts'
import { taxDocument } from '../domain/documents/document-lines.ts'
import { paymentsStore } from '../payments.store.ts'
import { templateInForce } from '../templates.read-model.ts'
import { sellerOf, signersOf, vatPlaceOf } from './issue-documents.ts'

/** A reconciliation statement of a contract: acts against payments over a period, with the balance before it. */
export async function reconcile(
  tx: Tx,
  actor: Actor,
  given: { contractId: number; from: CivilDate; to: CivilDate },
): Promise<number> {
  const contract = await contractById(tx, given.contractId)
  if (!contract || !can(actor, 'document.issue', { clientId: contract.clientId }))
    throw refuseAccess('access.not_found')
  const billing = await contractBillingOf(tx, contract.id)
  const entity = await legalEntityFor(tx, billing)
  if (!entity) throw documentRefusals.refuse('billing.legal_entity_needed')
  const rows = await paymentsStore.movements(tx, { contractId: contract.id, legalEntityId: entity.id, to: given.to })
  const year = Number(given.to.slice(0, 4))
  const sequence = await documentsStore.nextNumber(tx, entity.id, 'reconciliation', year)
  const number = documentNumber(entity.numberPrefix, sequence)
  const versions = await versionsOf(tx, contract.id)
  const place = vatPlaceOf((versionOn(versions, given.to) ?? versions.at(-1)!).terms)
  const who = { legalEntityId: entity.id, clientId: contract.clientId, to: given.to }
  const unassigned = await paymentsStore.unassigned(tx, who)
  const template = await templateInForce(tx, { kind: 'reconciliation', legalEntityId: entity.id, on: given.to })
  const data = {
    kind: 'reconciliation' as const,
    number,
    date: given.to,
    month: null,
    seller: sellerOf(entity),
    buyer: await buyerOf(tx, contract.clientId),
    ...signersOf(entity),
    contract: { title: billing.contractTitle, number: contract.number, date: contract.startsOn },
    serviceFrom: given.from,
    serviceTo: given.to,
    ...taxDocument([], { rate: null, place, vatOfTotal: entity.vatOfTotal }),
    exemptText: '',
    payUntil: null,
    acceptanceDays: null,
    advancePayments: [],
    advanceInvoices: [],
    shipment: null,
    notes: unassigned > 0 ? [`Платежи, не отнесённые к счетам договора: ${paperSum(unassigned)} руб.`] : [],
    ...(template ? { template } : {}),
    reconciliation: rows.map(({ date, kind, number: of, owedKopecks, paidKopecks }) => ({
      date,
      title:
        kind === 'payment'
          ? `Оплата, п/п № ${of} от ${paperDate(date)}`
          : `${DOCUMENT_NAMES[kind as DocumentKind]} № ${of} от ${paperDate(date)}`,
      owedKopecks,
      paidKopecks,
    })),
  }
  const id = await documentsStore.insertDocument(tx, {
    clientId: contract.clientId,
    contractId: contract.id,
    legalEntityId: entity.id,
    closeId: null,
    period: null,
    kind: 'reconciliation',
    year,
    sequence,
    number,
    date: given.to,
    data,
    grossKopecks: 0,
    createdBy: actor.accountId,
  })
  await documentsStore.addStep(tx, actor, { id, clientId: contract.clientId }, 'issued')
  await writeAudit(tx, actor, {
    action: 'document.reconciled',
    objectType: 'document',
    objectId: id,
    clientId: contract.clientId,
    detail: { number, from: given.from, to: given.to },
  })
  return id
}
