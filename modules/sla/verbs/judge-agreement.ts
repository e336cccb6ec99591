import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import { clocksOf } from '../clocks-of.ts'
import { isRunning } from '../domain/breach.ts'
import { refuseSla } from '../sla.refusals.ts'
import type { TimelineCache } from '../timeline.ts'

/** Another term may be proposed where the row of the policy lets both sides agree one, and where no row promises a solution. */
export async function judgeAgreement(
  timelines: TimelineCache,
  tx: Tx,
  { ticket, now }: TicketEvents['ticket.deadline_offered'],
): Promise<void> {
  const [folded] = await clocksOf(tx, timelines, [ticket], now)
  const solution = folded?.clocks.findLast((clock) => clock.metric === 'resolution' && isRunning(clock))
  if (solution && !solution.mayAgree) throw refuseSla('sla.no_other_term', { field: 'dueAt' })
}
