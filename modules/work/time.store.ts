import type { TimeCharge } from '@opora/contracts'
import type { CivilMonth, Instant } from '@opora/core'
import { isoInstant } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import { type ChargedEntry, chargedEntry, type EntryCharge, type EntryReason } from './entry-charge.ts'

/** A time entry as the rules take it. */
export interface EntryRow {
  id: number
  clientId: number
  ticketId: number
  contractId: number | null
  accountId: number
  activity: string
  /** The person's grade when the time was logged. */
  grade: string | null
  startedAt: Instant
  endedAt: Instant
  timed: boolean
  minutes: number
  note: string
  billable: boolean
  billableReason: EntryReason
  urgent: boolean
  onSite: boolean
  outOfHours: boolean
  service: string | null
  visible: boolean
  chargedMinutes: number
  stoppedMinutes: number
  exemptMinutes: number
  amountKopecks: number
  source: 'manual' | 'timer' | 'reply'
  revision: number
  reversesId: number | null
  reversedById: number | null
  /** The entry under whose name the ledger keeps what was drawn, where it is not this one. */
  drawnAs: number | null
  reason: string | null
  approvedBy: number | null
  period: CivilMonth
  version: number
}

export type NewEntry = Pick<
  EntryRow,
  | 'clientId'
  | 'ticketId'
  | 'contractId'
  | 'accountId'
  | 'activity'
  | 'grade'
  | 'startedAt'
  | 'endedAt'
  | 'timed'
  | 'minutes'
  | 'note'
  | 'billable'
  | 'billableReason'
  | 'urgent'
  | 'onSite'
  | 'service'
  | 'visible'
  | 'exemptMinutes'
  | 'source'
  | 'period'
> & { reversesId?: number; reason?: string; drawnAs?: number | null }

export interface TimerRow {
  accountId: number
  clientId: number
  ticketId: number
  activity: string
  note: string
  startedAt: Instant
  /** The person's last sign of life. */
  seenAt: Instant
}

