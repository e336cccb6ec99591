-- Tickets, their messages, facts, files; dictionaries, views, templates, drafts, presence.

create table topic (
  code     text primary key,
  name_ru  text not null,
  name_en  text not null,
  route    text not null default 'pass_on' check (route in ('answer_and_close', 'answer_with_article', 'pass_on')),
  excluded boolean not null default false,
  ready_answer_ru text,
  ready_answer_en text,
  -- the service of the catalogue that such a request asks for: a contract without it does not cover the request
  service  text references catalogue_service,
  -- what a request on it is taken for until a person has looked
  default_kind     text check (default_kind in ('accident', 'incident', 'change', 'service_request', 'consultation')),
  default_priority smallint check (default_priority between 1 and 4),
  -- a client may choose it; false: only the desk classifies by it
  offered  boolean not null default true,
  position int not null default 0,
  archived_at timestamptz,
  version  int not null default 1
);
grant select, insert, update on topic to opora_staff, opora_worker;
grant select on topic to opora_client, opora_partner;

create sequence ticket_number start 1001;
grant usage on sequence ticket_number to opora_staff, opora_client, opora_worker;

create table ticket (
  id          bigint generated always as identity primary key,
  number      bigint not null unique default nextval('ticket_number'),
  client_id   bigint not null references client,
  portal_id   bigint,
  contract_id bigint,
  contact_id  bigint,
  channel     text not null,
  subject     text not null,
  topic       text references topic,
  kind        text check (kind in ('accident', 'incident', 'change', 'service_request', 'consultation')),
  priority    smallint not null default 3 check (priority between 1 and 4),
  impact      smallint check (impact between 1 and 3),
  urgency     smallint check (urgency between 1 and 3),
  complexity  smallint,
  category    text,
  planned_minutes int,
  expected_on date,
  licence_class text not null default 'prospect',
  -- open: with somebody; waiting: for client, vendor, partner, approval or a date; confirming: solved, not yet confirmed; closed
  state       text not null default 'open' check (state in ('open', 'waiting', 'confirming', 'closed')),
  waiting_for text,
  place       text,
  lane        text,
  status_staff_ru  text not null default '',
  status_staff_en  text not null default '',
  status_client_ru text not null default '',
  status_client_en text not null default '',
  assignee_id bigint references account,
  team        text,
  entitlement text not null default 'covered' check (entitlement in ('covered', 'waiting', 'not_covered')),
  entitlement_reason jsonb,
  flags       jsonb not null default '{}',
  tags        text[] not null default '{}',
  custom      jsonb not null default '{}',
  -- answers of the guided form by field; form_id: which version of a topic's form asked them, null: the general one
  form        jsonb,
  form_id     bigint,
  completeness smallint,
  -- mirrors of the answers: what is still missing, [{name, ru, en}], and what the client was asked for last
  missing     jsonb not null default '[]',
  asked_fields text[] not null default '{}',
  coupon_id   bigint references coupon,
  parent_id   bigint,
  merged_into_id bigint,
  source_key  text unique,
  registered_at timestamptz not null default app_now(),
  first_answer_at timestamptz,
  solved_at   timestamptz,
  closed_at   timestamptz,
  last_message_at timestamptz not null default app_now(),
  last_client_message_at timestamptz,
  last_answer_at timestamptz,
  -- since when a reply waits for the time of undoing to pass: until then the client is shown what was promised before it
  reply_held_at timestamptz,
  snoozed_until timestamptz,
  -- mirrored by the sla module in the transaction that computed the clocks
  next_due_at timestamptz,
  next_due_metric text,
  next_due_state text,
  next_due_calendar text,
  next_due_estimated boolean not null default false,
  -- minutes that were left at a moment: what a paused clock shows, and from where a late one counts on
  next_due_left int,
  next_due_left_at timestamptz,
  breached    boolean not null default false,
  messages_count int not null default 0,
  updated_at  timestamptz not null default app_now(),
  version     int not null default 1,
  unique (client_id, id),
  foreign key (client_id, portal_id) references portal (client_id, id),
  foreign key (client_id, contract_id) references contract (client_id, id),
  foreign key (client_id, contact_id) references contact (client_id, id),
  foreign key (client_id, parent_id) references ticket (client_id, id),
  foreign key (client_id, merged_into_id) references ticket (client_id, id)
);
create index ticket_due on ticket (coalesce(next_due_at, 'infinity'), id) where state <> 'closed' and merged_into_id is null;
create index ticket_priority on ticket (priority, id) where state <> 'closed' and merged_into_id is null;
create index ticket_updated on ticket (updated_at desc, id desc);
create index ticket_registered on ticket (registered_at desc, id desc);
create index ticket_client on ticket (client_id, updated_at desc, id desc);
create index ticket_contact on ticket (contact_id, updated_at desc) where contact_id is not null;
create index ticket_assignee on ticket (assignee_id, coalesce(next_due_at, 'infinity'), id) where state <> 'closed';
create index ticket_lane on ticket (lane, coalesce(next_due_at, 'infinity'), id) where state <> 'closed';
create index ticket_breached on ticket (registered_at desc, id desc) where breached;
create index ticket_tags on ticket using gin (tags);
create index ticket_subject_trgm on ticket using gin (subject gin_trgm_ops);
create index ticket_parent on ticket (parent_id) where parent_id is not null;
call opora_protect('ticket', 'select, insert, update', 'select, insert, update');
alter table process_instance add foreign key (client_id, ticket_id) references ticket (client_id, id) deferrable initially deferred;

