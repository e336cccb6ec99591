import type { SendMailOptions } from 'nodemailer'
import { normaliseAddress } from '../domain/mailbox.ts'
import type { MailAddress } from '../domain/parsed-mail.ts'
import type { MailTransport, OutgoingMail, SendOutcome } from './outgoing-mail.ts'
import { classifySendError } from './send-fault.ts'

const MAX_REFERENCES = 20
const MESSAGE_ID = /^[^\s<>]{1,900}@[^\s<>]{1,255}$/

/** Thrown when a letter cannot be written correctly; sending it again would not help. */
export class BadLetter extends Error {
  constructor(what: string) {
    super(`this letter cannot be written: ${what}`)
    this.name = 'BadLetter'
  }
}

/** A letter ready for the wire. `envelope.from` is `''` for automatic replies. */
export interface ComposedMail {
  envelope: { from: string; to: string[] }
  raw: Buffer
}

/** Writes the letter with all its headers. Throws `BadLetter`. */
export async function composeMail(mail: OutgoingMail): Promise<ComposedMail> {
  const options = mailOptions(mail)
  const { default: Composer } = await import('nodemailer/lib/mail-composer')
  const raw = await new Composer(options).compile().build()
  return { envelope: envelopeOf(mail), raw }
}

export interface OpenTransport {
  send(mail: OutgoingMail): Promise<SendOutcome>
  close(): void
}

/** Keeps a few connections open; close it when the queue is empty. */
export async function openTransport(config: MailTransport): Promise<OpenTransport> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    pool: true,
    maxConnections: 3,
    maxMessages: 200,
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    requireTLS: config.security === 'starttls',
    ignoreTLS: config.security === 'none',
    ...(config.name === undefined ? {} : { name: config.name }),
    ...(config.auth === null ? {} : { auth: authOf(config.auth) }),
    ...(config.dkim === undefined
      ? {}
      : {
          dkim: {
            domainName: config.dkim.domain,
            keySelector: config.dkim.selector,
            privateKey: config.dkim.privateKey,
          },
        }),
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  return {
    async send(mail) {
      try {
        await transport.sendMail({ ...mailOptions(mail), envelope: envelopeOf(mail) })
        return { sent: true }
      } catch (error) {
        if (error instanceof BadLetter)
          return { sent: false, failure: 'permanent', fault: 'bad_address', smtpCode: null, reply: '' }
        return classifySendError(error)
      }
    },
    close: () => transport.close(),
  }
}

/** One letter by a connection of its own. */
export async function sendMail(config: MailTransport, mail: OutgoingMail): Promise<SendOutcome> {
  const transport = await openTransport(config)
  try {
    return await transport.send(mail)
  } finally {
    transport.close()
  }
}

function authOf(auth: NonNullable<MailTransport['auth']>) {
  return 'pass' in auth
    ? { user: auth.user, pass: auth.pass }
    : { type: 'OAuth2' as const, user: auth.user, accessToken: auth.accessToken }
}

function envelopeOf(mail: OutgoingMail): { from: string; to: string[] } {
  return { from: mail.kind === 'auto_reply' ? '' : mail.from.address, to: [mail.to.address] }
}

function mailOptions(mail: OutgoingMail): SendMailOptions {
  const ids = [mail.messageId, ...(mail.inReplyTo === null ? [] : [mail.inReplyTo]), ...mail.references]
  if (!ids.every((id) => MESSAGE_ID.test(id))) throw new BadLetter('a Message-ID')
  return {
    from: mailbox(mail.from),
    to: mailbox(mail.to),
    ...(mail.replyTo === null ? {} : { replyTo: mailbox({ name: mail.from.name, address: mail.replyTo }) }),
    subject: plain(mail.subject).slice(0, 500),
    messageId: `<${mail.messageId}>`,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: `<${mail.inReplyTo}>` }),
    ...(mail.references.length === 0 ? {} : { references: shortened(mail.references).map((id) => `<${id}>`) }),
    headers: automaticHeaders(mail),
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    attachments: (mail.attachments ?? []).map((part) => ({
      filename: plain(part.filename),
      contentType: part.mime,
      content: Buffer.from(part.content.buffer, part.content.byteOffset, part.content.byteLength),
      ...(part.cid === undefined ? {} : { cid: part.cid, contentDisposition: 'inline' as const }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** RFC 3834, and the header by which Exchange keeps its absence notes back. */
function automaticHeaders(mail: OutgoingMail): Record<string, string> {
  if (mail.kind === 'reply') return {}
  return {
    'Auto-Submitted': mail.kind === 'notice' ? 'auto-generated' : 'auto-replied',
    'X-Auto-Response-Suppress': 'All',
  }
}

/** The first letter and the newest: what mail programs thread by. */
function shortened(references: readonly string[]): string[] {
  if (references.length <= MAX_REFERENCES) return [...references]
  return [references[0] as string, ...references.slice(1 - MAX_REFERENCES)]
}

/** Only addresses that all programs read alike: `"evil@x y"@corp.ru` goes to nobody. */
function mailbox(address: MailAddress): { name: string; address: string } {
  if (normaliseAddress(address.address) === null) throw new BadLetter('an address')
  return { name: plain(address.name).slice(0, 200), address: address.address }
}

function plain(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim()
}