function written(entry: Partial<NewEntry>) {
  const { startedAt, endedAt, ...rest } = entry
  return {
    ...rest,
    ...(startedAt === undefined ? {} : { startedAt: isoInstant(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: isoInstant(endedAt) }),
  }
}

export const timeStore = {
  async insertEntry(tx: Tx, entry: NewEntry): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into time_entry ${tx(written(entry) as never)} returning id`
    return made!.id
  },
  async updateEntry(tx: Tx, id: number, patch: Partial<NewEntry>): Promise<void> {
    await tx`update time_entry set ${tx(written(patch) as never)}, revision = revision + 1, version = version + 1,
      approved_by = null, approved_at = null where id = ${id}`
  },
  /** What the ledger answered, kept with the entry. */
  async keepCharge(tx: Tx, id: number, charge: ChargedEntry & { outOfHours: boolean }): Promise<void> {
    const { share, explanation, steps, fromPackageMinutes, beyondMinutes } = charge
    const kept = { share, explanation, steps, fromPackageMinutes, beyondMinutes }
    await tx`update time_entry set charged_minutes = ${charge.chargedMinutes}, stopped_minutes = ${charge.stoppedMinutes},
      amount_kopecks = ${charge.amountKopecks}, charge = ${tx.json(kept as unknown as Json)}, out_of_hours = ${charge.outOfHours}
      where id = ${id}`
  },
  /** The ledger has drawn an entry's hours anew; why it is billable stays. */
  async recharge(tx: Tx, id: number, drawn: TimeCharge): Promise<void> {
    const [row] = await tx<{ charge: Pick<EntryCharge, 'share' | 'explanation'>; outOfHours: boolean }[]>`
      select charge, out_of_hours from time_entry where id = ${id} for update`
    if (!row) return
    const { share, explanation } = row.charge
    await timeStore.keepCharge(tx, id, { ...chargedEntry(drawn, { share, explanation }), outOfHours: row.outOfHours })
  },
  /** The opposite of an entry, as a row of its own in the period where it is booked. */
  async insertReversal(tx: Tx, entryId: number, booked: { period: CivilMonth; reason: string }): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into time_entry (client_id, ticket_id, contract_id, account_id, activity, grade, started_at, ended_at, timed, minutes, note, billable,
        billable_reason, urgent, on_site, out_of_hours, service, visible, charged_minutes, stopped_minutes, exempt_minutes, amount_kopecks,
        charge, source, period, reverses_id, reason)
      select client_id, ticket_id, contract_id, account_id, activity, grade, started_at, ended_at, timed, -minutes, note, billable, billable_reason,
        urgent, on_site, out_of_hours, service, visible, -charged_minutes, -stopped_minutes, -exempt_minutes, -amount_kopecks, charge,
        source, ${booked.period}, id, ${booked.reason} from time_entry where id = ${entryId} returning id`
    await tx`update time_entry set reversed_by_id = ${made!.id}, version = version + 1 where id = ${entryId}`
    return made!.id
  },
  /** The same work in other words, in the period where it is booked: the ledger keeps its hours under the name of the first of them. */
  async insertReworded(
    tx: Tx,
    entryId: number,
    given: { note: string; visible: boolean; period: CivilMonth; reason: string },
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into time_entry (client_id, ticket_id, contract_id, account_id, activity, grade, started_at, ended_at, timed, minutes, note, billable,
        billable_reason, urgent, on_site, out_of_hours, service, visible, charged_minutes, stopped_minutes, exempt_minutes, amount_kopecks,
        charge, source, period, drawn_as, reason)
      select client_id, ticket_id, contract_id, account_id, activity, grade, started_at, ended_at, timed, minutes, ${given.note}, billable,
        billable_reason, urgent, on_site, out_of_hours, service, ${given.visible}, charged_minutes, stopped_minutes, exempt_minutes,
        amount_kopecks, charge, source, ${given.period}, coalesce(drawn_as, id), ${given.reason}
      from time_entry where id = ${entryId} returning id`
    return made!.id
  },
  async lockEntry(tx: Tx, id: number): Promise<EntryRow | null> {
    const [row] = await tx<EntryRow[]>`
      select id, client_id, ticket_id, contract_id, account_id, activity, grade, started_at, ended_at, timed, minutes, note, billable,
        billable_reason, urgent, on_site, out_of_hours, service, visible, charged_minutes, stopped_minutes, exempt_minutes, amount_kopecks,
        source, revision, reverses_id, reversed_by_id, drawn_as, reason, approved_by, period, version
      from time_entry where id = ${id} for update`
    return row ?? null
  },
  async approve(tx: Tx, id: number, accountId: number): Promise<void> {
    await tx`update time_entry set approved_by = ${accountId}, approved_at = app_now(), version = version + 1 where id = ${id}`
  },
  /** A person's timer, locked so that stopping and switching happen once. */
  async lockTimer(tx: Tx, accountId: number): Promise<TimerRow | null> {
    const [row] = await tx<TimerRow[]>`
      select account_id, client_id, ticket_id, activity, note, started_at, seen_at from work_timer where account_id = ${accountId} for update`
    return row ?? null
  },
  async startTimer(tx: Tx, timer: Omit<TimerRow, 'startedAt' | 'seenAt'>): Promise<void> {
    await tx`insert into work_timer ${tx(timer as never)}
      on conflict (account_id) do update set client_id = excluded.client_id, ticket_id = excluded.ticket_id,
        activity = excluded.activity, note = excluded.note, started_at = app_now(), seen_at = app_now()`
  },
  async changeTimer(tx: Tx, accountId: number, change: { activity: string; note: string }): Promise<void> {
    await tx`update work_timer set activity = ${change.activity}, note = ${change.note}, seen_at = app_now() where account_id = ${accountId}`
  },
  async markSeen(tx: Tx, accountId: number, at: Instant): Promise<void> {
    await tx`update work_timer set seen_at = ${isoInstant(at)}::timestamptz where account_id = ${accountId}`
  },
  async setIdleAfter(tx: Tx, accountId: number, minutes: number): Promise<void> {
    await tx`insert into time_preference (account_id, idle_minutes) values (${accountId}, ${minutes})
      on conflict (account_id) do update set idle_minutes = excluded.idle_minutes`
  },
  async dropTimer(tx: Tx, accountId: number): Promise<boolean> {
    return (await tx`delete from work_timer where account_id = ${accountId} returning 1`).length > 0
  },
  /** Entries of a person that a span cuts into, other than one of them. */
  async overlapping(
    sql: Queryable,
    span: { accountId: number; startedAt: Instant; endedAt: Instant; exceptId: number | null },
  ): Promise<{ number: number; startedAt: Instant; endedAt: Instant } | null> {
    const [row] = await sql<{ number: number; startedAt: Instant; endedAt: Instant }[]>`
      select t.number, e.started_at, e.ended_at from time_entry e join ticket t on t.id = e.ticket_id
      where e.account_id = ${span.accountId} and e.timed and e.reversed_by_id is null and e.reverses_id is null
        and e.started_at < ${isoInstant(span.endedAt)}::timestamptz and ${isoInstant(span.startedAt)}::timestamptz < e.ended_at
        and e.started_at > ${isoInstant(span.startedAt)}::timestamptz - interval '25 hours'
        and e.id is distinct from ${span.exceptId}::bigint
      order by e.started_at limit 1`
    return row ?? null
  },
}