-- The words of a text, each with the day on which it was written, in five digits and without the words' places. A word longer than a
-- hundred characters is known by its beginning.
create function words_by_day(words tsvector, at timestamptz) returns tsvector language sql immutable parallel safe
  return (select array_to_tsvector(array_agg(left(word, 100) || chr(31) ||
      least(99999, greatest(10000, floor(extract(epoch from at at time zone 'UTC') / 86400)::int))))
    from unnest(tsvector_to_array(words)) as word);

create table ticket_search (
  ticket_id bigint primary key,
  client_id bigint not null,
  updated_at timestamptz not null default app_now(),
  staff     tsvector not null,
  client    tsvector not null,
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
-- By word and day: of a common word only the hits of the last days are read, of a rare one ('word…':*) those of every day. Entries go to
-- their places at once: a list of what was written lately would be read through by every search, 4 ms of it at half a megabyte.
create index ticket_search_staff on ticket_search using gin (words_by_day(staff, updated_at)) with (fastupdate = off);
-- how common a word is is known from the column; of the index's own words there are too many to count
alter index ticket_search_staff alter column 1 set statistics 0;
create index ticket_search_updated on ticket_search (updated_at desc, ticket_id desc);
create index ticket_search_client on ticket_search (client_id, updated_at desc);
call opora_protect('ticket_search', 'select, insert, update', 'select, insert, update');
-- How common a word is, from the planner's own statistics: PostgreSQL hides them from whoever is under row-level security.
create function common_search_words() returns table (lexeme text, share float8, tickets float8)
  language sql stable security definer set search_path = public, pg_temp as $$
  select e.lexeme, e.share::float8, (select c.reltuples::float8 from pg_catalog.pg_class c where c.oid = 'public.ticket_search'::regclass) from pg_catalog.pg_stats s,
    unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs[1:array_length(s.most_common_elems::text::text[], 1)]) as e(lexeme, share)
  where s.schemaname = 'public' and s.tablename = 'ticket_search' and s.attname = 'staff'
$$;
revoke all on function common_search_words from public;
grant execute on function common_search_words to opora_staff, opora_worker;

