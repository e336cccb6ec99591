import type { Sql } from '@opora/platform/database'
import type { House } from '../apps/server/app.ts'

export const CLOCK_TICKETS = 100_000
const CLIENTS = 300
const BATCH = 2_000
// A table of our own, and policies and hours of the catalogue, in turns.
const POLICIES = ['bench-table', 'crm-business', 'crm-premium', 'integrator-basic', 'vendor-licence']
const HOURS = ['mon-fri-10-18', 'mon-sat-9-19', '24x7', 'mon-fri-10-18', 'mon-fri-10-19']
const minutes = (amount: number) => ({ amount, unit: 'service_minutes' })
const TABLE = {
  rows: [
    ...[1, 2, 3, 4].map((priority) => ({
      name: `Приоритет ${priority}`,
      nameEn: `Priority ${priority}`,
      when: { priority },
      targets: { reaction: minutes(priority * 60), resolution: minutes(priority * 960) },
    })),
  ],
  pausesCounted: ['client', 'approval', 'payment', 'agreed_date'],
}
const COLUMNS =
  'metric text, seq int, state text, registered_at timestamptz, started_at timestamptz, target_since timestamptz, due_at timestamptz, met_at timestamptz, ' +
  'ended_at timestamptz, ended_by text, breached_at timestamptz, breached_due_at timestamptz, pause_reason text, priority smallint, target jsonb, ' +
  'row_name text, row_name_en text, policy_code text, calendar_code text, day_calendar_code text, agreed_due_at timestamptz, target_minutes int, ' +
  'used_minutes int, estimated boolean, alarms jsonb, next_alarm_at timestamptz, next_alarm text'
const NAMES = COLUMNS.split(', ')
  .map((column) => column.split(' ')[0])
  .join(', ')

/** 100 000 tickets over two years with ten facts each, made by SQL, and their clocks as the product computes them; once. */
export async function ensureHistories(house: House, sql: Sql): Promise<void> {
  const [there] = await sql<{ clocks: number; tickets: number }[]>`
    select (select count(distinct ticket_id) from clock) as clocks, (select count(*) from ticket) as tickets`
  // the youngest tickets have no past yet
  if (there!.clocks >= CLOCK_TICKETS * 0.99) return
  if (there!.tickets > 0) throw new Error('the data set is half made: remove .cache/bench-clocks and start again')
  await sql`set statement_timeout = 0`
  await contracts(sql)
  await histories(sql)
  await clocksOfHistory(house, sql)
  await sql.unsafe('vacuum analyze')
}

async function contracts(sql: Sql): Promise<void> {
  await sql`insert into sla_policy (code, name_ru, name_en, spec) values ('bench-table', 'Таблица', 'Table', ${sql.json(TABLE)})`
  await sql`insert into sla_policy_version (code, version, spec) values ('bench-table', 1, ${sql.json(TABLE)})`
  await sql`insert into client (name, licence_class, created_at)
    select 'ООО «Клиент ' || i || '»', 'active_licence', now() - interval '4 years' from generate_series(1, ${CLIENTS}) i`
  await sql`insert into contract (client_id, number, title, starts_on) select id, 'Д-' || id, 'Поддержка', current_date - 1200 from client`
  await sql`insert into contract_version (client_id, contract_id, valid_from, terms, created_at)
    select client_id, id, starts_on, jsonb_build_object('slaPolicyCode', (${POLICIES}::text[])[1 + id % ${POLICIES.length}],
      'calendarCode', (${HOURS}::text[])[1 + id % ${HOURS.length}]), now() - interval '4 years' from contract`
}

/** Question, answers, a wait, changes of priority and kind, a solution; nine in ten are closed. */
async function histories(sql: Sql): Promise<void> {
  await sql`insert into ticket (client_id, contract_id, channel, subject, priority, kind, state, registered_at, closed_at)
    select 1 + i % ${CLIENTS}, k.id, 'email', 'Обращение ' || i, 1 + i % 4, 'incident', case when i % 10 = 0 then 'open' else 'closed' end,
      at, case when i % 10 > 0 then at + interval '9 days' end
    from generate_series(1, ${CLOCK_TICKETS}) i join contract k on k.client_id = 1 + i % ${CLIENTS}
      cross join lateral (select date_trunc('minute', now() - (${CLOCK_TICKETS} - i) * interval '10 minutes') as at) w`
  await sql`insert into ticket_event (client_id, ticket_id, type, at, data)
    select t.client_id, t.id, f.type, t.registered_at + (f.minute + t.id % 37 * (f.minute > 0)::int) * interval '1 minute', f.data
    from ticket t cross join lateral (values
      (0, 'opened', jsonb_build_object('priority', 1 + t.id % 4, 'channel', 'email', 'kind', 'incident', 'contractId', t.contract_id, 'clientId', t.client_id,
        'licenceClass', 'active_licence', 'entitlement', 'covered')),
      (25, 'answered', '{}'), (40, 'priority_changed', jsonb_build_object('to', 1 + (t.id + 1) % 4)), (90, 'paused', '{"reason": "client"}'),
      (400, 'client_wrote', '{}'), (401, 'resumed', '{}'), (520, 'answered', '{}'),
      (900, 'paused', case when t.id % 2 = 0 then '{"reason": "vendor"}'::jsonb else '{"reason": "approval"}' end),
      (2500, 'resumed', '{}'), (2600 + t.id % 3000, 'solved', '{}'), (2700 + t.id % 3000 + 7200, 'closed', '{}')) f(minute, type, data)
    where t.registered_at + (f.minute + 37) * interval '1 minute' < now() and (t.state = 'closed' or f.type not in ('solved', 'closed'))
    order by t.id, f.minute`
}

/** What the check finds missing is what the product computes. */
export async function clocksOfHistory({ sla, runtime }: House, sql: Sql): Promise<void> {
  for (let after: number | null = 0; after !== null; ) {
    const batch = await sla.recheckClocks(runtime.database.worker, { limit: BATCH, after })
    const rows = batch.differences.map(({ ticketId, replayed }) => ({ ticket_id: ticketId, ...(replayed as object) }))
    await sql`insert into clock (client_id, ticket_id, ${sql.unsafe(NAMES)})
      select (select client_id from ticket where id = r.ticket_id), ticket_id, ${sql.unsafe(NAMES)}
      from jsonb_to_recordset(${sql.json(rows as never)}) as r(ticket_id bigint, ${sql.unsafe(COLUMNS)})`
    after = batch.after
  }
}
