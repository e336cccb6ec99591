import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { TicketHead } from '@opora/tickets'
import type { AutomationPorts } from '../automation.ports.ts'
import type { Bilingual } from '../domain/rule-words.ts'

/** One action that a process or a rule asks for, with its parameters as they were given. */
export interface Deed {
  actor: Actor
  ticket: TicketHead
  params: Readonly<Record<string, string>>
  now: Instant
  /** The rule that asks; null: the ticket's process. */
  rule: { id: number; name: string } | null
}

/** Does it in the caller's transaction and says what came of it; refuses what cannot be done. */
export type Executor = (ports: AutomationPorts, tx: Tx, deed: Deed) => Promise<Bilingual>
