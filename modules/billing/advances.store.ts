import type { Tx } from '@opora/platform/database'
import type { PaperReference } from './domain/documents/closing-document.ts'

export const advancesStore = {
  async name(tx: Tx, paymentId: number, paper: PaperReference | null): Promise<void> {
    await tx`update payment set advance_number = ${paper?.number ?? null}, advance_date = ${paper?.date ?? null}, version = version + 1
      where id = ${paymentId}`
  },
}
