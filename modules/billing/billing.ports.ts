import type { Actor } from '@opora/access'
import type { CalendarBook, Contracts } from '@opora/contracts'
import type { CivilMonth, Instant, Locale } from '@opora/core'
import type { Database, Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { FileStore } from '@opora/platform/files'
import type { SlaFigures } from '@opora/sla'

export interface ReportFile {
  filename: string
  mime: string
  sha256: string
}

export interface BillingEvents {
  /** A month's report goes to the client: the responsible contacts are to be told. */
  'billing.report_sent': {
    actor: Actor
    clientId: number
    contractId: number
    contractNumber: string
    period: CivilMonth
    closeId: number
    reportId: number
    /** In both languages: each reader gets their own. */
    files: Record<Locale, ReportFile[]>
    now: Instant
  }
  /** The client does not agree with lines of a paper: finance is to be told. */
  'billing.objected': {
    actor: Actor
    clientId: number
    clientName: string
    documentId: number
    title: string
    lines: readonly { number: number; reason: string }[]
    contactName: string
    now: Instant
  }
  /** A month's papers go to the client: the responsible contacts and those of finance are to be told. */
  'billing.documents_sent': {
    actor: Actor
    clientId: number
    contractId: number
    contractNumber: string
    /** Null for a paper of no month: a reconciliation. */
    period: CivilMonth | null
    files: (ReportFile & { documentId: number; title: string })[]
    now: Instant
  }
}

export interface BillingPorts {
  bus: EventBus<BillingEvents>
  database: Database
  files: FileStore
  contracts: Pick<Contracts, 'postPlanned' | 'grantPeriods' | 'reverseWork' | 'lockLedgers' | 'postMonths'>
  /** The end of a number of working days in a contract's calendar. */
  dueAt: CalendarBook['dueAt']
  /** Promised against actual of contracts' requests; a contract that promised nothing is left out. */
  slaFigures(
    sql: Queryable,
    ask: { contractIds: readonly number[]; from: Instant; to: Instant },
  ): Promise<Map<number, SlaFigures>>
}
