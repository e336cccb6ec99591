import { randomUUID } from 'node:crypto'
import type { Database } from '@opora/platform/database'
import type { Log } from '@opora/platform/log'
import { guardedAddress } from '@opora/platform/network'
import type { Vault } from '@opora/platform/secrets'
import { channelsStore } from '../channels.store.ts'
import { imapSettings } from '../contract.ts'
import type { FetchedLetter, ImapHealth, ImapStore } from '../mail/imap-account.ts'
import type { ImapPoller } from '../mail/imap-poller.ts'
import { imapAccountOf } from '../mailboxes.service.ts'
import { type ImapMailbox, mailboxesStore, secretPlace } from '../mailboxes.store.ts'

export interface PollingPorts {
  database: Database
  vault: Vault
  log: Log
  maxLetterBytes: number
  /** Hosts of the inner network that mailboxes may connect to, each as `host:port`. */
  privateHosts: readonly string[]
  /** How often the list of mailboxes is looked at and the claim to them renewed, whoever announced a change or not; default 15 s. */
  everyMs?: number
  /** See the poller. */
  pollMs?: number
  backoffMs?: { first: number; longest: number }
}

export interface MailboxPolling {
  /** Looks at the list of mailboxes and reads every mailbox of this process once more; for tests and the demo story. */
  idle(): Promise<void>
  /** Numbers of the mailboxes that this process reads. */
  reading(): number[]
  stop(): Promise<void>
}

const EVERY_MS = 15_000
// a claim outlives this many looks that failed
const LEASE_LOOKS = 3
// a mailbox's health is written when it changes, and otherwise this often
const HEALTH_EVERY_MS = 30_000
const IDLE_LIMIT_MS = 20_000

interface Reader {
  version: number
  poller: ImapPoller
  /** Called at the end of every round. */
  waiting: Set<() => void>
}

/**
 * Reads every active mailbox that is fetched by IMAP. Each is read by one process at a time, which claims it in the database
 * and renews the claim; when that process dies another takes over as the claim ends. Two at once would do no harm, only double work.
 */
export async function startMailboxPolling(ports: PollingPorts): Promise<MailboxPolling> {
  const polling = new Polling(ports)
  const unlisten = await ports.database.listen('opora_mailboxes', () => void polling.look())
  const timer = setInterval(() => void polling.look(), ports.everyMs ?? EVERY_MS)
  void polling.look()
  return {
    idle: () => polling.idle(),
    reading: () => polling.reading(),
    async stop() {
      clearInterval(timer)
      await unlisten()
      await polling.stop()
    },
  }
}

class Polling {
  private readonly ports: PollingPorts
  private readonly name = randomUUID()
  private readonly leaseMs: number
  private readonly readers = new Map<number, Reader>()
  private looking: Promise<void> | null = null
  private again = false
  private stopped = false

  constructor(ports: PollingPorts) {
    this.ports = ports
    this.leaseMs = LEASE_LOOKS * (ports.everyMs ?? EVERY_MS)
  }

  reading(): number[] {
    return [...this.readers.keys()]
  }

  /** One look at a time; a call during one begins another after it. */
  look(): Promise<void> {
    this.again = true
    this.looking ??= this.run().finally(() => {
      this.looking = null
    })
    return this.looking
  }

