-- Screens for money people: what months brought, budget plans, people's capacity, the thresholds of risks.

-- The lines of every month's bill, as revenue: closed months as they were closed, open ones as they stand. A projection of closes, terms and
-- charges: it is written anew from them, and nothing else is written into it. A fee is shared out over the activities of the month's work.
create table revenue_month (
  contract_id bigint not null,
  client_id   bigint not null,
  period      text not null,
  package     text not null default '',
  -- null: the month is open
  close_id    bigint references period_close,
  -- what it was made from: another stamp means that it has to be made anew
  stamp       text not null,
  made_at     timestamptz not null default app_now(),
  primary key (contract_id, period),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('revenue_month', 'select, insert, update, delete', 'select');

create table revenue_line (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  period      text not null,
  -- null: the month is open, the line is provisional
  close_id    bigint references period_close,
  kind        text not null,
  title_ru    text not null,
  title_en    text not null,
  package     text not null default '',
  -- '': no work was done that it could be shared out over
  activity    text not null default '',
  ticket_id   bigint,
  time_entry_id bigint,
  -- without VAT, what the provider earns; with VAT, what the client pays
  net_kopecks bigint not null,
  gross_kopecks bigint not null,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index revenue_line_contract on revenue_line (contract_id, period);
create index revenue_line_client on revenue_line (client_id, period, id);
create index revenue_line_period on revenue_line (period, id);
call opora_protect('revenue_line', 'select, insert, delete', 'select');

create index time_entry_period on time_entry (period, id);
create index time_entry_started on time_entry (started_at);
create index time_entry_client on time_entry (client_id, period);
create index ticket_planned on ticket (assignee_id) where planned_minutes is not null and state <> 'closed';

-- When a contract is at risk. One threshold a rule, in its unit.
create table risk_rule (
  code      text primary key,
  position  int not null,
  enabled   boolean not null default true,
  threshold int not null check (threshold between 0 and 1000),
  unit      text not null check (unit in ('days', 'percent')),
  -- whether what work costs stands behind it
  of_cost   boolean not null default false,
  version   int not null default 1
);
insert into risk_rule (code, position, threshold, unit, of_cost) values
  ('ending', 1, 45, 'days', false),
  ('guarantee', 2, 14, 'days', false),
  ('exhausted', 3, 20, 'percent', false),
  ('runs_out', 4, 3, 'days', false),
  ('overspent', 5, 10, 'percent', false),
  ('over_budget', 6, 110, 'percent', false),
  ('unprofitable', 7, 15, 'percent', true);
call opora_protect('risk_rule', 'select, insert, update');

-- How many minutes a week a person can be given work for, from a day on; without a row: forty hours.
create table staff_capacity (
  account_id  bigint not null references account,
  valid_from  date not null,
  minutes_per_week int not null check (minutes_per_week between 0 and 10080),
  set_by      bigint references account,
  set_at      timestamptz not null default app_now(),
  primary key (account_id, valid_from)
);
call opora_protect('staff_capacity', 'select, insert, update');

-- The named team: whose hours are kept for a contract, by month.
create table contract_team (
  client_id   bigint not null,
  contract_id bigint not null,
  account_id  bigint not null references account,
  minutes_per_month int not null check (minutes_per_month between 0 and 120000),
  primary key (contract_id, account_id),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('contract_team', 'select, insert, update, delete');

-- How often a contract's team was named: two people who name it at once do not undo one another. No row: never.
create table contract_team_version (
  contract_id bigint primary key,
  client_id   bigint not null,
  version     int not null,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('contract_team_version', 'select, insert, update');

-- Headings of a year's budget. A line of a bill goes under the first heading that takes its kind and, where any are named, its activity.
create table budget_category (
  code       text primary key,
  name_ru    text not null,
  name_en    text not null,
  position   int not null,
  kinds      text[] not null default '{}',
  activities text[] not null default '{}'
);
insert into budget_category (code, name_ru, name_en, position, kinds, activities) values
  ('fees', 'Поддержка: абонентская плата и часы', 'Support: fees and hours', 1, '{fee,hours,purchase}', '{}'),
  ('licences', 'Лицензии и услуги поштучно', 'Licences and services by the piece', 2, '{units}', '{}'),
  ('servers', 'Серверы, обновления, резервные копии', 'Servers, updates, backups', 3, '{postpaid,outstaff,surcharge}', '{servers}'),
  ('training', 'Обучение и консультации', 'Training and consultations', 4, '{postpaid,outstaff,surcharge}', '{training,consultation,documentation}'),
  ('consulting', 'Консалтинг и аналитика', 'Consulting and analysis', 5, '{postpaid,outstaff,surcharge}', '{consulting,analysis}'),
  ('development', 'Доработки, отчёты и интеграции', 'Development, reports and integrations', 6, '{postpaid,outstaff,surcharge}', '{}'),
  ('projects', 'Разовые работы', 'One-off jobs', 7, '{one_off}', '{}'),
  ('credits', 'Компенсации', 'Credits', 8, '{credit,correction}', '{}');
call opora_protect('budget_category', 'select, insert, update');
grant select on budget_category to opora_client;
create policy client_reads on budget_category for select to opora_client using (true);

-- A year's budget plan of a client. A change is a new version; the newest is in force.
create table budget_plan (
  id         bigint generated always as identity primary key,
  client_id  bigint not null references client,
  year       int not null check (year between 2000 and 2100),
  version    int not null,
  -- [{category, annualKopecks, seasonality: twelve weights}]
  lines      jsonb not null,
  note       text not null default '',
  created_by bigint references account,
  created_at timestamptz not null default app_now(),
  unique (client_id, year, version)
);
call opora_append_only('budget_plan');
call opora_protect('budget_plan', 'select, insert', 'select');
