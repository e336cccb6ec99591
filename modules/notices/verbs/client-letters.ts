import { issueLink, type LinkPurpose } from '@opora/access'
import { type MailOrder, receiptDecision } from '@opora/channels'
import type { Instant, Locale } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import type { TicketEvents, TicketHead } from '@opora/tickets'
import {
  couponLetter,
  documentsLetter,
  estimateLetter,
  plainLetter,
  ratingLetter,
  receiptLetter,
  replyLetter,
  reportLetter,
  solvedLetter,
} from '../letters/letters.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { noticesStore, type Recipient } from '../notices.store.ts'

const LINK_DAYS = 60
const RATING_DAYS = 30

/** As much of a ticket as a letter about it needs. */
type AboutTicket = Pick<TicketHead, 'id' | 'number' | 'clientId' | 'subject'>
type Letter = Pick<MailOrder, 'subject' | 'letter'>

export async function linkFor(
  ports: NoticePorts,
  tx: Tx,
  recipient: Recipient,
  purpose: LinkPurpose,
  subject: Record<string, Json>,
  ttlDays = LINK_DAYS,
): Promise<string> {
  const { token } = await issueLink(tx, { purpose, subject, contactId: recipient.contactId, ttlDays, singleUse: false })
  return `${ports.publicUrl()}/l/${purpose}/${token}`
}

/** One letter of a ticket to one recipient; the same kind, occasion and recipient are one letter. */
export function orderOf(
  ticket: AboutTicket,
  recipient: Recipient,
  kind: string,
  occasion: string,
  letter: Letter,
): MailOrder {
  return {
    kind,
    writtenBy: 'notice',
    dedupe: `${kind}:${ticket.id}:${occasion}:c${recipient.contactId}`,
    to: { address: recipient.email, name: recipient.name, recipientId: `c${recipient.contactId}` },
    ticket: { id: ticket.id, number: ticket.number, clientId: ticket.clientId },
    ...letter,
  }
}

export async function askersOf(tx: Tx, ticketId: number): Promise<Recipient[]> {
  return (await noticesStore.recipientsOf(tx, ticketId)).filter((recipient) => recipient.asker)
}

/** The receipt: number, promised times, link. Once for a ticket and sender, and never to a machine. */
export async function mailReceipt(ports: NoticePorts, tx: Tx, event: TicketEvents['ticket.opened']): Promise<void> {
  const { ticket } = event
  for (const recipient of await askersOf(tx, ticket.id)) {
    const sent = await ports.outbox.automaticReplies(tx, recipient.email, ticket.id)
    const decision = receiptDecision({
      muted: event.automatic,
      senderIsReadable: true,
      senderIsKnown: recipient.known,
      dmarcFailed: false,
      sentForTicket: sent.forTicket,
      sentLastDay: sent.lastDay,
      sentLastHour: sent.lastHour,
      answeredAtOnce: sent.answeredAtOnce,
    })
    if (!decision.send) {
      if (decision.alarm) ports.log.warn({ ticketId: ticket.id }, 'the brake on automatic replies holds a known sender')
      continue
    }
    const plain = decision.form === 'plain'
    const [company, promises, link] = await Promise.all([
      noticesStore.companyName(tx),
      ports.promises(tx, ticket.id),
      plain ? null : linkFor(ports, tx, recipient, 'ticket.view', { ticketId: ticket.id }),
    ])
    const reason = event.entitlementReason?.[recipient.locale] ?? null
    const letter = receiptLetter(company, recipient, ticket, { plain, promises, reason, link })
    const writtenBy = ticket.channel === 'email' ? 'auto_reply' : 'notice'
    await ports.outbox.enqueue(tx, { ...orderOf(ticket, recipient, 'receipt', 'opened', letter), writtenBy })
  }
}

/** A person's answer goes out by mail to everybody who takes part, each by a letter of their own. */
export async function mailReply(ports: NoticePorts, tx: Tx, event: TicketEvents['ticket.replied']): Promise<void> {
  const message = await noticesStore.message(tx, event.messageId)
  // whatever asked for it: a note is never mailed
  if (message?.visibility !== 'public') return
  const company = await noticesStore.companyName(tx)
  for (const recipient of await noticesStore.recipientsOf(tx, event.ticket.id)) {
    const link = await linkFor(ports, tx, recipient, 'ticket.view', { ticketId: event.ticket.id })
    const words = { author: message.authorName, text: message.bodyText, html: message.bodyHtml, link }
    await ports.outbox.enqueue(tx, {
      ...orderOf(
        event.ticket,
        recipient,
        'reply',
        `m${event.messageId}`,
        replyLetter(company, recipient, event.ticket, words),
      ),
      writtenBy: event.automatic ? 'notice' : 'reply',
      messageRowId: event.messageId,
      attachments: message.files,
      sendAt: event.sendAt,
    })
  }
}

/** A solved ticket asks for a yes or a no; an answer taken back takes its letters with it. */
export async function followFacts(ports: NoticePorts, tx: Tx, event: TicketEvents['ticket.facts']): Promise<void> {
  for (const fact of event.facts) {
    if (fact.type === 'answer_undone') await ports.outbox.cancelForMessage(tx, Number(fact.data['messageId']))
    if (fact.type === 'solved' && event.ticket.state === 'confirming')
      await mailAskers(ports, tx, event.ticket, 'solved', String(fact.id))
  }
}

