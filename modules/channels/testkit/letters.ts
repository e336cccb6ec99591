import type { FilterFacts } from '../domain/filters/filter.ts'
import type { ParsedMail } from '../domain/parsed-mail.ts'

/** A plain letter from a client, as the parser gives it; tests change what they are about. */
export function parsedMail(overrides: Partial<ParsedMail> = {}): ParsedMail {
  return {
    messageId: '1@client.test',
    inReplyTo: [],
    references: [],
    from: { name: 'Анна', address: 'anna@client.test' },
    fromText: 'Анна <anna@client.test>',
    to: [{ name: '', address: 'support@desk.test' }],
    cc: [],
    replyTo: [],
    deliveredTo: [],
    subject: 'Не открывается портал',
    date: 0,
    text: 'Не открывается портал',
    html: null,
    cut: false,
    attachments: [],
    headers: new Map(),
    automation: {
      autoSubmitted: null,
      precedence: null,
      autoReplyHeader: null,
      listId: null,
      hasListUnsubscribe: false,
      nullReturnPath: false,
    },
    authResults: [],
    bounce: null,
    attachedLetter: null,
    sizeBytes: 500,
    ...overrides,
  }
}

/** Nothing known against the letter. */
export function filterFacts(overrides: Partial<FilterFacts> = {}): FilterFacts {
  return {
    ownAddresses: new Set(['support@desk.test']),
    isOwnMessage: false,
    duplicateOf: null,
    envelopeFrom: 'anna@client.test',
    maxSizeBytes: 1_000_000,
    ticketsLastHour: 0,
    maxTicketsPerHour: 20,
    ...overrides,
  }
}
