import type { Instant } from '@opora/core'

/** A mailbox that is read by IMAP. */
export interface ImapAccount {
  id: string
  host: string
  port: number
  /** `tls` from the first byte, `starttls` demanded, `none` for servers on the same machine only. */
  security: 'tls' | 'starttls' | 'none'
  auth: { user: string; pass: string } | { user: string; accessToken: string }
  folder?: string
  /** What happens to a letter on the server when it has been stored; default `mark`: read, and with our keyword. */
  after?: { do: 'mark' } | { do: 'move'; to: string } | { do: 'delete' }
  /** Letters that the server got before this moment are left alone. */
  since?: Instant | null
}

/** A letter as it lies on the server. */
export interface FetchedLetter {
  accountId: string
  folder: string
  /** Decimal; a new one means that all UIDs are void. */
  uidValidity: string
  uid: number
  /** The letter, or its beginning where `whole` is false because it exceeds the limit. */
  raw: Buffer
  whole: boolean
  /** Hex; the same letter after a change of UIDVALIDITY has the same. */
  sha256: string
  receivedAt: Instant | null
}

export interface ImapStore {
  /** Was this letter saved before? */
  has(uidValidity: string, uid: number): Promise<boolean>
  /**
   * Commits the letter. May be called again for the same letter (killed before it was marked, new UIDVALIDITY, two
   * pollers at once), so it ignores what it has by account, UIDVALIDITY and UID, and by `sha256`.
   */
  save(letter: FetchedLetter): Promise<void>
}

export const imapFaults = ['auth', 'network', 'tls', 'folder', 'storage', 'server', 'forbidden_host'] as const
export type ImapFault = (typeof imapFaults)[number]

/** A closed list: never words of the server, which may name hosts. */
export type ImapHealth =
  | { state: 'ok'; taken: number }
  | { state: 'error'; fault: ImapFault; attempt: number; retryInMs: number }

/** Thrown by our own store, as opposed to the server. */
export class StorageFault extends Error {
  constructor(cause: unknown) {
    super('the letter could not be stored', { cause })
    this.name = 'StorageFault'
  }
}

const NETWORK =
  /^(?:ECONN\w*|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|CONNECT_TIMEOUT|GREETING_TIMEOUT|NoConnection|EConnectionClosed|ETIMEOUT|UPGRADE_TIMEOUT)$/i

/** Which of the few faults an error is. */
export function imapFault(error: unknown): ImapFault {
  if (error instanceof StorageFault) return 'storage'
  const facts = (error ?? {}) as {
    authenticationFailed?: boolean
    mailboxMissing?: boolean
    code?: string
    serverResponseCode?: string
    tlsFailed?: boolean
  }
  if (facts.authenticationFailed) return 'auth'
  if (facts.mailboxMissing) return 'folder'
  const code = String(facts.code ?? '')
  if (code === 'EFORBIDDENHOST') return 'forbidden_host'
  if (facts.tlsFailed || /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO)/i.test(code))
    return 'tls'
  if (/^(?:NONEXISTENT|TRYCREATE)$/.test(String(facts.serverResponseCode ?? ''))) return 'folder'
  return NETWORK.test(code) ? 'network' : 'server'
}
