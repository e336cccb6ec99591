import type { Tx } from '@opora/platform/database'

export interface CorrectionRow {
  id: number
  clientId: number
  contractId: number
  kind: 'reverse' | 'transfer' | 'adjust'
  entryKey: string | null
  fromBucketKey: string | null
  toBucketKey: string | null
  minutes: number | null
  reason: string
  state: 'proposed' | 'posted' | 'declined'
  proposedBy: number
  version: number
}

export interface NewCorrectionRow {
  clientId: number
  contractId: number
  kind: 'reverse' | 'transfer' | 'adjust'
  entryKey: string | null
  fromBucketId: number | null
  toBucketId: number | null
  minutes: number | null
  reason: string
  alone: boolean
  proposedBy: number
}

export async function insertCorrection(tx: Tx, row: NewCorrectionRow): Promise<number> {
  const [made] = await tx<{ id: number }[]>`insert into ledger_correction ${tx(row as never)} returning id`
  return made!.id
}

/** The row under a lock: two people do not decide one correction. */
export async function lockCorrection(tx: Tx, id: number): Promise<CorrectionRow | null> {
  const [row] = await tx<CorrectionRow[]>`
    select c.id, c.client_id, c.contract_id, c.kind, c.entry_key, f.key as from_bucket_key, t.key as to_bucket_key, c.minutes, c.reason,
      c.state, c.proposed_by, c.version
    from ledger_correction c left join bucket f on f.id = c.from_bucket_id left join bucket t on t.id = c.to_bucket_id
    where c.id = ${id} for update of c`
  return row ?? null
}

export async function decideCorrection(
  tx: Tx,
  id: number,
  decision: { state: 'posted' | 'declined'; decidedBy: number | null },
): Promise<void> {
  await tx`update ledger_correction set state = ${decision.state}, decided_by = ${decision.decidedBy}, decided_at = app_now(),
    version = version + 1 where id = ${id}`
}
