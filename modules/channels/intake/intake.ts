import { createHash } from 'node:crypto'
import { type Crew, startCrew } from '@opora/platform/jobs'
import { channelsStore, type RawMessage } from '../channels.store.ts'
import { addressKey, withoutPlusTag } from '../domain/mailbox.ts'
import type { MailEnvelope, MailSession } from '../mail/smtp-receiver.ts'
import type { IntakePorts } from './ports.ts'
import { processLetter, UnreadableLetter } from './process-letter.ts'

// A letter that fails for another reason than itself (the database went away) is tried again; one that fails so often is set aside.
const MAX_ATTEMPTS = 5
// A mailbox that was put away a moment ago may still get a letter, which waits for a person then; a new one is known at once.
const RECIPIENTS_KEPT_MS = 2_000

export interface Intake {
  /** Commits a letter as it came; resolves when it is safe. */
  acceptSmtp(envelope: MailEnvelope, raw: Buffer, session: MailSession): Promise<void>
  /** Is there a mailbox of this address, and do letters to its domain come to us? */
  isKnownRecipient(address: string): Promise<boolean>
  isOwnDomain(domain: string): Promise<boolean>
  /** Processes one waiting letter; says how many it did (0 or 1). */
  processNext(): Promise<number>
  startLoops(count: number): Promise<{ idle(): Promise<void>; stop(): Promise<void> }>
}

export function createIntake(ports: IntakePorts): Intake {
  const processNext = async () => {
    let taken: RawMessage | null = null
    try {
      return await ports.database.begin({ as: 'worker' }, async (tx) => {
        taken = await channelsStore.takeNext(tx)
        if (!taken) return 0
        await channelsStore.finish(tx, taken.id, await processLetter(ports, tx, taken))
        return 1
      })
    } catch (error) {
      if (taken === null) throw error
      return setAside(ports, taken, error as Error)
    }
  }
  let crew: Crew | null = null
  let known = { until: 0, keys: new Set<string>() }
  return {
    async acceptSmtp(envelope, raw, session) {
      const sha256 = createHash('sha256').update(raw).digest('hex')
      const recipients = [...envelope.to].sort().join(',')
      // Whoever is free here takes it at once, and no other process is woken in vain. Should this one die first, the others find it at their beat.
      const own = crew?.hasFree() ? crew : null
      const stored = await channelsStore.storeRaw(ports.database.worker, {
        source: 'smtp',
        quietly: own !== null,
        mailbox: envelope.to.map((address) => addressKey(withoutPlusTag(address))),
        // the same bytes to the same recipients are a sender's retry
        dedupe: `smtp|${sha256}|${createHash('sha256').update(recipients).digest('hex').slice(0, 16)}`,
        sha256,
        envelope: { from: envelope.from, to: envelope.to, remoteAddress: session.remoteAddress, helo: session.helo },
        raw,
      })
      if (stored) own?.tell()
    },
    async isKnownRecipient(address) {
      const key = addressKey(address)
      if (known.keys.has(key) && known.until > performance.now()) return true
      const mailboxes = await channelsStore.activeMailboxes(ports.database.worker)
      known = {
        until: performance.now() + RECIPIENTS_KEPT_MS,
        keys: new Set(mailboxes.map((mailbox) => addressKey(mailbox.address))),
      }
      return known.keys.has(key)
    },
    async isOwnDomain(domain) {
      const own = `@${domain.toLowerCase()}`
      return (await channelsStore.activeMailboxes(ports.database.worker)).some((mailbox) =>
        mailbox.address.toLowerCase().endsWith(own),
      )
    },
    processNext,
    async startLoops(count) {
      const started = startCrew(count, { name: 'intake', everyMs: 2_000, work: processNext, log: ports.log })
      const unlisten = await ports.database.listen('opora_intake', () => started.tell())
      crew = started
      return {
        idle: () => started.idle(),
        async stop() {
          crew = null
          await unlisten()
          await started.stop()
        },
      }
    },
  }
}

/** The letter is kept with the reason; a person sees it in the list and can run it again. */
async function setAside(ports: IntakePorts, raw: RawMessage, error: Error): Promise<number> {
  const hopeless = error instanceof UnreadableLetter || raw.attempts + 1 >= MAX_ATTEMPTS
  ports.log.warn(
    { rawId: raw.id, err: { message: error.message } },
    hopeless ? 'letter set aside' : 'letter will be tried again',
  )
  await ports.database.begin({ as: 'worker' }, async (tx) => {
    // another look may have taken it since: what it made of it stands
    if (!(await channelsStore.holdNew(tx, raw.id))) return
    if (hopeless)
      await channelsStore.finish(tx, raw.id, { state: 'failed', outcome: {}, error: error.message.slice(0, 500) })
    else await channelsStore.countAttempt(tx, raw.id)
  })
  return hopeless ? 1 : 0
}
