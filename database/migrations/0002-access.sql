-- Sign-in, sessions, roles, tokens, and the audit trail.

create table account (
  id              bigint generated always as identity primary key,
  side            text not null check (side in ('staff', 'client', 'partner')),
  email           text not null,
  name            text not null,
  locale          text not null default 'ru' check (locale in ('ru', 'en')),
  zone            text not null default 'Europe/Moscow',
  password_hash   text,
  totp_sealed     bytea,
  totp_on         boolean not null default false,
  totp_last_step  bigint,
  recovery_hashes text[] not null default '{}',
  active          boolean not null default true,
  -- which clients a person of the provider serves: all, or those in account_client
  serves          text not null default 'all' check (serves in ('all', 'listed')),
  specialities    text[] not null default '{}',
  cost_rate_kopecks bigint,
  preferences     jsonb not null default '{}',
  created_at      timestamptz not null default app_now(),
  version         int not null default 1
);
create unique index account_email on account (lower(email));

create table account_role (
  account_id bigint not null references account on delete cascade,
  role       text not null,
  primary key (account_id, role)
);

create table session (
  id           bigint generated always as identity primary key,
  account_id   bigint not null references account on delete cascade,
  token_hash   bytea not null unique,
  created_at   timestamptz not null default app_now(),
  seen_at      timestamptz not null default app_now(),
  confirmed_at timestamptz not null default app_now(),
  expires_at   timestamptz not null,
  second_factor boolean not null default false,
  ip           text,
  user_agent   text,
  revoked_at   timestamptz
);
create index session_account on session (account_id) where revoked_at is null;

create table api_token (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  name        text not null,
  secret_hash bytea not null,
  scopes      text[] not null,
  expires_at  timestamptz not null,
  last_used_at timestamptz,
  revoked_at  timestamptz,
  created_at  timestamptz not null default app_now()
);

-- Links that work once: magic sign-in, reset, invitation; and signed single-purpose links sent by mail.
create table one_time_token (
  id         bigint generated always as identity primary key,
  purpose    text not null,
  token_hash bytea not null unique,
  account_id bigint references account on delete cascade,
  subject    jsonb not null default '{}',
  email      text,
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index one_time_token_expires on one_time_token (expires_at);

create table sign_in_brake (
  key          text primary key,
  failures     int not null,
  window_start timestamptz not null
);

grant select, insert, update, delete on account, account_role, session, api_token, one_time_token, sign_in_brake to opora_staff, opora_worker;
-- The client's pool signs nobody in: it may read names of the people who work on a request, nothing secret.
grant select (id, side, name) on account to opora_client, opora_partner;

-- Who did what: one chain per client (0 = the installation), each row sealed by the hash of the one before.
create table audit (
  seq        bigint generated always as identity primary key,
  at         timestamptz not null default app_now(),
  chain      bigint not null,
  actor_id   bigint,
  actor_name text not null,
  on_behalf_id bigint,
  client_id  bigint,
  action     text not null,
  object_type text not null,
  object_id  text not null,
  detail     jsonb not null default '{}',
  alone      boolean not null default false,
  ip         text,
  request_id text,
  prev_hash  bytea,
  hash       bytea not null
);
create index audit_object on audit (object_type, object_id, seq desc);
create index audit_chain on audit (chain, seq desc);
create index audit_at on audit (at desc);
call opora_append_only('audit');
create table audit_head (
  chain bigint primary key,
  hash  bytea not null,
  seq   bigint not null
);
-- The chain is written by one function, so that no role can write a row that does not follow the one before.
create function write_audit(p_chain bigint, p_actor_id bigint, p_actor_name text, p_client_id bigint, p_action text, p_object_type text,
    p_object_id text, p_detail jsonb, p_alone boolean, p_ip text, p_request_id text)
  returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  previous bytea;
  moment timestamptz := app_now();
  digest bytea;
  row_seq bigint;
begin
  insert into audit_head (chain, hash, seq) values (p_chain, '\x', 0) on conflict (chain) do nothing;
  select hash into previous from audit_head where chain = p_chain for update;
  digest := sha256(previous || convert_to(concat_ws('|', p_chain, extract(epoch from moment)::text, coalesce(p_actor_id::text, ''), p_actor_name,
    coalesce(p_client_id::text, ''), p_action, p_object_type, p_object_id, p_detail::text, p_alone::text, coalesce(p_ip, ''), coalesce(p_request_id, '')), 'UTF8'));
  insert into audit (at, chain, actor_id, actor_name, client_id, action, object_type, object_id, detail, alone, ip, request_id, prev_hash, hash)
    values (moment, p_chain, p_actor_id, p_actor_name, p_client_id, p_action, p_object_type, p_object_id, p_detail, p_alone, p_ip, p_request_id, previous, digest)
    returning seq into row_seq;
  update audit_head set hash = digest, seq = row_seq where chain = p_chain;
  return row_seq;
end $$;
revoke all on function write_audit from public;
grant execute on function write_audit to opora_staff, opora_client, opora_partner, opora_worker;
grant select on audit, audit_head to opora_staff, opora_worker;
