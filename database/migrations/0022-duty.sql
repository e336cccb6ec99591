-- Pages: one person of a role after another is called until somebody answers.

create table duty_page (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  -- a role of the provider, or assignee, or account_manager
  role        text not null,
  -- names the reason, so that one reason pages once
  occasion    text not null,
  -- what those who are called read, and its values
  kind        text not null,
  data        jsonb not null default '{}',
  wait_ms     int not null check (wait_ms between 1000 and 86400000),
  -- unanswered: nobody of the role is left to be called; dropped: the ticket was closed
  state       text not null default 'calling' check (state in ('calling', 'answered', 'unanswered', 'dropped')),
  raised_at   timestamptz not null default app_now(),
  next_call_at timestamptz check ((next_call_at is not null) = (state = 'calling')),
  ended_at    timestamptz,
  answered_by bigint references account check ((answered_by is not null) = (state = 'answered')),
  unique (ticket_id, role, occasion),
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index duty_page_next_call on duty_page (next_call_at) where next_call_at is not null;
call opora_protect('duty_page', 'select, insert, update (state, next_call_at, ended_at, answered_by)');

create table duty_call (
  page_id    bigint not null,
  client_id  bigint not null,
  -- the place in the chain
  position   int not null,
  account_id bigint not null references account,
  -- whether it was that person's working time
  on_shift   boolean not null,
  at         timestamptz not null default app_now(),
  primary key (page_id, position),
  unique (page_id, account_id),
  foreign key (client_id, page_id) references duty_page (client_id, id)
);
call opora_append_only('duty_call');
call opora_protect('duty_call', 'select, insert');

-- What was merged into a ticket is asked for whenever somebody looks at its pages.
create index ticket_merged on ticket (merged_into_id) where merged_into_id is not null;
