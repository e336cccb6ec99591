import type { Client, Staff } from './company.ts'
import type { Installation } from './installation.ts'
import type { Visitor } from './visitor.ts'

/** What the scenario's parts hand on to each other as the month goes by. */
export interface World {
  house: Installation
  staff: Staff
  /** Subscription and deposit. */
  romashka: Client
  /** The business package. */
  vasilek: Client
  /** A contract that ended the day before the month. */
  siren: Client
  /** Responsible contacts, in the cabinet. */
  irina: Visitor
  boss: Visitor
  /** Tickets by a word of the scenario. */
  tickets: Record<string, number>
}

export const ANNA = 'anna@romashka.test'
export const PAVEL = 'pavel@romashka.test'
export const IRINA = 'irina@romashka.test'
export const FEDOR = 'fedor@romashka.test'
export const BOSS = 'boss@vasilek.test'
