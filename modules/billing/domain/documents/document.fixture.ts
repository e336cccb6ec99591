import type { ClosingDocument } from './closing-document.ts'
import { samplePaper, untaxedSample } from './sample-paper.ts'

/** The sample paper (an invoice unless it is told otherwise) with changes. */
export function sampleDocument(changes: Partial<ClosingDocument> = {}): ClosingDocument {
  return { ...samplePaper('invoice'), kind: changes.kind ?? 'invoice', ...changes }
}

/** The same lines by somebody who pays no VAT. */
export function untaxed(): Pick<ClosingDocument, 'lines' | 'totals' | 'exemptText'> {
  return untaxedSample()
}
