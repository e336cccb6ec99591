import type { CivilDate, CivilMonth, Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { SampleWork } from './domain/sample-month.ts'

/** What this module announces. */
export interface ContractsEvents {
  /** Terms, dates or status changed: whatever waits for entitlement may be asked again. */
  'contract.changed': { clientId: number; contractId: number }
  /** A contract was made; `legalEntityId` of ours was chosen for it, or none was. */
  'contract.concluded': { clientId: number; contractId: number; legalEntityId: number | null }
  /** The end, a renewal, a letter of guarantee, a revision of prices: told once each to those who look after the client. */
  'contract.reminder': { clientId: number; contractId: number; key: string; words: Words }
  /** A policy has another version, in force from a moment. */
  'sla_policy.saved': { code: string; from: Instant }
  /** The nightly check found the ledger contradicting itself: shouted at finance and administrators. */
  'ledger.broken': { faults: number; contracts: number; date: CivilDate; words: Words }
  /** A coupon was issued: its code is to be mailed to the responsible contact. */
  'coupon.issued': { clientId: number; contractId: number; couponId: number; code: string }
}

export interface ContractsPorts {
  bus: EventBus<ContractsEvents>
  /** Whether a month of a contract is closed: nothing is dated into it any more. The module that closes months answers. */
  isMonthClosed(sql: Queryable, contractId: number, month: CivilMonth): Promise<boolean>
}

/** What previews of prices ask of the module that keeps working time. */
export interface SamplePorts {
  /** Work of a contract's month that its terms priced or included; taken back work left out. */
  workOfMonth(sql: Queryable, contractId: number, month: CivilMonth): Promise<SampleWork[]>
}
