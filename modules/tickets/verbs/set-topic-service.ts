import type { Actor } from '@opora/access'
import { refuseAccess, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { refuseTicket } from '../tickets.refusals.ts'

const FOREIGN_KEY_VIOLATION = '23503'

/** Which service of the catalogue requests on a topic ask for: a contract without it does not cover them. `null`: none in particular. */
export async function setTopicService(tx: Tx, actor: Actor, code: string, service: string | null): Promise<void> {
  const rows = await tx`update topic set service = ${service} where code = ${code} returning code`.catch(
    (error: { code?: string }) => {
      if (error.code !== FOREIGN_KEY_VIOLATION) throw error
      throw refuseTicket('ticket.service_unknown', { field: 'service' })
    },
  )
  if (rows.length === 0) throw refuseAccess('access.not_found')
  await writeAudit(tx, actor, { action: 'topic.changed', objectType: 'topic', objectId: code, detail: { service } })
}
