import { type Actor, can, mayEver, scopeCondition, scopeOf } from '@opora/access'
import { decodeCursor, type Instant, isoInstant, isoInstantOrNull, type Locale, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ticketScope } from '@opora/tickets'
import type { LetterOutPage, LetterOutRow, LetterOutState } from './contract.ts'
import { phrase } from './letter-story.ts'

interface StoredLetterOut {
  id: number
  kind: string
  toAddress: string
  state: LetterOutState
  automatic: boolean
  attempts: number
  createdAt: Instant
  sendAt: Instant
  sentAt: Instant | null
  error: string | null
  messageRowId: number | null
  ticketId: number | null
  ticketNumber: number | null
  clientId: number | null
}

/** Letters of ours, newest first: of the clients that the person reads; those of no client for administrators. */
export async function listLettersOut(
  sql: Queryable,
  actor: Actor,
  query: { state?: LetterOutState | undefined; limit: number; cursor?: string | undefined },
  locale: Locale,
): Promise<LetterOutPage> {
  const before = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)?.[0]
  if (query.cursor !== undefined && typeof before !== 'number') throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const rows = await sql<StoredLetterOut[]>`
    select ${columns(sql)} from outgoing_mail o left join ticket t on t.id = o.ticket_id where ${visible(sql, actor)}
      ${query.state === undefined ? sql`` : sql`and o.state = ${query.state}`}
      ${typeof before === 'number' ? sql`and o.id < ${before}` : sql``}
    order by o.id desc limit ${query.limit + 1}`
  const page = pageOf([...rows], query.limit, (row) => [row.id])
  return { ...page, items: page.items.map((row) => present(row, actor, locale)) }
}

/** What went out about a ticket, oldest first; null where the ticket is not this person's to see. */
export async function lettersOutOfTicket(
  sql: Queryable,
  actor: Actor,
  ticketId: number,
  locale: Locale,
): Promise<LetterOutRow[] | null> {
  const seen =
    await sql`select 1 from ticket t where t.id = ${ticketId} and ${ticketScope(sql, scopeOf(actor, 'ticket.text'))}`
  if (seen.length === 0) return null
  const rows = await sql<StoredLetterOut[]>`
    select ${columns(sql)} from outgoing_mail o join ticket t on t.id = o.ticket_id where o.ticket_id = ${ticketId} order by o.id limit 500`
  return rows.map((row) => present(row, actor, locale))
}

/** One letter and whether its recipient may still get it; null where it is not this person's to see. */
export async function letterOutCard(
  sql: Queryable,
  actor: Actor,
  id: number,
): Promise<{
  id: number
  clientId: number | null
  ticketId: number | null
  toAddress: string
  reaches: boolean
} | null> {
  const [row] = await sql<
    { id: number; clientId: number | null; ticketId: number | null; toAddress: string; reaches: boolean }[]
  >`
    select o.id, o.client_id, o.ticket_id, o.to_address, (o.client_id is null or exists (
        select 1 from contact c where c.client_id = o.client_id and lower(c.email) = lower(o.to_address) and c.status <> 'blocked'
          and (o.kind not in ('reply', 'receipt', 'solved') or o.ticket_id is null or exists (
            select 1 from ticket_person p where p.ticket_id = o.ticket_id and p.contact_id = c.id and p.removed_at is null)))) as reaches
    from outgoing_mail o where o.id = ${id} and ${visible(sql, actor)}`
  return row ?? null
}

function present(row: StoredLetterOut, actor: Actor, locale: Locale): LetterOutRow {
  return {
    id: row.id,
    kind: row.kind,
    kindText: phrase(locale, `kind_${row.kind}`) ?? phrase(locale, 'kind_other')!,
    to: row.toAddress,
    state: row.state,
    automatic: row.automatic,
    attempts: row.attempts,
    createdAt: isoInstant(row.createdAt),
    sendAt: isoInstant(row.sendAt),
    sentAt: isoInstantOrNull(row.sentAt),
    why: row.error === null ? null : inWords(row.error, locale),
    messageId: row.messageRowId,
    ticket: row.ticketId === null || row.ticketNumber === null ? null : { id: row.ticketId, number: row.ticketNumber },
    canResend: row.state === 'failed' && mayResend(actor, row.clientId),
  }
}

/** `fault code words of the recipient's server` as the sender keeps it. */
function inWords(error: string, locale: Locale): string {
  const [fault = '', ...rest] = error.split(' ')
  const words = phrase(locale, `out_${fault}`) ?? phrase(locale, 'out_other')!
  const detail = rest.join(' ').trim()
  return detail === '' ? words : `${words} (${detail})`
}

/** A letter of no client is the installation's own: whoever keeps the intake running sends it again. */
export function mayResend(actor: Actor, clientId: number | null): boolean {
  return clientId === null ? mayEver(actor, 'mailbox.change') : can(actor, 'message.reply', { clientId })
}

function columns(sql: Queryable) {
  return sql`o.id, o.kind, o.to_address, o.state, o.automatic, o.attempts, o.created_at, o.send_at, o.sent_at, o.error, o.message_row_id, o.ticket_id,
    t.number as ticket_number, o.client_id`
}

function visible(sql: Queryable, actor: Actor) {
  const own = mayEver(actor, 'mailbox.read') ? sql`o.client_id is null` : sql`false`
  return sql`(${own} or (o.client_id is not null and ${scopeCondition(sql, scopeOf(actor, 'ticket.text'), { client: sql`o.client_id` })}))`
}
