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
-- What a calendar and a policy said before: clocks are replayed by the version that was in force.
create table calendar_version (
  code     text not null references calendar,
  version  int not null,
  spec     jsonb not null,
  actor_id bigint,
  created_at timestamptz not null default app_now(),
  primary key (code, version)
);
create table sla_policy_version (
  code     text not null references sla_policy,
  version  int not null,
  spec     jsonb not null,
  actor_id bigint,
  created_at timestamptz not null default app_now(),
  -- a version may be written down before it comes into force, never after
  valid_from timestamptz not null default app_now(),
  primary key (code, version),
  check (valid_from >= created_at)
);
call opora_append_only('calendar_version');
call opora_append_only('sla_policy_version');
create table catalogue_package (
  code       text primary key,
  offer      text not null,
  name_ru    text not null,
  name_en    text not null,
  spec       jsonb not null,
  position   int not null default 0,
  archived_at timestamptz,
  version    int not null default 1
);
create table catalogue_service (
  code     text primary key,
  name_ru  text not null,
  name_en  text not null,
  activity text,
  unit     text not null default 'hour',
  price    text not null default 'by_hours' check (price in ('by_hours', 'by_month', 'by_piece')),
  -- who usually does it
  role     text not null default 'operator',
  position int not null default 0,
  archived_at timestamptz,
  version  int not null default 1
);
create table price_list (
  code       text primary key,
  name_ru    text not null,
  name_en    text not null,
  -- what contracts begin from unless another list is named
  is_default boolean not null default false,
  archived_at timestamptz,
  version    int not null default 1
);
create unique index price_list_default on price_list (is_default) where is_default and archived_at is null;
-- A list is in force from its date until the next one; what was in force stays readable.
create table price_list_version (
  code       text not null references price_list,
  valid_from date not null,
  spec       jsonb not null,
  reason     text not null default '',
  actor_id   bigint,
  created_at timestamptz not null default app_now(),
  primary key (code, valid_from)
);
call opora_append_only('price_list_version');
create table activity (
  code     text primary key,
  name_ru  text not null,
  name_en  text not null,
  position int not null default 0
);
grant select, insert, update on production_year, calendar, sla_policy, catalogue_package, catalogue_service, activity, price_list to opora_staff, opora_worker;
grant select, insert on calendar_version, sla_policy_version, price_list_version to opora_staff, opora_worker;
grant select on production_year, calendar, calendar_version, sla_policy, sla_policy_version, activity to opora_client, opora_partner;

create table contract (
  id         bigint generated always as identity primary key,
  client_id  bigint not null references client,
  number     text not null unique,
  title      text not null,
  status     text not null default 'active' check (status in ('draft', 'active', 'suspended', 'ended')),
  signed_on  date,
  -- a contract may begin on a letter of guarantee before it is signed
  letter_until date,
  letter_amount_kopecks bigint,
  starts_on  date not null,
  ends_on    date,
  -- details of both sides as they were when it was concluded
  parties    jsonb,
  suspended_reason text,
  zone       text not null default 'Europe/Moscow',
  -- the last month whose grants are in the ledger
  granted_through text,
  created_at timestamptz not null default app_now(),
  version    int not null default 1,
  unique (client_id, id)
);
create index contract_ungranted on contract (granted_through) where status in ('active', 'suspended');
create index contract_client on contract (client_id, starts_on desc);
create index contract_list on contract (starts_on desc, id desc);
create index contract_words on contract using gin ((number || ' ' || title) gin_trgm_ops);
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

