-- What people of the provider are told.

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
