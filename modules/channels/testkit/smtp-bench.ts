import { silentLog } from '@opora/platform/log'
import type { MailEnvelope, MailSession, SmtpReceiver, SmtpReceiverOptions } from '../mail/smtp-receiver.ts'
import { startSmtpReceiver } from '../mail/smtp-receiver.ts'

export interface TakenLetter {
  envelope: MailEnvelope
  raw: string
  session: MailSession
}

/** One receiver of letters for a test; `stop` belongs into `afterEach`. */
export function smtpBench() {
  let receiver: SmtpReceiver | null = null
  return {
    /** Takes letters to desk.test, where support@desk.test is a mailbox. */
    async start(overrides: Partial<SmtpReceiverOptions> = {}): Promise<{ port: number; taken: TakenLetter[] }> {
      const taken: TakenLetter[] = []
      receiver = await startSmtpReceiver({
        host: '127.0.0.1',
        port: 0,
        isKnownRecipient: (address) => address === 'support@desk.test',
        isOwnDomain: (domain) => domain === 'desk.test',
        accept: async (envelope, raw, session) => void taken.push({ envelope, raw: raw.toString(), session }),
        log: silentLog,
        ...overrides,
      })
      return { port: receiver.port, taken }
    },
    inFlight: () => receiver?.inFlight() ?? 0,
    async stop() {
      await receiver?.close()
      receiver = null
    },
  }
}

export const LETTER = 'From: anna@client.test\r\nSubject: x\r\n\r\nтекст'
