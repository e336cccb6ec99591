-- The ground everything stands on: roles' rights, the installation's clock, idempotency keys, job queue door.
-- Login roles opora_staff, opora_client, opora_partner, opora_worker exist before this file runs (see platform/database/roles.ts).

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

revoke create on schema public from public;
grant usage on schema public to opora_staff, opora_client, opora_partner, opora_worker;

create table installation (
  id            boolean primary key default true check (id),
  company_name  text,
  company_zone  text not null default 'Europe/Moscow',
  locale        text not null default 'ru',
  setup_code_hash bytea,
  set_up_at     timestamptz,
  demo          boolean not null default false,
  clock_offset  interval not null default interval '0'
);
insert into installation default values;
grant select on installation to opora_staff, opora_client, opora_partner, opora_worker;
grant update on installation to opora_staff, opora_worker;

-- The one clock that due times are compared with: the database's, which a test or the demo story may shift.
-- Whole milliseconds, so that an instant that went through the API compares equal to itself.
create function app_now() returns timestamptz
  language sql stable security invoker set search_path = public, pg_temp
  as $$ select date_trunc('milliseconds', now() + clock_offset) from public.installation $$;

-- Row-level security for a table that carries client_id: staff and jobs see every row (their narrowing is access.scope),
-- clients see the rows of the client in app.client_id; a missing setting is an error, never rows.
create procedure opora_protect(tbl regclass, staff text, client text default '')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  execute format('create policy owner_all on %s to current_user using (true) with check (true)', tbl);
  execute format('create policy staff_all on %s to opora_staff using (true) with check (true)', tbl);
  execute format('create policy worker_all on %s to opora_worker using (true) with check (true)', tbl);
  execute format('grant %s on %s to opora_staff, opora_worker', staff, tbl);
  if client <> '' then
    execute format('create policy client_own on %s to opora_client'
      ' using (client_id = (select current_setting(''app.client_id'')::bigint))'
      ' with check (client_id = (select current_setting(''app.client_id'')::bigint))', tbl);
    execute format('grant %s on %s to opora_client', client, tbl);
  end if;
end $$;

-- Facts are kept, never edited: a table of facts refuses update, delete and truncate whoever asks.
create function refuse_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'rows of % are facts: they are added, never changed', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create procedure opora_append_only(tbl regclass) language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function refuse_change()', tbl);
  execute format('create trigger append_only_truncate before truncate on %s execute function refuse_change()', tbl);
end $$;

-- The saved answer of a creating call: the same key gives the same answer, once.
create table idempotency_key (
  actor_key   text not null,
  key         text not null,
  route       text not null,
  body_hash   text not null,
  status      int,
  reply       jsonb,
  created_at  timestamptz not null default now(),
  primary key (actor_key, key)
);
create index idempotency_key_created_at on idempotency_key (created_at);
grant select, insert, update, delete on idempotency_key to opora_staff, opora_worker;
grant select, insert, update on idempotency_key to opora_client, opora_partner;
alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
create policy owner_all on idempotency_key to current_user using (true) with check (true);
create policy staff_all on idempotency_key to opora_staff using (true) with check (true);
create policy worker_all on idempotency_key to opora_worker using (true) with check (true);
-- an answer is for whoever called, not for their company
create policy actor_own on idempotency_key to opora_client, opora_partner
  using (actor_key = (select current_setting('app.actor_key'))) with check (actor_key = (select current_setting('app.actor_key')));

-- The door to the job queue for every role: what leaves the process is enqueued in the caller's transaction.
create function enqueue_job(task text, payload json, run_at timestamptz default null, job_key text default null, queue text default null)
  returns void language sql security definer set search_path = public, pg_temp
  as $$ select graphile_worker.add_job(task, payload, queue, run_at, null, job_key) $$;
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to opora_staff, opora_client, opora_partner, opora_worker;

-- What health and metrics may know of the queue: numbers of jobs, nothing of what they carry.
create view job_queue with (security_invoker = false) as select attempts, max_attempts, run_at from graphile_worker.jobs;
grant select on job_queue to opora_staff, opora_worker;

-- A worker that was killed leaves its jobs locked for hours; ours last seconds, so what is locked for minutes has no owner any more.
create function release_dead_jobs(older_than interval) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  dead text[];
begin
  select array_agg(distinct locked_by) into dead from graphile_worker.jobs where locked_by is not null and locked_at < now() - older_than;
  if dead is null then return 0; end if;
  perform graphile_worker.force_unlock_workers(dead);
  return cardinality(dead);
end $$;
revoke all on function release_dead_jobs from public;
grant execute on function release_dead_jobs to opora_worker;
