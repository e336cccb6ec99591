-- Time entries, timers, estimates.

create table time_entry (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  contract_id bigint,
  account_id  bigint not null references account,
  activity    text not null references activity,
  -- the person's when the time was logged: what is corrected later keeps its rate
  grade       text,
  started_at  timestamptz not null,
  ended_at    timestamptz not null,
  minutes     int not null,
  note        text not null default '',
  billable    boolean not null,
  billable_reason text not null default '',
  urgent      boolean not null default false,
  on_site     boolean not null default false,
  out_of_hours boolean not null default false,
  -- false: only a day and minutes were given
  timed       boolean not null default true,
  service     text,
  visible     boolean not null default true,
  -- minutes after multipliers and rounding, with the steps
  charged_minutes int not null default 0,
  amount_kopecks bigint not null default 0,
  -- minutes that wait for the client because the contract says to stop; minutes of diagnosis that need no estimate
  stopped_minutes int not null default 0,
  exempt_minutes int not null default 0,
  -- counts redrawings: part of the ledger's keys
  revision    int not null default 0,
  charge      jsonb not null default '{}',
  source      text not null default 'manual' check (source in ('manual', 'timer', 'reply')),
  reverses_id bigint references time_entry,
  reversed_by_id bigint references time_entry,
  -- the entry under whose name the ledger keeps what was drawn, where a later one only said it in other words
  drawn_as    bigint references time_entry,
  reason      text,
  approved_by bigint references account,
  approved_at timestamptz,
  period      text not null,
  created_at  timestamptz not null default app_now(),
  version     int not null default 1,
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index time_entry_ticket on time_entry (ticket_id, started_at);
create index time_entry_contract on time_entry (contract_id, period);
create index time_entry_account on time_entry (account_id, started_at);
call opora_protect('time_entry', 'select, insert, update');
-- The client sees who, what, when and how long of what is meant for them; never what it cost.
create policy client_own on time_entry to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint) and visible);
grant select (id, client_id, ticket_id, contract_id, account_id, activity, started_at, ended_at, minutes, note, billable, urgent, on_site,
  out_of_hours, timed, visible, charged_minutes, reverses_id, reversed_by_id, period, created_at) on time_entry to opora_client;
-- A partner sees their own work on what is passed to them, and nothing of what it takes from whom.
create policy partner_own on time_entry to opora_partner
  using (account_id = (select current_setting('app.account_id')::bigint) and ticket_id in (select id from ticket));
grant select (id, client_id, ticket_id, account_id, activity, started_at, ended_at, timed, minutes, note, urgent, on_site, visible, source,
  period, reverses_id, reversed_by_id, reason, approved_by, approved_at, created_at, version) on time_entry to opora_partner;

-- Whose time, or the time of which contract, somebody must approve before its month is closed.
create table time_approval_rule (
  id          bigint generated always as identity primary key,
  client_id   bigint,
  contract_id bigint,
  account_id  bigint references account on delete cascade,
  created_by  bigint references account,
  created_at  timestamptz not null default app_now(),
  check (num_nonnulls(contract_id, account_id) = 1),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create unique index time_approval_contract on time_approval_rule (contract_id) where contract_id is not null;
create unique index time_approval_person on time_approval_rule (account_id) where account_id is not null;
call opora_protect('time_approval_rule', 'select, insert, delete');

create table work_timer (
  account_id bigint primary key references account on delete cascade,
  client_id  bigint not null,
  ticket_id  bigint not null,
  activity   text not null references activity,
  note       text not null default '',
  started_at timestamptz not null default app_now(),
  -- the last sign of life of the person, on any device; later silence is what the idle question is about
  seen_at    timestamptz not null default app_now(),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
call opora_protect('work_timer', 'select, insert, update, delete');
create policy partner_own on work_timer to opora_partner using (account_id = (select current_setting('app.account_id')::bigint));
grant select on work_timer to opora_partner;

-- How long a person's silence at a running timer is let be before they are asked; 0: never.
create table time_preference (
  account_id   bigint primary key references account on delete cascade,
  idle_minutes int not null check (idle_minutes between 0 and 480)
);
call opora_protect('time_preference', 'select, insert, update');
create policy partner_own on time_preference to opora_partner using (account_id = (select current_setting('app.account_id')::bigint));
grant select on time_preference to opora_partner;

create function lines_without_rates(lines jsonb) returns jsonb language sql immutable parallel safe as
  $$ select coalesce(jsonb_agg(line - 'ratePerHourKopecks' order by place), '[]') from jsonb_array_elements(lines) with ordinality e (line, place) $$;

create table estimate (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  round       int not null,
  state       text not null default 'draft' check (state in ('draft', 'offered', 'approved', 'declined', 'asked', 'expired', 'superseded')),
  title       text not null default '',
  specification text not null default '',
  lines       jsonb not null,
  -- the same work without its price
  work_lines  jsonb not null generated always as (lines_without_rates(lines)) stored,
  minutes     int not null,
  amount_kopecks bigint not null,
  valid_until date,
  author_id   bigint not null references account,
  offered_at  timestamptz,
  decided_at  timestamptz,
  decided_by_contact_id bigint,
  decided_by_account_id bigint,
  decision_comment text,
  -- what the provider says to the client's question
  answer      text,
  created_at  timestamptz not null default app_now(),
  version     int not null default 1,
  unique (ticket_id, round),
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index estimate_waiting on estimate (client_id) where state = 'offered';
call opora_protect('estimate', 'select, insert, update');
-- The client sees what was offered and writes a decision, nothing else.
create policy client_own on estimate to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint) and offered_at is not null)
  with check (client_id = (select current_setting('app.client_id')::bigint));
grant select, update (state, decided_at, decided_by_contact_id, decided_by_account_id, decision_comment, version) on estimate to opora_client;
-- A partner sees the estimates that they prepared, without prices and without what the client wrote about them.
create policy partner_own on estimate to opora_partner
  using (author_id = (select current_setting('app.account_id')::bigint) and ticket_id in (select id from ticket));
grant select (id, client_id, ticket_id, round, state, title, specification, work_lines, minutes, valid_until, author_id, offered_at,
  decided_at, created_at, version) on estimate to opora_partner;
