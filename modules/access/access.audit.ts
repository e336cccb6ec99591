import type { Json, Queryable } from '@opora/platform/database'
import type { Actor } from './domain/actor.ts'

export interface AuditEntry {
  action: string
  objectType: string
  objectId: string | number
  clientId?: number | null
  /** What changed, without secrets. */
  detail?: Json
  /** A duty for two people was done by the only one there is. */
  alone?: boolean
}

/**
 * Adds a row to the audit trail in the transaction of the act itself. Whoever has no account is named by number: rows are sealed, and a
 * name could not be forgotten any more.
 */
export async function writeAudit(sql: Queryable, actor: Actor, entry: AuditEntry): Promise<void> {
  const clientId = entry.clientId ?? null
  await sql`select write_audit(${clientId ?? 0}::bigint, ${actor.accountId}::bigint, ${nameOf(actor)}, ${clientId}::bigint, ${entry.action}, ${entry.objectType},
    ${String(entry.objectId)}, ${sql.json(entry.detail ?? {})}, ${entry.alone ?? false}, ${actor.ip}, ${actor.requestId})`
}

function nameOf(actor: Actor): string {
  return actor.accountId === null && actor.contact ? `контакт № ${actor.contact.id}` : actor.name
}
