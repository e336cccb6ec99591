import type { CivilDate } from '@opora/core'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { DOCUMENT_KINDS, type DocumentKind } from './domain/documents/closing-document.ts'
import { type PaperTemplate, shippedTemplate, TEMPLATE_RULES } from './domain/documents/paper-template.ts'
import { TEMPLATE_FIELDS } from './domain/documents/template-fields.ts'
import type { PaperTemplateView, TemplateListView } from './templates.contract.ts'

/**
 * The look of a paper issued on a day: the legal entity's own template before the common one, the latest version that has begun.
 * Null: the shipped look.
 */
export async function templateInForce(
  sql: Queryable,
  ask: { kind: DocumentKind; legalEntityId: number; on: CivilDate },
): Promise<PaperTemplate | null> {
  const [row] = await sql<{ settings: PaperTemplate | null }[]>`
    select settings from paper_template
    where kind = ${ask.kind} and from_date <= ${ask.on} and (legal_entity_id is null or legal_entity_id = ${ask.legalEntityId})
    order by legal_entity_id is null, from_date desc, id desc limit 1`
  return row?.settings ?? null
}

interface VersionRow {
  id: number
  kind: DocumentKind
  legalEntityId: number | null
  legalEntityName: string | null
  from: CivilDate
  settings: PaperTemplate | null
  by: string | null
  createdAt: number
}

/** Every version of every template, the latest first, with what each kind of paper lets be changed. */
export async function listTemplates(sql: Queryable): Promise<TemplateListView> {
  const rows = await sql<VersionRow[]>`
    select t.id, t.kind, t.legal_entity_id, e.name as legal_entity_name, t.from_date as from, t.settings, a.name as by, t.created_at
    from paper_template t left join legal_entity e on e.id = t.legal_entity_id left join account a on a.id = t.created_by
    order by t.from_date desc, t.id desc limit 1000`
  return {
    fields: [...TEMPLATE_FIELDS],
    kinds: DOCUMENT_KINDS.map((kind) => {
      const { title, columns, required, parts } = TEMPLATE_RULES[kind]
      return {
        kind,
        mayBeNamed: title,
        columns: [...columns],
        required: [...required],
        parts: [...parts],
        shipped: shippedTemplate(kind),
        versions: rows.filter((row) => row.kind === kind).map(viewOf),
      }
    }),
  }
}

export async function templateById(sql: Queryable, id: number): Promise<PaperTemplateView | null> {
  const [row] = await sql<VersionRow[]>`
    select t.id, t.kind, t.legal_entity_id, e.name as legal_entity_name, t.from_date as from, t.settings, a.name as by, t.created_at
    from paper_template t left join legal_entity e on e.id = t.legal_entity_id left join account a on a.id = t.created_by
    where t.id = ${id}`
  return row ? viewOf(row) : null
}

function viewOf({ createdAt, ...row }: VersionRow): PaperTemplateView {
  return { ...row, createdAt: isoInstant(createdAt) }
}
