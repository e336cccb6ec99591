-- What is supported: Bitrix24 portals, 1C-Bitrix sites, other systems.

create table portal_product (
  code    text primary key,
  name_ru text not null,
  name_en text not null,
  hosting text not null check (hosting in ('cloud', 'boxed', 'other'))
);
insert into portal_product values
  ('bitrix24-cloud', 'Битрикс24 (облако)', 'Bitrix24 cloud', 'cloud'),
  ('bitrix24-boxed', 'Битрикс24 (коробка)', 'Bitrix24 boxed', 'boxed'),
  ('1c-bitrix-site', 'Сайт на 1С-Битрикс', '1C-Bitrix site', 'boxed'),
  ('other-crm', 'Другая CRM', 'Other CRM', 'other'),
  ('1c', '1С', '1C', 'other'),
  ('self-made', 'Собственная разработка', 'Self-made system', 'other');
grant select, insert, update on portal_product to opora_staff, opora_worker;
grant select on portal_product to opora_client, opora_partner;

create table portal (
  id           bigint generated always as identity primary key,
  client_id    bigint not null references client,
  name         text not null,
  address      text not null,
  product      text not null references portal_product,
  edition      text,
  environment  text not null default 'production' check (environment in ('production', 'test')),
  licence_activated_on date,
  licence_until date,
  product_version text,
  admin_contact_id bigint,
  notes        text not null default '',
  archived_at  timestamptz,
  created_at   timestamptz not null default app_now(),
  version      int not null default 1,
  unique (client_id, id),
  foreign key (client_id, admin_contact_id) references contact (client_id, id)
);
create index portal_client on portal (client_id, lower(name), id);
create unique index portal_address on portal (client_id, address) where archived_at is null;
create index portal_list on portal (lower(name), id);
create index portal_words on portal using gin ((name || ' ' || address) gin_trgm_ops);
call opora_protect('portal', 'select, insert, update', 'select');

create table portal_fact (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  portal_id  bigint not null,
  name       text not null,
  value      jsonb not null,
  measured_at timestamptz not null default app_now(),
  source     text not null default 'manual',
  actor_id   bigint,
  foreign key (client_id, portal_id) references portal (client_id, id)
);
create index portal_fact_latest on portal_fact (portal_id, name, measured_at desc, id desc);
call opora_append_only('portal_fact');
call opora_protect('portal_fact', 'select, insert', 'select');
