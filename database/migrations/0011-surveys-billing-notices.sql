-- Ratings, closed months with their reports, notices.

create table rating (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null unique,
  contact_id bigint,
  score      smallint not null check (score between 1 and 5),
  comment    text not null default '',
  at         timestamptz not null default app_now(),
  version    int not null default 1,
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
call opora_protect('rating', 'select, insert, update', 'select, insert, update');

create table period_close (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  period      text not null,
  state       text not null check (state in ('closed', 'sent', 'undone')),
  figures     jsonb not null,
  figures_sha256 text not null,
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
  pdf_sha256  text not null,
  xlsx_sha256 text not null,
  created_at  timestamptz not null default app_now(),
  sent_at     timestamptz,
  withdrawn_at timestamptz,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create unique index client_report_live on client_report (contract_id, period) where withdrawn_at is null;
call opora_protect('client_report', 'select, insert, update', 'select');

create table notice (
  id         bigint generated always as identity primary key,
  account_id bigint not null references account on delete cascade,
  client_id  bigint,
  ticket_id  bigint,
  kind       text not null,
  dedupe     text not null,
  data       jsonb not null default '{}',
  created_at timestamptz not null default app_now(),
  deliver_at timestamptz not null default app_now(),
  mailed_at  timestamptz,
  read_at    timestamptz,
  unique (account_id, dedupe)
);
create index notice_unread on notice (account_id, id desc) where read_at is null;
create index notice_unmailed on notice (deliver_at) where mailed_at is null;
grant select, insert, update on notice to opora_staff, opora_worker;
grant insert on notice to opora_client, opora_partner;
