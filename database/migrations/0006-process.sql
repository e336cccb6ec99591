-- Process definitions (BPMN 2.0 XML) with their versions; the tokens of running instances; their timers.

create table process_definition (
  id          bigint generated always as identity primary key,
  key         text not null,
  version     int not null,
  name_ru     text not null,
  name_en     text not null,
  xml         text not null,
  published_at timestamptz not null default app_now(),
  published_by bigint,
  -- tickets that are opened from this moment on begin at this version
  effective_from timestamptz not null default app_now(),
  note        text not null default '',
  unique (key, version)
);
grant select, insert on process_definition to opora_staff, opora_worker;
grant select on process_definition to opora_client, opora_partner;
call opora_append_only('process_definition');

create table process_instance (
  id            bigint generated always as identity primary key,
  client_id     bigint not null references client,
  -- set when the ticket is inserted; the foreign key stands in 0007
  ticket_id     bigint not null unique,
  definition_id bigint not null references process_definition,
  state         jsonb not null,
  -- nodes and flows passed, for the drawing
  trail         text[] not null default '{}',
  version       int not null default 1,
  updated_at    timestamptz not null default app_now(),
  unique (client_id, id)
);
call opora_protect('process_instance', 'select, insert, update', 'select, insert, update');

create table process_timer (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  instance_id bigint not null,
  ticket_id   bigint not null,
  element_id  text not null,
  token_key   text not null,
  due_at      timestamptz not null,
  fired_at    timestamptz,
  cancelled_at timestamptz,
  unique (instance_id, element_id, token_key),
  foreign key (client_id, instance_id) references process_instance (client_id, id)
);
create index process_timer_due on process_timer (due_at) where fired_at is null and cancelled_at is null;
call opora_protect('process_timer', 'select, insert, update', 'select, insert, update');
