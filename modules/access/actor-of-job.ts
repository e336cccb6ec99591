import type { Queryable } from '@opora/platform/database'
import { actorOfPerson, findPerson } from './access.read-model.ts'
import type { Actor } from './domain/actor.ts'

/**
 * The person on whose word a job works, with the rights that they have when it runs; `null` for one who may no longer enter. What asks for
 * the password anew is not a job's to do.
 */
export async function actorOfJob(sql: Queryable, accountId: number): Promise<Actor | null> {
  const row = await findPerson(sql, accountId)
  if (!row) return null
  const entrance = { key: `account:${accountId}`, sessionId: null, tokenScopes: null, secondFactor: true, fresh: false }
  return { ...actorOfPerson(row, entrance), scope: { as: 'worker' } }
}
