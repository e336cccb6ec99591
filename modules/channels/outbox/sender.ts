import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, Tx } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { Log } from '@opora/platform/log'
import type { MailTransport, OutgoingMail, SendOutcome } from '../mail/outgoing-mail.ts'

export type Delivery = { by: 'off' } | { by: 'smtp'; transport: MailTransport } | { by: 'folder'; folder: string }

export interface SenderPorts {
  database: Database
  files: FileStore
  delivery: Delivery
  log: Log
  /** A person's message has left to one of its readers. */
  onSent(tx: Tx, sent: { messageRowId: number; address: string }): Promise<void>
  /** A letter will never arrive: whoever wrote it should know. */
  onLost(
    tx: Tx,
    mail: {
      ticketId: number | null
      clientId: number | null
      toAddress: string
      error: string
      messageRowId: number | null
    },
  ): Promise<void>
}

interface QueuedMail {
  id: number
  clientId: number | null
  ticketId: number | null
  messageRowId: number | null
  toAddress: string
  attempts: number
  mailMessageId: string
  mail: Omit<OutgoingMail, 'attachments' | 'messageId'> & {
    attachments: { filename: string; mime: string; sha256: string; cid?: string }[]
  }
}

const MAX_ATTEMPTS = 12
const FIRST_PAUSE_S = 30
const LONGEST_PAUSE_S = 4 * 3_600

/** Sends one due letter; says how many it did (0 or 1). The row stays locked while the letter leaves, so no two workers send it. */
export function createSender(ports: SenderPorts): { sendNext(): Promise<number> } {
  return {
    async sendNext() {
      if (ports.delivery.by === 'off') return 0
      return ports.database.begin({ as: 'worker' }, async (tx) => {
        const [row] = await tx<QueuedMail[]>`
          select id, client_id, ticket_id, message_row_id, to_address, attempts, mail_message_id, mail from outgoing_mail
          where state = 'queued' and send_at <= app_now() order by send_at, id for update skip locked limit 1`
        if (!row) return 0
        const outcome = await deliver(ports, row)
        await record(ports, tx, row, outcome)
        return 1
      })
    },
  }
}

async function deliver(ports: SenderPorts, row: QueuedMail): Promise<SendOutcome> {
  const attachments = await Promise.all(
    row.mail.attachments.map(async ({ sha256, ...file }) => ({ ...file, content: await ports.files.read(sha256) })),
  )
  const mail: OutgoingMail = { ...row.mail, messageId: row.mailMessageId, attachments }
  const { composeMail, sendMail } = await import('../mail/outgoing.ts')
  if (ports.delivery.by === 'smtp') return sendMail(ports.delivery.transport, mail)
  const { raw } = await composeMail(mail)
  await writeLetter((ports.delivery as { folder: string }).folder, `${String(row.id).padStart(6, '0')}.eml`, raw)
  return { sent: true }
}

async function writeLetter(folder: string, name: string, raw: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const beside = join(folder, `.${randomUUID()}`)
  await writeFile(beside, raw)
  await rename(beside, join(folder, name))
}

async function record(ports: SenderPorts, tx: Tx, row: QueuedMail, outcome: SendOutcome): Promise<void> {
  if (outcome.sent) {
    await tx`update outgoing_mail set state = 'sent', sent_at = app_now(), attempts = attempts + 1, error = null where id = ${row.id}`
    if (row.messageRowId !== null) await ports.onSent(tx, { messageRowId: row.messageRowId, address: row.toAddress })
    return
  }
  const error = `${outcome.fault} ${outcome.smtpCode ?? ''} ${outcome.reply}`.trim()
  const attempts = row.attempts + 1
  if (outcome.failure === 'permanent' || attempts >= MAX_ATTEMPTS) {
    await tx`update outgoing_mail set state = 'failed', attempts = ${attempts}, error = ${error} where id = ${row.id}`
    await ports.onLost(tx, { ...row, error })
    return
  }
  const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** row.attempts)
  ports.log.warn({ mailId: row.id, fault: outcome.fault, attempts }, 'letter will be sent again')
  await tx`update outgoing_mail set attempts = ${attempts}, error = ${error}, send_at = app_now() + make_interval(secs => ${pause}) where id = ${row.id}`
}
