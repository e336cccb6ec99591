-- Ratings.

create table rating (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  ticket_id  bigint not null unique,
  contact_id bigint,
  score      smallint not null check (score between 1 and 5),
  comment    text not null default '',
  at         timestamptz not null default app_now(),
  version    int not null default 1,
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
call opora_protect('rating', 'select, insert, update', 'select, insert, update');
