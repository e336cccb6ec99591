import type { CivilDate } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import type { EstimateState } from './domain/estimate.ts'
import type { EstimateRow } from './estimate-rounds.ts'

export const estimatesStore = {
  async insert(
    tx: Tx,
    row: Pick<
      EstimateRow,
      | 'clientId'
      | 'ticketId'
      | 'round'
      | 'title'
      | 'specification'
      | 'lines'
      | 'minutes'
      | 'amountKopecks'
      | 'validUntil'
      | 'authorId'
    >,
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into estimate ${tx({ ...row, lines: tx.json(row.lines as unknown as Json) } as never)} returning id`
    return made!.id
  },
  async setState(tx: Tx, ids: readonly number[], state: EstimateState): Promise<void> {
    await tx`update estimate set state = ${state}, version = version + 1 where id = any(${[...ids]}::bigint[])`
  },
  async offer(tx: Tx, id: number, validUntil: CivilDate | null, answer: string | null = null): Promise<void> {
    await tx`update estimate set state = 'offered', valid_until = ${validUntil}, offered_at = app_now(),
      answer = coalesce(${answer}, answer), version = version + 1 where id = ${id}`
  },
  /** Changes a draft. */
  async revise(
    tx: Tx,
    id: number,
    draft: Pick<EstimateRow, 'title' | 'specification' | 'lines' | 'minutes' | 'amountKopecks' | 'validUntil'>,
  ): Promise<void> {
    const row = { ...draft, lines: tx.json(draft.lines as unknown as Json) }
    await tx`update estimate set ${tx(row as never)}, version = version + 1 where id = ${id}`
  },
  /** Rounds whose last day is over in their client's zone and that nobody has decided; locked, those of other workers passed over. */
  async lockExpired(tx: Tx, limit: number): Promise<{ id: number }[]> {
    return tx<{ id: number }[]>`
      select e.id from estimate e join client cl on cl.id = e.client_id
      where e.state in ('offered', 'asked') and e.valid_until < (app_now() at time zone cl.zone)::date
      order by e.id limit ${limit} for update of e skip locked`
  },
  async decide(
    tx: Tx,
    id: number,
    decision: { state: EstimateState; contactId: number | null; accountId: number | null; comment: string },
  ): Promise<void> {
    await tx`update estimate set state = ${decision.state}, decided_at = app_now(), decided_by_contact_id = ${decision.contactId},
      decided_by_account_id = ${decision.accountId}, decision_comment = ${decision.comment}, version = version + 1 where id = ${id}`
  },
}
