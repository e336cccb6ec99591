-- Clients and their contacts; whom of the provider's people serves whom; partners.

create table client (
  id            bigint generated always as identity primary key,
  name          text not null,
  kind          text not null default 'customer' check (kind in ('customer', 'prospect')),
  inn           text,
  kpp           text,
  ogrn          text,
  legal_name    text,
  legal_address text,
  bank_name     text,
  bik           text,
  settlement_account text,
  corr_account  text,
  zone          text not null default 'Europe/Moscow',
  locale        text not null default 'ru' check (locale in ('ru', 'en')),
  mail_domains  text[] not null default '{}',
  licence_class text not null default 'active_licence'
    check (licence_class in ('active_licence', 'restricted_licence', 'prospect', 'partner', 'enterprise_or_web_cluster')),
  account_manager_id bigint references account,
  notes         text not null default '',
  archived_at   timestamptz,
  created_at    timestamptz not null default app_now(),
  version       int not null default 1
);
create index client_words on client using gin ((name || ' ' || coalesce(legal_name, '') || ' ' || coalesce(inn, '')) gin_trgm_ops);
create index client_list on client (lower(name), id);
create index client_domains on client using gin (mail_domains);
alter table client enable row level security;
alter table client force row level security;
create policy owner_all on client to current_user using (true) with check (true);
create policy staff_all on client to opora_staff using (true) with check (true);
create policy worker_all on client to opora_worker using (true) with check (true);
create policy client_own on client to opora_client using (id = (select current_setting('app.client_id')::bigint));
grant select, insert, update on client to opora_staff, opora_worker;
grant select on client to opora_client;

create table account_client (
  account_id bigint not null references account on delete cascade,
  client_id  bigint not null references client on delete cascade,
  primary key (account_id, client_id)
);
create index account_client_client on account_client (client_id);
call opora_protect('account_client', 'select, insert, update, delete');

create table contact (
  id           bigint generated always as identity primary key,
  client_id    bigint not null references client,
  account_id   bigint unique references account,
  name         text not null,
  email        text,
  phone        text,
  department   text,
  position     text,
  scope        text not null default 'own' check (scope in ('own', 'department', 'all', 'finance')),
  responsible  boolean not null default false,
  portal_admin boolean not null default false,
  status       text not null default 'active' check (status in ('active', 'unconfirmed', 'blocked')),
  mail_bad_since timestamptz,
  locale       text not null default 'ru' check (locale in ('ru', 'en')),
  created_at   timestamptz not null default app_now(),
  version      int not null default 1,
  unique (client_id, id)
);
create unique index contact_email on contact (client_id, lower(email));
create index contact_email_any on contact (lower(email));
create index contact_words on contact using gin ((name || ' ' || coalesce(email, '')) gin_trgm_ops);
create index contact_list on contact (client_id, lower(name), id);
create index contact_all on contact (lower(name), id);
call opora_protect('contact', 'select, insert, update', 'select, insert, update');

-- Whoever is signed in must notice at once that their reach changed.
create trigger announce_sessions after insert or update or delete on account_client
  for each row execute function announce_sessions('account_id');
create trigger announce_sessions after insert or update or delete on contact
  for each row execute function announce_sessions('account_id');
alter table one_time_token add foreign key (contact_id) references contact on delete cascade;

-- What an hour of a person costs the provider, from a day on. The staff's login may write it and not read it: what an hour costs is
-- read by the workers' login alone, behind the one door that asks the policy first.
create table cost_rate (
  account_id       bigint not null references account,
  valid_from       date not null,
  per_hour_kopecks bigint not null check (per_hour_kopecks between 0 and 100000000),
  set_by           bigint references account,
  set_at           timestamptz not null default app_now(),
  primary key (account_id, valid_from)
);
call opora_protect('cost_rate', 'insert, update');
grant select (account_id, valid_from) on cost_rate to opora_staff;
grant select, delete on cost_rate to opora_worker;
