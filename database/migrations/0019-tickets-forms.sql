-- Dictionaries of the desk, guided forms by topic, checklists.

-- Small dictionaries of one shape. What is used is put away, never removed; tickets keep the words of their day in their history.
create table dictionary_entry (
  dictionary text not null check (dictionary in ('rejection_reason', 'category')),
  code       text not null check (code ~ '^[a-z][a-z0-9_]{0,59}$'),
  name_ru    text not null,
  name_en    text not null,
  position   int not null default 0,
  archived_at timestamptz,
  version    int not null default 1,
  primary key (dictionary, code)
);
grant select, insert, update, delete on dictionary_entry to opora_staff, opora_worker;
-- a reason's words are kept in the history of whoever gave it
grant select on dictionary_entry to opora_client, opora_partner;

-- Which marks the incident manager is asked to set for a kind of request.
create table kind_marks (
  kind    text primary key check (kind in ('accident', 'incident', 'change', 'service_request', 'consultation')),
  marks   text[] not null default '{}' check (marks <@ '{impact,urgency,complexity,category,planned_minutes,expected_on}'),
  version int not null default 1
);
insert into kind_marks (kind, marks) values
  ('accident', '{impact,urgency}'), ('incident', '{impact,urgency,category}'),
  ('change', '{impact,urgency,complexity,category,planned_minutes,expected_on}'),
  ('service_request', '{category,expected_on}'), ('consultation', '{}');
grant select, update on kind_marks to opora_staff, opora_worker;

-- Impact × urgency: nine proposed priorities, row after row; impact 1 first, urgency 1 first.
create table criticality (
  id      boolean primary key default true check (id),
  cells   smallint[] not null default '{1,2,3,2,3,4,3,4,4}'
    check (cardinality(cells) = 9 and 1 <= all (cells) and 4 >= all (cells)),
  version int not null default 1
);
insert into criticality default values;
grant select, update on criticality to opora_staff, opora_worker;
grant select on criticality to opora_client, opora_partner;

-- Own fields of tickets; without topics a field is of all of them.
create table custom_field (
  code       text primary key check (code ~ '^[a-z][a-z0-9_]{0,59}$'),
  name_ru    text not null,
  name_en    text not null,
  kind       text not null check (kind in ('text', 'number', 'date', 'yes_no', 'choice')),
  options    jsonb not null default '[]',
  topics     text[] not null default '{}',
  position   int not null default 0,
  archived_at timestamptz,
  version    int not null default 1
);
grant select, insert, update, delete on custom_field to opora_staff, opora_worker;
-- lists are narrowed by own fields; tickets without any cost nothing
create index ticket_custom on ticket using gin (custom jsonb_path_ops) where custom <> '{}';

-- A topic's guided form, a row a version: a ticket keeps the version that it was answered with.
create table request_form (
  id         bigint generated always as identity primary key,
  topic      text not null references topic,
  number     int not null check (number >= 1),
  -- no fields: from this version on the topic asks by the general form
  fields     jsonb not null,
  created_by bigint references account,
  created_by_name text not null default '',
  created_at timestamptz not null default app_now(),
  unique (topic, number)
);
call opora_append_only('request_form');
grant select, insert on request_form to opora_staff, opora_worker;
grant select on request_form to opora_client, opora_partner;
alter table ticket add foreign key (form_id) references request_form;

create table checklist (
  code       text primary key check (code ~ '^[a-z][a-z0-9_-]{0,59}$'),
  name_ru    text not null,
  name_en    text not null,
  -- [{ru, en, required, role}]
  items      jsonb not null,
  -- begun by itself for requests on these topics
  topics     text[] not null default '{}',
  position   int not null default 0,
  archived_at timestamptz,
  version    int not null default 1
);
grant select, insert, update, delete on checklist to opora_staff, opora_worker;

-- A list begun on a ticket keeps the words that it had then.
create table ticket_checklist (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null,
  checklist  text not null references checklist,
  name_ru    text not null,
  name_en    text not null,
  started_by bigint references account,
  started_by_name text not null,
  started_at timestamptz not null default app_now(),
  unique (ticket_id, checklist),
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
call opora_protect('ticket_checklist', 'select, insert');

create table ticket_checklist_item (
  client_id    bigint not null,
  list_id      bigint not null,
  position     smallint not null,
  name_ru      text not null,
  name_en      text not null,
  required     boolean not null,
  role         text,
  ticked_by    bigint references account,
  ticked_by_name text,
  ticked_at    timestamptz,
  primary key (list_id, position),
  foreign key (client_id, list_id) references ticket_checklist (client_id, id),
  check ((ticked_at is null) = (ticked_by_name is null))
);
call opora_protect('ticket_checklist_item', 'select, insert, update');
