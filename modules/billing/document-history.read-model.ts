import { type Actor, liveLinks, scopeCondition, scopeOf } from '@opora/access'
import { type Instant, isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { DocumentStepView, DocumentView, LinkedDocumentsView } from './documents.contract.ts'
import type { DocumentKind } from './domain/documents/closing-document.ts'
import type { DocumentStep } from './domain/documents/document-step.ts'

interface StepRow {
  what: DocumentStep
  at: Instant
  account: string | null
  contact: string | null
  detail: {
    number?: string | number
    kopecks?: number
    payment?: string
    reason?: string
    lines?: string
    line?: string
    links?: string
  }
}

/** Where a paper has been, the earliest first. */
export async function historyOf(sql: Queryable, documentId: number): Promise<DocumentStepView[]> {
  const rows = await sql<StepRow[]>`
    select s.what, s.at, a.name as account, c.name as contact, s.detail
    from document_step s left join account a on a.id = s.account_id left join contact c on c.id = s.contact_id
    where s.document_id = ${documentId} order by s.id`
  return rows.map(({ what, at, account, contact, detail }) => ({
    what,
    at: isoInstant(at),
    by: contact ?? account,
    side: contact === null ? (account === null ? 'system' : 'staff') : 'client',
    kopecks: detail.kopecks ?? null,
    note:
      detail.reason ??
      detail.payment ??
      detail.lines ??
      detail.line ??
      detail.links ??
      detail.number?.toString() ??
      null,
  }))
}

/** Links of letters that show a paper and still work. */
export async function linksOf(sql: Queryable, documentId: number): Promise<DocumentView['links']> {
  const { live, until } = await liveLinks(sql, 'document.view', { documentIds: [documentId] })
  return { live, until: isoInstantOrNull(until) }
}

/** The papers of a letter that its reader may still see; those of a link that were never sent are not there. */
export async function linkedDocumentsOf(
  sql: Queryable,
  actor: Actor,
  ids: readonly number[],
): Promise<LinkedDocumentsView> {
  const rows = await sql<
    {
      id: number
      kind: DocumentKind
      number: string
      date: string
      state: 'issued' | 'void'
      contractNumber: string
      contractTitle: string
      grossKopecks: number
      loweredKopecks: number
      paidKopecks: number
      seller: string
    }[]
  >`
    select d.id, d.kind, d.number, d.date, d.state, k.number as contract_number, k.title as contract_title, d.gross_kopecks,
      d.paid_kopecks, d.lowered_kopecks, d.data -> 'seller' ->> 'name' as seller
    from closing_document d join contract k on k.id = d.contract_id
    where d.id = any(${[...ids]}::bigint[]) and d.sent_at is not null
      and ${scopeCondition(sql, scopeOf(actor, 'document.read'), { client: sql`d.client_id` })}
    order by d.id`
  return {
    seller: rows[0]?.seller ?? '',
    items: rows.map(({ contractNumber, contractTitle, paidKopecks, seller: _, ...row }) => ({
      ...row,
      contract: { number: contractNumber, title: contractTitle },
      payment: paymentState({ ...row, paidKopecks }),
    })),
  }
}

/** How far an invoice is paid; null for what is not paid by. */
export function paymentState(row: {
  kind: DocumentKind
  grossKopecks: number
  paidKopecks: number
  loweredKopecks: number
}): 'unpaid' | 'partly' | 'paid' | null {
  if (row.kind !== 'invoice') return null
  if (row.paidKopecks + row.loweredKopecks >= row.grossKopecks) return 'paid'
  return row.paidKopecks === 0 ? 'unpaid' : 'partly'
}
