-- Closed months with the client's reports.

create table period_close (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  period      text not null,
  state       text not null check (state in ('closed', 'sent', 'undone')),
  figures     jsonb not null,
  figures_sha256 text not null,
  charged_kopecks bigint generated always as ((figures -> 'totals' ->> 'chargedKopecks')::bigint) stored,
  credited_kopecks bigint generated always as ((figures -> 'totals' ->> 'creditedKopecks')::bigint) stored,
  due_kopecks bigint generated always as ((figures -> 'totals' ->> 'dueKopecks')::bigint) stored,
  closed_by   bigint,
  closed_at   timestamptz not null default app_now(),
  sent_at     timestamptz,
  undone_at   timestamptz,
  version     int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create unique index period_close_once on period_close (contract_id, period) where state <> 'undone';
call opora_protect('period_close', 'select, insert, update', 'select');

create table client_report (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  period      text not null,
  close_id    bigint not null references period_close,
  data        jsonb not null,
  -- the files in Russian and in English; empty while they are not made
  pdf_sha256  text not null default '',
  xlsx_sha256 text not null default '',
  pdf_en_sha256 text not null default '',
  xlsx_en_sha256 text not null default '',
  created_at  timestamptz not null default app_now(),
  sent_at     timestamptz,
  withdrawn_at timestamptz,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create unique index client_report_live on client_report (contract_id, period) where withdrawn_at is null;
call opora_protect('client_report', 'select, insert, update');
create policy client_own on client_report to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint) and sent_at is not null and withdrawn_at is null);
grant select on client_report to opora_client;

-- One act on a month of many contracts: what was asked, and how it went with each. A job works through it; it survives whatever stops.
create table month_run (
  id          bigint generated always as identity primary key,
  month       text not null,
  act         text not null check (act in ('close', 'undo', 'send_report', 'issue', 'send_documents')),
  reason      text not null default '',
  account_id  bigint not null references account,
  created_at  timestamptz not null default app_now(),
  finished_at timestamptz
);
create index month_run_month on month_run (month, id desc);
call opora_protect('month_run', 'select, insert, update');
create table month_run_item (
  run_id      bigint not null references month_run on delete cascade,
  contract_id bigint not null,
  client_id   bigint not null,
  state       text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  code        text,
  sentence_ru text,
  sentence_en text,
  primary key (run_id, contract_id),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index month_run_item_waiting on month_run_item (run_id, contract_id) where state = 'waiting';
call opora_protect('month_run_item', 'select, insert, update');
