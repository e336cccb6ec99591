import type { People } from '@opora/people'
import type { Database, Queryable } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { Log } from '@opora/platform/log'
import type { TicketService } from '@opora/tickets'
import type { DnsResolver } from '../mail/check-sender.ts'
import type { MailParser } from '../mail/parser.ts'
import type { ReplyTokenKeys } from '../mail/reply-token.ts'
import type { Outbox } from '../outbox/enqueue.ts'

export interface IntakeSettings {
  /** Names of our own mail servers, whose Authentication-Results are believed. */
  trustedAuthservIds: readonly string[]
  /** Whether SPF, DKIM and DMARC of letters straight from the internet are asked for here. */
  checkSenders: 'auto' | 'off'
  maxLetterBytes: number
  maxTicketsPerHour: number
  /** A reply to a ticket that was closed longer ago opens a new one. */
  reopenDays: number
}

export interface IntakePorts {
  database: Database
  files: FileStore
  parser: MailParser
  people: People
  tickets: TicketService
  replyKeys: ReplyTokenKeys
  outbox: Outbox
  /** The provider's name, as it stands above letters. */
  companyName(sql: Queryable): Promise<string>
  /** Default: the system's. */
  resolver?: DnsResolver
  settings: IntakeSettings
  log: Log
}