/** A short letter about the ticket's course to whoever asked. */
export async function mailAskers(
  ports: NoticePorts,
  tx: Tx,
  ticket: AboutTicket,
  kind: 'solved' | 'rating' | 'remind' | 'rejected' | 'accident',
  occasion: string,
  reason?: string,
): Promise<void> {
  const company = await noticesStore.companyName(tx)
  const subject = { ticketId: ticket.id }
  for (const recipient of await askersOf(tx, ticket.id)) {
    const view = recipient.known ? await linkFor(ports, tx, recipient, 'ticket.view', subject) : null
    let letter: Letter
    if (kind === 'solved') {
      const confirm = await linkFor(ports, tx, recipient, 'ticket.confirm', subject)
      letter = solvedLetter(company, recipient, ticket, { confirm, view: view ?? ports.publicUrl() })
    } else if (kind === 'rating') {
      letter = ratingLetter(
        company,
        recipient,
        ticket,
        await linkFor(ports, tx, recipient, 'rating.give', subject, RATING_DAYS),
      )
    } else {
      letter = plainLetter(company, recipient, kind, ticket, {
        link: view,
        ...(reason === undefined ? {} : { reason }),
      })
    }
    await ports.outbox.enqueue(tx, orderOf(ticket, recipient, kind, occasion, letter))
  }
}

/** An accident: everybody whose request it touches is told in their own request that it is being worked on. */
export async function mailTouched(ports: NoticePorts, tx: Tx, ticket: TicketHead, now: Instant): Promise<void> {
  for (const touched of await noticesStore.touched(tx, ticket.id))
    await mailAskers(ports, tx, touched, 'accident', `${ticket.id}:${now}`)
}

export interface OfferedEstimate {
  id: number
  minutes: number
  amountKopecks: number
  validUntil: string | null
}

/** An estimate to the responsible contacts, with a link that decides without a password. */
export async function mailEstimate(
  ports: NoticePorts,
  tx: Tx,
  event: { ticket: TicketHead; estimate: OfferedEstimate },
): Promise<void> {
  const { ticket, estimate } = event
  const company = await noticesStore.companyName(tx)
  for (const recipient of await noticesStore.responsible(tx, ticket.clientId)) {
    const link = await linkFor(ports, tx, recipient, 'estimate.decide', {
      estimateId: estimate.id,
      ticketId: ticket.id,
    })
    const letter = estimateLetter(company, recipient, ticket, { ...estimate, link })
    await ports.outbox.enqueue(tx, orderOf(ticket, recipient, 'estimate', `e${estimate.id}`, letter))
  }
}

export interface SentReport {
  clientId: number
  contractNumber: string
  period: string
  closeId: number
  files: Record<Locale, { filename: string; mime: string; sha256: string }[]>
}

/** The month's report to the responsible contacts, with its files in each one's language. */
export async function mailReport(ports: NoticePorts, tx: Tx, event: SentReport): Promise<void> {
  const company = await noticesStore.companyName(tx)
  for (const recipient of await noticesStore.responsible(tx, event.clientId)) {
    await ports.outbox.enqueue(tx, {
      kind: 'report',
      writtenBy: 'notice',
      dedupe: `report:${event.closeId}:c${recipient.contactId}`,
      to: { address: recipient.email, name: recipient.name, recipientId: null },
      ticket: null,
      clientId: event.clientId,
      attachments: event.files[recipient.locale],
      ...reportLetter(company, recipient, {
        month: event.period,
        contract: event.contractNumber,
        link: `${ports.publicUrl()}/cabinet/reports`,
      }),
    })
  }
}

export interface SentDocuments {
  clientId: number
  contractNumber: string
  /** Null: a paper of no month. */
  period: string | null
  files: readonly { documentId: number; title: string; filename: string; mime: string; sha256: string }[]
}

/** A month's papers to the responsible contacts and those of finance, with the files. */
export async function mailDocuments(ports: NoticePorts, tx: Tx, event: SentDocuments): Promise<void> {
  const company = await noticesStore.companyName(tx)
  const documents = event.files.map((file) => file.title).join(', ')
  const documentIds = event.files.map((file) => file.documentId)
  for (const recipient of await noticesStore.moneyReaders(tx, event.clientId)) {
    const view = await linkFor(ports, tx, recipient, 'document.view', { documentIds })
    await ports.outbox.enqueue(tx, {
      kind: 'document',
      writtenBy: 'notice',
      dedupe: `documents:${event.files.map((file) => file.documentId).join('-')}:c${recipient.contactId}`,
      to: { address: recipient.email, name: recipient.name, recipientId: null },
      ticket: null,
      clientId: event.clientId,
      attachments: event.files.map(({ filename, mime, sha256 }) => ({ filename, mime, sha256 })),
      ...documentsLetter(company, recipient, {
        month: event.period,
        contract: event.contractNumber,
        documents,
        link: `${ports.publicUrl()}/cabinet/documents`,
        view,
      }),
    })
  }
}

/** A coupon's code to the responsible contacts, when it is issued. */
export async function mailCoupon(
  ports: NoticePorts,
  tx: Tx,
  event: { clientId: number; couponId: number; code: string },
): Promise<void> {
  const company = await noticesStore.companyName(tx)
  for (const recipient of await noticesStore.responsible(tx, event.clientId)) {
    await ports.outbox.enqueue(tx, {
      kind: 'coupon',
      writtenBy: 'notice',
      dedupe: `coupon:${event.couponId}:c${recipient.contactId}`,
      to: { address: recipient.email, name: recipient.name, recipientId: null },
      ticket: null,
      clientId: event.clientId,
      ...couponLetter(company, recipient, { code: event.code, link: `${ports.publicUrl()}/cabinet` }),
    })
  }
}
