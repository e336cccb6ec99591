import type { Actor } from '@opora/access'
import { scopeCondition, scopeOf } from '@opora/access'
import type { Tx } from '@opora/platform/database'

export const approvalStore = {
  /** Approves what may be approved of these: standing entries of others, within reach. Returns what was approved. */
  async approveMany(
    tx: Tx,
    actor: Actor,
    ids: readonly number[],
  ): Promise<{ id: number; clientId: number; ticketId: number }[]> {
    return tx<{ id: number; clientId: number; ticketId: number }[]>`
      update time_entry e set approved_by = ${actor.accountId}, approved_at = app_now(), version = version + 1
      where e.id = any(${[...ids]}::bigint[]) and e.approved_at is null and e.reverses_id is null and e.reversed_by_id is null
        and e.account_id <> ${actor.accountId} and ${scopeCondition(tx, scopeOf(actor, 'time.approve'), { client: tx`e.client_id` })}
      returning e.id, e.client_id, e.ticket_id`
  },
  async takeBack(tx: Tx, id: number): Promise<void> {
    await tx`update time_entry set approved_by = null, approved_at = null, version = version + 1 where id = ${id}`
  },
  async setRule(
    tx: Tx,
    rule: { clientId: number | null; contractId: number | null; accountId: number | null; createdBy: number | null },
  ): Promise<void> {
    await tx`insert into time_approval_rule ${tx(rule as never)} on conflict do nothing`
  },
  async dropRule(tx: Tx, rule: { contractId: number | null; accountId: number | null }): Promise<void> {
    await tx`delete from time_approval_rule
      where contract_id is not distinct from ${rule.contractId}::bigint and account_id is not distinct from ${rule.accountId}::bigint`
  },
}
