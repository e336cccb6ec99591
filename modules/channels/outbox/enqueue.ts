import { createHash } from 'node:crypto'
import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import { type AutomaticReplies, channelsStore } from '../channels.store.ts'
import { type LetterParts, renderLetter } from '../mail/letter-template.ts'
import type { OutgoingKind } from '../mail/outgoing-mail.ts'
import { messageIdWithToken, replyAddress, signReplyToken } from '../mail/reply-token.ts'

export interface MailOrder {
  /** What the letter is, for the list and the brakes: `receipt`, `reply`, `estimate`, `access.magic_link` … */
  kind: string
  writtenBy: OutgoingKind
  /** Unique: the same order is one letter, however often it is given. */
  dedupe: string
  to: { address: string; name: string; recipientId: string | null }
  subject: string
  letter: LetterParts
  /** The ticket that an answer comes back to. */
  ticket: { id: number; number: number; clientId: number } | null
  clientId?: number | null
  messageRowId?: number | null
  /** Files of the store, by content. */
  attachments?: { filename: string; mime: string; sha256: string; cid?: string }[]
  sendAt?: Instant
}

export interface Outbox {
  /** Puts a letter on its way in the caller's transaction; null: the same order was given before. */
  enqueue(sql: Queryable, order: MailOrder): Promise<number | null>
  /** Automatic letters that an address has had: for this ticket, in the last day, in the last hour. */
  automaticReplies(sql: Queryable, address: string, ticketId: number): Promise<AutomaticReplies>
  /** Takes back a letter that has not left. */
  cancelForMessage(sql: Queryable, messageRowId: number): Promise<void>
}

export interface OutboxPorts {
  replyKey: Uint8Array
  replyKeyId: string
  /** The address that letters come from when a ticket names none. */
  from: { address: string | null; name: string }
}

const NO_MAILBOX = 'opora@localhost'

export function createOutbox(ports: OutboxPorts): Outbox {
  return {
    async enqueue(sql, order) {
      const { ticket } = order
      const [mailbox, references] = await Promise.all([
        ports.from.address ?? firstMailbox(sql),
        ticket ? lastReferences(sql, ticket.id) : [],
      ])
      const from = mailbox ?? NO_MAILBOX
      const domain = from.slice(from.lastIndexOf('@') + 1)
      const token =
        ticket && order.to.recipientId
          ? signReplyToken(ports.replyKey, ports.replyKeyId, ticket.id, order.to.recipientId)
          : null
      // derived from the order, so that a letter sent again after a crash is recognisably the same letter
      const random = createHash('sha256').update(`${ports.replyKeyId}|${order.dedupe}`).digest('hex').slice(0, 20)
      const messageId = token ? messageIdWithToken(token, random, domain) : `${random}@${domain}`
      const rendered = renderLetter(order.letter)
      const mail = {
        kind: order.writtenBy,
        from: { address: from, name: ports.from.name },
        to: { address: order.to.address, name: order.to.name },
        replyTo: token ? replyAddress(from, token) : null,
        subject: order.subject,
        ...rendered,
        inReplyTo: references[0] ?? null,
        references: [...references].reverse(),
        attachments: order.attachments ?? [],
      }
      // kept, known by its Message-ID and announced in one round trip; the same order again finds its key and does none of it
      const [row] = await sql<{ id: number }[]>`
        with made as (
          insert into outgoing_mail (client_id, ticket_id, message_row_id, kind, dedupe, to_address, mail, automatic, mail_message_id, send_at)
          values (${ticket?.clientId ?? order.clientId ?? null}, ${ticket?.id ?? null}, ${order.messageRowId ?? null}, ${order.kind}, ${order.dedupe},
            ${order.to.address}, ${sql.json(mail as unknown as Json)}, ${order.writtenBy !== 'reply'}, ${messageId}, coalesce(${order.sendAt ?? null}::timestamptz, app_now()))
          on conflict (dedupe) do nothing returning id),
        known as (
          insert into mail_reference (message_id, direction, client_id, ticket_id, message_row_id)
          select ${messageId}, 'out', ${ticket?.clientId ?? null}::bigint, ${ticket?.id ?? null}::bigint, ${order.messageRowId ?? null}::bigint
          from made where ${ticket !== null}::boolean
          on conflict (message_id) do nothing)
        select id, pg_notify('opora_outbox', '') from made`
      return row?.id ?? null
    },
    automaticReplies: channelsStore.automaticReplies,
    async cancelForMessage(sql, messageRowId) {
      await sql`update outgoing_mail set state = 'cancelled' where message_row_id = ${messageRowId} and state = 'queued'`
    },
  }
}

async function firstMailbox(sql: Queryable): Promise<string | null> {
  const [row] = await sql<
    { address: string }[]
  >`select address from mailbox where active and form_map is null order by id limit 1`
  return row?.address ?? null
}

/** The newest letters of the conversation, newest first: what mail programs thread by. */
async function lastReferences(sql: Queryable, ticketId: number): Promise<string[]> {
  const rows = await sql<
    { messageId: string }[]
  >`select message_id from mail_reference where ticket_id = ${ticketId} order by created_at desc, message_row_id desc nulls last limit 8`
  return rows.map((row) => row.messageId)
}
