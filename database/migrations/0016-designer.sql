-- Diagrams while they are drawn, and what the figures of waiting read.

-- One draft of each process, whoever draws: the second of two editors is told by its version.
create table process_draft (
  key        text primary key,
  xml        text not null,
  -- the published version that the drawing began from; null for a process that has none
  based_on   int,
  version    int not null default 1,
  updated_at timestamptz not null default app_now(),
  updated_by bigint not null references account
);
grant select, insert, update, delete on process_draft to opora_staff;
grant select on process_draft to opora_worker;

-- Stays at places, by the time of coming: the heat map of a process and the rehearsal of a draft read a period of them.
create index ticket_event_places on ticket_event (at, ticket_id) where type in ('place_entered', 'place_left');
