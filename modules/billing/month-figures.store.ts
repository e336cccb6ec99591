import type { MonthlyFigure } from '@opora/contracts'
import type { CivilMonth } from '@opora/core'
import type { Tx } from '@opora/platform/database'

export const monthFiguresStore = {
  /** One value a month and figure; the audit keeps what stood before. */
  async put(
    tx: Tx,
    row: {
      clientId: number
      contractId: number
      period: CivilMonth
      figure: MonthlyFigure
      value: number
      source: string
      setBy: number | null
    },
  ): Promise<void> {
    const { value, source, setBy } = row
    await tx`
      insert into month_figure ${tx(row)}
      on conflict (contract_id, period, figure) do update set value = ${value}, source = ${source}, set_by = ${setBy}, set_at = app_now()`
  },
}
