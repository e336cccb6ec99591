-- Webhooks and their deliveries; automation rules, their versions and runs; tickets that wait for their children.

create table webhook (
  id          bigint generated always as identity primary key,
  code        text not null unique,
  name        text not null,
  url         text not null,
  -- signs every call; sealed, and read by the worker alone
  secret_sealed bytea,
  enabled     boolean not null default true,
  archived_at timestamptz,
  created_at  timestamptz not null default app_now(),
  version     int not null default 1
);
grant select (id, code, name, url, enabled, archived_at, created_at, version), insert, update on webhook to opora_staff;
grant select, insert, update on webhook to opora_worker;

create table automation_rule (
  id          bigint generated always as identity primary key,
  name        text not null,
  event       text not null,
  -- FEEL; empty: always
  condition   text not null default '',
  actions     jsonb not null,
  position    int not null default 0,
  enabled     boolean not null default false,
  -- the chain of rules in which this one met itself; kept until the rule is changed
  looping     jsonb,
  looping_at  timestamptz,
  archived_at timestamptz,
  created_by  bigint references account,
  updated_by  bigint references account,
  updated_at  timestamptz not null default app_now(),
  version     int not null default 1
);
create index automation_rule_event on automation_rule (event, position, id) where enabled and archived_at is null;
grant select, insert, update on automation_rule to opora_staff, opora_worker;
-- Whoever announces an event asks whether any rule hears it; what rules say is the provider's own.
grant select (event, enabled, archived_at) on automation_rule to opora_client, opora_partner;

-- What a rule said when it ran.
create table automation_rule_version (
  rule_id   bigint not null references automation_rule,
  version   int not null,
  body      jsonb not null,
  saved_by  bigint references account,
  saved_at  timestamptz not null default app_now(),
  primary key (rule_id, version)
);
grant select, insert on automation_rule_version to opora_staff, opora_worker;
call opora_append_only('automation_rule_version');

create table automation_run (
  id         bigint generated always as identity primary key,
  rule_id    bigint not null references automation_rule,
  rule_version int not null,
  client_id  bigint not null,
  ticket_id  bigint not null,
  event      text not null,
  -- names the occasion: a rule acts on it once, however many workers hear of it
  event_key  uuid not null,
  -- the rules that led here, the first of them first
  chain      bigint[] not null default '{}',
  result     text not null check (result in ('done', 'refused', 'failed', 'stopped')),
  -- in both languages: why it was refused, failed or stopped
  reason     jsonb,
  -- what each action came to, in both languages
  steps      jsonb not null default '[]',
  at         timestamptz not null default app_now(),
  unique (rule_id, event_key),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index automation_run_rule on automation_run (rule_id, id desc);
create index automation_run_ticket on automation_run (ticket_id, rule_id, at desc);
call opora_protect('automation_run', 'select, insert');
-- a log, never edited; the worker forgets what is old
grant delete on automation_run to opora_worker;
create index automation_run_old on automation_run (at);

create table webhook_delivery (
  id          bigint generated always as identity primary key,
  public_id   uuid not null unique default gen_random_uuid(),
  webhook_id  bigint not null references webhook,
  client_id   bigint not null,
  ticket_id   bigint not null,
  -- who asked: a rule, or the process of the ticket
  rule_id     bigint references automation_rule,
  asked_by    text not null,
  body        text not null,
  state       text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts    int not null default 0,
  -- attempts made before the last re-send: each re-send begins a new round
  round_from  int not null default 0,
  next_at     timestamptz,
  taken_until timestamptz,
  created_at  timestamptz not null default app_now(),
  settled_at  timestamptz,
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index webhook_delivery_ticket on webhook_delivery (ticket_id, created_at);
create index webhook_delivery_hook on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'waiting';
call opora_protect('webhook_delivery', 'select, insert, update');
grant delete on webhook_delivery to opora_worker;
create index webhook_delivery_old on webhook_delivery (settled_at) where state <> 'waiting';

create table webhook_attempt (
  delivery_id bigint not null references webhook_delivery on delete cascade,
  number      int not null,
  client_id   bigint not null,
  at          timestamptz not null default app_now(),
  -- the receiver's answer; null: there was none
  status      int,
  fault       text,
  took_ms     int not null,
  primary key (delivery_id, number)
);
call opora_protect('webhook_attempt', 'select, insert');
grant delete on webhook_attempt to opora_worker;

-- Tickets whose process waits until everything that is gathered under them is closed.
create table child_wait (
  client_id  bigint not null,
  ticket_id  bigint not null,
  since      timestamptz not null default app_now(),
  ended_at   timestamptz,
  id         bigint generated always as identity primary key,
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create unique index child_wait_open on child_wait (ticket_id) where ended_at is null;
call opora_protect('child_wait', 'select, insert, update');

-- Tickets that an action opened, and how far from one that somebody opened: a chain of them has an end.
create table linked_by_action (
  ticket_id  bigint primary key,
  client_id  bigint not null,
  depth      int not null,
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
call opora_protect('linked_by_action', 'select, insert');
