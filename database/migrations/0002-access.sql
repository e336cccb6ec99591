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
  -- by which a contract may have other rates
  grade           text,
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
  -- addresses and networks that it may be used from; none named: from anywhere
  networks    text[] not null default '{}',
  expires_at  timestamptz not null,
  -- made by somebody who had given a second factor, or at the machine's own console
  second_factor boolean not null default false,
  last_used_at timestamptz,
  revoked_at  timestamptz,
  created_at  timestamptz not null default app_now()
);
create index api_token_account on api_token (account_id) where revoked_at is null;

-- Links that work once: magic sign-in, reset, invitation; and signed single-purpose links sent by mail.
create table one_time_token (
  id         bigint generated always as identity primary key,
  purpose    text not null,
  token_hash bytea not null unique,
  account_id bigint references account on delete cascade,
  contact_id bigint,
  subject    jsonb not null default '{}',
  -- the address that it was sent to: void once that person's address is another
  email      text,
  single_use boolean not null default true,
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index one_time_token_expires on one_time_token (expires_at);
create index one_time_token_account on one_time_token (account_id) where used_at is null;

-- Taking a token that came by mail is the one thing that a client's pool may do here, and only with the token itself in hand.
create function take_one_time(hash bytea, wanted text) returns setof one_time_token
  language sql security definer set search_path = public, pg_temp as $$
  update one_time_token set used_at = app_now()
  where token_hash = hash and purpose = wanted and expires_at > app_now() and (used_at is null or not single_use)
  returning *
$$;
revoke all on function take_one_time from public;
grant execute on function take_one_time to opora_staff, opora_client, opora_partner, opora_worker;

create table sign_in_brake (
  key          text primary key,
  failures     int not null,
  window_start timestamptz not null
);

grant select, insert, update, delete on account, account_role, session, api_token, one_time_token, sign_in_brake to opora_staff, opora_worker;
-- Processes keep who signed in for a few seconds: whatever changes a person's rights tells them to look again.
-- The argument is the column that holds the account.
create function announce_sessions() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  before text := case when tg_op <> 'INSERT' then to_jsonb(old) ->> tg_argv[0] end;
  after text := case when tg_op <> 'DELETE' then to_jsonb(new) ->> tg_argv[0] end;
begin
  if before is not null then perform pg_notify('opora_sessions', before); end if;
  if after is not null and after is distinct from before then perform pg_notify('opora_sessions', after); end if;
  return null;
end $$;
create trigger announce_sessions after delete or update of email, name, locale, zone, active, serves, totp_on, password_hash on account
  for each row execute function announce_sessions('id');
create trigger announce_sessions after insert or update or delete on account_role
  for each row execute function announce_sessions('account_id');
create trigger announce_sessions after delete or update of revoked_at, confirmed_at, second_factor, expires_at on session
  for each row execute function announce_sessions('account_id');
create trigger announce_sessions after delete or update of revoked_at, expires_at on api_token
  for each row execute function announce_sessions('account_id');

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
  seq   bigint not null,
  -- up to which row the chain stands in a seal
  sealed_seq bigint
);
-- Every minute the ends of the chains that went on are sealed together, one seal upon the other, and the seals are copied out of the
-- database: whoever owns the database could write a chain anew, but not what was copied.
create table audit_seal (
  seq       bigint generated always as identity primary key,
  at        timestamptz not null default app_now(),
  -- chain → [its last row, that row's hash]
  heads     jsonb not null,
  prev_hash bytea not null,
  hash      bytea not null
);
call opora_append_only('audit_seal');
create function audit_seal_digest(previous bytea, sealed_at timestamptz, sealed_heads jsonb) returns bytea
  language sql immutable set search_path = public, pg_temp
  as $$ select sha256(previous || convert_to(jsonb_build_array(extract(epoch from sealed_at), sealed_heads)::text, 'UTF8')) $$;
-- Answers the new seal's number; null: nothing was done since the last.
create function seal_audit() returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved jsonb;
  previous bytea;
  moment timestamptz := app_now();
  made bigint;
begin
  perform pg_advisory_xact_lock(1936023916);
  -- a chain that somebody is writing just now is sealed a minute later
  with ends as (select chain, seq, hash from audit_head where seq is distinct from sealed_seq for update skip locked),
    marked as (update audit_head h set sealed_seq = e.seq from ends e where h.chain = e.chain)
  select jsonb_object_agg(chain, jsonb_build_array(seq, encode(hash, 'hex'))) into moved from ends;
  if moved is null then return null; end if;
  select hash into previous from audit_seal order by seq desc limit 1;
  previous := coalesce(previous, '\x'::bytea);
  insert into audit_seal (at, heads, prev_hash, hash) values (moment, moved, previous, audit_seal_digest(previous, moment, moved)) returning seq into made;
  return made;
end $$;
revoke all on function seal_audit from public;
grant execute on function seal_audit to opora_worker;
-- What a row is sealed by. A person is sealed by number, not by name, so that a name can be forgotten by law and the chain still holds.
create function audit_digest(previous bytea, row_at timestamptz, row_chain bigint, row_actor_id bigint, row_actor_name text, row_client_id bigint,
    row_action text, row_object_type text, row_object_id text, row_detail jsonb, row_alone boolean, row_ip text, row_request_id text)
  returns bytea language sql immutable set search_path = public, pg_temp as $$
  select sha256(previous || convert_to(jsonb_build_array(row_chain, extract(epoch from row_at), row_actor_id,
    case when row_actor_id is null then row_actor_name end, row_client_id, row_action, row_object_type, row_object_id, row_detail, row_alone,
    row_ip, row_request_id)::text, 'UTF8'))
$$;
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
  digest := audit_digest(previous, moment, p_chain, p_actor_id, p_actor_name, p_client_id, p_action, p_object_type, p_object_id, p_detail,
    p_alone, p_ip, p_request_id);
  insert into audit (at, chain, actor_id, actor_name, client_id, action, object_type, object_id, detail, alone, ip, request_id, prev_hash, hash)
    values (moment, p_chain, p_actor_id, p_actor_name, p_client_id, p_action, p_object_type, p_object_id, p_detail, p_alone, p_ip, p_request_id, previous, digest)
    returning seq into row_seq;
  update audit_head set hash = digest, seq = row_seq where chain = p_chain;
  return row_seq;
end $$;
revoke all on function write_audit from public;
grant execute on function write_audit to opora_staff, opora_client, opora_partner, opora_worker;
grant select on audit, audit_head, audit_seal to opora_staff, opora_worker;
