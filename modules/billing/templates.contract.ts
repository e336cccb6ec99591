import { z } from 'zod'
import { DOCUMENT_KINDS } from './domain/documents/closing-document.ts'
import { HOURS_COLUMNS, LINE_COLUMNS, PAPER_PARTS } from './domain/documents/paper-template.ts'

/** Shapes of requests and answers about templates of papers, shared with the browser. */
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const text = (length: number) => z.string().trim().max(length).default('')
const columnNames = [...LINE_COLUMNS, ...HOURS_COLUMNS] as const

const settings = z.strictObject({
  title: text(120),
  header: text(600),
  before: text(2_000),
  after: text(2_000),
  footer: text(240),
  columns: z.array(z.enum(columnNames)).max(20),
  hidden: z.array(z.enum(PAPER_PARTS)).max(PAPER_PARTS.length).default([]),
  logo: z
    .strictObject({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      side: z.enum(['left', 'right']),
      widthMm: z.number().int().min(10).max(80),
    })
    .nullable()
    .default(null),
})
const settingsView = z.object({
  title: z.string(),
  header: z.string(),
  before: z.string(),
  after: z.string(),
  footer: z.string(),
  columns: z.array(z.enum(columnNames)),
  hidden: z.array(z.enum(PAPER_PARTS)),
  logo: z.object({ sha256: z.string(), side: z.enum(['left', 'right']), widthMm: z.number() }).nullable(),
})

const about = { kind: z.enum(DOCUMENT_KINDS), legalEntityId: id.nullable().default(null) }
export const templateBody = z.strictObject({
  ...about,
  from: z.iso.date(),
  /** Null: the shipped look again, from that day. */
  settings: settings.nullable(),
})
export const previewBody = z.strictObject({ ...about, settings: settings.nullable() })
export const previewView = z.object({ pdf: z.base64() })
export const logoBody = z.strictObject({
  /** PNG or JPEG in base64; it is redrawn before it is kept. */
  content: z
    .base64()
    .min(1)
    .max(2 * 1024 * 1024),
})
export const logoView = z.object({ sha256: z.string(), width: z.number(), height: z.number() })

export const paperTemplate = z.object({
  id: z.number(),
  kind: z.enum(DOCUMENT_KINDS),
  legalEntityId: z.number().nullable(),
  legalEntityName: z.string().nullable(),
  from: z.string(),
  settings: settingsView.nullable(),
  by: z.string().nullable(),
  createdAt: z.iso.datetime(),
})
export const templateList = z.object({
  /** Names that texts may hold in braces. */
  fields: z.array(z.string()),
  kinds: z.array(
    z.object({
      kind: z.enum(DOCUMENT_KINDS),
      mayBeNamed: z.boolean(),
      columns: z.array(z.enum(columnNames)),
      required: z.array(z.enum(columnNames)),
      parts: z.array(z.enum(PAPER_PARTS)),
      shipped: settingsView,
      versions: z.array(paperTemplate),
    }),
  ),
})

export type TemplateBody = z.infer<typeof templateBody>
export type PaperTemplateView = z.infer<typeof paperTemplate>
export type TemplateListView = z.infer<typeof templateList>
export type TemplateKindView = TemplateListView['kinds'][number]
