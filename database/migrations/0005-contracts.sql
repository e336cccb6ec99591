-- Calendars, SLA policies, the catalogue, contracts with their versions, the hours ledger, coupons.

create table production_year (
  country text not null default 'RU',
  year    int not null,
  data    jsonb not null,
  source  text not null,
  loaded_at timestamptz not null default app_now(),
  primary key (country, year)
);
create table calendar (
  code    text primary key,
  name_ru text not null,
  name_en text not null,
  spec    jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null default app_now()
);
create table sla_policy (
  code    text primary key,
  name_ru text not null,
  name_en text not null,
  spec    jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null default app_now()
);
create table catalogue_package (
  code       text primary key,
  offer      text not null,
  name_ru    text not null,
  name_en    text not null,
  spec       jsonb not null,
  valid_from date,
  archived_at timestamptz,
  version    int not null default 1
);
create table catalogue_service (
  code    text primary key,
  name_ru text not null,
  name_en text not null,
  activity text,
  unit    text not null default 'hour'
);
create table activity (
  code    text primary key,
  name_ru text not null,
  name_en text not null
);
grant select, insert, update on production_year, calendar, sla_policy, catalogue_package, catalogue_service, activity to opora_staff, opora_worker;
grant select on production_year, calendar, sla_policy, activity to opora_client, opora_partner;

create table contract (
  id         bigint generated always as identity primary key,
  client_id  bigint not null references client,
  number     text not null unique,
  title      text not null,
  status     text not null default 'active' check (status in ('draft', 'active', 'suspended', 'ended')),
  signed_on  date,
  starts_on  date not null,
  ends_on    date,
  zone       text not null default 'Europe/Moscow',
  created_at timestamptz not null default app_now(),
  version    int not null default 1,
  unique (client_id, id)
);
create index contract_client on contract (client_id);
call opora_protect('contract', 'select, insert, update', 'select');

-- A change of a contract is a new version from a date; the past stays computed by the past.
create table contract_version (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  valid_from  date not null,
  terms       jsonb not null,
  reason      text not null default '',
  created_by  bigint,
  created_at  timestamptz not null default app_now(),
  unique (contract_id, valid_from),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_append_only('contract_version');
call opora_protect('contract_version', 'select, insert', 'select');

create table contract_portal (
  client_id   bigint not null,
  contract_id bigint not null,
  portal_id   bigint not null,
  primary key (contract_id, portal_id),
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, portal_id) references portal (client_id, id)
);
call opora_protect('contract_portal', 'select, insert, delete', 'select');

-- No row for a contract means: every active contact of the client may ask.
create table contract_contact (
  client_id   bigint not null,
  contract_id bigint not null,
  contact_id  bigint not null,
  primary key (contract_id, contact_id),
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, contact_id) references contact (client_id, id)
);
call opora_protect('contract_contact', 'select, insert, delete', 'select');

-- A bucket receives grants and gives draws. The balance is the sum of its entries, mirrored here in the same transaction
-- so that the check below holds under any number of writers.
create table bucket (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  kind        text not null,
  name        text not null,
  source_key  text not null unique,
  activities  text[],
  service     text,
  factor_num  int not null default 1,
  factor_den  int not null default 1,
  rate_kopecks bigint,
  leftover    text not null default 'burns' check (leftover in ('burns', 'stays', 'carries')),
  carry_cap_minutes bigint,
  period      text,
  starts_at   timestamptz not null,
  expires_at  timestamptz,
  balance_minutes bigint not null default 0 check (balance_minutes >= 0),
  created_at  timestamptz not null default app_now(),
  unique (client_id, id),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index bucket_contract on bucket (contract_id, starts_at);
call opora_protect('bucket', 'select, insert, update', 'select');

create table ledger_entry (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  -- null: postpaid, priced in amount_kopecks
  bucket_id   bigint,
  kind        text not null check (kind in ('grant', 'draw', 'expire', 'carry', 'reverse', 'transfer', 'charge')),
  minutes     bigint not null,
  amount_kopecks bigint not null default 0,
  effective_at timestamptz not null,
  posted_at   timestamptz not null default app_now(),
  source_type text not null,
  source_id   text not null,
  key         text not null unique,
  reverses_id bigint references ledger_entry,
  period      text not null,
  explanation jsonb not null default '[]',
  reason      text,
  actor_id    bigint,
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, bucket_id) references bucket (client_id, id)
);
create index ledger_entry_contract on ledger_entry (contract_id, effective_at, id);
create index ledger_entry_bucket on ledger_entry (bucket_id);
create index ledger_entry_source on ledger_entry (source_type, source_id);
create unique index ledger_entry_reversed_once on ledger_entry (reverses_id) where reverses_id is not null;
call opora_append_only('ledger_entry');
call opora_protect('ledger_entry', 'select, insert', 'select');

create table coupon (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  code        text not null unique,
  valid_from  timestamptz not null,
  valid_until timestamptz not null,
  used_ticket_id bigint unique,
  used_at     timestamptz,
  created_at  timestamptz not null default app_now(),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index coupon_contract on coupon (contract_id);
call opora_protect('coupon', 'select, insert, update', 'select, update');
