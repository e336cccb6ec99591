-- Changes: plans, the board that decides on them, the calendar of windows, what a pipeline reported.

-- How the board decides. A board without members leaves the word to whoever holds the role.
create table board_settings (
  id            boolean primary key default true check (id),
  quorum        int not null default 1 check (quorum between 1 and 64),
  rule          text not null default 'majority' check (rule in ('majority', 'share')),
  share_percent int not null default 50 check (share_percent between 1 and 100),
  -- whose share: of the votes for and against, or of all seats
  share_of      text not null default 'votes' check (share_of in ('votes', 'seats')),
  -- true: a change that comes before the board is voted on by correspondence at once; false: somebody calls the vote or a meeting
  opens_at_once boolean not null default true,
  vote_days     int not null default 2 check (vote_days between 1 and 30),
  remind_hours  int not null default 4 check (remind_hours between 0 and 72),
  version       int not null default 1
);
insert into board_settings default values;
grant select, update on board_settings to opora_staff, opora_worker;

create table board_member (
  account_id bigint primary key references account,
  veto       boolean not null default false,
  since      timestamptz not null default app_now()
);
grant select, insert, update, delete on board_member to opora_staff, opora_worker;

-- A member's seat in another's hands, for a time.
create table board_delegate (
  id          bigint generated always as identity primary key,
  member_id   bigint not null references account,
  delegate_id bigint not null references account,
  from_at     timestamptz not null,
  until_at    timestamptz not null,
  created_by  bigint references account,
  created_at  timestamptz not null default app_now(),
  revoked_at  timestamptz,
  check (until_at > from_at),
  check (member_id <> delegate_id)
);
create index board_delegate_member on board_delegate (member_id, until_at) where revoked_at is null;
grant select, insert, update on board_delegate to opora_staff, opora_worker;

-- Standard changes: the board approved the way of doing them once.
create table change_template (
  id            bigint generated always as identity primary key,
  name_ru       text not null,
  name_en       text not null,
  description   text not null default '',
  build_plan    text not null default '',
  test_plan     text not null default '',
  rollback_plan text not null,
  approved_by   bigint references account,
  approved_by_name text not null default '',
  approved_at   timestamptz,
  active        boolean not null default true,
  version       int not null default 1
);
grant select, insert, update on change_template to opora_staff, opora_worker;

create table change (
  id            bigint generated always as identity primary key,
  client_id     bigint not null,
  ticket_id     bigint not null unique,
  portal_id     bigint,
  kind          text not null default 'normal' check (kind in ('standard', 'normal', 'emergency')),
  template_id   bigint references change_template,
  risk          text not null default 'medium' check (risk in ('low', 'medium', 'high')),
  description   text not null default '',
  build_plan    text not null default '',
  test_plan     text not null default '',
  rollback_plan text not null default '',
  author_id     bigint references account,
  implementer_id bigint references account,
  approval      text not null default 'none' check (approval in ('none', 'agenda', 'voting', 'approved', 'rejected')),
  decided_at    timestamptz,
  decision      jsonb,
  -- the place of the process where the board's word is awaited, and whether the board has to vote for it
  board_place   text,
  needs_vote    boolean not null default false,
  on_agenda_at  timestamptz,
  stage         text not null default 'draft' check (stage in ('draft', 'planned', 'installing', 'installed', 'rolled_back', 'cancelled')),
  window_from   timestamptz,
  window_until  timestamptz,
  window_state  text not null default 'none' check (window_state in ('none', 'asked', 'agreed', 'declined')),
  window_by     text,
  window_at     timestamptz,
  window_comment text not null default '',
  started_at    timestamptz,
  finished_at   timestamptz,
  result_note   text not null default '',
  -- an emergency: by when the board reviews it, and when it did
  review_due_at timestamptz,
  board_reviewed_at timestamptz,
  late_told_at  timestamptz,
  -- after the installation: what came of it
  review        jsonb,
  version       int not null default 1,
  created_at    timestamptz not null default app_now(),
  updated_at    timestamptz not null default app_now(),
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  foreign key (client_id, portal_id) references portal (client_id, id),
  check ((window_from is null) = (window_until is null)),
  check (window_until > window_from),
  check (kind <> 'standard' or template_id is not null),
  -- an installation without a way back does not leave the plan
  check (stage in ('draft', 'planned', 'cancelled') or rollback_plan <> '')
);
create index change_agenda on change (on_agenda_at) where approval in ('agenda', 'voting');
create index change_window on change (window_from) where window_from is not null;
create index change_late on change (review_due_at) where board_reviewed_at is null and review_due_at is not null;
call opora_protect('change', 'select, insert, update');
-- The client sees what is done, when, and what is asked of it; never the plans' text, the risk or how people voted.
create policy client_own on change to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint))
  with check (client_id = (select current_setting('app.client_id')::bigint));
grant select (id, client_id, ticket_id, portal_id, kind, approval, decided_at, board_place, needs_vote, stage, window_from, window_until,
  window_state, window_by, window_at, window_comment, started_at, finished_at, board_reviewed_at, version) on change to opora_client;
grant update (window_state, window_by, window_at, window_comment, version, updated_at) on change to opora_client;

