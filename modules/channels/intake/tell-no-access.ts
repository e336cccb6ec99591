import type { Tx } from '@opora/platform/database'
import { speak } from '@opora/platform/i18n'
import { channelsWords } from '../channels.words.ts'
import { receiptDecision } from '../domain/receipt.ts'
import { authorName, type Letter } from './letter.ts'
import type { IntakePorts } from './ports.ts'

/**
 * Somebody who may not read a ticket any more answered a letter about it (lesson E5): told so once for this ticket, under the same brakes as
 * a receipt, with no word of the ticket. Says whether the letter went on its way.
 */
export async function tellNoAccess(ports: IntakePorts, tx: Tx, letter: Letter, ticketId: number): Promise<boolean> {
  const { sender, filtered } = letter
  ports.log.warn({ security: true, rawId: letter.raw.id, ticketId }, 'a letter of somebody without access was refused')
  if (sender.address === null) return false
  const { address } = sender.address
  const sent = await ports.outbox.automaticReplies(tx, address, ticketId)
  const decision = receiptDecision({
    muted: filtered.muted,
    senderIsReadable: true,
    senderIsKnown: sender.contacts.length > 0 || sender.staff !== null,
    dmarcFailed: sender.dmarc === 'fail',
    // the receipt of the ticket is no answer to this; the order's own key makes it one
    sentForTicket: 0,
    sentLastDay: sent.lastDay,
    sentLastHour: sent.lastHour,
    answeredAtOnce: sent.answeredAtOnce,
  })
  if (!decision.send) return false
  const locale = sender.contacts[0]?.locale ?? 'ru'
  const say = speak(channelsWords, locale)
  const made = await ports.outbox.enqueue(tx, {
    kind: 'no_access',
    writtenBy: 'auto_reply',
    dedupe: `no_access:${ticketId}:${address.toLowerCase()}`,
    to: { address, name: authorName(sender), recipientId: null },
    subject: say('no_access_subject'),
    letter: { locale, title: await ports.companyName(tx), body: { text: say('no_access_body') }, asksForReply: false },
    // without the ticket: neither a token nor a thread leads back to it
    ticket: null,
  })
  return made !== null
}
