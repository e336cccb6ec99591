import type { Instant, Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

export interface InvitationRow {
  id: number
  clientId: number
  ticketId: number
  accountId: number
  email: string
  name: string
  locale: Locale
  zone: string
  note: string
  endsAt: Instant
  invitedBy: number
  invitedByName: string
  invitedAt: Instant
  sentAt: Instant
  letters: number
  withdrawnAt: Instant | null
  entered: boolean
  version: number
  now: Instant
}

type Fragment = ReturnType<Queryable>

const columns = (sql: Queryable): Fragment => sql`
  i.id, i.client_id, i.ticket_id, i.account_id, i.email, a.name, a.locale, a.zone, i.note, i.ends_at, i.invited_by, b.name as invited_by_name,
  i.invited_at, i.sent_at, i.letters, i.withdrawn_at, i.version, app_now() as now,
  exists (select 1 from session s where s.account_id = i.account_id and s.created_at >= i.invited_at) as entered`
const sources = (sql: Queryable): Fragment => sql`
  partner_invitation i join account a on a.id = i.account_id join account b on b.id = i.invited_by`

/** Who was invited to a ticket, until when, and whether they came. */
export const invitationsReadModel = {
  list: (sql: Queryable, ticketId: number): Promise<InvitationRow[]> =>
    sql<InvitationRow[]>`select ${columns(sql)} from ${sources(sql)} where i.ticket_id = ${ticketId} order by i.id`,
  async one(sql: Queryable, ticketId: number, accountId: number): Promise<InvitationRow | null> {
    const [row] = await sql<InvitationRow[]>`
      select ${columns(sql)} from ${sources(sql)} where i.ticket_id = ${ticketId} and i.account_id = ${accountId}`
    return row ?? null
  },
}
