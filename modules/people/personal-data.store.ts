import type { Instant } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'

export interface PersonalRequestRow {
  id: number
  clientId: number
  contactId: number
  kind: 'export' | 'erase'
  reason: string
  askedBy: number | null
  approved: boolean | null
  decidedAt: Instant | null
  endsAt: Instant | null
}

export const personalDataStore = {
  async add(
    tx: Tx,
    row: { clientId: number; contactId: number; kind: string; reason: string; askedBy: number | null },
  ): Promise<number | null> {
    const [made] = await tx<{ id: number }[]>`
      insert into personal_request ${tx(row)} on conflict do nothing returning id`
    return made?.id ?? null
  },
  async lock(tx: Tx, id: number): Promise<PersonalRequestRow | null> {
    const [row] = await tx<PersonalRequestRow[]>`
      select id, client_id, contact_id, kind, reason, asked_by, approved, decided_at, ends_at from personal_request where id = ${id} for update`
    return row ?? null
  },
  async decide(
    tx: Tx,
    id: number,
    word: { by: number | null; approved: boolean; alone: boolean; endsAt: Instant | null; result: Json | null },
  ): Promise<void> {
    await tx`update personal_request set decided_by = ${word.by}, decided_at = app_now(), approved = ${word.approved}, alone = ${word.alone},
      ends_at = ${word.endsAt}, result = ${word.result === null ? null : tx.json(word.result)} where id = ${id}`
  },
  /** What names the person gives way to a token everywhere; answers how many rows of each table. */
  async forget(tx: Tx, contactId: number, token: string): Promise<Json> {
    const [row] = await tx<{ done: Json }[]>`select forget_person(${contactId}, ${token}) as done`
    return row!.done
  },
}
