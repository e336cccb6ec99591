import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Database, Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { Log } from '@opora/platform/log'
import type { Vault } from '@opora/platform/secrets'
import type { TicketActions, TicketEvents, TicketHead, TicketService } from '@opora/tickets'
import type { AutomationSettings } from './automation.config.ts'

/** Announced inside the transaction of what is told; every handler runs in it. */
export interface AutomationEvents {
  /** A rule met its own doing again and was stopped: administrators are to be told. `chain`: the rules' names, in order. */
  'rule.stopped': {
    ruleId: number
    version: number
    name: string
    chain: string[]
    why: 'itself' | 'too_long' | 'too_often'
    ticket: { id: number; number: number; clientId: number }
    now: Instant
  }
  /** Somebody of these is to write an estimate. */
  'estimate.wanted': { actor: Actor; ticket: TicketHead; role: string; now: Instant }
}

export interface AutomationPorts {
  database: Database
  bus: EventBus<AutomationEvents & Pick<TicketEvents, 'ticket.action'>>
  tickets: Pick<
    TicketService,
    'assign' | 'change' | 'open' | 'link' | 'lockForAction' | 'recordFacts' | 'tellProcess'
  > &
    TicketActions
  /** Those of these people whose own hours, or else the company's, are open at the moment. */
  onShift(sql: Queryable, accountIds: readonly number[], at: Instant): Promise<number[]>
  vault: Vault
  settings: AutomationSettings
  log: Log
  /** Every address of a name; default: the system's resolver. */
  lookup?(host: string): Promise<string[]>
}
