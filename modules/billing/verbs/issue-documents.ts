import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import {
  type CloseStatement,
  type ContractTerms,
  contractById,
  type EngagementForm,
  type KnownContract,
  versionOn,
  versionsOf,
} from '@opora/contracts'
import type { CivilDate, CivilMonth, Kopecks } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { announce } from '@opora/platform/live'
import { advancesOf } from '../advances.read-model.ts'
import { billingRefusals } from '../billing.refusals.ts'
import { billingStore } from '../billing.store.ts'
import { correctionsStore } from '../corrections.store.ts'
import { buyerOf, contractBillingOf, legalEntityFor } from '../documents.read-model.ts'
import { documentRefusals } from '../documents.refusals.ts'
import type { ContractBillingRow, DocumentRow, LegalEntityRow } from '../documents.rows.ts'
import { documentsStore } from '../documents.store.ts'
import {
  type ClosingDocument,
  type DocumentKind,
  type DocumentParty,
  documentNumber,
} from '../domain/documents/closing-document.ts'
import { taxDocument } from '../domain/documents/document-lines.ts'
import { type HoursRow, hoursRows } from '../domain/documents/hours-sheet.ts'
import { missingDetails } from '../domain/documents/legal-entity.ts'
import { actLines, invoiceLines } from '../domain/documents/lines-of-month.ts'
import { settledAdvances } from '../domain/documents/settled-advances.ts'
import { type VatPlace, vatRateOn } from '../domain/documents/vat.ts'
import { templateInForce } from '../templates.read-model.ts'

export const MAKE_DOCUMENT_TASK = 'billing.makeDocument'

interface Ground {
  actor: Actor
  contract: KnownContract
  entity: LegalEntityRow
  billing: ContractBillingRow
  buyer: DocumentParty
  month: CivilMonth
  closeId: number
  /** What of the month is issued already and not void. */
  standing: readonly DocumentRow[]
  statement: CloseStatement
  terms: ContractTerms
  from: CivilDate
  to: CivilDate
}

/**
 * Issues a closed month's papers: an invoice for what is to be paid, and an act (or УПД) for what was rendered, with a счёт-фактура
 * beside the act where VAT is paid and a report of the hours behind it. What was made void is issued anew, what stands is left alone.
 * Numbers are given here, in one transaction with the papers. Returns the new papers' ids.
 */
export async function issueDocuments(
  tx: Tx,
  actor: Actor,
  given: { contractId: number; month: CivilMonth },
): Promise<number[]> {
  const contract = await contractById(tx, given.contractId)
  if (!contract || !can(actor, 'document.issue', { clientId: contract.clientId }))
    throw refuseAccess('access.not_found')
  await billingStore.lockContract(tx, contract.id)
  const close = await billingStore.lockClose(tx, contract.id, given.month)
  const { month } = given
  if (!close) throw billingRefusals.refuse('billing.month_not_closed', { params: { month } })
  const standing = await documentsStore.lockMonthDocuments(tx, close.id)
  const ground = await groundOf(tx, actor, contract, { id: close.id, month })
  const ids = await issueAll(tx, { ...ground, standing })
  if (ids.length === 0) {
    const code = standing.length > 0 ? 'billing.documents_issued' : 'billing.nothing_to_bill'
    throw documentRefusals.refuse(code, { params: { month } })
  }
  // asked together: a month's end does this a thousand times
  await Promise.all([
    ...ids.map((documentId) => enqueue(tx, MAKE_DOCUMENT_TASK, { documentId })),
    writeAudit(tx, actor, {
      action: 'documents.issued',
      objectType: 'contract',
      objectId: contract.id,
      clientId: contract.clientId,
      detail: { month, documents: ids.join(', ') },
    }),
    announce(tx, { topic: 'period.changed', clientId: contract.clientId }),
  ])
  return ids
}

async function groundOf(
  tx: Tx,
  actor: Actor,
  contract: KnownContract,
  close: { id: number; month: CivilMonth },
): Promise<Omit<Ground, 'standing'>> {
  const [billing, versions, buyer, statement] = await Promise.all([
    contractBillingOf(tx, contract.id),
    versionsOf(tx, contract.id),
    buyerOf(tx, contract.clientId),
    billingStore.figuresOf(tx, close.id),
  ])
  const entity = await legalEntityFor(tx, billing)
  if (!entity) throw documentRefusals.refuse('billing.legal_entity_needed')
  const missing = missingDetails(entity)
  if (missing.length > 0) {
    const params = { name: entity.name, fields: missing.join(', ') }
    throw documentRefusals.refuse('billing.legal_entity_incomplete', { params, details: { missing } })
  }
  const month = Temporal.PlainYearMonth.from(close.month)
  const to = month.toPlainDate({ day: month.daysInMonth }).toString()
  const version = versionOn(versions, contract.endsOn !== null && contract.endsOn < to ? contract.endsOn : to)
  return {
    actor,
    contract,
    entity,
    billing,
    buyer,
    month: close.month,
    closeId: close.id,
    statement,
    terms: (version ?? versions.at(-1)!).terms,
    from: month.toPlainDate({ day: 1 }).toString(),
    to,
  }
}

