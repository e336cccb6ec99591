import { z } from 'zod'

export const letterStates = ['new', 'done', 'failed', 'quarantined', 'ignored'] as const
export const letterOutStates = ['queued', 'sent', 'failed', 'cancelled'] as const
/** Why a mailbox cannot be read: a closed list, so that no word of a foreign server reaches a screen (lesson A23). */
export const mailboxFaults = [
  'auth',
  'network',
  'tls',
  'folder',
  'storage',
  'server',
  'forbidden_host',
  'secret',
] as const
export const mailboxProtocols = ['smtp', 'imap'] as const
export const imapSecurities = ['tls', 'starttls', 'none'] as const

export type LetterState = (typeof letterStates)[number]
export type LetterOutState = (typeof letterOutStates)[number]
export type MailboxFault = (typeof mailboxFaults)[number]

const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const limit = z.coerce.number().int().min(1).max(200).default(50)
const cursor = z.string().max(500).optional()
const line = (max: number) => z.string().trim().min(1).max(max)

export const idParams = z.object({ id })

// ── mailboxes ─────────────────────────────────────────────────────────────────────────────────────────────────────
export const imapSettings = z.strictObject({
  host: line(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(imapSecurities),
  user: line(320),
  folder: line(200).default('INBOX'),
  after: z
    .discriminatedUnion('do', [
      z.strictObject({ do: z.literal('mark') }),
      z.strictObject({ do: z.literal('move'), to: line(200) }),
      z.strictObject({ do: z.literal('delete') }),
    ])
    .default({ do: 'mark' }),
  /** Letters that the server got before this day are left alone. */
  since: z.iso.date().nullable().default(null),
})
export type ImapSettings = z.infer<typeof imapSettings>

const formMap = z.strictObject({
  trustedSender: z.email().max(254),
  fields: z.strictObject({
    email: line(100),
    name: line(100).optional(),
    phone: line(100).optional(),
    subject: line(100).optional(),
    text: line(100).optional(),
  }),
})

const password = z.string().min(1).max(1_000)
const mailboxFields = {
  name: line(200),
  address: z.email().max(254),
  protocol: z.enum(mailboxProtocols),
  imap: imapSettings.nullable(),
  /** Written, never read back. */
  password: password.nullable(),
  formMap: formMap.nullable(),
  defaultTopic: line(100).nullable(),
  active: z.boolean(),
}
export const newMailbox = z.strictObject({
  ...mailboxFields,
  protocol: mailboxFields.protocol.default('smtp'),
  imap: mailboxFields.imap.default(null),
  password: password.optional(),
  formMap: mailboxFields.formMap.default(null),
  defaultTopic: mailboxFields.defaultTopic.default(null),
  active: z.boolean().default(true),
})
export const mailboxPatch = z.strictObject(mailboxFields).partial()
export const mailboxView = z.object({
  id: z.number(),
  name: z.string(),
  address: z.string(),
  protocol: z.enum(mailboxProtocols),
  imap: imapSettings.nullable(),
  password: z.object({ set: z.boolean() }),
  formMap: formMap.nullable(),
  defaultTopic: z.string().nullable(),
  active: z.boolean(),
  lastOkAt: instant.nullable(),
  lastError: z.object({ fault: z.enum(mailboxFaults), text: z.string(), at: instant.nullable() }).nullable(),
  version: z.number(),
})
export const mailboxList = z.object({ items: z.array(mailboxView) })
export const connectionTest = z.strictObject({
  /** Whose stored password is used when none is given; its host, port and user must be the stored ones then. */
  id: z.number().int().positive().optional(),
  imap: imapSettings,
  password: password.optional(),
})
export const connectionAnswer = z.object({
  ok: z.boolean(),
  fault: z.enum(mailboxFaults).nullable(),
  text: z.string(),
})

export type NewMailbox = z.infer<typeof newMailbox>
export type MailboxPatch = z.infer<typeof mailboxPatch>
export type MailboxView = z.infer<typeof mailboxView>
export type ConnectionTest = z.infer<typeof connectionTest>
export type ConnectionAnswer = z.infer<typeof connectionAnswer>

// ── letters in ────────────────────────────────────────────────────────────────────────────────────────────────────
export const letterQuery = z.object({ state: z.enum(letterStates).optional(), limit, cursor })
const letterRow = z.object({
  id: z.number(),
  state: z.enum(letterStates),
  receivedAt: instant,
  from: z.string().nullable(),
  /** Null also where the person may not read the client's text. */
  subject: z.string().nullable(),
  why: z.string(),
  /** Ours that it came to; null where none of ours is among the addresses. */
  mailbox: z.object({ id: z.number(), name: z.string(), address: z.string() }).nullable(),
  /** The addresses it was sent to, as the sending server named them. */
  to: z.array(z.string()),
  ticket: z.object({ id: z.number(), number: z.number() }).nullable(),
  client: z.object({ id: z.number(), name: z.string() }).nullable(),
  readable: z.boolean(),
})
export const letterPage = z.object({ items: z.array(letterRow), nextCursor: z.string().nullable() })
export const letterView = letterRow.extend({
  source: z.string(),
  remoteAddress: z.string().nullable(),
  attempts: z.number(),
  processedAt: instant.nullable(),
  /** What each filter, the check of the sender and the matching decided, in the reader's language. */
  steps: z.array(z.object({ what: z.string(), said: z.string(), stopped: z.boolean() })),
  /** The ticket that the letter names but did not prove. */
  proposedTicket: z.object({ id: z.number(), number: z.number(), subject: z.string() }).nullable(),
  /** The beginning of the letter's text; null where it may not be read or cannot be parsed. */
  text: z.string().nullable(),
  sizeBytes: z.number(),
  acceptedBy: z.string().nullable(),
  canRerun: z.boolean(),
  canAccept: z.boolean(),
})
export const letterAcceptance = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('open') }),
  z.strictObject({ as: z.literal('join'), ticketId: z.number().int().positive() }),
])
export const letterQueued = z.object({ id: z.number(), state: z.enum(letterStates) })

export type LetterRow = z.infer<typeof letterRow>
export type LetterPage = z.infer<typeof letterPage>
export type LetterView = z.infer<typeof letterView>

// ── letters out ───────────────────────────────────────────────────────────────────────────────────────────────────
export const letterOutQuery = z.object({ state: z.enum(letterOutStates).optional(), limit, cursor })
const letterOutRow = z.object({
  id: z.number(),
  kind: z.string(),
  kindText: z.string(),
  to: z.string(),
  state: z.enum(letterOutStates),
  automatic: z.boolean(),
  attempts: z.number(),
  createdAt: instant,
  sendAt: instant,
  sentAt: instant.nullable(),
  /** Why it failed or waits, in words. */
  why: z.string().nullable(),
  messageId: z.number().nullable(),
  ticket: z.object({ id: z.number(), number: z.number() }).nullable(),
  canResend: z.boolean(),
})
export const letterOutPage = z.object({ items: z.array(letterOutRow), nextCursor: z.string().nullable() })
export const letterOutList = z.object({ items: z.array(letterOutRow) })
export const letterOutQueued = z.object({ id: z.number(), state: z.enum(letterOutStates) })

export type LetterOutRow = z.infer<typeof letterOutRow>
export type LetterOutPage = z.infer<typeof letterOutPage>
