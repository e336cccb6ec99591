import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { CorrectionView } from './contract.ts'

interface ViewRow extends Omit<CorrectionView, 'proposedBy' | 'decidedBy' | 'proposedAt' | 'decidedAt'> {
  proposerId: number
  proposerName: string
  deciderId: number | null
  deciderName: string | null
  proposedAt: number
  decidedAt: number | null
}

/** Corrections of a contract, the newest first; or one of them. */
export async function listCorrections(
  sql: Queryable,
  where: { contractId: number; id?: number },
): Promise<CorrectionView[]> {
  const rows = await sql<ViewRow[]>`
    select c.id, c.contract_id, c.kind, e.id as entry_id, c.from_bucket_id, c.to_bucket_id, c.minutes, c.reason, c.state, c.alone,
      c.version, p.id as proposer_id, p.name as proposer_name, d.id as decider_id, d.name as decider_name, c.proposed_at, c.decided_at
    from ledger_correction c join account p on p.id = c.proposed_by left join account d on d.id = c.decided_by
    left join ledger_entry e on e.key = c.entry_key
    where c.contract_id = ${where.contractId} ${where.id ? sql`and c.id = ${where.id}` : sql``}
    order by c.id desc limit 200`
  return rows.map(({ proposerId, proposerName, deciderId, deciderName, proposedAt, decidedAt, ...row }) => ({
    ...row,
    proposedBy: { id: proposerId, name: proposerName },
    proposedAt: isoInstant(proposedAt),
    decidedBy: deciderId === null ? null : { id: deciderId, name: deciderName ?? '' },
    decidedAt: isoInstantOrNull(decidedAt),
  }))
}
