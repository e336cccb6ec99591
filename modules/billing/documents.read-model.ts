import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { Instant, Page } from '@opora/core'
import { isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { dayCursor } from './day-cursor.ts'
import { historyOf, linksOf, paymentState } from './document-history.read-model.ts'
import type {
  CabinetDocumentView,
  ContractBillingView,
  DocumentQuery,
  DocumentRowView,
  DocumentView,
  LegalEntityView,
} from './documents.contract.ts'
import type { ContractBillingRow, DocumentRow, LegalEntityRow } from './documents.rows.ts'
import type { ClosingDocument, DocumentParty } from './domain/documents/closing-document.ts'
import { missingDetails } from './domain/documents/legal-entity.ts'

export async function listLegalEntities(sql: Queryable): Promise<LegalEntityView[]> {
  const rows = await sql<
    LegalEntityRow[]
  >`select * from legal_entity order by archived_at is not null, is_default desc, name, id`
  return rows.map(entityView)
}

export async function legalEntityById(sql: Queryable, id: number): Promise<LegalEntityView | null> {
  const [row] = await sql<LegalEntityRow[]>`select * from legal_entity where id = ${id}`
  return row ? entityView(row) : null
}

function entityView({ archivedAt, ...row }: LegalEntityRow): LegalEntityView {
  return { ...row, archived: archivedAt !== null, missing: missingDetails(row) }
}

const DEFAULT_BILLING: ContractBillingRow = {
  legalEntityId: null,
  documentSet: 'act',
  contractTitle: 'Договор',
  payDays: 10,
  acceptanceDays: 5,
  advanceRule: 'as_used',
  edoId: '',
  version: 0,
}

/** How a contract is billed; what nobody has said is the default. */
export async function contractBillingOf(sql: Queryable, contractId: number): Promise<ContractBillingView> {
  const [row] = await sql<ContractBillingRow[]>`
    select legal_entity_id, document_set, contract_title, pay_days, acceptance_days, advance_rule, edo_id, version
    from contract_billing where contract_id = ${contractId}`
  return row ?? DEFAULT_BILLING
}

/** The legal entity that a contract's papers come from: its own, else the default, else the only one. */
export async function legalEntityFor(
  sql: Queryable,
  billing: Pick<ContractBillingRow, 'legalEntityId'>,
): Promise<LegalEntityRow | null> {
  const rows = await sql<LegalEntityRow[]>`
    select * from legal_entity where archived_at is null and ${billing.legalEntityId === null ? sql`true` : sql`id = ${billing.legalEntityId}`}
    order by is_default desc, id limit 2`
  const [first, second] = rows
  return first && (!second || first.isDefault) ? first : null
}

/** The client as papers name it. */
export async function buyerOf(sql: Queryable, clientId: number): Promise<DocumentParty> {
  const [row] = await sql<DocumentParty[]>`
    select coalesce(nullif(legal_name, ''), name) as name, coalesce(legal_name, '') as full_name, coalesce(inn, '') as inn,
      coalesce(kpp, '') as kpp, coalesce(ogrn, '') as ogrn, coalesce(legal_address, '') as address, coalesce(bank_name, '') as bank_name,
      coalesce(bik, '') as bik, coalesce(settlement_account, '') as account, coalesce(corr_account, '') as corr_account
    from client where id = ${clientId}`
  return row!
}

interface ListRow extends Omit<DocumentRow, 'closeId' | 'legalEntityId' | 'pdfSha256'> {
  clientName: string
  contractNumber: string
  contractTitle: string
  voidReason: string | null
  decidedAt: Instant | null
  decidedBy: string | null
}

function columns(sql: Queryable) {
  return sql`d.id, d.client_id, cl.name as client_name, d.contract_id, k.number as contract_number, k.title as contract_title, d.period,
    d.kind, d.number, d.date, d.state, d.void_reason, d.data, d.gross_kopecks, d.paid_kopecks, d.lowered_kopecks, d.acceptance, d.accept_until, d.decided_at,
    ct.name as decided_by, d.sent_at, d.opened_at, d.version`
}

function joined(sql: Queryable) {
  return sql`closing_document d join client cl on cl.id = d.client_id join contract k on k.id = d.contract_id
    left join contact ct on ct.id = d.decided_by`
}

/** Papers, the newest first; `open` names what still waits for somebody. */
export async function listDocuments(
  sql: Queryable,
  actor: Actor,
  query: DocumentQuery,
): Promise<Page<DocumentRowView>> {
  const after = dayCursor(query.cursor)
  const rows = await sql<ListRow[]>`
    select ${columns(sql)} from ${joined(sql)}
    where ${scopeCondition(sql, scopeOf(actor, 'document.read'), { client: sql`d.client_id` })}
      ${query.clientId ? sql`and d.client_id = ${query.clientId}` : sql``}
      ${query.contractId ? sql`and d.contract_id = ${query.contractId}` : sql``}
      ${query.month ? sql`and d.period = ${query.month}` : sql``}
      ${query.kind ? sql`and d.kind = ${query.kind}` : sql``}
      ${openCondition(sql, query.open)}
      ${after ? sql`and (d.date, d.id) < (${after[0]}::date, ${after[1]}::bigint)` : sql``}
    order by d.date desc, d.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.date, row.id])
  return { ...page, items: page.items.map(rowView) }
}

function openCondition(sql: Queryable, open: DocumentQuery['open']) {
  if (open === 'unpaid')
    return sql`and d.kind = 'invoice' and d.state = 'issued' and d.paid_kopecks + d.lowered_kopecks < d.gross_kopecks`
  if (open === 'unsent') return sql`and d.state = 'issued' and d.sent_at is null`
  if (open === 'waiting' || open === 'objected') return sql`and d.state = 'issued' and d.acceptance = ${open}`
  return sql``
}

export async function documentsOfMonth(sql: Queryable, contractId: number, month: string): Promise<DocumentRowView[]> {
  const rows = await sql<ListRow[]>`
    select ${columns(sql)} from ${joined(sql)} where d.contract_id = ${contractId} and d.period = ${month} order by d.id`
  return rows.map(rowView)
}

export async function documentById(sql: Queryable, actor: Actor, id: number): Promise<DocumentView | null> {
  const [row] = await sql<ListRow[]>`
    select ${columns(sql)} from ${joined(sql)}
    where d.id = ${id} and ${scopeCondition(sql, scopeOf(actor, 'document.read'), { client: sql`d.client_id` })}`
  if (!row) return null
  return {
    ...rowView(row),
    seller: row.data.seller.name,
    lines: row.data.lines,
    notes: row.data.notes,
    voidReason: row.voidReason,
    decidedAt: isoInstantOrNull(row.decidedAt),
    decidedBy: row.decidedBy,
    objections: await objectionsOf(sql, [id]),
    related: await relatedTo(sql, id),
    history: await historyOf(sql, id),
    links: await linksOf(sql, id),
  }
}

/** What it corrects or stands for, and what corrects it or stands for it. */
async function relatedTo(sql: Queryable, id: number): Promise<DocumentView['related']> {
  return await sql<DocumentView['related']>`
    select o.id, o.kind, o.number, o.date, o.state, o.gross_kopecks, d.kind = 'correction' as lowered
    from closing_document d join closing_document o on o.id = d.corrects_id where d.id = ${id}
    union all
    select c.id, c.kind, c.number, c.date, c.state, c.gross_kopecks, false from closing_document c where c.corrects_id = ${id}
    order by 1`
}

/** Everything issued for a month, as it was printed, in the order of numbers. */
export async function papersOfMonth(sql: Queryable, actor: Actor, month: string): Promise<ClosingDocument[]> {
  const rows = await sql<{ data: ClosingDocument }[]>`
    select d.data from closing_document d
    where d.period = ${month} and d.state = 'issued'
      and ${scopeCondition(sql, scopeOf(actor, 'document.read'), { client: sql`d.client_id` })}
    order by d.legal_entity_id, d.kind, d.sequence limit 10000`
  return rows.map((row) => row.data)
}

/** A paper as it was printed, for its files. */
export async function paperFor(
  sql: Queryable,
  actor: Actor,
  id: number,
): Promise<
  | (Pick<DocumentRow, 'id' | 'kind' | 'number' | 'date' | 'pdfSha256'> & {
      data: ClosingDocument
      sent: boolean
      edo: { sender: string; receiver: string }
    })
  | null
> {
  const [row] = await sql<
    (Pick<DocumentRow, 'id' | 'kind' | 'number' | 'date' | 'pdfSha256' | 'data'> & {
      sent: boolean
      sender: string | null
      receiver: string | null
    })[]
  >`
    select d.id, d.kind, d.number, d.date, d.pdf_sha256, d.data, d.sent_at is not null as sent
      ${actor.side === 'staff' ? sql`, e.edo_id as sender, b.edo_id as receiver` : sql``}
    from closing_document d
      ${actor.side === 'staff' ? sql`join legal_entity e on e.id = d.legal_entity_id left join contract_billing b on b.contract_id = d.contract_id` : sql``}
    where d.id = ${id} and ${scopeCondition(sql, scopeOf(actor, 'document.read'), { client: sql`d.client_id` })}`
  if (!row) return null
  const { sender, receiver, ...paper } = row
  return { ...paper, edo: { sender: sender || paper.data.seller.inn, receiver: receiver || paper.data.buyer.inn } }
}

interface ObjectionRow {
  documentId: number
  id: number
  lineNumber: number
  reason: string
  by: string
  at: Instant
  outcome: 'upheld' | 'rejected' | null
  answer: string | null
}

async function objectionsOf(sql: Queryable, ids: readonly number[]) {
  if (ids.length === 0) return []
  const rows = await sql<ObjectionRow[]>`
    select o.document_id, o.id, o.line_number, o.reason, c.name as by, o.created_at as at, o.outcome, o.answer
    from document_objection o join contact c on c.id = o.contact_id where o.document_id in ${sql(ids)} order by o.line_number, o.id`
  return rows.map((row) => ({ ...row, at: isoInstant(row.at) }))
}

/** In the cabinet: papers that were sent, the newest first. */
export async function cabinetDocuments(sql: Queryable, actor: Actor): Promise<CabinetDocumentView[]> {
  const rows = await sql<ListRow[]>`
    select ${columns(sql)} from ${joined(sql)}
    where d.sent_at is not null and ${scopeCondition(sql, scopeOf(actor, 'document.read'), { client: sql`d.client_id` })}
    order by d.date desc, d.id desc limit 200`
  const objections = await objectionsOf(
    sql,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const { client: _, ...view } = rowView(row)
    const own = objections.filter((one) => one.documentId === row.id)
    return { ...view, lines: row.data.lines, notes: row.data.notes, objections: own }
  })
}

function rowView(row: ListRow): DocumentRowView {
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    date: row.date,
    month: row.period,
    client: { id: row.clientId, name: row.clientName },
    contract: { id: row.contractId, number: row.contractNumber, title: row.contractTitle },
    state: row.state,
    acceptance: row.acceptance,
    acceptUntil: isoInstantOrNull(row.acceptUntil),
    grossKopecks: row.grossKopecks,
    vatKopecks: row.data.totals.vatKopecks,
    paidKopecks: row.paidKopecks,
    loweredKopecks: row.kind === 'invoice' ? row.loweredKopecks : 0,
    payment: paymentState(row),
    sentAt: isoInstantOrNull(row.sentAt),
    openedAt: isoInstantOrNull(row.openedAt),
    version: row.version,
  }
}
