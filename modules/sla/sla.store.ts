import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import type { ClockRow } from './clock-row.ts'
import type { AlarmKind } from './domain/clock-state.ts'
import type { LadderAct } from './domain/ladder.ts'
import type { Metric } from './domain/policy.ts'

export interface KeptAlarm {
  id: number
  clientId: number
  ticketId: number
  metric: Metric
  seq: number
  kind: AlarmKind
  dueAt: Instant | null
  at: Instant
  firedAt: Instant
}

/** A step of a ladder with what came of it. */
export interface TakenStep {
  alarmId: number
  clientId: number
  position: number
  act: LadderAct
  person: string | null
  accountId: number | null
  priority: number | null
}

/** A clock whose alarm is due. */
export interface DueClock {
  id: number
  ticketId: number
  metric: Metric
  seq: number
  calendarCode: string
  policyCode: string
}

/** The open clock that is due first, as the table has it. */
export interface OpenClock {
  ticketId: number
  metric: Metric
  state: string
  dueAt: Instant | null
  /** The calendar in which it counts. */
  countingKey: string
  estimated: boolean
  /** Minutes left as of the clock's last fact. */
  left: number | null
  leftAt: Instant
}

const COLUMN_TYPES = {
  metric: 'text',
  seq: 'int',
  state: 'text',
  registered_at: 'timestamptz',
  started_at: 'timestamptz',
  target_since: 'timestamptz',
  due_at: 'timestamptz',
  met_at: 'timestamptz',
  ended_at: 'timestamptz',
  ended_by: 'text',
  breached_at: 'timestamptz',
  breached_due_at: 'timestamptz',
  pause_reason: 'text',
  priority: 'smallint',
  target: 'jsonb',
  row_name: 'text',
  row_name_en: 'text',
  policy_code: 'text',
  calendar_code: 'text',
  day_calendar_code: 'text',
  agreed_due_at: 'timestamptz',
  target_minutes: 'int',
  used_minutes: 'int',
  estimated: 'boolean',
  alarms: 'jsonb',
  next_alarm_at: 'timestamptz',
  next_alarm: 'text',
} as const satisfies Record<keyof ClockRow, string>
const COLUMNS = Object.keys(COLUMN_TYPES) as (keyof ClockRow)[]
const LIST = COLUMNS.join(', ')
const RECORD = COLUMNS.map((name) => `${name} ${COLUMN_TYPES[name]}`).join(', ')
const CHANGES = COLUMNS.filter((name) => name !== 'metric' && name !== 'seq')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')

