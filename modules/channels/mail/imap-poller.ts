import type { Log } from '@opora/platform/log'
import type { ImapFlow } from 'imapflow'
import type { ImapAccount, ImapHealth, ImapStore } from './imap-account.ts'
import { imapFault } from './imap-account.ts'
import type { KnownUids } from './imap-round.ts'
import { takeNewLetters } from './imap-round.ts'

export interface ImapPollerOptions {
  account: ImapAccount
  store: ImapStore
  log: Log
  /** Told after every round and every failure. */
  onHealth?(health: ImapHealth): void
  /** Looks anew after this long even if the server announces nothing; default 60 s. */
  pollMs?: number
  /** First and longest pause after failures; it doubles in between. Default 2 s and 5 min. */
  backoffMs?: { first: number; longest: number }
  /** Of a longer letter only so much is taken; default 40 MiB. */
  maxLetterBytes?: number
  /** Checks the host and gives the address to connect to, so that a mailbox's settings reach no forbidden network. */
  resolve?(host: string, port: number): Promise<string>
}

export interface ImapPoller {
  /** Looks now instead of at the next turn. */
  poke(): void
  /** Ends after the letter in work; the connection is closed. */
  stop(): Promise<void>
}

const QUIET_MS = 250

/** Reads a mailbox until stopped: connects, takes what is new, waits for more, reconnects with growing pauses. */
export function startImapPoller(options: ImapPollerOptions): ImapPoller {
  const bell = createBell()
  const state = { stopped: false }
  const done = run(options, bell, state)
  return {
    poke: bell.ring,
    async stop() {
      state.stopped = true
      bell.ring()
      await done
    },
  }
}

async function run(options: ImapPollerOptions, bell: Bell, state: { stopped: boolean }): Promise<void> {
  const known: KnownUids = { uidValidity: '', uids: new Set() }
  const pause = options.backoffMs ?? { first: 2_000, longest: 300_000 }
  let attempt = 0
  while (!state.stopped) {
    try {
      await oneConnection(options, bell, state, known, () => {
        attempt = 0
      })
    } catch (error) {
      attempt += 1
      const fault = imapFault(error)
      const base = Math.min(pause.longest, pause.first * 2 ** Math.min(attempt - 1, 20))
      const retryInMs = Math.round(base * (0.75 + Math.random() * 0.5))
      options.log.warn({ account: options.account.id, fault, attempt, retryInMs }, 'mailbox cannot be read')
      options.onHealth?.({ state: 'error', fault, attempt, retryInMs })
      bell.hush()
      if (!state.stopped) await bell.wait(retryInMs)
    }
  }
}

async function oneConnection(
  options: ImapPollerOptions,
  bell: Bell,
  state: { stopped: boolean },
  known: KnownUids,
  onSuccess: () => void,
): Promise<void> {
  const client = await createImapClient(options)
  let failure: unknown = null
  let inUse = true
  const ring = () => {
    if (inUse) bell.ring()
  }
  client.on('error', (error) => {
    failure ??= error
    ring()
  })
  client.on('close', () => {
    failure ??= Object.assign(new Error('connection closed'), { code: 'ECONNRESET' })
    ring()
  })
  client.on('exists', ring)
  try {
    await client.connect()
    while (!state.stopped && failure === null) {
      const taken = await oneRound(client, options, state, known)
      onSuccess()
      options.onHealth?.({ state: 'ok', taken })
      if (!state.stopped && failure === null) await bell.wait(options.pollMs ?? 60_000)
    }
    if (failure !== null && !state.stopped) throw failure
  } finally {
    inUse = false
    await hangUp(client, failure === null)
  }
}

async function oneRound(
  client: ImapFlow,
  options: ImapPollerOptions,
  state: { stopped: boolean },
  known: KnownUids,
): Promise<number> {
  const { account, store } = options
  const lock = await client.getMailboxLock(account.folder ?? 'INBOX')
  try {
    await client.noop()
    const maxLetterBytes = options.maxLetterBytes ?? 40 * 1024 * 1024
    return await takeNewLetters({ client, account, store, maxLetterBytes, known, stopped: () => state.stopped })
  } finally {
    lock.release()
  }
}

/** A connection not yet opened; TLS is checked against the host's name, whatever address it leads to. */
export async function createImapClient(options: Pick<ImapPollerOptions, 'account' | 'resolve'>): Promise<ImapFlow> {
  const { host, port, security, auth } = options.account
  const address = options.resolve ? await options.resolve(host, port) : host
  const { ImapFlow: Client } = await import('imapflow')
  return new Client({
    host: address,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    ...(address === host ? {} : { servername: host }),
    auth,
    logger: false,
    autoIdleDelay: QUIET_MS,
    maxIdleTime: 240_000,
    connectionTimeout: 20_000,
    greetingTimeout: 15_000,
    socketTimeout: 300_000,
    maxLiteralSize: 128 * 1024 * 1024,
    maxResponseSize: 256 * 1024 * 1024,
  })
}

/** Says goodbye where the connection still works, else lets it go. */
export async function hangUp(client: ImapFlow, usable: boolean): Promise<void> {
  const goodbye = usable && client.usable ? client.logout().catch(() => undefined) : Promise.resolve()
  await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, 2_000).unref())])
  client.close()
}

interface Bell {
  ring(): void
  /** Forgets a ring that nobody waited for: what a broken connection rang must not shorten the pause after it. */
  hush(): void
  /** Until somebody rings, at most so long; a ring since the last wait counts. */
  wait(ms: number): Promise<void>
}

function createBell(): Bell {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      rung = true
      wake?.()
    },
    hush() {
      rung = false
    },
    wait(ms) {
      return new Promise((resolve) => {
        const timer = setTimeout(finish, ms)
        function finish(): void {
          clearTimeout(timer)
          wake = null
          rung = false
          resolve()
        }
        wake = finish
        if (rung) finish()
      })
    },
  }
}
