import type { Page } from '@opora/core'
import { pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { dayCursor } from './day-cursor.ts'
import type { PaymentQuery, PaymentView } from './documents.contract.ts'

interface Row extends Omit<PaymentView, 'payer' | 'client' | 'parts'> {
  payerName: string
  payerInn: string
  clientId: number | null
  clientName: string | null
  parts: PaymentView['parts'] | null
}

/** Payments, the newest first; `open` are those that are not assigned in full. */
export async function listPayments(sql: Queryable, query: PaymentQuery & { id?: number }): Promise<Page<PaymentView>> {
  const after = dayCursor(query.cursor)
  const rows = await sql<Row[]>`
    select p.id, p.number, p.date, p.received_on, p.amount_kopecks, p.rest_kopecks, p.payer_name, p.payer_inn, p.purpose, p.reason, p.version,
      case when p.advance_number is null then null else jsonb_build_object('number', p.advance_number, 'date', p.advance_date) end as advance,
      p.client_id, c.name as client_name,
      (select jsonb_agg(jsonb_build_object('documentId', d.id, 'number', d.number, 'kopecks', x.kopecks) order by x.id)
        from payment_part x join closing_document d on d.id = x.document_id where x.payment_id = p.id) as parts
    from payment p left join client c on c.id = p.client_id
    where true ${query.open === 'true' ? sql`and p.rest_kopecks > 0` : sql``}
      ${query.open === 'false' ? sql`and p.rest_kopecks = 0` : sql``}
      ${query.clientId ? sql`and p.client_id = ${query.clientId}` : sql``}
      ${query.id ? sql`and p.id = ${query.id}` : sql``}
      ${after ? sql`and (p.received_on, p.id) < (${after[0]}::date, ${after[1]}::bigint)` : sql``}
    order by p.received_on desc, p.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.receivedOn, row.id])
  return { ...page, items: page.items.map(view) }
}

function view({ payerName, payerInn, clientId, clientName, parts, ...row }: Row): PaymentView {
  return {
    ...row,
    payer: { name: payerName, inn: payerInn },
    client: clientId === null ? null : { id: clientId, name: clientName ?? '' },
    parts: parts ?? [],
  }
}
