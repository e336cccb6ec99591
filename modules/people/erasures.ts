import { appendFile, readFile } from 'node:fs/promises'
import { systemActor } from '@opora/access'
import { isoInstant, parseInstant } from '@opora/core'
import type { Database } from '@opora/platform/database'
import { contactById } from './contacts.read-model.ts'
import { erasuresSince } from './personal-data.read-model.ts'
import { personalDataVerbs, tokenOf } from './verbs/personal-data.ts'

/** An erasure as it is kept outside of the database, one a line: whoever restores an older state does it again. */
interface KeptErasure {
  contactId: number
  at: string
}

async function readKept(file: string): Promise<KeptErasure[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as KeptErasure]))
}

/** Copies new erasures out of the database, so that they outlive its backups. Answers 0: nothing more is to be done at once. */
export async function keepErasures(database: Database, file: string): Promise<number> {
  const last = (await readKept(file)).at(-1)
  const since = await erasuresSince(database.worker, last ? parseInstant(last.at) : null)
  if (since.length === 0) return 0
  const lines = since.map(({ contactId, at }) => `${JSON.stringify({ contactId, at: isoInstant(at) })}\n`)
  await appendFile(file, lines.join(''), { mode: 0o600 })
  return 0
}

/** After an older state was restored: whoever had been forgotten since is forgotten again. Returns how many were. */
export async function replayErasures(database: Database, file: string): Promise<number> {
  let again = 0
  for (const { contactId, at } of await readKept(file)) {
    again += await database.begin({ as: 'staff' }, async (tx) => {
      const contact = await contactById(tx, contactId)
      if (!contact || contact.name === tokenOf(contactId)) return 0
      const reason = `Повтор стирания от ${at} после восстановления из копии`
      await personalDataVerbs.requestPersonalData(tx, systemActor(), { contactId, kind: 'erase', reason })
      return 1
    })
  }
  return again
}