-- Days on which a contract is suspended, both included, in its own zone; without a last day it still is. A suspension taken back on its first
-- day has a last day before it.
create table contract_suspension (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  from_date   date not null,
  to_date     date,
  reason      text not null default '',
  begun_by    bigint,
  begun_at    timestamptz not null default app_now(),
  ended_by    bigint,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create unique index contract_suspension_open on contract_suspension (contract_id) where to_date is null;
create index contract_suspension_contract on contract_suspension (contract_id, from_date);
call opora_protect('contract_suspension', 'select, insert, update', 'select');

-- A contract on its way from the first step to the signature; what was filled in is kept as it stands.
create table contract_draft (
  id          bigint generated always as identity primary key,
  client_id   bigint references client,
  title       text not null default '',
  step        text not null default 'parties',
  form        jsonb not null,
  created_by  bigint not null references account,
  created_at  timestamptz not null default app_now(),
  updated_at  timestamptz not null default app_now(),
  -- what became of it
  contract_id bigint,
  discarded_at timestamptz,
  version     int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index contract_draft_open on contract_draft (updated_at desc) where contract_id is null and discarded_at is null;
call opora_protect('contract_draft', 'select, insert, update');

-- Papers that were chosen while a contract is drawn up; they become the contract's when it is concluded.
create table contract_draft_file (
  id          bigint generated always as identity primary key,
  draft_id    bigint not null references contract_draft,
  kind        text not null check (kind in ('contract', 'annex', 'letter', 'handover', 'other')),
  name        text not null,
  media_type  text not null,
  sha256      text not null,
  size_bytes  bigint not null,
  added_by    bigint,
  added_at    timestamptz not null default app_now(),
  removed_at  timestamptz
);
create index contract_draft_file_draft on contract_draft_file (draft_id, id) where removed_at is null;
call opora_protect('contract_draft_file', 'select, insert, update');

-- Papers of a contract: the signed text, annexes, the letter of guarantee.
create table contract_file (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  kind        text not null check (kind in ('contract', 'annex', 'letter', 'handover', 'other')),
  name        text not null,
  media_type  text not null,
  sha256      text not null,
  size_bytes  bigint not null,
  added_by    bigint,
  added_at    timestamptz not null default app_now(),
  removed_at  timestamptz,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index contract_file_contract on contract_file (contract_id, id desc) where removed_at is null;
call opora_protect('contract_file', 'select, insert, update');

-- The end of a contract: what stops, what is handed over, what becomes of the hours that are left.
create table contract_ending (
  contract_id bigint primary key,
  client_id   bigint not null,
  ends_on     date not null,
  reason      text not null,
  -- [{code, ru, en, done, by, at}]
  handover    jsonb not null,
  -- [{bucketId, name, minutes, kopecks}] of hours that do not burn by themselves
  leftovers   jsonb not null,
  settled_at  timestamptz,
  created_by  bigint,
  created_at  timestamptz not null default app_now(),
  version     int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('contract_ending', 'select, insert, update');

-- What was told about a contract's dates, once each: its end, its renewal, a revision of prices.
create table contract_reminder (
  contract_id bigint not null,
  client_id   bigint not null,
  key         text not null,
  told_at     timestamptz not null default app_now(),
  primary key (contract_id, key),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('contract_reminder', 'select, insert');

create table contract_portal (
  client_id   bigint not null,
  contract_id bigint not null,
  portal_id   bigint not null,
  primary key (contract_id, portal_id),
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, portal_id) references portal (client_id, id)
);
call opora_protect('contract_portal', 'select, insert, delete', 'select');

-- Mirrors of the newest version's lists, so that the database itself keeps foreign portals and people out.
-- No row for a contract means: every portal of the client, or every active contact, may be asked about or may ask.
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
  -- made from the contract, the form and the period: planning twice names the same bucket
  key         text not null unique,
  form_code   text not null,
  form_kind   text not null,
  service     text,
  name        jsonb not null,
  covers      jsonb not null,
  leftover    jsonb not null,
  starts_at   timestamptz not null,
  -- the period's last instant, at which leftovers burn or carry; null where hours never expire
  last_instant timestamptz,
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
  -- null: money for work beyond the buckets, in amount_kopecks
  bucket_id   bigint,
  kind        text not null check (kind in ('grant', 'draw', 'expire', 'carry', 'reverse', 'transfer', 'adjust', 'charge')),
  minutes     bigint not null,
  amount_kopecks bigint not null default 0,
  effective_at timestamptz not null,
  posted_at   timestamptz not null default app_now(),
  source_type text not null,
  source_id   text not null,
  key         text not null unique,
  reverses_key text references ledger_entry (key),
  -- the civil month of effective_at in the contract's zone
  period      text not null,
  -- of a charge: its kind, activity, ticket and rate
  charge      jsonb,
  explanation jsonb not null default '[]',
  actor_id    bigint,
  check ((bucket_id is null) = (charge is not null)),
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, bucket_id) references bucket (client_id, id)
);
create index ledger_entry_contract on ledger_entry (contract_id, effective_at desc, id desc);
create index ledger_entry_bucket on ledger_entry (bucket_id, effective_at);
create index ledger_entry_gains on ledger_entry (bucket_id, effective_at) where minutes > 0;
create index ledger_entry_source on ledger_entry (source_type, source_id);
create index ledger_entry_grants on ledger_entry (contract_id, period) where kind = 'grant';
create index ledger_entry_charges on ledger_entry (contract_id, period) where bucket_id is null;
create unique index ledger_entry_reversed_once on ledger_entry (reverses_key) where reverses_key is not null;
call opora_append_only('ledger_entry');
call opora_protect('ledger_entry', 'select, insert', 'select');

-- The answer of a posting: the same key gives the same answer, once.
create table ledger_posting (
  key         text primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  reply       jsonb not null,
  posted_at   timestamptz not null default app_now(),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_append_only('ledger_posting');
call opora_protect('ledger_posting', 'select, insert');

-- What each piece of work adds to its task and day, for contracts that round by them. The pieces of a group are rounded as one, in their
-- order: a piece is billed what the rounded group still lacked. When one is taken back, those after it are drawn anew from what stands here.
create table ledger_rounding (
  client_id   bigint not null,
  contract_id bigint not null,
  group_key   text not null,
  time_entry_id text not null,
  -- in which order the pieces were drawn
  place       bigint not null,
  -- millionths of a minute
  exact_micro_minutes bigint not null check (exact_micro_minutes >= 0),
  billed_minutes int not null check (billed_minutes >= 0),
  step_minutes int not null,
  work        jsonb not null,
  primary key (contract_id, group_key, time_entry_id),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index ledger_rounding_entry on ledger_rounding (contract_id, time_entry_id);
call opora_protect('ledger_rounding', 'select, insert, update, delete');

create table coupon (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  code        text not null unique,
  -- made from the contract and the year: issuing twice gives the same coupon
  key         text not null unique,
  valid_from  timestamptz not null,
  valid_until timestamptz not null,
  used_ticket_id bigint unique,
  used_ticket_number bigint,
  used_at     timestamptz,
  granted_by  bigint,
  check ((used_ticket_id is null) = (used_at is null)),
  created_at  timestamptz not null default app_now(),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index coupon_contract on coupon (contract_id);
call opora_protect('coupon', 'select, insert, update', 'select, update');

-- Units of services that were used: drawn from the package's own units, priced at the month's end. What was taken back counts no more.
create table unit_use (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  ticket_id   bigint,
  service     text not null references catalogue_service,
  units       int not null check (units > 0),
  used_on     date not null,
  period      text not null generated always as (lpad(extract(year from used_on)::text, 4, '0') || '-' || lpad(extract(month from used_on)::text, 2, '0')) stored,
  note        text not null default '',
  recorded_by bigint,
  recorded_at timestamptz not null default app_now(),
  taken_back_by bigint,
  taken_back_at timestamptz,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create index unit_use_month on unit_use (contract_id, period) where taken_back_at is null;
call opora_protect('unit_use', 'select, insert, update');

-- A correction of the ledger: one person of finance proposes it, another decides; where there is only one, it is marked "alone".
create table ledger_correction (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  kind        text not null check (kind in ('reverse', 'transfer', 'adjust')),
  entry_key   text references ledger_entry (key),
  from_bucket_id bigint,
  to_bucket_id bigint,
  minutes     bigint,
  reason      text not null,
  state       text not null default 'proposed' check (state in ('proposed', 'posted', 'declined')),
  alone       boolean not null default false,
  proposed_by bigint not null,
  proposed_at timestamptz not null default app_now(),
  decided_by  bigint,
  decided_at  timestamptz,
  version     int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, from_bucket_id) references bucket (client_id, id),
  foreign key (client_id, to_bucket_id) references bucket (client_id, id)
);
create index ledger_correction_contract on ledger_correction (contract_id, id desc);
call opora_protect('ledger_correction', 'select, insert, update');
