import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import type { NewCostRate } from '../cost-rates.contract.ts'
import { isProvidersPerson, putCostRate } from '../cost-rates.store.ts'

export function costRateVerbs() {
  return {
    /** What an hour of a person costs from a day on. The audit says that it was set and from when, not how much. */
    async setCostRate(tx: Tx, actor: Actor, input: NewCostRate & { accountId: number }): Promise<void> {
      if (!(await isProvidersPerson(tx, input.accountId))) throw refuseAccess('access.not_found')
      await putCostRate(tx, { ...input, setBy: actor.accountId })
      await writeAudit(tx, actor, {
        action: 'cost.rate_set',
        objectType: 'account',
        objectId: input.accountId,
        detail: { validFrom: input.validFrom },
      })
    },
  }
}
