import type { Kopecks } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { DocumentRow } from './documents.rows.ts'
import { documentsStore } from './documents.store.ts'
import type { PaperCorrection } from './domain/documents/correction.ts'

/** Corrective papers of a paper, and what they take off the month's invoice. */
export const correctionsStore = {
  /** In the order in which they were made. */
  async standing(sql: Queryable, documentId: number): Promise<PaperCorrection[]> {
    const rows = await sql<{ correction: PaperCorrection }[]>`
      select data -> 'correction' as correction from closing_document
      where corrects_id = ${documentId} and kind = 'correction' and state = 'issued' order by id`
    return rows.map((row) => row.correction)
  },
  /** Asks for so much less on the standing invoice of the same month; returns how much of it was not paid yet and could be taken off. */
  async lowerInvoice(tx: Tx, of: Pick<DocumentRow, 'closeId'>, kopecks: Kopecks): Promise<Kopecks> {
    const [row] = await tx<{ id: number; open: Kopecks }[]>`
      select id, gross_kopecks - paid_kopecks - lowered_kopecks as open from closing_document
      where close_id = ${of.closeId} and kind = 'invoice' and state = 'issued' for update`
    const taken = Math.min(kopecks, row?.open ?? 0)
    if (!row || taken === 0) return 0
    await tx`update closing_document set lowered_kopecks = lowered_kopecks + ${taken}, version = version + 1 where id = ${row.id}`
    return taken
  },
  /** An invoice issued anew knows of the corrections that stand: they are taken off it one by one, as they were off the void one. */
  async lowerAnew(tx: Tx, closeId: number): Promise<void> {
    const rows = await tx<{ id: number; grossKopecks: Kopecks }[]>`
      select c.id, c.gross_kopecks from closing_document c join closing_document o on o.id = c.corrects_id
      where o.close_id = ${closeId} and o.kind in ('act', 'upd') and c.kind = 'correction' and c.state = 'issued' order by c.id for update of c`
    for (const { id, grossKopecks } of rows) {
      const taken = await this.lowerInvoice(tx, { closeId }, grossKopecks)
      await tx`update closing_document set lowered_kopecks = ${taken} where id = ${id}`
    }
  },
  /** The paper that a corrective one corrects, locked, and whether corrections made later stand on the same lines' sums. */
  async correctedBy(tx: Tx, id: number): Promise<{ kind: string; isLast: boolean } | null> {
    const [of] = await tx<{ id: number; kind: string }[]>`
      select o.id, o.kind from closing_document c join closing_document o on o.id = c.corrects_id where c.id = ${id} for update of o`
    if (!of) return null
    const later = await tx`
      select 1 from closing_document where corrects_id = ${of.id} and kind = 'correction' and state = 'issued' and id > ${id} limit 1`
    return { kind: of.kind, isLast: later.length === 0 }
  },
  /** The счёт-фактура beside an act, locked. */
  async facturaOf(tx: Tx, act: DocumentRow): Promise<DocumentRow | null> {
    if (act.kind !== 'act' || act.closeId === null) return null
    const papers = await documentsStore.lockMonthDocuments(tx, act.closeId)
    return papers.find((one) => one.kind === 'factura' && one.data.shipment?.number === act.number) ?? null
  },
  async placeOf(sql: Queryable, id: number): Promise<{ year: number; sequence: number }> {
    const [row] = await sql<{ year: number; sequence: number }[]>`
      select year, sequence from closing_document where id = ${id}`
    return row!
  },
  /** A corrective paper that is made void: the invoice asks for the whole again, and the corrective счёт-фактура beside it goes too. */
  async takeBack(tx: Tx, row: DocumentRow): Promise<DocumentRow[]> {
    await tx`
      update closing_document i set lowered_kopecks = i.lowered_kopecks - c.lowered_kopecks, version = i.version + 1
      from closing_document c join closing_document o on o.id = c.corrects_id
      where c.id = ${row.id} and c.lowered_kopecks > 0 and i.close_id = o.close_id and i.kind = 'invoice' and i.state = 'issued'`
    const beside = await tx<{ id: number }[]>`
      select c.id from closing_document c where c.kind = 'correction' and c.state = 'issued' and c.contract_id = ${row.contractId}
        and c.legal_entity_id = ${row.legalEntityId} and c.data -> 'shipment' ->> 'number' = ${row.number}
        and c.data -> 'shipment' ->> 'date' = ${row.date} and c.id <> ${row.id}`
    const rows = await Promise.all(beside.map(({ id }) => documentsStore.lockDocument(tx, id)))
    return rows.filter((one) => one !== null)
  },
}