export const slaStore = {
  /** The clocks of a ticket become these. One statement; `isNew` spares the look for clocks that are no more. */
  async saveClocks(
    sql: Queryable,
    ticket: { id: number; clientId: number },
    rows: readonly ClockRow[],
    isNew: boolean,
  ): Promise<void> {
    const gone = isNew
      ? sql``
      : sql`, gone as (delete from clock c where c.ticket_id = ${ticket.id}
          and not exists (select 1 from r where r.metric = c.metric and r.seq = c.seq))`
    await sql`
      with r as (select * from jsonb_to_recordset(${sql.json(rows as unknown as Json)}) as r(${sql.unsafe(RECORD)})) ${gone}
      insert into clock (client_id, ticket_id, ${sql.unsafe(LIST)}) select ${ticket.clientId}, ${ticket.id}, ${sql.unsafe(LIST)} from r
      on conflict (ticket_id, metric, seq) do update set ${sql.unsafe(CHANGES)}, updated_at = app_now()`
  },
  /** Clocks of many tickets are to ring at other moments; everything else of them stays. One statement. */
  async moveAlarms(sql: Queryable, rows: readonly (ClockRow & { ticket_id: number })[]): Promise<void> {
    const moved = rows.map(({ ticket_id, metric, seq, alarms, next_alarm_at, next_alarm }) => ({
      ...{ ticket_id, metric, seq, alarms, next_alarm_at, next_alarm },
    }))
    await sql`
      update clock c set alarms = r.alarms, next_alarm_at = r.next_alarm_at, next_alarm = r.next_alarm
      from jsonb_to_recordset(${sql.json(moved as unknown as Json)})
        as r(ticket_id bigint, metric text, seq int, alarms jsonb, next_alarm_at timestamptz, next_alarm text)
      where c.ticket_id = r.ticket_id and c.metric = r.metric and c.seq = r.seq
        and (c.alarms, c.next_alarm_at, c.next_alarm) is distinct from (r.alarms, r.next_alarm_at, r.next_alarm)`
  },
  /**
   * Clocks with a due alarm, their tickets locked first as every change of a ticket does. What somebody else has in hand is left to
   * them, so that workers neither wait for each other nor ring twice.
   */
  async lockDueClocks(sql: Queryable, limit: number, only: number | null): Promise<DueClock[]> {
    return await sql<DueClock[]>`
      select c.id, c.ticket_id, c.metric, c.seq, c.calendar_code, c.policy_code from clock c join ticket t on t.id = c.ticket_id
      where c.next_alarm_at <= app_now() ${only === null ? sql`` : sql`and c.id = ${only}`}
      order by c.next_alarm_at limit ${limit} for no key update of t, c skip locked`
  },
  /** Keeps every due alarm of these clocks that has not rung, in the order of time. */
  async keepAlarms(sql: Queryable, clockIds: readonly number[]): Promise<KeptAlarm[]> {
    const rows = await sql<KeptAlarm[]>`
      insert into sla_alarm (client_id, ticket_id, metric, seq, kind, due_at, at)
      select c.client_id, c.ticket_id, c.metric, c.seq, a.kind,
        case when a.kind = 'breach' then coalesce(c.breached_due_at, c.due_at) else c.due_at end, a.at
      from clock c, jsonb_to_recordset(c.alarms) as a(kind text, at timestamptz)
      where c.id = any(${[...clockIds]}::bigint[]) and a.at <= app_now() order by a.at, a.kind
      on conflict do nothing
      returning id, client_id, ticket_id, metric, seq, kind, due_at, at, fired_at`
    return rows.toSorted((a, b) => a.at - b.at || a.id - b.id)
  },
  /** Puts the clocks before their next alarm, and a breach that has rung on their record. */
  async advanceClocks(sql: Queryable, clockIds: readonly number[]): Promise<void> {
    await sql`
      update clock c set next_alarm_at = n.at, next_alarm = n.kind,
        breached_at = case when n.is_broken then coalesce(c.breached_at, greatest(c.due_at, c.target_since)) else c.breached_at end,
        breached_due_at = case when n.is_broken then coalesce(c.breached_due_at, c.due_at) else c.breached_due_at end
      from (select d.id, later.kind, later.at,
          exists (select 1 from jsonb_to_recordset(d.alarms) as a(kind text, at timestamptz) where a.kind = 'breach' and a.at <= app_now()) as is_broken
        from clock d left join lateral (
          select a.kind, a.at from jsonb_to_recordset(d.alarms) as a(kind text, at timestamptz)
          where not exists (select 1 from sla_alarm s where s.ticket_id = d.ticket_id and s.metric = d.metric and s.seq = d.seq and s.kind = a.kind)
          order by a.at, a.kind limit 1) later on true
        where d.id = any(${[...clockIds]}::bigint[])) n
      where c.id = n.id`
  },
  /** What the alarms of a batch set in motion. */
  async keepSteps(sql: Queryable, steps: readonly TakenStep[]): Promise<void> {
    if (steps.length > 0) await sql`insert into sla_step ${sql([...steps] as never)}`
  },
  /** Puts a clock whose alarm could not be announced off, so that it does not hold up the others. */
  async putOff(sql: Queryable, clockId: number, ms: number): Promise<void> {
    await sql`update clock set next_alarm_at = app_now() + make_interval(secs => ${ms / 1000})
      where id = ${clockId} and next_alarm_at <= app_now()`
  },
  async dueClockIds(sql: Queryable, limit: number): Promise<number[]> {
    const rows = await sql<
      { id: number }[]
    >`select id from clock where next_alarm_at <= app_now() order by next_alarm_at limit ${limit}`
    return rows.map((row) => row.id)
  },
  /** Of each ticket the open clock that is due first. */
  async earliestOpen(sql: Queryable, ticketIds: readonly number[]): Promise<OpenClock[]> {
    return await sql<OpenClock[]>`
      select distinct on (ticket_id) ticket_id, metric, state, due_at, counting_key, estimated, target_minutes - used_minutes as left, updated_at as left_at
      from clock where ticket_id = any(${[...ticketIds]}::bigint[]) and state in ('running', 'paused')
      order by ticket_id, due_at nulls last, id`
  },
  /** `null` when somebody else was faster: the version that was expected is no longer there. */
  async saveCause(
    sql: Queryable,
    note: { alarmId: number; clientId: number; cause: string; actorId: number; expectedVersion: number },
  ): Promise<number | null> {
    const { alarmId, clientId, cause, actorId, expectedVersion } = note
    const [row] = await (expectedVersion === 0
      ? sql<{ version: number }[]>`insert into breach_note (alarm_id, client_id, cause, actor_id)
          values (${alarmId}, ${clientId}, ${cause}, ${actorId}) on conflict do nothing returning version`
      : sql<
          { version: number }[]
        >`update breach_note set cause = ${cause}, actor_id = ${actorId}, at = app_now(), version = version + 1
          where alarm_id = ${alarmId} and version = ${expectedVersion} returning version`)
    return row?.version ?? null
  },
}
