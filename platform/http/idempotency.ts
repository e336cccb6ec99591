import { createHash } from 'node:crypto'
import type { Json, Tx } from '../database/index.ts'
import { refuseHttp } from './refusals.ts'

export interface SavedReply {
  status: number
  reply: Json
}

const KEY_MAX = 200

/** The key of a request; one that is too long to be kept is told apart by its hash. Null when none was sent. */
export function idempotencyKeyOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string' || header.length === 0) return null
  return header.length <= KEY_MAX ? header : `sha256:${createHash('sha256').update(header).digest('hex')}`
}

/**
 * Claims the key inside the transaction of the effect. A second call with the same key waits for the first one's commit and gets its
 * answer; the same key with another request is refused. Null: the key is ours, go on.
 */
export async function claimKey(
  tx: Tx,
  actorKey: string,
  key: string,
  route: string,
  body: unknown,
): Promise<SavedReply | null> {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex')
  const claimed =
    await tx`insert into idempotency_key (actor_key, key, route, body_hash) values (${actorKey}, ${key}, ${route}, ${bodyHash})
    on conflict (actor_key, key) do nothing returning key`
  if (claimed.length > 0) return null
  const [saved] = await tx<{ route: string; bodyHash: string; status: number; reply: Json }[]>`
    select route, body_hash, status, reply from idempotency_key where actor_key = ${actorKey} and key = ${key}`
  if (!saved || saved.route !== route || saved.bodyHash !== bodyHash)
    throw refuseHttp('http.idempotency_mismatch', { field: 'Idempotency-Key' })
  return { status: saved.status, reply: saved.reply }
}

export async function saveReply(tx: Tx, actorKey: string, key: string, status: number, reply: Json): Promise<void> {
  await tx`update idempotency_key set status = ${status}, reply = ${tx.json(reply)} where actor_key = ${actorKey} and key = ${key}`
}
