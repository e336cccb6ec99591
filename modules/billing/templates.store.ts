import type { CivilDate } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import type { DocumentKind } from './domain/documents/closing-document.ts'
import type { PaperTemplate } from './domain/documents/paper-template.ts'

export const templatesStore = {
  /** Versions are added, never changed: what was in force on a day stays known. */
  async insert(
    tx: Tx,
    row: {
      kind: DocumentKind
      legalEntityId: number | null
      fromDate: CivilDate
      settings: PaperTemplate | null
      createdBy: number | null
    },
  ): Promise<number> {
    const settings = row.settings === null ? null : tx.json(row.settings as unknown as Json)
    const [made] = await tx<{ id: number }[]>`
      insert into paper_template ${tx({ ...row, settings } as never)} returning id`
    return made!.id
  },
}
