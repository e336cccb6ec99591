import { type Actor, can, mayEver, scopeCondition, scopeOf } from '@opora/access'
import { decodeCursor, type Instant, isoInstant, isoInstantOrNull, type Locale, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { LetterPage, LetterRow, LetterState, LetterView } from './contract.ts'
import { type KeptOutcome, stepsOf, whyOf } from './letter-story.ts'

interface StoredLetter {
  id: number
  state: LetterState
  receivedAt: Instant
  fromAddress: string | null
  subject: string | null
  outcome: KeptOutcome
  error: string | null
  mailboxId: number | null
  mailboxName: string | null
  mailboxAddress: string | null
  sentTo: string[] | null
  ticketId: number | null
  ticketNumber: number | null
  clientId: number | null
  clientName: string | null
  readable: boolean
}

interface StoredLetterInFull extends StoredLetter {
  envelope: { remoteAddress?: string }
  source: string
  attempts: number
  processedAt: Instant | null
  sizeBytes: number
  acceptedBy: string | null
  proposedId: number | null
  proposedNumber: number | null
  proposedSubject: string | null
}

/**
 * Letters in, newest first. A letter that belongs to a client is shown to whoever may read that client's tickets; an administrator, who
 * may not, sees that it came and what became of it, without its words.
 */
export async function listLetters(
  sql: Queryable,
  actor: Actor,
  query: { state?: LetterState | undefined; limit: number; cursor?: string | undefined },
  locale: Locale,
): Promise<LetterPage> {
  const before = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)?.[0]
  if (query.cursor !== undefined && typeof before !== 'number') throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const rows = await sql<StoredLetter[]>`
    select ${head(sql, actor)} from ${source(sql)} where ${visible(sql, actor)}
      ${query.state === undefined ? sql`` : sql`and r.state = ${query.state}`}
      ${typeof before === 'number' ? sql`and r.id < ${before}` : sql``}
    order by r.id desc limit ${query.limit + 1}`
  const page = pageOf([...rows], query.limit, (row) => [row.id])
  return { ...page, items: page.items.map((row) => presentRow(row, locale)) }
}

/** One letter; null where there is none or it is not this person's to see. `text` is added by whoever can parse. */
export async function letterCard(
  sql: Queryable,
  actor: Actor,
  id: number,
  locale: Locale,
): Promise<Omit<LetterView, 'text'> | null> {
  const [row] = await sql<StoredLetterInFull[]>`
    select ${head(sql, actor)}, r.envelope, r.source, r.attempts, r.processed_at, octet_length(r.raw) as size_bytes, a.name as accepted_by,
      p.id as proposed_id, p.number as proposed_number, p.subject as proposed_subject
    from ${source(sql)} left join account a on a.id = r.accepted_by
      left join ticket p on p.id = coalesce((r.outcome->'match'->>'ticketId')::bigint, (r.outcome->'match'->>'linkedTo')::bigint)
        and ${scopeCondition(sql, scopeOf(actor, 'ticket.text'), { client: sql`p.client_id` })}
    where ${visible(sql, actor)} and r.id = ${id}`
  if (!row) return null
  const waits = row.state === 'failed' || row.state === 'quarantined' || row.state === 'ignored'
  const accepts =
    can(actor, 'message.accept', { clientId: row.clientId }) ||
    (row.clientId === null && mayEver(actor, 'message.accept'))
  return {
    ...presentRow(row, locale),
    source: row.source,
    remoteAddress: row.envelope.remoteAddress ?? null,
    attempts: row.attempts,
    processedAt: isoInstantOrNull(row.processedAt),
    steps: stepsOf(row.outcome, locale),
    proposedTicket:
      row.proposedId !== null && row.readable
        ? { id: row.proposedId, number: row.proposedNumber!, subject: row.proposedSubject! }
        : null,
    sizeBytes: row.sizeBytes,
    acceptedBy: row.acceptedBy,
    canRerun: waits && row.sizeBytes > 0 && mayEver(actor, 'intake.rerun'),
    canAccept: row.state === 'quarantined' && row.readable && accepts,
  }
}

/** The letter as it came; only where its words may be read. */
export async function rawLetter(sql: Queryable, actor: Actor, id: number): Promise<Buffer | null> {
  const [row] = await sql<{ raw: Buffer }[]>`
    select r.raw from raw_message r where r.id = ${id} and octet_length(r.raw) > 0 and ${readable(sql, actor)}`
  return row?.raw ?? null
}

function presentRow(row: StoredLetter, locale: Locale): LetterRow {
  return {
    id: row.id,
    state: row.state,
    receivedAt: isoInstant(row.receivedAt),
    from: row.fromAddress,
    subject: row.readable ? row.subject : null,
    why: whyOf(row.state, row.outcome, row.error, locale),
    mailbox:
      row.mailboxId === null
        ? null
        : { id: row.mailboxId, name: row.mailboxName ?? '', address: row.mailboxAddress ?? '' },
    to: row.sentTo ?? [],
    ticket: row.ticketId === null || row.ticketNumber === null ? null : { id: row.ticketId, number: row.ticketNumber },
    client: row.clientId === null ? null : { id: row.clientId, name: row.clientName ?? '' },
    readable: row.readable,
  }
}

function head(sql: Queryable, actor: Actor) {
  return sql`r.id, r.state, r.received_at, r.from_address, r.subject, r.outcome, r.error, r.mailbox_id, m.name as mailbox_name, m.address as mailbox_address, r.envelope->'to' as sent_to, r.ticket_id,
    t.number as ticket_number, r.client_id, c.name as client_name, ${readable(sql, actor)} as readable`
}

function source(sql: Queryable) {
  return sql`raw_message r left join mailbox m on m.id = r.mailbox_id left join ticket t on t.id = r.ticket_id left join client c on c.id = r.client_id`
}

/** A letter that no client owns yet is everybody's who looks after the intake. */
function readable(sql: Queryable, actor: Actor) {
  return sql`(r.client_id is null or ${scopeCondition(sql, scopeOf(actor, 'ticket.text'), { client: sql`r.client_id` })})`
}

function visible(sql: Queryable, actor: Actor) {
  return mayEver(actor, 'mailbox.read') ? sql`true` : readable(sql, actor)
}
