import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { type Fault, formFaults } from '../domain/form-check.ts'
import type { FormField } from '../domain/request-form.ts'
import { formsReadModel } from '../forms.read-model.ts'
import { formsStore } from '../forms.store.ts'
import { refuseTicket } from '../tickets.refusals.ts'

/** Every fault at its field, in the reader's language; the sentence names the first. */
export function refuseFaults(code: 'ticket.form_wrong' | 'ticket.answers_wrong', faults: readonly Fault[]) {
  const errors = faults.map(({ field, message }) => ({ field, code, message }))
  return refuseTicket(code, { field: faults[0]!.field, params: { problem: faults[0]!.message }, details: { errors } })
}

/**
 * Saves a topic's form as its next version; requests answered before keep theirs. `expected` is the version that the editor began
 * from, 0 for none.
 */
export async function saveForm(
  tx: Tx,
  actor: Actor,
  topic: string,
  expected: number | null,
  fields: FormField[],
): Promise<{ version: number }> {
  if (!(await formsReadModel.topicExists(tx, topic))) throw refuseAccess('access.not_found')
  const faults = formFaults(fields)
  if (faults.length > 0) throw refuseFaults('ticket.form_wrong', faults)
  const currentVersion = (await formsReadModel.newest(tx, topic))?.number ?? 0
  if (currentVersion !== expected) throw refuseHttp('http.version_conflict', { details: { currentVersion } })
  const number = currentVersion + 1
  if ((await formsStore.insert(tx, { topic, number, fields, by: actor })) === null)
    throw refuseHttp('http.version_conflict', { details: { currentVersion: number } })
  await writeAudit(tx, actor, {
    action: 'form.saved',
    objectType: 'topic',
    objectId: topic,
    detail: { number, fields: fields.length },
  })
  return { version: number }
}
