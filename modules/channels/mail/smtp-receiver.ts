import type { AddressInfo, Socket } from 'node:net'
import type { Log } from '@opora/platform/log'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { SMTPServer } from 'smtp-server'
import { addressKey, withoutPlusTag } from '../domain/mailbox.ts'

export interface MailEnvelope {
  /** MAIL FROM; `''` is the null sender of bounces and automatic letters. */
  from: string
  to: string[]
}

export interface MailSession {
  id: string
  remoteAddress: string
  /** What the sender called itself. */
  helo: string
  encrypted: boolean
}

export interface SmtpLimits {
  /** Announced with SIZE; a bigger letter is answered 552. */
  messageBytes: number
  clients: number
  clientsPerAddress: number
  recipients: number
  /** Silence after which a connection is closed, and the longest life of one however it drips. */
  idleMs: number
  sessionMs: number
  /** Letters that are being received, all together; beyond it the next is asked to come later. */
  bufferedBytes: number
}

export const SMTP_LIMITS: SmtpLimits = {
  messageBytes: 30 * 1024 * 1024,
  clients: 100,
  clientsPerAddress: 40,
  recipients: 100,
  idleMs: 60_000,
  sessionMs: 15 * 60_000,
  bufferedBytes: 256 * 1024 * 1024,
}

export interface SmtpReceiverOptions {
  host: string
  /** 0 takes a free port. */
  port: number
  /** The name in the greeting. */
  name?: string
  /**
   * Commits the raw letter. Only when it has resolved is the sender told 250; whatever it throws becomes 451, and a
   * full disk (ENOSPC, EDQUOT, PostgreSQL 53100) 452 4.3.1, so that the sender keeps the letter and comes again.
   */
  accept(envelope: MailEnvelope, raw: Buffer, session: MailSession): Promise<void>
  /** Is there a mailbox of this address? Asked without the `+tag`. Throwing answers 451. */
  isKnownRecipient(address: string): boolean | Promise<boolean>
  /**
   * Do we take every address of this domain? Letters to unknown addresses of our own domains are kept, because
   * nothing is refused at the door; any other recipient is answered 550, because this is no relay.
   */
  isOwnDomain?(domain: string): boolean | Promise<boolean>
  limits?: Partial<SmtpLimits>
  /** Certificate and key in PEM: offers STARTTLS. */
  tls?: { cert: string | Buffer; key: string | Buffer }
  log: Log
}

export interface SmtpReceiver {
  host: string
  port: number
  /** Letters being received or committed at this moment. */
  inFlight(): number
  /** Takes no new connection, lets letters in flight end (at most ten seconds), closes the rest. */
  close(): Promise<void>
}

const CLOSE_TIMEOUT_MS = 10_000
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100'])

/** Listens for letters by SMTP. Rejects when the port cannot be had. */
export async function startSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const limits = { ...SMTP_LIMITS, ...options.limits }
  const load: Load = { letters: 0, bytes: 0 }
  const perAddress = new Map<string, number>()
  const server = new SMTPServer({
    name: options.name ?? 'opora',
    banner: 'Opora',
    logger: false,
    authOptional: true,
    disabledCommands: options.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(options.tls ? { cert: options.tls.cert, key: options.tls.key } : {}),
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    size: limits.messageBytes,
    rejectOversized: true,
    maxClients: limits.clients,
    maxRecipients: limits.recipients,
    socketTimeout: limits.idleMs,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onConnect: (session, done) => done(admit(perAddress, session.remoteAddress, limits.clientsPerAddress)),
    onClose: (session) => release(perAddress, session.remoteAddress),
    onRcptTo: (address, _session, done) => {
      judgeRecipient(options, address.address).then(done, (error: unknown) => done(failure(error, options.log)))
    },
    onData: (stream, session, done) => {
      const held = hold(load)
      receive(stream, limits, held)
        .then((raw) => options.accept(envelopeOf(session), raw, sessionOf(session)))
        .finally(held.release)
        .then(
          () => done(),
          (error: unknown) => done(failure(error, options.log)),
        )
    },
  })
  server.on('error', (error) => options.log.warn({ err: error.message }, 'smtp connection failed'))
  boundSessions(server, limits.sessionMs)
  const port = await listen(server, options)
  return { host: options.host, port, inFlight: () => load.letters, close: () => closed(server) }
}

