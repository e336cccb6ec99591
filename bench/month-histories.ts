import { systemActor } from '@opora/access'
import { deposit, subscription, terms } from '@opora/contracts/testkit'
import type { CivilMonth } from '@opora/core'
import type { Sql } from '@opora/platform/database'
import type { House } from '../apps/server/app.ts'
import { clocksOfHistory } from './clock-histories.ts'

export const CONTRACTS = 1_000
/** Of each contract; half draws the subscription, half is beyond it. */
export const ENTRIES = 200
const TICKETS = 20
const ENTRY_MINUTES = 12
const MADE_TOGETHER = 25

/** 1 000 contracts with 20 requests and 200 time entries each in a month that is over; once. */
export async function ensureMonth(house: House, sql: Sql, month: CivilMonth): Promise<void> {
  const [there] = await sql<{ entries: number; contracts: number }[]>`
    select (select count(*) from time_entry)::int as entries, (select count(*) from contract)::int as contracts`
  if (there!.entries >= CONTRACTS * ENTRIES) return
  if (there!.contracts > 0) throw new Error('the data set is half made: remove .cache/bench-month-end and start again')
  await people(sql)
  await contracts(house, sql, month)
  // set where it is used: a connection that was let rest is opened anew
  await sql`set statement_timeout = 0`
  await tickets(house, sql, month)
  await sql`set statement_timeout = 0`
  await entries(sql, month)
  await sql.unsafe('vacuum analyze')
}

async function people(sql: Sql): Promise<void> {
  await sql`insert into client (name, licence_class, created_at)
    select 'ООО «Клиент ' || i || '»', 'active_licence', now() - interval '1 year' from generate_series(1, ${CONTRACTS}) i`
  await sql`insert into account (side, email, name) select 'staff', 'staff' || i || '@bench.test', 'Сотрудник ' || i from generate_series(1, 30) i`
  await sql`insert into account_role select id, 'it' from account union all select min(id), 'fi' from account`
  await sql`insert into legal_entity (name, full_name, inn, kpp, ogrn, address, bank_name, bik, settlement_account, corr_account, head_position,
      head_name, accountant_name, tax_periods, is_default)
    values ('ООО «Опора»', 'Общество с ограниченной ответственностью «Опора»', '7707083893', '770701001', '1027700132195', 'Москва', 'Банк', '044525225',
      '40702810900000000001', '30101810400000000225', 'Директор', 'Иванов И. И.', 'Петрова П. П.', '[{"from": "2025-01-01", "mode": "general"}]', true)`
}

async function contracts(house: House, sql: Sql, month: CivilMonth): Promise<void> {
  const { database } = house.runtime
  const ids = (await sql<{ id: number }[]>`select id from client order by id`).map((row) => row.id)
  for (let from = 0; from < ids.length; from += MADE_TOGETHER)
    await database.begin({ as: 'worker' }, async (tx) => {
      for (const clientId of ids.slice(from, from + MADE_TOGETHER))
        await house.contracts.createContract(tx, systemActor(), {
          clientId,
          number: `Д-${clientId}`,
          title: 'Поддержка',
          status: 'active',
          startsOn: `${month}-01`,
          terms: terms({ forms: [subscription(), deposit({ boughtOn: `${month}-01` })], calendarCode: '24x7' }),
        })
    })
}

async function tickets(house: House, sql: Sql, month: CivilMonth): Promise<void> {
  await sql`insert into ticket (client_id, contract_id, channel, subject, priority, kind, state, entitlement, registered_at, solved_at, closed_at)
    select k.client_id, k.id, 'email', 'Обращение ' || i, 1 + i % 4, 'incident', 'closed', 'covered', at, at + interval '9 hours', at + interval '2 days'
    from contract k cross join generate_series(1, ${TICKETS}) i
      cross join lateral (select ${`${month}-01`}::date + i * interval '1 day' + (k.id % 600) * interval '1 minute' as at) w order by at`
  await sql`insert into ticket_event (client_id, ticket_id, type, at, data)
    select t.client_id, t.id, f.type, t.registered_at + f.minute * interval '1 minute', f.data
    from ticket t cross join lateral (values
      (0, 'opened', jsonb_build_object('priority', t.priority, 'channel', 'email', 'kind', 'incident', 'contractId', t.contract_id,
        'clientId', t.client_id, 'licenceClass', 'active_licence', 'entitlement', 'covered')),
      (25, 'answered', '{}'), (540, 'solved', '{}'), (2880, 'closed', '{}')) f(minute, type, data) order by t.id, f.minute`
  await clocksOfHistory(house, sql)
}

/** What the product's own verbs write for 200 entries, written by SQL: entries, draws, charges and the mirrored balances. */
async function entries(sql: Sql, month: CivilMonth): Promise<void> {
  const half = ENTRIES / 2
  await sql`insert into time_entry (client_id, ticket_id, contract_id, account_id, activity, started_at, ended_at, minutes, note, billable,
      billable_reason, charged_minutes, amount_kopecks, charge, period)
    select t.client_id, t.id, t.contract_id, 1 + n % 30, 'configuration', at, at + ${ENTRY_MINUTES} * interval '1 minute', ${ENTRY_MINUTES},
      'Настройка карточки сделки, проверка прав и выгрузка отчёта', true, 'inside_package', ${ENTRY_MINUTES}, case when t.n * 10 + e > ${half} then 40000 else 0 end,
      jsonb_build_object('share', case when t.n * 10 + e > ${half} then 'extra' else 'package' end, 'explanation', jsonb_build_object('ru', 'по договору', 'en', 'by the contract'),
        'steps', jsonb_build_array(jsonb_build_object('ru', '12 мин', 'en', '12 min')), 'fromPackageMinutes', 12, 'beyondMinutes', 0), ${month}
    from (select *, row_number() over (partition by contract_id order by id)::int - 1 as n from ticket) t cross join generate_series(1, ${ENTRIES / TICKETS}) e
      cross join lateral (select t.registered_at + e * interval '20 minutes' as at) w`
  await sql`insert into ledger_entry (client_id, contract_id, bucket_id, kind, minutes, amount_kopecks, effective_at, source_type, source_id, key, period, charge, explanation)
    select e.client_id, e.contract_id, case when e.amount_kopecks = 0 then b.id end, case when e.amount_kopecks = 0 then 'draw' else 'charge' end,
      case when e.amount_kopecks = 0 then -e.charged_minutes else e.charged_minutes end, e.amount_kopecks, e.started_at, 'time_entry', e.id::text, 'time:' || e.id || ':r0', ${month},
      case when e.amount_kopecks > 0 then jsonb_build_object('kind', 'postpaid', 'activity', e.activity, 'ticketId', e.ticket_id::text, 'ratePerHourKopecks', 200000, 'timeEntryId', e.id::text) end,
      e.charge -> 'steps'
    from time_entry e join bucket b on b.contract_id = e.contract_id and b.form_code = 'subscription' and to_char(b.starts_at at time zone 'Europe/Moscow', 'YYYY-MM') = ${month}
    order by e.id`
  await sql`update bucket b set balance_minutes = (select sum(minutes) from ledger_entry where bucket_id = b.id)`
}
