import type { CivilDate, Kopecks } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { PaidPart } from './domain/documents/settled-advances.ts'

/** Money received for a contract's invoices up to a day, the earliest first, and what its standing acts came to. */
export async function advancesOf(
  sql: Queryable,
  ask: { contractId: number; legalEntityId: number; to: CivilDate },
): Promise<{ parts: PaidPart[]; renderedBefore: Kopecks }> {
  const [rows, [rendered]] = await Promise.all([
    sql<{ number: string; date: CivilDate; kopecks: Kopecks; advanceNumber: string | null; advanceDate: CivilDate }[]>`
      select p.number, p.date, sum(x.kopecks)::bigint as kopecks, p.advance_number, p.advance_date
      from payment_part x join payment p on p.id = x.payment_id join closing_document i on i.id = x.document_id
      where i.contract_id = ${ask.contractId} and i.legal_entity_id = ${ask.legalEntityId} and p.received_on <= ${ask.to}
      group by p.id order by p.received_on, p.id`,
    sql<{ kopecks: Kopecks }[]>`
      select coalesce(sum(case d.kind when 'correction' then -d.gross_kopecks else d.gross_kopecks end), 0)::bigint as kopecks
      from closing_document d left join closing_document o on o.id = d.corrects_id and d.kind = 'correction'
      where d.contract_id = ${ask.contractId} and d.legal_entity_id = ${ask.legalEntityId}
        and coalesce(o.kind, d.kind) in ('act', 'upd') and d.state = 'issued' and d.date < ${ask.to}`,
  ])
  const parts = rows.map(({ number, date, kopecks, advanceNumber, advanceDate }) => ({
    number,
    date,
    kopecks,
    advance: advanceNumber === null ? null : { number: advanceNumber, date: advanceDate },
  }))
  return { parts, renderedBefore: rendered!.kopecks }
}
