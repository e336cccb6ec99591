import type { ClosingDocument, DocumentKind } from './closing-document.ts'

/** Columns of an invoice's and an act's lines, and of a report of hours. The forms that the law prescribes have none to choose. */
export const LINE_COLUMNS = [
  'number',
  'title',
  'quantity',
  'unit',
  'price',
  'amount',
  'net',
  'vatRate',
  'vat',
  'gross',
] as const
export const HOURS_COLUMNS = [
  'date',
  'ticket',
  'work',
  'person',
  'activity',
  'worked',
  'billed',
  'share',
  'explanation',
] as const
export type LineColumn = (typeof LINE_COLUMNS)[number]
export type HoursColumn = (typeof HOURS_COLUMNS)[number]
export type PaperColumn = LineColumn | HoursColumn

/** Parts of papers that may be left out. */
export const PAPER_PARTS = [
  'due',
  'period',
  'code',
  'stamp',
  'silence',
  'byPerson',
  'byActivity',
  'signatures',
] as const
export type PaperPart = (typeof PAPER_PARTS)[number]

export interface PaperLogo {
  /** The picture in the store of files. */
  sha256: string
  side: 'left' | 'right'
  widthMm: number
}

/**
 * What an administrator may change of a paper: texts with fields in braces, the choice and order of columns, parts to leave out, a
 * logo. There are no expressions and no markup: a text is printed as it stands, with its fields filled once.
 */
export interface PaperTemplate {
  /** The paper's name in its heading; empty: the customary one. */
  title: string
  /** Over the paper, beside the logo. */
  header: string
  /** Before the lines and after them. */
  before: string
  after: string
  /** At the foot of each page. */
  footer: string
  columns: PaperColumn[]
  hidden: PaperPart[]
  logo: PaperLogo | null
}

export interface TemplateRule {
  /** Whether the paper may be named otherwise. */
  title: boolean
  columns: readonly PaperColumn[]
  /** Columns that must stay: without them the paper would not say what it must. */
  required: readonly PaperColumn[]
  shipped: readonly PaperColumn[]
  parts: readonly PaperPart[]
}

const LINES: Pick<TemplateRule, 'columns' | 'shipped'> = {
  columns: LINE_COLUMNS,
  shipped: ['number', 'title', 'quantity', 'unit', 'price', 'amount'],
}
const BY_LAW: TemplateRule = { title: false, columns: [], required: [], shipped: [], parts: [] }

/** What each kind of paper lets be changed. An act must keep the measure in kind and in money (402-ФЗ, art. 9, part 2). */
export const TEMPLATE_RULES: Record<DocumentKind, TemplateRule> = {
  invoice: { ...LINES, title: true, required: ['title', 'amount'], parts: ['due', 'period', 'code'] },
  act: {
    ...LINES,
    title: true,
    required: ['title', 'quantity', 'unit', 'amount'],
    parts: ['stamp', 'silence'],
  },
  upd: BY_LAW,
  factura: BY_LAW,
  hours: {
    title: true,
    columns: HOURS_COLUMNS,
    required: ['date', 'work', 'person', 'worked'],
    shipped: ['date', 'ticket', 'work', 'person', 'activity', 'worked', 'billed', 'share'],
    parts: ['byPerson', 'byActivity', 'signatures'],
  },
  reconciliation: { ...BY_LAW, title: false },
  correction: { ...BY_LAW, title: false },
}

export function shippedTemplate(kind: DocumentKind): PaperTemplate {
  return {
    title: '',
    header: '',
    before: '',
    after: '',
    footer: '',
    columns: [...TEMPLATE_RULES[kind].shipped],
    hidden: [],
    logo: null,
  }
}

/** Columns in the order of the paper's template. */
export function columnsOf({ kind, template }: Pick<ClosingDocument, 'kind' | 'template'>): readonly PaperColumn[] {
  return template && template.columns.length > 0 ? template.columns : TEMPLATE_RULES[kind].shipped
}

export function shows({ template }: Pick<ClosingDocument, 'template'>, part: PaperPart): boolean {
  return !template?.hidden.includes(part)
}

export type TemplateText = 'title' | 'header' | 'before' | 'after' | 'footer'
export const TEMPLATE_TEXTS: readonly TemplateText[] = ['title', 'header', 'before', 'after', 'footer']

export interface TemplateFault {
  field: TemplateText | 'columns' | 'hidden'
  code: 'unknown_field' | 'not_allowed' | 'twice' | 'missing'
  found: string
}

/** Everything in a template that its kind of paper does not allow; `fields` are the names that texts may hold in braces. */
export function templateFaults(
  kind: DocumentKind,
  template: PaperTemplate,
  fields: readonly string[],
): TemplateFault[] {
  const rule = TEMPLATE_RULES[kind]
  const unknown = TEMPLATE_TEXTS.flatMap((field) =>
    fieldsIn(template[field])
      .filter((name) => !fields.includes(name))
      .map((found): TemplateFault => ({ field, code: 'unknown_field', found })),
  )
  const named: TemplateFault[] =
    rule.title || template.title === '' ? [] : [{ field: 'title', code: 'not_allowed', found: template.title }]
  return [
    ...unknown,
    ...named,
    ...listFaults('columns', template.columns, rule.columns),
    ...rule.required
      .filter((one) => !template.columns.includes(one))
      .map((found): TemplateFault => ({ field: 'columns', code: 'missing', found })),
    ...listFaults('hidden', template.hidden, rule.parts),
  ]
}

function listFaults(
  field: 'columns' | 'hidden',
  given: readonly string[],
  allowed: readonly string[],
): TemplateFault[] {
  return given.flatMap((found, index): TemplateFault[] => {
    if (!allowed.includes(found)) return [{ field, code: 'not_allowed', found }]
    return given.indexOf(found) === index ? [] : [{ field, code: 'twice', found }]
  })
}

const FIELD = /\{([^{}]{1,40})\}/g

function fieldsIn(text: string): string[] {
  return [...text.matchAll(FIELD)].map((found) => found[1]!.trim())
}

/** The text with its fields filled once: what a field brings is never read as a field again. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(FIELD, (mark, name: string) => {
    const key = name.trim()
    return Object.hasOwn(values, key) ? values[key]! : mark
  })
}
