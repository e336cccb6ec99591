import type { Tx } from '@opora/platform/database'
import type { z } from 'zod'
import { askedParts } from '../domain/asked-fields.ts'
import { markOf } from '../domain/completeness.ts'
import { GENERAL_FORM } from '../domain/general-form.ts'
import { type Answer, type Answers, type FormField, readForm } from '../domain/request-form.ts'
import type { AskedFields } from '../forms.contract.ts'
import { type FilledForm, formsReadModel } from '../forms.read-model.ts'
import { formsStore } from '../forms.store.ts'

export const fieldsOf = (form: Pick<FilledForm, 'fields'>): FormField[] => form.fields ?? GENERAL_FORM
export const around = (form: Pick<FilledForm, 'portalId' | 'files'>) => ({ portalId: form.portalId, files: form.files })

/** Answers as they are kept: of shown fields, without the portal, which is the ticket's own. */
export function keptAnswers(
  fields: readonly FormField[],
  given: Answers,
  facts: { portalId: number | null; files: number },
) {
  const { answers } = readForm(fields, given, facts)
  const portal = fields.find((field) => field.kind === 'portal')?.name
  return Object.fromEntries(Object.entries(answers).filter(([name]) => name !== portal))
}

export async function keepForm(
  tx: Tx,
  ticketId: number,
  form: FilledForm,
  answers: Record<string, Answer>,
  asked: readonly string[],
) {
  const mark = markOf({ ...form, answers })
  const open = asked.filter((name) => mark.missing.some((one) => one.name === name))
  await formsStore.keep(tx, ticketId, { formId: form.formId, answers, askedFields: open, mark })
}

/** After another portal, topic or file: the ticket's mark is read anew. Another topic asks by its own form. */
export async function markAgain(tx: Tx, ticketId: number, topicChanged: boolean): Promise<void> {
  const filled = await formsReadModel.filled(tx, ticketId)
  if (!topicChanged) {
    await keepForm(tx, ticketId, filled, filled.answers as Record<string, Answer>, filled.askedFields)
    return
  }
  const form = filled.topic === null ? null : (await formsReadModel.atDoor(tx, filled.topic)).form
  const next = { ...filled, formId: form?.id ?? null, fields: form?.fields ?? null }
  // what the new form does not ask stays kept: the topic may be set back
  await keepForm(tx, ticketId, next, filled.answers as Record<string, Answer>, [])
}

/** What the cabinet asks of the client now; a letter that may still be taken back has asked for nothing yet. */
export function askedNow(form: FilledForm): z.infer<typeof AskedFields> | null {
  if (form.askedFields.length === 0 || form.held) return null
  const fields = fieldsOf(form)
  const asked = askedParts(fields, form.askedFields).map((field) => field.name)
  return { fields, asked, known: form.answers as Record<string, Answer>, portalId: form.portalId, files: form.files }
}