async function issueAll(tx: Tx, ground: Ground): Promise<number[]> {
  const rate = vatRateOn(ground.entity.taxPeriods, ground.to)
  const asked = invoiceLines(ground.statement)
  const rendered = actLines(ground.statement, ground.billing.advanceRule, (code) => rateOfForm(ground.terms, code))
  const made: Issued[] = []
  const issue = async (kind: DocumentKind, content: Content) => {
    const one = await issueOne(tx, ground, kind, content)
    made.push(one)
    return one
  }
  if (asked.lines.length > 0) {
    const { isNew } = await issue('invoice', asked)
    if (isNew && ground.standing.length > 0) await correctionsStore.lowerAnew(tx, ground.closeId)
  }
  const act = rendered.lines.length === 0 ? null : await issue(ground.billing.documentSet, rendered)
  const shipment = act && { number: act.number, date: ground.to, kind: ground.billing.documentSet }
  if (act && ground.billing.documentSet === 'act' && rate !== null) await issue('factura', { ...rendered, shipment })
  const hours = hoursRows(await documentsStore.workOf(tx, ground.closeId))
  if (hours.length > 0) await issue('hours', { lines: [], notes: [], shipment, hours })
  return made.filter((one) => one.isNew).map((one) => one.id)
}

type Content = ReturnType<typeof invoiceLines> & { shipment?: ClosingDocument['shipment']; hours?: HoursRow[] }

interface Issued {
  id: number
  number: string
  /** Not one that stood already. */
  isNew: boolean
}

async function issueOne(tx: Tx, ground: Ground, kind: DocumentKind, content: Content): Promise<Issued> {
  const stands = ground.standing.find((row) => row.kind === kind)
  if (stands) return { id: stands.id, number: stands.number, isNew: false }
  const { contract, entity, to } = ground
  const year = Number(to.slice(0, 4))
  const sequence = await documentsStore.nextNumber(tx, entity.id, kind, year)
  const number = documentNumber(entity.numberPrefix, sequence)
  const template = await templateInForce(tx, { kind, legalEntityId: entity.id, on: to })
  const paper = documentOf(ground, kind, number, content)
  const data = { ...paper, ...(await advancesFor(tx, ground, paper)), ...(template ? { template } : {}) }
  const id = await documentsStore.insertDocument(tx, {
    clientId: contract.clientId,
    contractId: contract.id,
    legalEntityId: entity.id,
    closeId: ground.closeId,
    period: ground.month,
    kind,
    year,
    sequence,
    number,
    date: to,
    data,
    grossKopecks: data.totals.grossKopecks,
    createdBy: ground.actor.accountId,
  })
  await documentsStore.addStep(tx, ground.actor, { id, clientId: contract.clientId }, 'issued')
  return { id, number, isNew: true }
}

/** Payments that came before and are settled by a счёт-фактура's work, or a УПД's. */
async function advancesFor(tx: Tx, { contract, entity, to }: Ground, paper: ClosingDocument) {
  if (paper.kind !== 'factura' && paper.kind !== 'upd') return {}
  const { parts, renderedBefore } = await advancesOf(tx, { contractId: contract.id, legalEntityId: entity.id, to })
  const { payments, invoices } = settledAdvances(parts, renderedBefore, paper.totals.grossKopecks)
  return { advancePayments: payments, advanceInvoices: invoices }
}

function documentOf(ground: Ground, kind: DocumentKind, number: string, content: Content): ClosingDocument {
  const { entity, billing, contract, terms } = ground
  const rate = vatRateOn(entity.taxPeriods, ground.to)
  const isAct = kind === 'act' || kind === 'upd'
  return {
    kind,
    number,
    date: ground.to,
    month: ground.month,
    seller: sellerOf(entity),
    buyer: ground.buyer,
    ...signersOf(entity),
    contract: { title: billing.contractTitle, number: contract.number, date: contract.startsOn },
    serviceFrom: ground.from,
    serviceTo: ground.to,
    ...taxDocument(content.lines, { rate, place: vatPlaceOf(terms), vatOfTotal: entity.vatOfTotal }),
    exemptText: rate === null ? entity.exemptText : '',
    payUntil: kind === 'invoice' ? addDays(ground.to, billing.payDays) : null,
    acceptanceDays: isAct ? billing.acceptanceDays : null,
    advancePayments: [],
    advanceInvoices: [],
    shipment: content.shipment ?? null,
    notes: content.notes,
    reconciliation: null,
    ...(content.hours ? { hours: content.hours } : {}),
  }
}

/** Prices that say nothing of VAT are what the client agreed to pay: the tax is inside them. */
export function vatPlaceOf(terms: Pick<ContractTerms, 'rates'>): VatPlace {
  return terms.rates.vat === 'on_top' ? 'on_top' : 'included'
}

export function sellerOf(entity: Omit<LegalEntityRow, 'archivedAt'>): DocumentParty {
  const { name, fullName, inn, kpp, ogrn, address, bankName, bik, corrAccount } = entity
  return { name, fullName, inn, kpp, ogrn, address, bankName, bik, account: entity.settlementAccount, corrAccount }
}

export function signersOf(
  entity: Pick<LegalEntityRow, 'headPosition' | 'headName' | 'accountantName'>,
): Pick<ClosingDocument, 'head' | 'accountant'> {
  return {
    head: { position: entity.headPosition, name: entity.headName },
    accountant: { position: 'Главный бухгалтер', name: entity.accountantName || entity.headName },
  }
}

function addDays(date: CivilDate, days: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** What an hour of a prepaid stock cost when it was bought. */
function rateOfForm(terms: ContractTerms, formCode: string): Kopecks | null {
  const form = terms.forms.find((one) => one.code === formCode)
  return form === undefined ? null : rateInside(form)
}

function rateInside(form: EngagementForm): Kopecks | null {
  if (form.kind === 'deposit') return form.ratePerHourKopecks
  if (form.kind !== 'annual_package') return null
  const rate = (form.pricePerYearKopecks * 60) / form.minutesPerYear
  return Number.isInteger(rate) ? rate : null
}