-- A meeting, or a vote by correspondence with a deadline.
create table board_session (
  id          bigint generated always as identity primary key,
  mode        text not null check (mode in ('meeting', 'correspondence')),
  title       text not null default '',
  place       text not null default '',
  starts_at   timestamptz not null,
  deadline_at timestamptz,
  state       text not null default 'open' check (state in ('open', 'closed')),
  called_by   bigint references account,
  called_by_name text not null default '',
  closed_at   timestamptz,
  closed_by_name text not null default '',
  version     int not null default 1,
  created_at  timestamptz not null default app_now(),
  check (mode = 'meeting' or deadline_at is not null)
);
grant select, insert, update on board_session to opora_staff, opora_worker;

-- One vote on one change. The rule and the seats are those of its opening, so that the count can be repeated for ever.
create table board_round (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  change_id   bigint not null,
  session_id  bigint not null references board_session,
  round       int not null,
  purpose     text not null check (purpose in ('approval', 'review')),
  rule        jsonb not null,
  seats       jsonb not null,
  scope       jsonb not null,
  state       text not null default 'open' check (state in ('open', 'decided', 'voided', 'lapsed')),
  decision    text check (decision in ('approved', 'rejected')),
  explanation jsonb,
  reason      text not null default '',
  opened_at   timestamptz not null default app_now(),
  deadline_at timestamptz,
  closed_at   timestamptz,
  reminded_at timestamptz,
  unique (change_id, round),
  unique (client_id, id),
  foreign key (client_id, change_id) references change (client_id, id),
  check ((state = 'decided') = (decision is not null))
);
create unique index board_round_open on board_round (change_id) where state = 'open';
create index board_round_session on board_round (session_id);
create index board_round_deadline on board_round (deadline_at) where state = 'open';
call opora_protect('board_round', 'select, insert, update');

-- A vote is a fact: one a seat and round, never changed.
create table board_ballot (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  round_id   bigint not null,
  seat_id    bigint not null references account,
  voter_id   bigint not null references account,
  voter_name text not null,
  choice     text not null check (choice in ('yes', 'no', 'abstain', 'yes_if')),
  comment    text not null default '',
  cast_at    timestamptz not null default app_now(),
  unique (round_id, seat_id),
  unique (client_id, id),
  foreign key (client_id, round_id) references board_round (client_id, id),
  check (choice <> 'yes_if' or comment <> '')
);
call opora_append_only('board_ballot');
call opora_protect('board_ballot', 'select, insert');

-- What "yes, if …" asked for: it binds the installation.
create table change_condition (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  change_id  bigint not null,
  ballot_id  bigint not null unique,
  text       text not null,
  asked_by   text not null,
  met_at     timestamptz,
  met_by     bigint references account,
  met_by_name text,
  met_note   text not null default '',
  -- the approval that it came with is void
  voided_at  timestamptz,
  foreign key (client_id, change_id) references change (client_id, id),
  foreign key (client_id, ballot_id) references board_ballot (client_id, id)
);
create index change_condition_change on change_condition (change_id);
call opora_protect('change_condition', 'select, insert, update');

-- When nothing is installed at a client; without a client, anywhere.
create table freeze_period (
  id          bigint generated always as identity primary key,
  client_id   bigint references client,
  from_at     timestamptz not null,
  until_at    timestamptz not null,
  reason      text not null,
  allows_emergency boolean not null default true,
  created_by  bigint references account,
  created_at  timestamptz not null default app_now(),
  lifted_at   timestamptz,
  check (until_at > from_at)
);
create index freeze_period_span on freeze_period (until_at) where lifted_at is null;
call opora_protect('freeze_period', 'select, insert, update');
create policy client_own on freeze_period to opora_client
  using (client_id is null or client_id = (select current_setting('app.client_id')::bigint));
grant select (id, client_id, from_at, until_at, reason, lifted_at) on freeze_period to opora_client;

-- Pipelines that may report deployments. The key they sign with is derived from the installation's own, so no secret lies here.
create table deployment_source (
  id          bigint generated always as identity primary key,
  name        text not null,
  client_id   bigint references client,
  key_version int not null default 1,
  active      boolean not null default true,
  created_at  timestamptz not null default app_now(),
  version     int not null default 1
);
call opora_protect('deployment_source', 'select, insert, update');

-- Every signed call as it came, before it is read; the same delivery is kept once.
create table deployment_call (
  id          bigint generated always as identity primary key,
  source_id   bigint not null references deployment_source,
  delivery    text not null,
  body        bytea not null,
  received_at timestamptz not null default app_now(),
  state       text not null default 'new' check (state in ('new', 'read', 'unread')),
  problem     text,
  unique (source_id, delivery)
);
grant select, insert, update (state, problem) on deployment_call to opora_staff, opora_worker;

create table deployment (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  change_id   bigint not null,
  ticket_id   bigint not null,
  call_id     bigint not null references deployment_call,
  source_name text not null,
  environment text not null default '',
  release     text not null default '',
  status      text not null check (status in ('started', 'succeeded', 'failed', 'rolled_back')),
  url         text,
  at          timestamptz not null,
  unique (call_id, change_id),
  foreign key (client_id, change_id) references change (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index deployment_change on deployment (change_id, at);
call opora_append_only('deployment');
call opora_protect('deployment', 'select, insert');
