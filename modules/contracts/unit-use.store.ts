import type { CivilDate } from '@opora/core'
import type { Tx } from '@opora/platform/database'

export interface NewUnitUse {
  clientId: number
  contractId: number
  ticketId: number | null
  service: string
  units: number
  usedOn: CivilDate
  note: string
  recordedBy: number | null
}

export const unitUseStore = {
  async insert(tx: Tx, row: NewUnitUse): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into unit_use ${tx(row as never)} returning id`
    return made!.id
  },
  async lock(tx: Tx, contractId: number, id: number) {
    const [row] = await tx<{ id: number; usedOn: CivilDate; service: string; units: number }[]>`
      select id, used_on, service, units from unit_use where id = ${id} and contract_id = ${contractId} and taken_back_at is null for update`
    return row ?? null
  },
  /** It stays to be seen, and counts no more. */
  async takeBack(tx: Tx, id: number, accountId: number | null): Promise<void> {
    await tx`update unit_use set taken_back_at = app_now(), taken_back_by = ${accountId} where id = ${id}`
  },
}