create table message (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  -- public: seen by the client; note: the provider's own; partner: the provider's and the invited partner's
  visibility  text not null check (visibility in ('public', 'note', 'partner')),
  direction   text not null check (direction in ('in', 'out', 'system')),
  channel     text not null,
  author_account_id bigint references account,
  author_contact_id bigint,
  author_name text not null,
  author_email text,
  body_text   text not null,
  body_html   text,
  visible_text text not null,
  recipients  jsonb not null default '[]',
  mail_message_id text,
  raw_id      bigint,
  -- unverified: somebody used the ticket's token or number without being a participant; the client does not see it until accepted
  unverified  boolean not null default false,
  is_answer   boolean not null default false,
  send_at     timestamptz,
  -- may still be undone: the client does not see it
  held        boolean not null default false,
  sent_at     timestamptz,
  cancelled_at timestamptz,
  created_at  timestamptz not null default app_now(),
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  foreign key (client_id, author_contact_id) references contact (client_id, id),
  check (visibility <> 'note' or recipients = '[]'::jsonb)
);
create index message_ticket on message (ticket_id, id);
create index message_client on message (client_id, id);
create index message_held on message (send_at) where held;
alter table message enable row level security;
alter table message force row level security;
create policy owner_all on message to current_user using (true) with check (true);
create policy staff_all on message to opora_staff using (true) with check (true);
create policy worker_all on message to opora_worker using (true) with check (true);
create policy client_own on message to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint) and visibility = 'public' and not unverified and cancelled_at is null
    and (not held or send_at <= app_now() or sent_at is not null))
  with check (client_id = (select current_setting('app.client_id')::bigint) and visibility = 'public');
grant select, insert, update on message to opora_staff, opora_worker;
grant select, insert on message to opora_client;

