import type { People } from '@opora/people'
import type { Database } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { Log } from '@opora/platform/log'
import type { TicketService } from '@opora/tickets'
import type { MailParser } from '../mail/parser.ts'
import type { ReplyTokenKeys } from '../mail/reply-token.ts'

export interface IntakeSettings {
  /** Names of our own mail servers, whose Authentication-Results are believed. */
  trustedAuthservIds: readonly string[]
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
  settings: IntakeSettings
  log: Log
}
