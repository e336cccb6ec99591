-- Clocks: the mirror of a fold over ticket_event, and the alarms that have rung.

create table clock (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  metric      text not null check (metric in ('reaction', 'next_answer', 'resolution')),
  seq         int not null,
  -- stopped: ended late; cancelled: ended without its purpose, or nothing is promised any more
  state       text not null check (state in ('running', 'paused', 'met', 'stopped', 'cancelled')),
  -- registration, entitlement or the client's message; time counts from the opening, which is started_at
  registered_at timestamptz not null,
  started_at  timestamptz not null,
  -- since when the present target binds
  target_since timestamptz not null,
  due_at      timestamptz,
  met_at      timestamptz,
  ended_at    timestamptz,
  ended_by    text,
  -- the first breach and the deadline that it missed; they stay on record whatever happens to the target later
  breached_at timestamptz,
  breached_due_at timestamptz,
  pause_reason text,
  priority    smallint not null,
  target      jsonb not null,
  row_name    text not null,
  row_name_en text not null,
  policy_code text not null,
  -- calendars with their versions, `mon-fri-10-18@2`: a later version of the calendar does not move what was promised
  calendar_code text not null,
  day_calendar_code text,
  -- the calendar in which the clock's time runs
  counting_key text generated always as (case when target ->> 'unit' = 'clock_minutes' then 'always'
    else calendar_code || coalesce('+' || day_calendar_code, '') end) stored,
  agreed_due_at timestamptz,
  target_minutes int,
  -- of an open clock: as of updated_at
  used_minutes int not null default 0,
  estimated   boolean not null default false,
  -- [{kind, at}] in the order of time: what can still ring, and what has
  alarms      jsonb not null default '[]',
  next_alarm_at timestamptz,
  next_alarm  text,
  updated_at  timestamptz not null default app_now(),
  unique (ticket_id, metric, seq),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index clock_next_alarm on clock (next_alarm_at) where next_alarm_at is not null;
create index clock_client_registered on clock (client_id, registered_at);
create index clock_estimated on clock (ticket_id) where estimated and state in ('running', 'paused');
call opora_protect('clock', 'select, insert, update, delete', 'select, insert, update, delete');

create table sla_alarm (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null,
  metric     text not null,
  seq        int not null,
  -- warn75: three quarters of the time are gone
  kind       text not null check (kind ~ '^(warn[1-9][0-9]?|breach)$'),
  -- null for a warning of a clock that was paused before the warning could ring
  due_at     timestamptz check (due_at is not null or kind <> 'breach'),
  -- the first instant at which it was true
  at         timestamptz not null,
  fired_at   timestamptz not null default app_now() check (fired_at >= at),
  unique (ticket_id, metric, seq, kind),
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index sla_alarm_breaches on sla_alarm (at desc, id desc) where kind = 'breach';
create index sla_alarm_breaches_of_client on sla_alarm (client_id, at desc, id desc) where kind = 'breach';
call opora_append_only('sla_alarm');
call opora_protect('sla_alarm', 'select, insert', 'select');

-- What an alarm set in motion by the policy's ladder. Kept in the transaction that does it, so that each step is taken once.
create table sla_step (
  alarm_id   bigint not null,
  client_id  bigint not null,
  -- the step's place among those of this alarm
  position   int not null,
  act        text not null check (act in ('notify', 'reassign', 'raise', 'page')),
  person     text,
  -- who got the ticket; null where nobody could
  account_id bigint references account,
  -- the priority that a raise led to
  priority   smallint,
  at         timestamptz not null default app_now(),
  primary key (alarm_id, position),
  foreign key (client_id, alarm_id) references sla_alarm (client_id, id)
);
call opora_append_only('sla_step');
call opora_protect('sla_step', 'select, insert', 'select');

-- What the provider says about a breach; the client's report shows it.
create table breach_note (
  alarm_id   bigint primary key,
  client_id  bigint not null,
  cause      text not null,
  actor_id   bigint not null references account,
  at         timestamptz not null default app_now(),
  version    int not null default 1,
  foreign key (client_id, alarm_id) references sla_alarm (client_id, id)
);
call opora_protect('breach_note', 'select, insert, update');
