import type { PdfCell, PdfDefinition, PdfNode } from '@opora/platform/pdf'
import { amountInWords } from '../domain/documents/amount-in-words.ts'
import { type ClosingDocument, longPaperDate, paperDate, paperSum } from '../domain/documents/closing-document.ts'
import { CORRECTION_NAMES, decreaseOf, type PaperCorrection } from '../domain/documents/correction.ts'
import type { TaxedAmount } from '../domain/documents/vat.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { facturaSigns } from './factura-part.ts'
import { centre, GRID, heading, named, paper, partyLine, right, signature } from './paper-look.ts'
import { templateWords } from './template-look.ts'

/**
 * A corrective paper: what an act, a УПД or a счёт-фактура said of each line, what it says from now on, and the difference. It carries what
 * 402-ФЗ, article 9, part 2 asks of a primary document; docs/formats/corrections.md tells which fields it has and which it does not claim.
 */
export function correctionDefinition(document: ClosingDocument): PdfDefinition {
  const correction = document.correction!
  const { of } = correction
  const name = CORRECTION_NAMES[of.kind] ?? 'Корректировочный документ'
  const title = `${name} № ${document.number} от ${longPaperDate(document.date)}`
  return paper(document, title, [
    heading(title),
    named([
      ['К документу', `${OF_WORDS[of.kind] ?? ''} № ${of.number} от ${paperDate(of.date)}`.trim()],
      ['Исполнитель', partyLine(document.seller)],
      ['Заказчик', partyLine(document.buyer)],
      ['Основание', `${document.contract.title} № ${document.contract.number} от ${paperDate(document.contract.date)}`],
      ['Период услуг', `${paperDate(document.serviceFrom)} – ${paperDate(document.serviceTo)}`],
      ['Причина', correction.reason],
    ]),
    ...templateWords(document, 'before'),
    linesOf(document, correction),
    wordsOf(document),
    ...templateWords(document, 'after'),
    signs(document, of.kind),
  ])
}

const OF_WORDS: Record<string, string> = { act: 'Акт об оказании услуг', upd: 'УПД', factura: 'Счёт-фактура' }

function linesOf(document: ClosingDocument, correction: PaperCorrection): PdfNode {
  const noTax = document.totals.vatRate === null
  const rate = vatRateName(document.totals.vatRate)
  const cells = (name: string, sum: TaxedAmount, bold = false): PdfCell[] => [
    { text: name, bold },
    right(paperSum(sum.netKopecks), bold),
    centre(rate),
    right(noTax ? '—' : paperSum(sum.vatKopecks), bold),
    right(paperSum(sum.grossKopecks), bold),
  ]
  const three = (first: PdfCell[], of: { before: TaxedAmount; after: TaxedAmount }, bold = false): PdfCell[][] => [
    [
      ...first.map((cell) => (typeof cell === 'object' ? { ...cell, rowSpan: 3 } : cell)),
      ...cells('до изменения', of.before),
    ],
    ['', '', ...cells('после изменения', of.after)],
    ['', '', ...cells('уменьшение', decreaseOf(of), bold)],
  ]
  const heads = ['№', 'Наименование работ, услуг', 'Показатель', 'Без НДС', 'Ставка НДС', 'НДС', 'С НДС']
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [22, '*', 80, 72, 40, 66, 72],
      body: [
        heads.map((text) => centre(text, true)),
        ...correction.lines.flatMap((line) => three([centre(String(line.number)), { text: line.title }], line)),
        ...three([{ text: '' }, { text: 'Всего по изменённым строкам', bold: true }], correction, true),
      ],
    },
    layout: GRID,
    fontSize: 8.5,
    margin: [0, 8, 0, 4],
  }
}

function wordsOf({ totals, exemptText }: ClosingDocument): PdfNode {
  const tax =
    totals.vatRate === null
      ? ['Без налога (НДС).', exemptText].filter(Boolean).join(' ')
      : `В том числе НДС ${vatRateName(totals.vatRate)}: ${paperSum(totals.vatKopecks)} руб.`
  return {
    stack: [
      { text: `Стоимость уменьшена на ${paperSum(totals.grossKopecks)} руб. ${tax}` },
      { text: amountInWords(totals.grossKopecks), bold: true },
    ],
    margin: [0, 6, 0, 6],
  }
}

function signs(document: ClosingDocument, of: string): PdfNode {
  if (of === 'factura') return facturaSigns(document)
  return {
    stack: [
      signature('Исполнитель', document.head),
      signature('Заказчик', { position: 'должность', name: '' }),
      ...(of === 'upd' && document.totals.vatRate !== null ? [facturaSigns(document)] : []),
    ],
    unbreakable: true,
  }
}
