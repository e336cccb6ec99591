-- Partners invited by e-mail to one ticket until a date; questions that wait for the vendor's own support.

create table partner_invitation (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  -- what the partner sees follows from ticket_share alone; an invitation says how that came about
  account_id  bigint not null references account,
  email       text not null,
  note        text not null default '',
  ends_at     timestamptz not null,
  invited_by  bigint not null references account,
  invited_at  timestamptz not null default app_now(),
  -- the last letter and how many there were
  sent_at     timestamptz not null default app_now(),
  letters     int not null default 1,
  withdrawn_at timestamptz,
  withdrawn_by bigint references account,
  -- the inviter was told that the end is near, and that it has come; a later end is told anew
  soon_told_at timestamptz,
  end_told_at  timestamptz,
  version     int not null default 1,
  unique (ticket_id, account_id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index partner_invitation_ends on partner_invitation (ends_at) where withdrawn_at is null and end_told_at is null;
create index partner_invitation_account on partner_invitation (account_id);
call opora_protect('partner_invitation', 'select, insert, update');

-- The vendor's own support: its hours, by when it answers, when its silence is told of.
create table vendor (
  code          text primary key,
  name_ru       text not null,
  name_en       text not null,
  calendar_code text not null,
  -- where a question is read at the vendor's; {number} stands for its number there
  link          text check (link ~ '^https://[^[:space:]]+$'),
  -- working minutes of the vendor by licence class
  answer_minutes jsonb not null,
  -- shares of that time, in percent, and whole days after asking at which the ticket's owner is reminded
  remind_shares int[] not null,
  remind_days   int[] not null,
  -- editions of cloud portals that are no commercial plan; for how many days after activation or renewal a boxed licence is served
  free_editions text[] not null,
  boxed_days    int not null check (boxed_days between 1 and 3660),
  version       int not null default 1
);
insert into vendor (code, name_ru, name_en, calendar_code, link, answer_minutes, remind_shares, remind_days, free_editions, boxed_days) values
  ('bitrix24', '1С-Битрикс', '1C-Bitrix', 'mon-fri-10-19', null,
    '{"active_licence": 360, "restricted_licence": 1440, "prospect": 1440, "partner": 300, "enterprise_or_web_cluster": 120}',
    '{75,100}', '{3,7}', '{free}', 365);
grant select, insert, update on vendor to opora_staff, opora_worker;
-- whoever moves a ticket asks whether its process may go by way of the vendor
grant select (code, free_editions, boxed_days) on vendor to opora_client, opora_partner;

-- What the vendor takes.
create table vendor_topic (
  code     text primary key,
  name_ru  text not null,
  name_en  text not null,
  -- null: about any portal that the vendor supports
  hosting  text check (hosting in ('cloud', 'boxed')),
  position int not null default 0,
  archived_at timestamptz
);
insert into vendor_topic (code, name_ru, name_en, hosting, position) values
  ('basic_settings', 'Базовые настройки', 'Basic settings', null, 10),
  ('installation', 'Установка коробочной версии', 'Installation of the boxed version', 'boxed', 20),
  ('performance', 'Производительность коробочной версии', 'Performance of the boxed version', 'boxed', 30);
grant select, insert, update on vendor_topic to opora_staff, opora_worker;

-- The incident manager's word that the vendor is asked although the portal is not eligible: once for a ticket, kept.
create table vendor_override (
  ticket_id  bigint primary key,
  client_id  bigint not null,
  reason     text not null,
  -- what spoke against it at that moment
  against    text[] not null,
  account_id bigint not null references account,
  name       text not null,
  at         timestamptz not null default app_now(),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
call opora_protect('vendor_override', 'select, insert');
-- asked for with the ticket whoever acts; outsiders' pools are shown no rows
grant select on vendor_override to opora_client, opora_partner;

-- One row a question: the vendor's clock is a fold over it. The number belongs to the ticket; another ticket may bear the same.
create table vendor_wait (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  ticket_id   bigint not null,
  vendor      text not null references vendor,
  number      text not null,
  topic       text references vendor_topic,
  -- the place of the process at which the ticket waits: leaving it ends the wait
  place       text not null,
  licence_class text not null,
  asked_at    timestamptz not null,
  asked_by    bigint references account,
  asked_by_name text not null,
  -- the calendar with its version: later hours do not move what was expected
  calendar_key text not null,
  expected_minutes int not null,
  expected_at timestamptz not null,
  ended_at    timestamptz,
  -- answered: the vendor did; left: the ticket went on without an answer
  ended_as    text check (ended_as in ('answered', 'left')),
  version     int not null default 1,
  unique (client_id, id),
  foreign key (client_id, ticket_id) references ticket (client_id, id),
  check ((ended_at is null) = (ended_as is null))
);
create unique index vendor_wait_open on vendor_wait (ticket_id) where ended_at is null;
create index vendor_wait_ticket on vendor_wait (ticket_id, id desc);
call opora_protect('vendor_wait', 'select, insert, update');

create table vendor_reminder (
  wait_id    bigint not null,
  client_id  bigint not null,
  -- share75: three quarters of the vendor's time are gone; day3: three whole days have passed
  kind       text not null check (kind ~ '^(share|day)[1-9][0-9]{0,2}$'),
  due_at     timestamptz not null,
  fired_at   timestamptz,
  cancelled_at timestamptz,
  primary key (wait_id, kind),
  foreign key (client_id, wait_id) references vendor_wait (client_id, id)
);
create index vendor_reminder_due on vendor_reminder (due_at) where fired_at is null and cancelled_at is null;
call opora_protect('vendor_reminder', 'select, insert, update');
