import type { Locale } from '@opora/core'
import type { Role } from './roles.ts'

export type ContactScope = 'own' | 'department' | 'all' | 'finance'

/** Whoever acts: a person of the provider, a contact of a client, a partner's person, or the system itself. */
export interface Actor {
  /** Stable key for idempotency: `account:7`, `token:3`, `system`. */
  key: string
  side: 'staff' | 'client' | 'partner' | 'system'
  accountId: number | null
  name: string
  email: string | null
  roles: readonly Role[]
  locale: Locale
  zone: string
  /** For staff: which clients they serve; null means all. */
  clientIds: readonly number[] | null
  /** For a contact. */
  contact: {
    id: number
    clientId: number
    scope: ContactScope
    department: string | null
    responsible: boolean
    portalAdmin: boolean
  } | null
  /** Rights of an API token, a subset of its maker's; null: not a token. */
  tokenScopes: readonly string[] | null
  sessionId: number | null
  /** Re-authenticated within the last ten minutes (step-up). */
  fresh: boolean
  secondFactor: boolean
  /** Has broken the glass before some ticket, and that may still hold; which ticket and how long is asked at each row. */
  brokeGlass: boolean
  ip: string | null
  requestId: string | null
  /** Which rows the database shows. */
  scope:
    | { as: 'staff' }
    | { as: 'worker' }
    | { as: 'client'; clientId: number; accountId: number }
    | { as: 'partner'; accountId: number }
}

/** The system: jobs, timers, intake. What it does on somebody's behalf is judged by that somebody's rights when it runs. */
export function systemActor(name = 'Опора'): Actor {
  return {
    key: 'system',
    side: 'system',
    accountId: null,
    name,
    email: null,
    roles: [],
    locale: 'ru',
    zone: 'Europe/Moscow',
    clientIds: null,
    contact: null,
    tokenScopes: null,
    sessionId: null,
    fresh: true,
    secondFactor: true,
    brokeGlass: false,
    ip: null,
    requestId: null,
    scope: { as: 'worker' },
  }
}
