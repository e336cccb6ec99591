import type { Margin, PdfDefinition } from '@opora/platform/pdf'
import { type ClosingDocument, longPaperDate } from '../domain/documents/closing-document.ts'
import { facturaHead, facturaSigns, facturaTable } from './factura-part.ts'
import { paper } from './paper-look.ts'

/** Wide papers lie on their side: fifteen columns do not stand. */
export const WIDE: { orientation: 'landscape'; margins: Margin; fontSize: number } = {
  orientation: 'landscape',
  margins: [28, 26, 28, 34],
  fontSize: 8,
}

/** A счёт-фактура by the form of ПП РФ 1137 as amended to 2026. */
export function facturaDefinition(document: ClosingDocument): PdfDefinition {
  const title = `Счёт-фактура № ${document.number} от ${longPaperDate(document.date)}`
  return paper(
    document,
    title,
    [
      {
        text: 'Приложение № 1 к постановлению Правительства Российской Федерации от 26.12.2011 № 1137',
        fontSize: 6.5,
        alignment: 'right',
      },
      facturaHead(document),
      facturaTable(document),
      { stack: [facturaSigns(document)], unbreakable: true },
    ],
    WIDE,
  )
}