  async idle(): Promise<void> {
    await this.look()
    await Promise.all([...this.readers.values()].map((reader) => roundAfterNow(reader)))
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.looking
    await Promise.all([...this.readers.keys()].map((id) => this.end(id)))
    await mailboxesStore.release(this.ports.database.worker, this.name)
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false
      try {
        await this.follow(await mailboxesStore.lease(this.ports.database.worker, this.name, this.leaseMs))
      } catch (error) {
        this.ports.log.error({ err: { message: (error as Error).message } }, 'the mailboxes could not be looked at')
      }
    }
  }

  private async follow(mailboxes: readonly ImapMailbox[]): Promise<void> {
    const wanted = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]))
    for (const [id, reader] of this.readers) {
      if (wanted.get(id)?.version !== reader.version) await this.end(id)
    }
    for (const mailbox of wanted.values()) {
      if (!this.readers.has(mailbox.id) && !this.stopped) await this.begin(mailbox)
    }
  }

  private async begin(mailbox: ImapMailbox): Promise<void> {
    const { ports } = this
    const pass = this.passwordOf(mailbox)
    const settings = imapSettings.safeParse(mailbox.settings)
    if (pass === null || !settings.success) {
      await mailboxesStore.noteError(ports.database.worker, mailbox.id, pass === null ? 'secret' : 'server')
      return
    }
    const { startImapPoller } = await import('../mail/imap-poller.ts')
    const waiting = new Set<() => void>()
    const note = healthNotes(ports, mailbox.id)
    const poller = startImapPoller({
      account: imapAccountOf(String(mailbox.id), settings.data, pass),
      store: storeOf(ports, mailbox),
      log: ports.log,
      maxLetterBytes: ports.maxLetterBytes,
      ...(ports.pollMs === undefined ? {} : { pollMs: ports.pollMs }),
      ...(ports.backoffMs === undefined ? {} : { backoffMs: ports.backoffMs }),
      resolve: (host, port) => guardedAddress(host, port, ports),
      onHealth(health) {
        void note(health).finally(() => {
          for (const tell of waiting) tell()
        })
      },
    })
    this.readers.set(mailbox.id, { version: mailbox.version, poller, waiting })
  }

  private passwordOf(mailbox: ImapMailbox): string | null {
    if (mailbox.secretSealed === null) return null
    try {
      return this.ports.vault.open(mailbox.secretSealed, secretPlace(mailbox.id))
    } catch {
      return null
    }
  }

  private async end(id: number): Promise<void> {
    const reader = this.readers.get(id)
    this.readers.delete(id)
    await reader?.poller.stop()
  }
}

/** A round that began after this call has ended: the first that ends may have begun before. */
async function roundAfterNow(reader: Reader): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, IDLE_LIMIT_MS)
      function done(): void {
        clearTimeout(timer)
        reader.waiting.delete(done)
        resolve()
      }
      reader.waiting.add(done)
      reader.poller.poke()
    })
  }
}

/** The letter is committed with what makes it the same letter: the server's numbers, and its bytes when those have changed. */
function storeOf(ports: PollingPorts, mailbox: ImapMailbox): ImapStore {
  const dedupe = (uidValidity: string, uid: number) => `imap|${mailbox.id}|${uidValidity}|${uid}`
  return {
    has: (uidValidity, uid) => channelsStore.hasRaw(ports.database.worker, dedupe(uidValidity, uid)),
    async save(letter: FetchedLetter) {
      await ports.database.begin({ as: 'worker' }, (tx) =>
        channelsStore.storeFetched(tx, {
          mailbox: mailbox.id,
          dedupe: dedupe(letter.uidValidity, letter.uid),
          sha256: letter.sha256,
          // the sender's word in the session is unknown: the server took the letter, not we
          envelope: { from: null, to: [mailbox.address], whole: letter.whole, folder: letter.folder },
          raw: letter.raw,
        }),
      )
    },
  }
}

function healthNotes(ports: PollingPorts, id: number): (health: ImapHealth) => Promise<void> {
  let known = ''
  let writtenAt = Number.NEGATIVE_INFINITY
  return async (health) => {
    const news = health.state === 'ok' ? 'ok' : health.fault
    if (news === known && performance.now() - writtenAt < HEALTH_EVERY_MS) return
    known = news
    writtenAt = performance.now()
    try {
      if (health.state === 'ok') await mailboxesStore.noteOk(ports.database.worker, id)
      else await mailboxesStore.noteError(ports.database.worker, id, health.fault)
    } catch (error) {
      known = ''
      ports.log.warn(
        { mailboxId: id, err: { message: (error as Error).message } },
        'a mailbox’s health was not written',
      )
    }
  }
}
