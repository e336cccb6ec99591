import type { PdfDefinition, PdfNode } from '@opora/platform/pdf'
import type { ClosingDocument } from '../domain/documents/closing-document.ts'
import { fillText, TEMPLATE_RULES, type TemplateText } from '../domain/documents/paper-template.ts'
import { templateValues } from '../domain/documents/template-fields.ts'
import { MM } from './payment-qr.ts'

/** Points of the page's foot that a template's own line needs. */
const FOOT = 20
/** A logo never pushes the paper apart: this is the highest that it may stand. */
const LOGO_HEIGHT_MM = 30

function filled(document: ClosingDocument, field: TemplateText): string {
  const text = document.template?.[field] ?? ''
  return text === '' ? '' : fillText(text, templateValues(document))
}

/** The paper's name: the administrator's, else the customary one. */
export function templateTitle(document: ClosingDocument, customary: string): string {
  return filled(document, 'title') || customary
}

/** The administrator's words at a place of the paper; nothing where there are none. */
export function templateWords(document: ClosingDocument, field: 'before' | 'after'): PdfNode[] {
  const text = filled(document, field)
  return text === '' ? [] : [{ text, margin: [0, 4, 0, 4] }]
}

/** What a template adds to any paper: a letterhead, a line at the foot, and, where the form is the law's, words around it. */
export function withTemplate(definition: PdfDefinition, document: ClosingDocument, logo: Buffer | null): PdfDefinition {
  if (!document.template) return definition
  const [left, top, right, bottom] = definition.pageMargins
  const foot = filled(document, 'footer')
  const around = TEMPLATE_RULES[document.kind].columns.length === 0
  return {
    ...definition,
    ...(foot === '' ? {} : { pageMargins: [left, top, right, bottom + FOOT], footer: footOf(definition, foot) }),
    content: [
      ...letterhead(document, logo),
      ...(around ? templateWords(document, 'before') : []),
      ...definition.content,
      ...(around ? templateWords(document, 'after') : []),
    ],
  }
}

function footOf({ footer, pageMargins }: PdfDefinition, text: string): NonNullable<PdfDefinition['footer']> {
  return (page, pages) => ({
    stack: [
      { text, fontSize: 7.5, alignment: 'center', margin: [pageMargins[0], 6, pageMargins[2], 0] },
      footer?.(page, pages) ?? '',
    ],
  })
}

function letterhead(document: ClosingDocument, logo: Buffer | null): PdfNode[] {
  const text = filled(document, 'header')
  const drawn = document.template?.logo ?? null
  if (logo === null || drawn === null) return text === '' ? [] : [{ text, fontSize: 8.5, margin: [0, 0, 0, 10] }]
  const picture: PdfNode = {
    image: `data:${mimeOf(logo)};base64,${logo.toString('base64')}`,
    fit: [drawn.widthMm * MM, LOGO_HEIGHT_MM * MM],
    width: drawn.widthMm * MM,
    alignment: drawn.side,
  }
  const words: PdfNode = { text, fontSize: 8.5, width: '*', alignment: drawn.side === 'left' ? 'right' : 'left' }
  return [
    { columns: drawn.side === 'left' ? [picture, words] : [words, picture], columnGap: 12, margin: [0, 0, 0, 12] },
  ]
}

/** By its first bytes; a logo is kept as PNG or JPEG and nothing else. */
function mimeOf(bytes: Buffer): string {
  return bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
}
