import { type Actor, can, demandFresh, refuseAccess, writeAudit } from '@opora/access'
import { HOUR_MS, isoInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { refusePeople } from '../people.refusals.ts'
import type { PersonalExport } from '../personal-data.contract.ts'
import { contactToRequest, otherDeciders, personalDataOf } from '../personal-data.read-model.ts'
import { type PersonalRequestRow, personalDataStore } from '../personal-data.store.ts'

const GIVEN_OUT_MS = 72 * HOUR_MS

/** What stands in a forgotten person's place: a reference and no name. */
export const tokenOf = (contactId: number): string => `Контакт № ${contactId} (удалён)`

interface Asked {
  contactId: number
  kind: 'export' | 'erase'
  reason: string
}

/** Where several may decide, a second person's word is waited for; where there is one, it is done at once and marked "alone". */
async function requestPersonalData(tx: Tx, actor: Actor, asked: Asked): Promise<number> {
  if (!can(actor, 'person.request', { clientId: null })) throw refuseAccess('access.not_allowed')
  if (actor.side !== 'system') demandFresh(actor)
  const contact = await contactToRequest(tx, asked.contactId)
  if (!contact) throw refuseAccess('access.not_found')
  const { kind, reason } = asked
  const row = { clientId: contact.clientId, contactId: contact.id, kind, reason, askedBy: actor.accountId }
  const id = await personalDataStore.add(tx, row)
  if (id === null) throw refusePeople('people.personal_request_waits')
  await told(tx, actor, `person.${kind}_asked`, { id, ...row })
  const alone = actor.side === 'system' || (await otherDeciders(tx, actor.accountId)) === 0
  if (alone) await carryOut(tx, actor, (await personalDataStore.lock(tx, id))!, true)
  return id
}

/** The second person's word. Nobody gives it to themselves. */
async function decidePersonalRequest(tx: Tx, actor: Actor, given: { id: number; approve: boolean }): Promise<void> {
  demandFresh(actor)
  const request = await lockRequest(tx, actor, given.id)
  if (request.decidedAt !== null) throw refusePeople('people.personal_request_decided')
  if (request.askedBy === actor.accountId) throw refusePeople('people.other_person_decides')
  if (given.approve) return carryOut(tx, actor, request, false)
  const word = { by: actor.accountId, approved: false, alone: false, endsAt: null, result: null }
  await personalDataStore.decide(tx, request.id, word)
  await told(tx, actor, `person.${request.kind}_refused`, request)
}

async function carryOut(tx: Tx, actor: Actor, request: PersonalRequestRow, alone: boolean): Promise<void> {
  const isErasure = request.kind === 'erase'
  const endsAt = isErasure ? null : (await databaseNow(tx)) + GIVEN_OUT_MS
  const result = isErasure ? await personalDataStore.forget(tx, request.contactId, tokenOf(request.contactId)) : null
  await personalDataStore.decide(tx, request.id, { by: actor.accountId, approved: true, alone, endsAt, result })
  await told(tx, actor, isErasure ? 'person.erased' : 'person.export_allowed', request, alone)
}

/** Gives what is kept of a person to whoever asked for it, as long as the permission holds. Each giving is on record. */
async function takePersonalData(tx: Tx, actor: Actor, id: number): Promise<PersonalExport> {
  if (actor.side !== 'system') demandFresh(actor)
  const request = await lockRequest(tx, actor, id)
  if (request.askedBy !== actor.accountId) throw refuseAccess('access.not_allowed')
  const now = await databaseNow(tx)
  if (request.kind !== 'export' || request.endsAt === null || request.endsAt <= now)
    throw refusePeople('people.personal_data_over')
  const found = await personalDataOf(tx, request.contactId)
  if (!found) throw refuseAccess('access.not_found')
  await told(tx, actor, 'person.exported', request)
  return { contactId: request.contactId, madeAt: isoInstant(now), ...found }
}

async function lockRequest(tx: Tx, actor: Actor, id: number): Promise<PersonalRequestRow> {
  const row = await personalDataStore.lock(tx, id)
  if (!row || !can(actor, 'person.request', { clientId: row.clientId })) throw refuseAccess('access.not_found')
  return row
}

/** The trail names the request and the contact by number: nothing that would have to be forgotten again. */
async function told(
  tx: Tx,
  actor: Actor,
  action: string,
  request: Pick<PersonalRequestRow, 'id' | 'clientId' | 'contactId'>,
  alone = false,
): Promise<void> {
  const { id: objectId, clientId, contactId } = request
  await writeAudit(tx, actor, {
    action,
    objectType: 'personal_request',
    objectId,
    clientId,
    detail: { contactId },
    alone,
  })
}

export const personalDataVerbs = { requestPersonalData, decidePersonalRequest, takePersonalData }
