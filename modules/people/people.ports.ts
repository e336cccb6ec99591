import type { Actor } from '@opora/access'
import type { Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { PeopleEvents } from './people.events.ts'

export interface Invitation {
  contactId: number
  clientId: number
  /** The account that the contact has already; then only a new letter goes out. */
  accountId: number | null
  email: string
  name: string
  locale: Locale
  zone: string
}

/** What people need of the sign-in: cabinet accounts and who stands behind an account. */
export interface CabinetAccounts {
  /** Makes the account (side client) where there is none and mails the invitation; `null` when the address belongs to somebody else's account. */
  inviteToCabinet(tx: Tx, actor: Actor, invitation: Invitation): Promise<{ accountId: number } | null>
  /** The account with its rights as they are now; `null` when it is off. */
  actorOf(sql: Queryable, accountId: number): Promise<Actor | null>
}

export interface PeoplePorts {
  bus: EventBus<PeopleEvents>
  accounts: CabinetAccounts
}
