import type { PdfDefinition, PdfNode } from '@opora/platform/pdf'
import {
  type ClosingDocument,
  type DocumentParty,
  longPaperDate,
  paperDate,
  type Signer,
  updStatus,
} from '../domain/documents/closing-document.ts'
import { facturaHead, facturaSigns, facturaTable } from './factura-part.ts'
import { WIDE } from './factura-pdf.ts'
import { dash, GRID, paper } from './paper-look.ts'

const STATUS_TEXT = {
  1: '1 – счёт-фактура и передаточный документ (акт)',
  2: '2 – передаточный документ (акт)',
} as const

/** A universal transfer document by the recommended form of ФНС ММВ-20-3/96@: a счёт-фактура (status 1) with the transfer's fields. */
export function updDefinition(document: ClosingDocument): PdfDefinition {
  const status = updStatus(document)
  const title = `УПД № ${document.number} от ${longPaperDate(document.date)}`
  return paper(
    document,
    title,
    [
      {
        columns: [
          {
            stack: [
              { text: 'Универсальный передаточный документ', bold: true, fontSize: 10 },
              { text: `Статус: ${status}`, bold: true, fontSize: 12, margin: [0, 6, 0, 2] },
              { text: STATUS_TEXT[status], fontSize: 7 },
            ],
            width: 120,
          },
          { stack: [facturaHead(document)], width: '*' },
        ],
        columnGap: 10,
      },
      facturaTable(document),
      ...(status === 2 && document.exemptText !== '' ? [{ text: document.exemptText, fontSize: 7.5 }] : []),
      ...(status === 1 ? [facturaSigns(document)] : []),
      { stack: transfer(document), unbreakable: true, margin: [0, 8, 0, 0] },
    ],
    WIDE,
  )
}

/** Lines [8]–[19] of the form: the ground, and each side's statement of what was given and taken. */
function transfer(document: ClosingDocument): PdfNode[] {
  const { contract } = document
  return [
    field(
      'Основание передачи (сдачи) / получения (приёмки)',
      `${contract.title} № ${contract.number} от ${paperDate(contract.date)}`,
      '[8]',
    ),
    field('Данные о транспортировке и грузе', '—', '[9]'),
    {
      columns: [
        { stack: side(document, true), width: '*' },
        { stack: side(document, false), width: '*' },
      ],
      columnGap: 18,
      margin: [0, 4, 0, 0],
    },
  ]
}

function side(document: ClosingDocument, gives: boolean): PdfNode[] {
  const { seller, buyer, head } = document
  const what = `Оказаны услуги за период ${paperDate(document.serviceFrom)} – ${paperDate(document.serviceTo)}. ${document.notes.join('. ')}`
  const signer: Signer = gives ? head : { position: '', name: '' }
  const party: DocumentParty = gives ? seller : buyer
  const [sign, date, other, responsible, made] = gives
    ? ['[10]', '[11]', '[12]', '[13]', '[14]']
    : ['[15]', '[16]', '[17]', '[18]', '[19]']
  return [
    field(
      gives
        ? 'Товар (груз) передал / услуги, результаты работ, права сдал'
        : 'Товар (груз) получил / услуги, результаты работ, права принял',
      signed(signer),
      sign!,
    ),
    field(
      gives ? 'Дата отгрузки, передачи (сдачи)' : 'Дата получения (приёмки)',
      gives ? longPaperDate(document.serviceTo) : '«___» ____________ 20___ г.',
      date!,
    ),
    field(
      gives ? 'Иные сведения об отгрузке, передаче' : 'Иные сведения о получении, приёмке',
      gives ? what.trim() : '—',
      other!,
    ),
    field('Ответственный за правильность оформления факта хозяйственной жизни', signed(signer), responsible!),
    field(
      'Наименование экономического субъекта – составителя документа (в т.ч. комиссионера / агента)',
      [party.name, party.inn && `ИНН/КПП ${[party.inn, party.kpp].filter(Boolean).join('/')}`]
        .filter(Boolean)
        .join(', '),
      made!,
    ),
    { text: 'М.П.', fontSize: 7, margin: [0, 3, 0, 0] },
  ]
}

function signed({ position, name }: Signer): string {
  return `${position || '________________'}   ____________________   ${name === '' ? '____________________' : name}`
}

function field(name: string, value: string, sign: string): PdfNode {
  return {
    table: {
      widths: ['*', 20],
      body: [[{ stack: [{ text: dash(value) }, { text: name, fontSize: 6 }] }, { text: sign, fontSize: 7 }]],
    },
    layout: {
      ...GRID,
      vLineWidth: () => 0,
      hLineWidth: (row) => (row === 0 ? 0 : 0.5),
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
    fontSize: 7.5,
  }
}