function listen(server: SMTPServer, options: SmtpReceiverOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject)
      resolve((server.server.address() as AddressInfo).port)
    })
  })
}

function closed(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** The idle limit starts anew with each byte; this one does not. */
function boundSessions(server: SMTPServer, sessionMs: number): void {
  server.server.on('connection', (socket: Socket) => {
    const timer = setTimeout(() => socket.destroy(), sessionMs)
    timer.unref()
    socket.once('close', () => clearTimeout(timer))
  })
}

function admit(perAddress: Map<string, number>, address: string, limit: number): Error | null {
  const count = (perAddress.get(address) ?? 0) + 1
  perAddress.set(address, count)
  return count > limit ? reply(421, '4.7.0 Too many connections from your address, try again in a moment') : null
}

function release(perAddress: Map<string, number>, address: string): void {
  const count = (perAddress.get(address) ?? 1) - 1
  if (count > 0) perAddress.set(address, count)
  else perAddress.delete(address)
}

async function judgeRecipient(options: SmtpReceiverOptions, address: string): Promise<Error | null> {
  const mailbox = addressKey(withoutPlusTag(address))
  if (await options.isKnownRecipient(mailbox)) return null
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1)
  if (options.isOwnDomain && (await options.isOwnDomain(domain))) return null
  return reply(550, '5.7.1 No such mailbox here, and this is no relay')
}

interface Load {
  letters: number
  bytes: number
}

interface Held {
  /** Adds bytes to what all letters in flight hold, and says how much that is. */
  add(bytes: number): number
  release(): void
}

function hold(load: Load): Held {
  let held = 0
  load.letters += 1
  return {
    add(bytes) {
      held += bytes
      load.bytes += bytes
      return load.bytes
    },
    release() {
      load.bytes -= held
      load.letters -= 1
    },
  }
}

/** Collects a letter; what is beyond the limits is read and dropped, so that the sender gets its answer. */
function receive(stream: SMTPServerDataStream, limits: SmtpLimits, held: Held): Promise<Buffer> {
  let chunks: Buffer[] = []
  let overloaded = false
  return new Promise<Buffer>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      if (!overloaded && !stream.sizeExceeded) {
        overloaded = held.add(chunk.length) > limits.bufferedBytes
        chunks.push(chunk)
      }
      if (overloaded || stream.sizeExceeded) chunks = []
    })
    stream.once('error', reject)
    stream.once('close', () => reject(new Error('the connection was closed before the letter was whole')))
    stream.once('end', () => {
      if (overloaded) reject(reply(452, '4.3.1 Too much mail at once, try again in a moment'))
      else if (stream.sizeExceeded) reject(reply(552, '5.3.4 The letter is too big'))
      else resolve(Buffer.concat(chunks))
    })
  })
}

function envelopeOf(session: SMTPServerSession): MailEnvelope {
  const { mailFrom, rcptTo } = session.envelope
  return { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((recipient) => recipient.address) }
}

function sessionOf(session: SMTPServerSession): MailSession {
  return {
    id: session.id,
    remoteAddress: session.remoteAddress,
    helo: session.hostNameAppearsAs || '',
    encrypted: session.secure,
  }
}

/** What the sender is told about a failure: never its words, they may hold addresses of our own machines. */
function failure(error: unknown, log: Log): Error {
  if (error instanceof Error && 'responseCode' in error) return error
  const code = (error as { code?: unknown } | null)?.code
  log.error(
    { err: error instanceof Error ? error.message : 'unknown', errorCode: code },
    'a letter could not be stored',
  )
  return DISK_FULL.has(String(code))
    ? reply(452, '4.3.1 Insufficient system storage, try again later')
    : reply(451, '4.3.0 The letter could not be stored, try again later')
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
