import type { MailOrder } from '@opora/channels'
import type { Instant, Locale } from '@opora/core'
import { minutesInWords, moneyInWords } from '@opora/core'
import { formatDate, formatDateTime, speak } from '@opora/platform/i18n'
import type { PromisedTime } from '../notices.ports.ts'
import { noticeWords } from '../notices.words.ts'

/** What a letter to one reader is made of. Pure: links come in ready. */
export interface Reader {
  locale: Locale
  zone: string
}
export type Letter = Pick<MailOrder, 'subject' | 'letter'>

export interface TicketWords {
  number: number
  subject: string
}

export function receiptLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  receipt: { plain: boolean; promises: PromisedTime[]; reason: string | null; link: string | null },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const { number, subject } = ticket
  const promises = receipt.promises.map((promise) => ({
    label: say(promise.metric),
    value: formatDateTime(promise.dueAt, reader, 'full') + (promise.estimated ? say('estimated') : ''),
  }))
  const text = [
    say('receipt_body', { number: String(number) }),
    ...(receipt.reason === null ? [] : [say('receipt_waits', { reason: receipt.reason })]),
  ].join('\n\n')
  return {
    // an unknown sender may be forged: no word of the letter goes back to the address
    subject: receipt.plain
      ? say('receipt_subject_plain', { number: String(number) })
      : say('receipt_subject', { number: String(number), subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text },
      facts: [{ label: say('number'), value: String(number) }, ...promises],
      ...(receipt.link === null ? {} : { links: [{ label: say('open_ticket'), url: receipt.link }] }),
      asksForReply: true,
    },
  }
}

export function replyLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  reply: { author: string; text: string; html: string | null; link: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  return {
    subject: say('reply_subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: `${reply.author}, ${company}`,
      body: reply.html === null ? { text: reply.text } : { html: reply.html },
      links: [{ label: say('open_ticket'), url: reply.link }],
      asksForReply: true,
    },
  }
}

export function solvedLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  links: { confirm: string; view: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  return {
    subject: say('solved_subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('solved_body') },
      links: [
        { label: say('confirm'), url: `${links.confirm}#confirm` },
        { label: say('return'), url: `${links.confirm}#return` },
        { label: say('open_ticket'), url: links.view },
      ],
      asksForReply: true,
    },
  }
}

export function ratingLetter(company: string, reader: Reader, ticket: TicketWords, link: string): Letter {
  const say = speak(noticeWords, reader.locale)
  const scores = ['rating_5', 'rating_4', 'rating_3', 'rating_2', 'rating_1'] as const
  return {
    subject: say('rating_subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('rating_body') },
      links: scores.map((name) => ({ label: say(name), url: `${link}?score=${name.slice(-1)}` })),
      asksForReply: false,
    },
  }
}

/** A short letter of one sentence: a reminder, a rejection, the news of an accident. */
export function plainLetter(
  company: string,
  reader: Reader,
  kind: 'remind' | 'rejected' | 'accident',
  ticket: TicketWords,
  words: { reason?: string; link: string | null },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const values = { number: String(ticket.number), subject: ticket.subject }
  const reason = words.reason === undefined ? '' : rejectionReason(words.reason, reader.locale)
  return {
    subject: say(`${kind}_subject`, values),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: kind === 'rejected' ? say('rejected_body', { reason }) : say(`${kind}_body`) },
      ...(words.link === null ? {} : { links: [{ label: say('open_ticket'), url: words.link }] }),
      asksForReply: true,
    },
  }
}

function rejectionReason(reason: string, locale: Locale): string {
  const say = speak(noticeWords, locale)
  const known: Record<string, string> = {
    profanity: say('reason_profanity'),
    off_topic: say('reason_off_topic'),
    excluded: say('reason_excluded'),
    spam: say('reason_spam'),
  }
  return known[reason] ?? reason
}

