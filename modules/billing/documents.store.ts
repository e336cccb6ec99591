import type { Actor } from '@opora/access'
import type { CivilDate, CivilMonth, Instant, Kopecks } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import type { ContractBillingRow, DocumentRow, LegalEntityRow } from './documents.rows.ts'
import type { ReportWorkLine } from './domain/client-report.ts'
import type { ClosingDocument, DocumentKind } from './domain/documents/closing-document.ts'
import type { DocumentStep } from './domain/documents/document-step.ts'
import type { TaxPeriod } from './domain/documents/vat.ts'

export interface NewDocument {
  clientId: number
  contractId: number
  legalEntityId: number
  closeId: number | null
  period: CivilMonth | null
  kind: DocumentKind
  year: number
  sequence: number
  number: string
  date: CivilDate
  data: ClosingDocument
  grossKopecks: Kopecks
  createdBy: number | null
  correctsId?: number
  amendment?: number
  loweredKopecks?: Kopecks
}

type EntityValues = Omit<LegalEntityRow, 'id' | 'archivedAt' | 'version' | 'taxPeriods'> & { taxPeriods: TaxPeriod[] }

export const documentsStore = {
  async insertLegalEntity(tx: Tx, values: EntityValues): Promise<number> {
    const row = { ...values, taxPeriods: tx.json(values.taxPeriods as unknown as Json) }
    const [made] = await tx<{ id: number }[]>`insert into legal_entity ${tx(row as never)} returning id`
    return made!.id
  },
  async updateLegalEntity(tx: Tx, id: number, values: EntityValues): Promise<void> {
    const row = { ...values, taxPeriods: tx.json(values.taxPeriods as unknown as Json) }
    await tx`update legal_entity set ${tx(row as never)}, version = version + 1 where id = ${id}`
  },
  async archiveLegalEntity(tx: Tx, id: number): Promise<void> {
    await tx`update legal_entity set archived_at = coalesce(archived_at, app_now()), is_default = false, version = version + 1 where id = ${id}`
  },
  /** One default at a time. */
  async clearDefault(tx: Tx, exceptId: number): Promise<void> {
    await tx`update legal_entity set is_default = false, version = version + 1 where is_default and id <> ${exceptId}`
  },
  async lockLegalEntity(tx: Tx, id: number): Promise<LegalEntityRow | null> {
    const [row] = await tx<LegalEntityRow[]>`select * from legal_entity where id = ${id} for no key update`
    return row ?? null
  },
  async saveContractBilling(
    tx: Tx,
    key: { contractId: number; clientId: number },
    values: Omit<ContractBillingRow, 'version'>,
  ): Promise<void> {
    await tx`
      insert into contract_billing ${tx({ ...key, ...values } as never)}
      on conflict (contract_id) do update set ${tx(values as never)}, version = contract_billing.version + 1`
  },
  /** Who issues a contract's papers, where somebody chose it at the conclusion. */
  async chooseIssuer(
    tx: Tx,
    { clientId, contractId, legalEntityId }: { clientId: number; contractId: number; legalEntityId: number },
  ): Promise<void> {
    await tx`
      insert into contract_billing ${tx({ clientId, contractId, legalEntityId })}
      on conflict (contract_id) do update set legal_entity_id = excluded.legal_entity_id, version = contract_billing.version + 1`
  },
  /** The next number of a sequence; whoever asks for the same one waits for this transaction. */
  async nextNumber(tx: Tx, legalEntityId: number, kind: DocumentKind, year: number): Promise<number> {
    const [row] = await tx<{ last: number }[]>`
      insert into document_number as n (legal_entity_id, kind, year, last) values (${legalEntityId}, ${kind}, ${year}, 1)
      on conflict (legal_entity_id, kind, year) do update set last = n.last + 1 returning last`
    return row!.last
  },
  async insertDocument(tx: Tx, row: NewDocument): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into closing_document ${tx({ ...row, data: tx.json(row.data as unknown as Json) } as never)} returning id`
    return made!.id
  },
  async lockDocument(tx: Tx, id: number): Promise<DocumentRow | null> {
    const [row] = await tx<DocumentRow[]>`
      select id, client_id, contract_id, legal_entity_id, close_id, period, kind, number, date, state, data, gross_kopecks, paid_kopecks, lowered_kopecks,
        pdf_sha256, acceptance, accept_until, sent_at, opened_at, version
      from closing_document where id = ${id} for update`
    return row ?? null
  },
  async lockMonthDocuments(tx: Tx, closeId: number): Promise<DocumentRow[]> {
    return tx<DocumentRow[]>`
      select id, client_id, contract_id, legal_entity_id, close_id, period, kind, number, date, state, data, gross_kopecks, paid_kopecks, lowered_kopecks,
        pdf_sha256, acceptance, accept_until, sent_at, opened_at, version
      from closing_document where close_id = ${closeId} and state = 'issued' order by id for update`
  },
  /** A step of a document's way, by whoever acts. */
  async addStep(
    tx: Tx,
    actor: Pick<Actor, 'accountId' | 'contact'>,
    of: { id: number; clientId: number },
    what: DocumentStep,
    detail: Record<string, string | number> = {},
  ): Promise<void> {
    const contactId = actor.contact?.id ?? null
    await tx`
      insert into document_step (client_id, document_id, what, account_id, contact_id, detail)
      values (${of.clientId}, ${of.id}, ${what}, ${contactId === null ? actor.accountId : null}, ${contactId}, ${tx.json(detail)})`
  },
  /** Whether this very reader has opened it before, in the cabinet or by a link. */
  async openedBy(sql: Queryable, id: number, contactId: number): Promise<boolean> {
    const [row] = await sql<{ opened: boolean }[]>`
      select exists (select 1 from document_step where document_id = ${id} and contact_id = ${contactId}
        and what in ('opened', 'opened_by_link')) as opened`
    return row!.opened
  },
  /** The pieces of work of a close, as its report has them. */
  async workOf(sql: Queryable, closeId: number): Promise<ReportWorkLine[]> {
    const [row] = await sql<{ lines: ReportWorkLine[] | null }[]>`
      select data -> 'work' -> 'lines' as lines from client_report where close_id = ${closeId} and withdrawn_at is null`
    return row?.lines ?? []
  },
  async keepPdf(tx: Tx, id: number, sha256: string): Promise<void> {
    await tx`update closing_document set pdf_sha256 = ${sha256} where id = ${id}`
  },
  async markVoid(tx: Tx, ids: readonly number[], reason: string, accountId: number | null = null): Promise<void> {
    await tx`update closing_document set state = 'void', void_reason = ${reason}, version = version + 1 where id in ${tx(ids)}`
    await tx`
      insert into document_step (client_id, document_id, what, account_id, detail)
      select client_id, id, 'voided', ${accountId}::bigint, ${tx.json({ reason })} from closing_document where id in ${tx(ids)} order by id`
  },
  async markSent(tx: Tx, id: number, acceptUntil: Instant | null): Promise<void> {
    await tx`
      update closing_document set sent_at = app_now(), accept_until = ${acceptUntil},
        acceptance = ${acceptUntil === null ? 'none' : 'waiting'}, version = version + 1 where id = ${id}`
  },
  async askAgain(tx: Tx, id: number, acceptUntil: Instant | null): Promise<void> {
    await tx`
      update closing_document set acceptance = 'waiting', accept_until = ${acceptUntil}, decided_at = null, decided_by = null,
        version = version + 1 where id = ${id}`
  },
  /** The first look of the client; later ones change nothing. */
  async markOpened(tx: Tx, id: number): Promise<void> {
    await tx`update closing_document set opened_at = app_now() where id = ${id} and opened_at is null`
  },
  async decide(
    tx: Tx,
    id: number,
    decision: { acceptance: DocumentRow['acceptance']; contactId: number | null },
  ): Promise<void> {
    await tx`
      update closing_document set acceptance = ${decision.acceptance}, decided_at = app_now(), decided_by = ${decision.contactId},
        version = version + 1 where id = ${id}`
  },
  /** Acts whose time for objections is over: taken so that a second worker passes them by. */
  async lockSilent(tx: Tx, limit: number): Promise<{ id: number; clientId: number }[]> {
    return tx<{ id: number; clientId: number }[]>`
      select id, client_id from closing_document
      where acceptance = 'waiting' and state = 'issued' and accept_until <= app_now()
      order by accept_until limit ${limit} for update skip locked`
  },
  async insertObjection(
    tx: Tx,
    row: { clientId: number; documentId: number; lineNumber: number; contactId: number; reason: string },
  ): Promise<void> {
    await tx`insert into document_objection ${tx(row)}
      on conflict (document_id, line_number) where outcome is null do update set reason = excluded.reason`
  },
  /** Whether an upheld objection has given a line back: on this paper, or on one of the month that it stands for anew. */
  async givenBack(sql: Queryable, row: DocumentRow, lineNumber: number): Promise<boolean> {
    const sources = row.data.lines.find(({ number }) => number === lineNumber)?.sources ?? []
    const [found] = await sql<{ id: number }[]>`
      select o.id from document_objection o join closing_document d on d.id = o.document_id
      where o.outcome = 'upheld' and d.contract_id = ${row.contractId} and d.period = ${row.period}
        and ((d.id = ${row.id} and o.line_number = ${lineNumber})
          or exists (select 1 from jsonb_array_elements(d.data -> 'lines') line
            where (line ->> 'number')::int = o.line_number and line -> 'sources' ?| ${[...sources]}::text[])) limit 1`
    return found !== undefined
  },
  async lockObjection(tx: Tx, documentId: number, id: number) {
    const [row] = await tx<{ id: number; lineNumber: number; outcome: string | null }[]>`
      select id, line_number, outcome from document_objection where id = ${id} and document_id = ${documentId} for update`
    return row ?? null
  },
  async answerObjection(
    tx: Tx,
    id: number,
    given: { outcome: 'upheld' | 'rejected'; answer: string; answeredBy: number | null },
  ): Promise<void> {
    await tx`update document_objection set ${tx(given)}, answered_at = app_now() where id = ${id}`
  },
  async openObjections(sql: Queryable, documentId: number): Promise<number> {
    const [row] = await sql<{ open: number }[]>`
      select count(*) as open from document_objection where document_id = ${documentId} and outcome is null`
    return row!.open
  },
}
