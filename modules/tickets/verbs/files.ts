import { type Actor, can } from '@opora/access'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import { refuseHttp } from '@opora/platform/http'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { uploadsStore } from '../uploads.store.ts'
import { visibilitiesOf } from '../visibility.ts'
import { subjectOf } from './load-ticket.ts'

const NAME_MAX = 200
// A person drops twenty at once; a program that fills the disk sends thousands.
const UPLOADS_PER_MINUTE = 120
const FORGOTTEN_AT_ONCE = 500

export interface Upload {
  id: string
  name: string
  mime: string
  sizeBytes: number
}

/** Keeps an upload for a message that is being written; it belongs to whoever made it and to nothing else yet. */
export async function keepUpload(
  files: FileStore,
  tx: Tx,
  actor: Actor,
  part: { name: string; mime: string; bytes: Buffer },
): Promise<Upload> {
  if (part.bytes.length === 0) throw refuseTicket('ticket.file_empty', { field: 'file' })
  const uploader = { uploadedByAccountId: actor.accountId, uploadedByContactId: actor.contact?.id ?? null }
  if ((await uploadsStore.lastMinute(tx, uploader)) >= UPLOADS_PER_MINUTE) throw refuseHttp('http.too_many_requests')
  const kept = await files.put(part.bytes)
  const name = cleanName(part.name)
  const mime = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(part.mime) ? part.mime : 'application/octet-stream'
  const id = await ticketsStore.insertAttachment(tx, {
    clientId: actor.contact?.clientId ?? null,
    ticketId: null,
    messageId: null,
    name,
    mime,
    ...kept,
    inlineCid: null,
    ...uploader,
  })
  return { id, name, mime, sizeBytes: kept.sizeBytes }
}

/** Forgets uploads that no message took within a day; what a draft still names stays. */
export async function forgetUploads(database: Database): Promise<void> {
  for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE; )
    forgotten = await database.begin({ as: 'worker' }, (tx) => uploadsStore.forget(tx, FORGOTTEN_AT_ONCE))
}

/** The file's facts, if this person may read it: the ticket is theirs, and so is the message that it hangs on. */
export async function readableFile(sql: Queryable, actor: Actor, publicId: string) {
  const row = await ticketsStore.fileByPublicId(sql, publicId)
  if (!row) throw refuseTicket('ticket.not_found')
  if (row.ticketId === null) {
    const own =
      (actor.accountId !== null && row.uploadedByAccountId === actor.accountId) ||
      (actor.contact !== null && row.uploadedByContactId === actor.contact.id)
    if (!own) throw refuseTicket('ticket.not_found')
    return row
  }
  const ticket = await ticketsStore.readTicket(sql, row.ticketId)
  if (!ticket || !can(actor, 'attachment.read', await subjectOf(sql, ticket))) throw refuseTicket('ticket.not_found')
  // a file whose message this person's rows do not hold hangs on a note
  const visible = row.visibility === null ? actor.side === 'staff' : visibilitiesOf(actor).includes(row.visibility)
  if (!visible || (row.unverified && actor.side !== 'staff')) throw refuseTicket('ticket.not_found')
  return row
}

/** A name for showing: no folders, no control characters, not endless. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
      .trim()
      .slice(0, NAME_MAX) || 'file'
  )
}