-- Facts: who, when, from what, to what. Clocks, history and statuses are folds over these rows.
create table ticket_event (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null,
  type       text not null,
  at         timestamptz not null default app_now(),
  actor_id   bigint,
  actor_name text not null default '',
  data       jsonb not null default '{}',
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index ticket_event_ticket on ticket_event (ticket_id, id);
call opora_append_only('ticket_event');
call opora_protect('ticket_event', 'select, insert', 'select, insert');

-- A term for one ticket that one side proposed; it binds once the other has agreed. At most one waits for its answer.
create table deadline_offer (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  due_at      timestamptz not null,
  reason      text not null,
  offered_by  bigint not null references account,
  offered_by_name text not null,
  offered_at  timestamptz not null default app_now(),
  decision    text check (decision in ('agreed', 'declined', 'withdrawn')),
  decided_by_contact_id bigint,
  decided_by_name text,
  decided_at  timestamptz,
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  foreign key (client_id, decided_by_contact_id) references contact (client_id, id),
  check ((decision is null) = (decided_at is null))
);
create unique index deadline_offer_waiting on deadline_offer (ticket_id) where decision is null;
create index deadline_offer_ticket on deadline_offer (ticket_id, id desc);
call opora_protect('deadline_offer', 'select, insert, update', 'select');
grant update (decision, decided_by_contact_id, decided_by_name, decided_at) on deadline_offer to opora_client;

create table ticket_person (
  client_id  bigint not null,
  ticket_id  bigint not null,
  role       text not null check (role in ('participant', 'watcher')),
  contact_id bigint,
  account_id bigint references account,
  email      text,
  added_by   bigint,
  added_at   timestamptz not null default app_now(),
  removed_at timestamptz,
  id         bigint generated always as identity primary key,
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  foreign key (client_id, contact_id) references contact (client_id, id),
  check (num_nonnulls(contact_id, account_id) = 1)
);
create unique index ticket_person_contact on ticket_person (ticket_id, contact_id) where contact_id is not null;
create unique index ticket_person_account on ticket_person (ticket_id, account_id) where account_id is not null;
create index ticket_person_of_contact on ticket_person (contact_id) where contact_id is not null;
call opora_protect('ticket_person', 'select, insert, update', 'select, insert, update');

create table ticket_link (
  client_id bigint not null,
  from_id   bigint not null,
  to_client_id bigint not null,
  to_id     bigint not null,
  kind      text not null check (kind in ('duplicate', 'caused_by', 'related', 'follow_up', 'split')),
  created_by bigint,
  created_at timestamptz not null default app_now(),
  primary key (from_id, to_id, kind),
  foreign key (client_id, from_id) references ticket (client_id, id),
  foreign key (to_client_id, to_id) references ticket (client_id, id)
);
create index ticket_link_to on ticket_link (to_id);
call opora_protect('ticket_link', 'select, insert, delete');

create table ticket_share (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null,
  account_id bigint not null references account,
  ends_at    timestamptz not null,
  created_by bigint,
  created_at timestamptz not null default app_now(),
  unique (ticket_id, account_id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index ticket_share_account on ticket_share (account_id, ends_at);
call opora_protect('ticket_share', 'select, insert, update');
create policy partner_own on ticket_share to opora_partner using (account_id = (select current_setting('app.account_id')::bigint));
grant select on ticket_share to opora_partner;
-- The rule of whose a ticket is asks for shares whoever acts; a client's pool is shown none of them.
grant select on ticket_share to opora_client;
create policy partner_shared on ticket to opora_partner
  using (id in (select ticket_id from ticket_share s where s.account_id = (select current_setting('app.account_id')::bigint) and s.ends_at > app_now()));
create policy partner_shared on message to opora_partner
  using (visibility in ('public', 'partner') and not unverified
    and ticket_id in (select ticket_id from ticket_share s where s.account_id = (select current_setting('app.account_id')::bigint) and s.ends_at > app_now()))
  with check (visibility = 'partner' and author_account_id = (select current_setting('app.account_id')::bigint)
    and ticket_id in (select ticket_id from ticket_share s where s.account_id = (select current_setting('app.account_id')::bigint) and s.ends_at > app_now()));
grant select on ticket to opora_partner;
grant select, insert on message to opora_partner;

-- Breaking the glass: who may read nothing of tickets opens one for half an hour, with a reason, and a second person's word where there is one.
create table broken_glass (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null,
  account_id bigint not null references account,
  reason     text not null,
  asked_at   timestamptz not null default app_now(),
  -- whose word opened or refused it; the asker's own where nobody else could give it
  decided_by bigint references account,
  decided_at timestamptz,
  alone      boolean not null default false,
  -- null: waits for a decision, or was refused
  ends_at    timestamptz,
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  check (alone or decided_by is distinct from account_id),
  check (ends_at is null or decided_at is not null)
);
create index broken_glass_account on broken_glass (account_id, ends_at);
create unique index broken_glass_waiting on broken_glass (account_id, ticket_id) where decided_at is null;
call opora_protect('broken_glass', 'select, insert, update');
-- The rule of whose a ticket is asks for it whoever acts; outsiders' pools are shown no rows.
grant select on broken_glass to opora_client, opora_partner;
create trigger announce_sessions after insert or update on broken_glass for each row execute function announce_sessions('account_id');

create table attachment (
  id         bigint generated always as identity primary key,
  public_id  uuid not null unique default gen_random_uuid(),
  -- null: uploaded, not yet part of anything
  client_id  bigint,
  ticket_id  bigint,
  message_id bigint,
  name       text not null,
  mime       text not null,
  size_bytes bigint not null,
  sha256     text not null,
  inline_cid text,
  uploaded_by_account_id bigint references account,
  uploaded_by_contact_id bigint,
  created_at timestamptz not null default app_now(),
  check (ticket_id is null or client_id is not null),
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  foreign key (client_id, message_id) references message (client_id, id)
);
create index attachment_message on attachment (message_id);
create index attachment_ticket on attachment (ticket_id);
create index attachment_sha on attachment (sha256);
create index attachment_waiting on attachment (created_at) where message_id is null;
call opora_protect('attachment', 'select, insert, update', 'select, insert, update');
-- a file is seen with its message, or while it waits for one
alter policy client_own on attachment
  using (client_id = (select current_setting('app.client_id')::bigint)
    and (message_id is null or exists (select 1 from message m where m.id = attachment.message_id)))
  with check (client_id = (select current_setting('app.client_id')::bigint));
-- what no message took is forgotten
grant delete on attachment to opora_worker;
create policy partner_shared on attachment to opora_partner
  using (message_id in (select id from message));
grant select on attachment to opora_partner;

create table draft (
  account_id bigint not null references account on delete cascade,
  -- 0: a new ticket's draft
  ticket_id  bigint not null,
  kind       text not null check (kind in ('reply', 'note', 'new')),
  body       jsonb not null,
  updated_at timestamptz not null default app_now(),
  primary key (account_id, ticket_id, kind)
);
grant select, insert, update, delete on draft to opora_staff, opora_worker;
alter table draft enable row level security;
alter table draft force row level security;
create policy owner_all on draft to current_user using (true) with check (true);
create policy staff_all on draft to opora_staff using (true) with check (true);
create policy worker_all on draft to opora_worker using (true) with check (true);
create policy account_own on draft to opora_client, opora_partner
  using (account_id = (select current_setting('app.account_id')::bigint)) with check (account_id = (select current_setting('app.account_id')::bigint));
grant select, insert, update, delete on draft to opora_client, opora_partner;

create unlogged table presence (
  account_id bigint not null,
  ticket_id  bigint not null,
  name       text not null,
  activity   text not null check (activity in ('looking', 'typing')),
  seen_at    timestamptz not null default now(),
  primary key (ticket_id, account_id)
);
grant select, insert, update, delete on presence to opora_staff, opora_worker;

create table saved_view (
  id         bigint generated always as identity primary key,
  code       text unique,
  name_ru    text not null,
  name_en    text not null,
  owner_id   bigint references account on delete cascade,
  roles      text[] not null default '{}',
  filter     jsonb not null,
  sort       text not null default 'due',
  position   int not null default 0,
  version    int not null default 1
);
grant select, insert, update, delete on saved_view to opora_staff, opora_worker;

create table template (
  id         bigint generated always as identity primary key,
  name       text not null,
  locale     text not null default 'ru',
  body       text not null,
  actions    jsonb not null default '[]',
  archived_at timestamptz,
  version    int not null default 1
);
grant select, insert, update on template to opora_staff, opora_worker;

-- What a partner sees around a ticket that was passed to them: the client's and the portal's name, the process's place. Of people, links
-- and contracts the partner's pool is shown no rows: such a table is granted without a policy.
create policy partner_shared on client to opora_partner
  using (id in (select client_id from ticket_share s where s.account_id = (select current_setting('app.account_id')::bigint) and s.ends_at > app_now()));
create policy partner_shared on portal to opora_partner using (id in (select portal_id from ticket));
create policy partner_shared on process_instance to opora_partner using (ticket_id in (select id from ticket));
grant select (id, name) on client to opora_partner;
grant select (id, client_id, name, product, edition, licence_activated_on, licence_until) on portal to opora_partner;
grant select on process_instance to opora_partner;
grant select (id, client_id, account_id, name, email, phone, department, portal_admin) on contact to opora_partner;
grant select (id, number, title) on contract to opora_partner;
grant select on ticket_person, ticket_link to opora_partner;
grant select on presence to opora_partner;
alter table presence enable row level security;
alter table presence force row level security;
create policy owner_all on presence to current_user using (true) with check (true);
create policy staff_all on presence to opora_staff using (true) with check (true);
create policy worker_all on presence to opora_worker using (true) with check (true);
create policy partner_shared on presence to opora_partner using (ticket_id in (select id from ticket));
