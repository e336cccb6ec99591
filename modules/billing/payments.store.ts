import type { CivilDate, Instant, Kopecks } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { OpenInvoice } from './domain/documents/match-payment.ts'

export interface PaymentRow {
  id: number
  legalEntityId: number
  clientId: number | null
  number: string
  amountKopecks: Kopecks
  restKopecks: Kopecks
  payerInn: string
  version: number
}

export interface NewPayment {
  legalEntityId: number
  statementId: number
  clientId: number | null
  line: number
  number: string
  date: CivilDate
  receivedOn: CivilDate
  amountKopecks: Kopecks
  restKopecks: Kopecks
  payerName: string
  payerInn: string
  payerAccount: string
  purpose: string
  reason: 'number_and_payer' | 'sum_and_payer' | null
}

export interface KnownInvoice extends OpenInvoice {
  clientId: number
}

export const paymentsStore = {
  /** Statements of one legal entity are taken one after another: a payment is matched once. */
  async lockEntity(tx: Tx, id: number): Promise<{ settlementAccount: string } | null> {
    const [row] = await tx<{ settlementAccount: string }[]>`
      select settlement_account from legal_entity where id = ${id} for update`
    return row ?? null
  },
  async insertStatement(
    tx: Tx,
    row: {
      legalEntityId: number
      fileSha256: string
      filename: string
      fromDate: CivilDate | null
      toDate: CivilDate | null
      createdBy: number | null
    },
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into bank_statement ${tx(row as never)} returning id`
    return made!.id
  },
  /** Null: this very payment was taken from an earlier statement. */
  async insertPayment(tx: Tx, row: NewPayment): Promise<number | null> {
    const [made] = await tx<{ id: number }[]>`
      insert into payment ${tx(row as never)} on conflict do nothing returning id`
    return made?.id ?? null
  },
  /** Invoices of a legal entity that are not paid in full, locked, with their payers' numbers, the oldest first. */
  async openInvoices(sql: Queryable, legalEntityId: number): Promise<KnownInvoice[]> {
    return sql<KnownInvoice[]>`
      select d.id, d.client_id, d.number, d.year, d.data -> 'buyer' ->> 'inn' as payer_inn, d.gross_kopecks - d.paid_kopecks - d.lowered_kopecks as open_kopecks
      from closing_document d
      where d.legal_entity_id = ${legalEntityId} and d.kind = 'invoice' and d.state = 'issued'
        and d.paid_kopecks + d.lowered_kopecks < d.gross_kopecks
      order by d.date, d.id for update of d`
  },
  /** Clients by their tax number: whose payment it is even when no invoice is known. */
  async clientsByInn(sql: Queryable, inns: readonly string[]): Promise<Map<string, number>> {
    if (inns.length === 0) return new Map()
    const rows = await sql<{ inn: string; id: number }[]>`
      select inn, min(id) as id from client where inn in ${sql(inns)} group by inn having count(*) = 1`
    return new Map(rows.map((row) => [row.inn, row.id]))
  },
  async insertPart(
    tx: Tx,
    row: { paymentId: number; clientId: number; documentId: number; kopecks: Kopecks; createdBy: number | null },
  ): Promise<void> {
    await tx`insert into payment_part ${tx(row)}`
    await tx`update closing_document set paid_kopecks = paid_kopecks + ${row.kopecks}, version = version + 1 where id = ${row.documentId}`
  },
  async lockPayment(tx: Tx, id: number): Promise<PaymentRow | null> {
    const [row] = await tx<PaymentRow[]>`
      select id, legal_entity_id, client_id, number, amount_kopecks, rest_kopecks, payer_inn, version from payment where id = ${id} for update`
    return row ?? null
  },
  async spend(tx: Tx, id: number, kopecks: Kopecks, clientId: number): Promise<void> {
    await tx`
      update payment set rest_kopecks = rest_kopecks - ${kopecks}, client_id = ${clientId}, reason = 'person', version = version + 1
      where id = ${id}`
  },
  /** What came from a client and stands against no invoice yet: an advance, or what a person still has to assign. */
  async unassigned(sql: Queryable, ask: { legalEntityId: number; clientId: number; to: CivilDate }): Promise<Kopecks> {
    const [row] = await sql<{ rest: Kopecks }[]>`
      select coalesce(sum(rest_kopecks), 0)::bigint as rest from payment
      where legal_entity_id = ${ask.legalEntityId} and client_id = ${ask.clientId} and received_on <= ${ask.to}`
    return row!.rest
  },
  /** What the client came to owe and what it paid, for a reconciliation. */
  async movements(
    sql: Queryable,
    ask: { contractId: number; legalEntityId: number; to: CivilDate },
  ): Promise<
    { date: CivilDate; kind: string; number: string; owedKopecks: Kopecks; paidKopecks: Kopecks; at: Instant }[]
  > {
    return sql`
      select d.date, d.kind, d.number, d.gross_kopecks as owed_kopecks, 0 as paid_kopecks, d.created_at as at
      from closing_document d
      where d.contract_id = ${ask.contractId} and d.legal_entity_id = ${ask.legalEntityId} and d.kind in ('act', 'upd')
        and d.state = 'issued' and d.date <= ${ask.to}
      union all
      select d.date, 'correction', d.number, -d.gross_kopecks, 0, d.created_at
      from closing_document d join closing_document o on o.id = d.corrects_id
      where d.contract_id = ${ask.contractId} and d.legal_entity_id = ${ask.legalEntityId} and d.kind = 'correction'
        and o.kind in ('act', 'upd') and d.state = 'issued' and d.date <= ${ask.to}
      union all
      select p.received_on, 'payment', p.number, 0, sum(x.kopecks)::bigint, max(x.created_at)
      from payment_part x join payment p on p.id = x.payment_id join closing_document i on i.id = x.document_id
      where i.contract_id = ${ask.contractId} and i.legal_entity_id = ${ask.legalEntityId} and p.received_on <= ${ask.to}
      group by p.id
      order by 1, 6`
  },
}