export function estimateLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  estimate: { minutes: number; amountKopecks: number; validUntil: string | null; link: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const words = {
    time: minutesInWords(estimate.minutes, reader.locale),
    sum: moneyInWords(estimate.amountKopecks, reader.locale),
  }
  return {
    subject: say('estimate_subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('estimate_body', words) },
      facts:
        estimate.validUntil === null
          ? []
          : [{ label: say('valid_until'), value: formatDate(estimate.validUntil, reader.locale) }],
      links: [{ label: say('estimate_decide'), url: estimate.link }],
      asksForReply: true,
    },
  }
}

export function deadlineLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  offer: { dueAt: Instant; reason: string; link: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  return {
    subject: say('deadline_subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: `${say('deadline_body')}\n\n${offer.reason}` },
      facts: [{ label: say('deadline_due'), value: formatDateTime(offer.dueAt, reader, 'full') }],
      links: [{ label: say('deadline_decide'), url: offer.link }],
      asksForReply: true,
    },
  }
}

export function invitationLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  invitation: { inviter: string; note: string; endsAt: Instant; enter: string; join: string | null },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const { inviter, note, endsAt, enter, join } = invitation
  const words = { number: String(ticket.number), subject: ticket.subject }
  return {
    subject: say('partner_subject', words),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: [say('partner_body', { ...words, inviter }), note].filter(Boolean).join('\n\n') },
      facts: [{ label: say('partner_until'), value: formatDateTime(endsAt, reader, 'full') }],
      links: partnerDoors(say, { enter, join }),
      asksForReply: true,
    },
  }
}

export function partnerNoteLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  note: { author: string; text: string; endsAt: Instant; enter: string; join: string | null },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const words = { number: String(ticket.number), subject: ticket.subject }
  return {
    subject: say('partner_note_subject', words),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: `${say('partner_note_body', { ...words, author: note.author })}\n\n${note.text}` },
      facts: [{ label: say('partner_until'), value: formatDateTime(note.endsAt, reader, 'full') }],
      links: partnerDoors(say, note),
      asksForReply: true,
    },
  }
}

function partnerDoors(say: ReturnType<typeof speak<typeof noticeWords>>, to: { enter: string; join: string | null }) {
  return [
    { label: say('partner_enter'), url: to.enter },
    ...(to.join === null ? [] : [{ label: say('partner_join'), url: to.join }]),
  ]
}

export function windowLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  window: { from: Instant; until: Instant; link: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const [from, until] = [window.from, window.until].map((at) => formatDateTime(at, reader, 'full'))
  return {
    subject: say('window_subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('window_body') },
      facts: [{ label: say('window_when'), value: `${from} — ${until}` }],
      links: [{ label: say('window_decide'), url: window.link }],
      asksForReply: true,
    },
  }
}

export function reportLetter(
  company: string,
  reader: Reader,
  report: { month: string; contract: string; link: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const month = monthInWords(report.month, reader.locale)
  return {
    subject: say('report_subject', { month, contract: report.contract }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('report_body', { month }) },
      links: [{ label: say('open_cabinet'), url: report.link }],
      asksForReply: false,
    },
  }
}

export function documentsLetter(
  company: string,
  reader: Reader,
  given: { month: string | null; contract: string; documents: string; link: string; view: string },
): Letter {
  const say = speak(noticeWords, reader.locale)
  const { documents, contract } = given
  const month = given.month === null ? null : monthInWords(given.month, reader.locale)
  const subject =
    month === null ? say('paper_subject', { documents, contract }) : say('documents_subject', { month, contract })
  const text = month === null ? say('paper_body', { documents }) : say('documents_body', { month, documents })
  return {
    subject,
    letter: {
      locale: reader.locale,
      title: company,
      body: { text },
      links: [
        { label: say('open_documents'), url: given.view },
        { label: say('open_cabinet'), url: given.link },
      ],
      asksForReply: false,
    },
  }
}

export function couponLetter(company: string, reader: Reader, coupon: { code: string; link: string }): Letter {
  const say = speak(noticeWords, reader.locale)
  return {
    subject: say('coupon_subject'),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('coupon_body', { code: coupon.code }) },
      links: [{ label: say('open_cabinet'), url: coupon.link }],
      asksForReply: false,
    },
  }
}

function monthInWords(month: string, locale: Locale): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, number - 1, 15) as Instant,
  )
}
