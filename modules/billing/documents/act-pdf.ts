import type { PdfDefinition, PdfNode } from '@opora/platform/pdf'
import { type ClosingDocument, longPaperDate, paperDate } from '../domain/documents/closing-document.ts'
import { shows } from '../domain/documents/paper-template.ts'
import { linesTable } from './paper-lines.ts'
import { heading, named, paper, partyLine, signature } from './paper-look.ts'
import { templateTitle, templateWords } from './template-look.ts'

/**
 * An act of services rendered. No form is prescribed; it carries what 402-ФЗ, article 9, part 2 asks of a primary document: name,
 * date, who made it, what was done, its measure in kind and money, positions, names and signatures.
 */
export function actDefinition(document: ClosingDocument): PdfDefinition {
  const ofItself = templateTitle(document, '')
  const dated = `№ ${document.number} от ${longPaperDate(document.date)}`
  const title = ofItself === '' ? `Акт ${dated} об оказании услуг` : `${ofItself} ${dated}`
  return paper(document, title, [
    heading(title),
    named([
      ['Исполнитель', partyLine(document.seller)],
      ['Заказчик', partyLine(document.buyer)],
      ['Основание', `${document.contract.title} № ${document.contract.number} от ${paperDate(document.contract.date)}`],
      ['Период услуг', `${paperDate(document.serviceFrom)} – ${paperDate(document.serviceTo)}`],
    ]),
    ...templateWords(document, 'before'),
    ...linesTable(document, 'Всего оказано услуг'),
    ...document.notes.map((text): PdfNode => ({ text, margin: [0, 0, 0, 3] })),
    { text: acceptance(document), margin: [0, 6, 0, 6] },
    ...templateWords(document, 'after'),
    {
      stack: [
        signature('Исполнитель', document.head),
        signature('Заказчик', { position: 'должность', name: '' }),
        ...(shows(document, 'stamp') ? [STAMPS] : []),
      ],
      unbreakable: true,
    },
  ])
}

const STAMPS: PdfNode = { columns: [{ text: 'М.П.' }, { text: 'М.П.' }], fontSize: 8, margin: [0, 14, 0, 0] }

function acceptance(document: ClosingDocument): string {
  const { acceptanceDays } = document
  const done =
    'Вышеперечисленные услуги оказаны полностью и в срок. Заказчик претензий по объёму, качеству и срокам не имеет.'
  if (acceptanceDays === null || !shows(document, 'silence')) return done
  return `${done} Без мотивированных возражений в течение ${acceptanceDays} рабочих дней со дня получения акт считается принятым.`
}
