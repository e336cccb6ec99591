import type { Tx } from '@opora/platform/database'
import { replaceServingStaff } from '../access.accounts.store.ts'

/** Names the people who serve a client, beside those who serve everybody. Who may do that, the caller judges and records. */
export async function setServingStaff(tx: Tx, clientId: number, accountIds: readonly number[]): Promise<void> {
  await replaceServingStaff(tx, clientId, accountIds)
}
