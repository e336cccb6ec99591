-- Clocks: the mirror of a fold over ticket_event, and the alarms that have rung.

create table clock (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  metric      text not null check (metric in ('reaction', 'next_answer', 'resolution')),
  seq         int not null,
  state       text not null check (state in ('running', 'paused', 'met', 'stopped', 'cancelled')),
  started_at  timestamptz not null,
  due_at      timestamptz,
  ended_at    timestamptz,
  breached_at timestamptz,
  pause_reason text,
  priority    smallint not null,
  target      jsonb not null,
  row_name    text not null,
  policy_code text not null,
  calendar_code text not null,
  target_minutes int,
  used_minutes int not null default 0,
  estimated   boolean not null default false,
  next_alarm_at timestamptz,
  next_alarm  text,
  updated_at  timestamptz not null default app_now(),
  unique (ticket_id, metric, seq),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index clock_next_alarm on clock (next_alarm_at) where next_alarm_at is not null;
create index clock_breached on clock (breached_at desc, id desc) where breached_at is not null;
create index clock_client_started on clock (client_id, started_at);
call opora_protect('clock', 'select, insert, update, delete', 'select, insert, update, delete');

create table sla_alarm (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null,
  metric     text not null,
  seq        int not null,
  kind       text not null check (kind in ('warn50', 'warn75', 'warn90', 'breach')),
  due_at     timestamptz not null,
  fired_at   timestamptz not null default app_now(),
  unique (ticket_id, metric, seq, kind),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index sla_alarm_breaches on sla_alarm (fired_at desc, id desc) where kind = 'breach';
call opora_append_only('sla_alarm');
call opora_protect('sla_alarm', 'select, insert', 'select');

create table breach_note (
  alarm_id   bigint primary key references sla_alarm,
  client_id  bigint not null,
  cause      text not null,
  actor_id   bigint not null,
  at         timestamptz not null default app_now()
);
call opora_protect('breach_note', 'select, insert, update');
