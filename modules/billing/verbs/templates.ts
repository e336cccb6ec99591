import { type Actor, writeAudit } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { LegalEntityView } from '../documents.contract.ts'
import { legalEntityById, listLegalEntities } from '../documents.read-model.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { documentsStore } from '../documents.store.ts'
import type { ClosingDocument, DocumentKind } from '../domain/documents/closing-document.ts'
import { type PaperTemplate, templateFaults } from '../domain/documents/paper-template.ts'
import { samplePaper } from '../domain/documents/sample-paper.ts'
import { TEMPLATE_FIELDS } from '../domain/documents/template-fields.ts'
import { paperPdf } from '../paper-files.ts'
import type { TemplateBody } from '../templates.contract.ts'
import { templatesStore } from '../templates.store.ts'
import { sellerOf, signersOf } from './issue-documents.ts'

/**
 * Adds a version of a kind's look from a day on; without settings the shipped look is in force again. Papers that were issued keep the
 * look that they were issued with. Returns the version's id.
 */
export async function saveTemplate(files: FileStore, tx: Tx, actor: Actor, given: TemplateBody): Promise<number> {
  const { kind, legalEntityId, from, settings } = given
  await demandFit(files, kind, settings)
  if (legalEntityId !== null && !(await documentsStore.lockLegalEntity(tx, legalEntityId)))
    throw documentRefusals.refuse('billing.legal_entity_not_found', { field: 'legalEntityId' })
  const id = await templatesStore.insert(tx, {
    kind,
    legalEntityId,
    fromDate: from,
    settings,
    createdBy: actor.accountId,
  })
  await writeAudit(tx, actor, {
    action: settings === null ? 'document_template.reset' : 'document_template.changed',
    objectType: 'paper_template',
    objectId: id,
    clientId: null,
    detail: { kind, from, legalEntityId: legalEntityId ?? '—' },
  })
  return id
}

/** Refuses a template that its kind does not allow, naming the field and what in it is wrong. */
async function demandFit(files: FileStore, kind: DocumentKind, settings: PaperTemplate | null): Promise<void> {
  if (settings === null) return
  const [fault] = templateFaults(kind, settings, TEMPLATE_FIELDS)
  if (fault) {
    const params = { found: fault.found }
    throw documentRefusals.refuse(`billing.template_${fault.code}`, {
      field: `settings.${fault.field}`,
      params,
      details: fault,
    })
  }
  if (settings.logo !== null && !(await files.has(settings.logo.sha256)))
    throw documentRefusals.refuse('billing.logo_unreadable', { field: 'settings.logo' })
}

export async function previewTemplate(
  files: FileStore,
  sql: Queryable,
  given: Omit<TemplateBody, 'from'>,
): Promise<Buffer> {
  const { kind, settings, legalEntityId } = given
  await demandFit(files, kind, settings)
  const sample = { ...samplePaper(kind), ...(await ownSide(sql, legalEntityId)) }
  return paperPdf(files, settings === null ? sample : { ...sample, template: settings })
}

/** The administrator sees the preview with the firm's own details where there are some. */
async function ownSide(sql: Queryable, id: number | null): Promise<Partial<ClosingDocument>> {
  const entity = id === null ? await presentEntity(sql) : await legalEntityById(sql, id)
  if (entity) return { seller: sellerOf(entity), ...signersOf(entity) }
  if (id === null) return {}
  throw documentRefusals.refuse('billing.legal_entity_not_found', { field: 'legalEntityId' })
}

async function presentEntity(sql: Queryable): Promise<LegalEntityView | undefined> {
  const entities = (await listLegalEntities(sql)).filter((one) => !one.archived)
  return entities.find((one) => one.isDefault) ?? entities[0]
}

const LOGO_PIXELS = 1_200
const LOGO_LIMIT = 20_000_000

/** Redraws a picture as PNG without anything but its pixels, and keeps it. */
export async function keepLogo(
  files: FileStore,
  bytes: Buffer,
): Promise<{ sha256: string; width: number; height: number }> {
  const { default: sharp } = await import('sharp')
  try {
    const head = bytes.subarray(0, 4).toString('hex')
    if (head !== '89504e47' && !head.startsWith('ffd8ff')) throw new RangeError('neither PNG nor JPEG')
    const { data, info } = await sharp(bytes, { limitInputPixels: LOGO_LIMIT, animated: false, failOn: 'error' })
      .resize({ width: LOGO_PIXELS, height: LOGO_PIXELS, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true })
    const { sha256 } = await files.put(data)
    return { sha256, width: info.width, height: info.height }
  } catch {
    throw documentRefusals.refuse('billing.logo_unreadable', { field: 'content' })
  }
}
