import { randomUUID } from 'node:crypto'
import type { AccessMail, LinkPurpose } from '@opora/access'
import { issueLink } from '@opora/access'
import { type MailOrder, receiptDecision } from '@opora/channels'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Database, Json, Tx } from '@opora/platform/database'
import { speak } from '@opora/platform/i18n'
import { announce } from '@opora/platform/live'
import type { TicketEvents, TicketHead } from '@opora/tickets'
import { accessLetter } from './letters/access-letters.ts'
import {
  estimateLetter,
  plainLetter,
  ratingLetter,
  receiptLetter,
  replyLetter,
  reportLetter,
  solvedLetter,
} from './letters/letters.ts'
import { noticeSentence } from './notice-sentence.ts'
import type { NoticePorts } from './notices.ports.ts'
import { type NoticedTicket, noticesStore, type Recipient } from './notices.store.ts'
import { noticeWords } from './notices.words.ts'

const LINK_DAYS = 60
const RATING_DAYS = 30

export type Notices = ReturnType<typeof createNotices>

/** Who is told what: hears what happened in the house and puts letters and notices on their way, in the same transaction. */
export function createNotices(ports: NoticePorts) {
  const link = async (
    tx: Tx,
    recipient: Recipient,
    purpose: LinkPurpose,
    subject: Record<string, Json>,
    singleUse = false,
    ttlDays = LINK_DAYS,
  ) => {
    const { token } = await issueLink(tx, { purpose, subject, contactId: recipient.contactId, ttlDays, singleUse })
    return `${ports.publicUrl}/l/${purpose}/${token}`
  }
  const order = (
    ticket: TicketHead,
    recipient: Recipient,
    kind: string,
    dedupe: string,
    letter: Pick<MailOrder, 'subject' | 'letter'>,
  ): MailOrder => ({
    kind,
    writtenBy: 'notice',
    dedupe: `${kind}:${ticket.id}:${dedupe}:c${recipient.contactId}`,
    to: { address: recipient.email, name: recipient.name, recipientId: `c${recipient.contactId}` },
    ticket: { id: ticket.id, number: ticket.number, clientId: ticket.clientId },
    ...letter,
  })
  const tell = async (
    tx: Tx,
    accountIds: readonly number[],
    ticket: NoticedTicket,
    kind: string,
    dedupe: string,
    now: Instant,
    options: { urgent?: boolean; data?: Record<string, Json> } = {},
  ) => {
    const deliverAt = options.urgent ? now : await ports.nextWorkingMoment(tx, now)
    for (const accountId of new Set(accountIds)) {
      const data = { number: ticket.number, subject: ticket.subject, ...options.data }
      const made = await noticesStore.addNotice(tx, {
        accountId,
        clientId: ticket.clientId,
        ticketId: ticket.id,
        kind,
        dedupe,
        data,
        deliverAt,
      })
      if (made) await announce(tx, { topic: 'notice', clientId: null, accountId, ticketId: ticket.id })
    }
  }
  const askers = async (tx: Tx, ticketId: number) =>
    (await noticesStore.recipientsOf(tx, ticketId)).filter((recipient) => recipient.asker)

  return {
    /** The receipt: number, promised times, link. Once for a ticket and sender, and never to a machine. */
    async onOpened(tx: Tx, event: TicketEvents['ticket.opened']): Promise<void> {
      const { ticket } = event
      const company = await noticesStore.companyName(tx)
      for (const recipient of await askers(tx, ticket.id)) {
        const sent = await ports.outbox.automaticReplies(tx, recipient.email, ticket.id)
        const decision = receiptDecision({
          muted: event.automatic,
          senderIsReadable: true,
          senderIsKnown: recipient.known,
          dmarcFailed: false,
          sentForTicket: sent.forTicket,
          sentLastDay: sent.lastDay,
          sentLastHour: sent.lastHour,
        })
        if (!decision.send) {
          if (decision.alarm)
            ports.log.warn({ ticketId: ticket.id }, 'the brake on automatic replies holds a known sender')
          continue
        }
        const plain = decision.form === 'plain'
        const letter = receiptLetter(company, recipient, ticket, {
          plain,
          promises: await ports.promises(tx, ticket.id),
          reason: event.entitlementReason?.[recipient.locale] ?? null,
          link: plain ? null : await link(tx, recipient, 'ticket.view', { ticketId: ticket.id }),
        })
        await ports.outbox.enqueue(tx, {
          ...order(ticket, recipient, 'receipt', 'opened', letter),
          writtenBy: ticket.channel === 'email' ? 'auto_reply' : 'notice',
        })
      }
    },
    /** A person's answer goes out by mail to everybody who takes part, each by a letter of their own. */
    async onReplied(tx: Tx, event: TicketEvents['ticket.replied']): Promise<void> {
      const message = await noticesStore.message(tx, event.messageId)
      // whatever asked for it: a note is never mailed
      if (!message || message.visibility !== 'public') return
      const company = await noticesStore.companyName(tx)
      for (const recipient of await noticesStore.recipientsOf(tx, event.ticket.id)) {
        const view = await link(tx, recipient, 'ticket.view', { ticketId: event.ticket.id })
        const letter = replyLetter(company, recipient, event.ticket, {
          author: message.authorName,
          text: message.bodyText,
          html: message.bodyHtml,
          link: view,
        })
        await ports.outbox.enqueue(tx, {
          ...order(event.ticket, recipient, 'reply', `m${event.messageId}`, letter),
          writtenBy: 'reply',
          messageRowId: event.messageId,
          attachments: message.files,
          sendAt: event.sendAt,
        })
      }
    },
    async onFacts(tx: Tx, event: TicketEvents['ticket.facts']): Promise<void> {
      for (const fact of event.facts) {
        if (fact.type === 'answer_undone') await ports.outbox.cancelForMessage(tx, Number(fact.data['messageId']))
        if (fact.type === 'solved' && event.ticket.state === 'confirming')
          await mailAskers(tx, event.ticket, 'solved', String(fact.id))
      }
    },
    async onClientWrote(tx: Tx, event: TicketEvents['ticket.client_wrote']): Promise<void> {
      const { ticket } = event
      const reader = ticket.assigneeId
      if (reader !== null)
        await tell(tx, [reader], ticket, 'client_wrote', `m${event.messageId}`, event.now, {
          urgent: ticket.priority === 1,
        })
    },
    async onNoted(tx: Tx, event: TicketEvents['ticket.noted']): Promise<void> {
      await tell(tx, event.mentions, event.ticket, 'mentioned', `m${event.messageId}`, event.now)
    },
    async onAssigned(tx: Tx, event: TicketEvents['ticket.assigned']): Promise<void> {
      if (event.accountId === null || event.accountId === event.actor.accountId) return
      await tell(tx, [event.accountId], event.ticket, 'assigned', `${event.accountId}:${event.now}`, event.now, {
        urgent: event.ticket.priority === 1,
      })
    },
    /** What the process asked to be told. */
    async onAction(tx: Tx, event: TicketEvents['ticket.action']): Promise<void> {
      const { ticket, name, params, now } = event
      if (name === 'ask_rating') await mailAskers(tx, ticket, 'rating', String(now))
      if (name === 'remind_client') await mailAskers(tx, ticket, 'remind', String(now))
      if (name === 'reject') await mailAskers(tx, ticket, 'rejected', String(now), String(params['reason'] ?? ''))
      if (name === 'page_on_call') {
        const people = [
          ...(await noticesStore.accountsOfRole(tx, 'it', ticket.clientId)),
          ...(await noticesStore.accountsOfRole(tx, 'im', ticket.clientId)),
        ]
        await tell(tx, people, ticket, 'page', String(now), now, { urgent: true })
      }
    },
    /** Warnings go to whoever has the ticket, then wider; at night only where the contract or priority 1 says so. */
    async onAlarm(
      tx: Tx,
      event: { ticket: TicketHead; metric: string; kind: string; seq: number; now: Instant; aroundTheClock: boolean },
    ): Promise<void> {
      const { ticket, kind } = event
      if (kind === 'warn50') return
      const wide = kind !== 'warn75' || ticket.assigneeId === null
      const people = [
        ...(ticket.assigneeId === null ? [] : [ticket.assigneeId]),
        ...(wide ? await noticesStore.accountsOfRole(tx, 'im', ticket.clientId) : []),
        ...(kind === 'breach' ? [await noticesStore.managerOf(tx, ticket.clientId)].filter((id) => id !== null) : []),
      ]
      await tell(tx, people, ticket, kind, `${event.metric}:${event.seq}:${kind}`, event.now, {
        urgent: ticket.priority === 1 || event.aroundTheClock,
        data: { metric: event.metric },
      })
    },
    async onEstimateOffered(
      tx: Tx,
      event: {
        ticket: TicketHead
        estimate: { id: number; minutes: number; amountKopecks: number; validUntil: string | null }
      },
    ): Promise<void> {
      const company = await noticesStore.companyName(tx)
      for (const recipient of await noticesStore.responsible(tx, event.ticket.clientId)) {
        const decide = await link(tx, recipient, 'estimate.decide', {
          estimateId: event.estimate.id,
          ticketId: event.ticket.id,
        })
        await ports.outbox.enqueue(
          tx,
          order(
            event.ticket,
            recipient,
            'estimate',
            `e${event.estimate.id}`,
            estimateLetter(company, recipient, event.ticket, { ...event.estimate, link: decide }),
          ),
        )
      }
    },
    async onReportSent(
      tx: Tx,
      event: {
        clientId: number
        contractNumber: string
        period: string
        closeId: number
        files: { filename: string; mime: string; sha256: string }[]
      },
    ): Promise<void> {
      const company = await noticesStore.companyName(tx)
      for (const recipient of await noticesStore.responsible(tx, event.clientId)) {
        const letter = reportLetter(company, recipient, {
          month: event.period,
          contract: event.contractNumber,
          link: `${ports.publicUrl}/cabinet/reports`,
        })
        await ports.outbox.enqueue(tx, {
          kind: 'report',
          writtenBy: 'notice',
          dedupe: `report:${event.closeId}:c${recipient.contactId}`,
          ticket: null,
          clientId: event.clientId,
          to: { address: recipient.email, name: recipient.name, recipientId: null },
          attachments: event.files,
          ...letter,
        })
      }
    },
    /** A letter that will never arrive: whoever has the ticket learns of it. */
    async onMailLost(
      tx: Tx,
      mail: { ticketId: number | null; error: string; messageRowId: number | null; toAddress: string },
    ): Promise<void> {
      const ticket = mail.ticketId === null ? null : await noticesStore.ticketHead(tx, mail.ticketId)
      if (ticket === null) return
      const people =
        ticket.assigneeId === null ? await noticesStore.accountsOfRole(tx, 'l1', ticket.clientId) : [ticket.assigneeId]
      const now = await databaseNow(tx)
      await tell(tx, people, ticket, 'mail_lost', `mail:${mail.messageRowId ?? now}`, now, {
        data: { error: `${mail.toAddress}: ${mail.error}` },
      })
    },
    /** A letter of the sign-in. */
    async sendAccessMail(tx: Tx, mail: AccessMail): Promise<void> {
      const letter = accessLetter(await noticesStore.companyName(tx), ports.publicUrl, mail)
      await ports.outbox.enqueue(tx, {
        kind: mail.kind,
        writtenBy: 'notice',
        dedupe: `${mail.kind}:${randomUUID()}`,
        to: { address: mail.to, name: mail.data.name, recipientId: null },
        ticket: null,
        ...letter,
      })
    },
    /** Mails one notice that its reader has not seen in time; says how many it did (0 or 1). */
    async mailNextNotice(database: Database): Promise<number> {
      return database.begin({ as: 'worker' }, async (tx) => {
        const due = await noticesStore.takeDue(tx)
        if (!due) return 0
        const sentence = noticeSentence(due.kind, due.data, due.locale)
        const say = speak(noticeWords, due.locale)
        await ports.outbox.enqueue(tx, {
          kind: 'notice',
          writtenBy: 'notice',
          dedupe: `notice:${due.id}`,
          to: { address: due.email, name: due.name, recipientId: null },
          subject: sentence,
          ticket: null,
          letter: {
            locale: due.locale,
            title: await noticesStore.companyName(tx),
            body: { text: sentence },
            links:
              due.ticketId === null
                ? []
                : [{ label: say('open_ticket'), url: `${ports.publicUrl}/desk/tickets/${due.ticketId}` }],
            asksForReply: false,
          },
        })
        return 1
      })
    },
    list: noticesStore.list,
    unread: noticesStore.unread,
    markRead: noticesStore.markRead,
  }

  async function mailAskers(
    tx: Tx,
    ticket: TicketHead,
    kind: 'solved' | 'rating' | 'remind' | 'rejected',
    dedupe: string,
    reason?: string,
  ): Promise<void> {
    const company = await noticesStore.companyName(tx)
    for (const recipient of await askers(tx, ticket.id)) {
      const subject = { ticketId: ticket.id }
      const view = recipient.known ? await link(tx, recipient, 'ticket.view', subject) : null
      const letter =
        kind === 'solved'
          ? solvedLetter(company, recipient, ticket, {
              confirm: await link(tx, recipient, 'ticket.confirm', subject),
              view: view ?? ports.publicUrl,
            })
          : kind === 'rating'
            ? ratingLetter(
                company,
                recipient,
                ticket,
                await link(tx, recipient, 'rating.give', subject, false, RATING_DAYS),
              )
            : plainLetter(company, recipient, kind, ticket, { link: view, ...(reason === undefined ? {} : { reason }) })
      await ports.outbox.enqueue(tx, order(ticket, recipient, kind, dedupe, letter))
    }
  }
}
