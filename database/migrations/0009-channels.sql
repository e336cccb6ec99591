-- E-mail in and out. The raw message is stored before anything else; all that follows can be repeated.

create table mailbox (
  id          bigint generated always as identity primary key,
  name        text not null,
  address     text not null,
  protocol    text not null default 'smtp' check (protocol in ('smtp', 'imap')),
  settings    jsonb not null default '{}',
  secret_sealed bytea,
  form_map    jsonb,
  default_topic text,
  active      boolean not null default true,
  last_ok_at  timestamptz,
  last_error  text,
  last_error_at timestamptz,
  version     int not null default 1,
  -- which process reads it, and until when that holds unless renewed
  polled_by   text,
  polled_until timestamptz,
  secret_set  boolean not null generated always as (secret_sealed is not null) stored
);
create unique index mailbox_address on mailbox (lower(address));
-- the sealed password is written by staff and read by what works only
grant insert, update on mailbox to opora_staff;
grant select (id, name, address, protocol, settings, form_map, default_topic, active, last_ok_at, last_error, last_error_at, version, secret_set)
  on mailbox to opora_staff;
grant select, insert, update on mailbox to opora_worker;

create table raw_message (
  id          bigint generated always as identity primary key,
  source      text not null,
  mailbox_id  bigint references mailbox,
  dedupe      text not null unique,
  sha256      text not null,
  envelope    jsonb not null,
  raw         bytea not null,
  state       text not null default 'new' check (state in ('new', 'done', 'failed', 'quarantined', 'ignored')),
  attempts    int not null default 0,
  message_id  text,
  subject     text,
  from_address text,
  -- the visible list of what each filter and the matching decided
  outcome     jsonb not null default '{}',
  -- what a person decided about a letter in quarantine: {"as": "open"} or {"as": "join", "ticketId": 1}
  accepted    jsonb,
  accepted_by bigint references account,
  error       text,
  client_id   bigint,
  ticket_id   bigint,
  received_at timestamptz not null default app_now(),
  processed_at timestamptz
);
alter table raw_message alter column raw set storage external;
create index raw_message_new on raw_message (attempts, id) where state = 'new';
create index raw_message_state on raw_message (state, id desc) where state in ('failed', 'quarantined');
create index raw_message_sha on raw_message (sha256);
-- How much an address has sent lately is asked for every letter, and what was sent to it by itself for every ticket.
create index raw_message_from on raw_message (from_address, received_at) where ticket_id is not null;
create index raw_message_received on raw_message (received_at desc, id desc);
grant select, insert, update on raw_message to opora_staff, opora_worker;

-- Message-IDs that we have seen or written, for threading and for duplicates.
create table mail_reference (
  message_id text not null,
  direction  text not null check (direction in ('in', 'out')),
  client_id  bigint not null,
  ticket_id  bigint not null,
  message_row_id bigint,
  created_at timestamptz not null default app_now(),
  primary key (message_id),
  foreign key (client_id, ticket_id) references ticket (client_id, id)
);
create index mail_reference_ticket on mail_reference (ticket_id);
call opora_protect('mail_reference', 'select, insert, update');

create table outgoing_mail (
  id          bigint generated always as identity primary key,
  client_id   bigint,
  ticket_id   bigint,
  message_row_id bigint,
  kind        text not null,
  dedupe      text not null unique,
  to_address  text not null,
  mail        jsonb not null,
  automatic   boolean not null,
  state       text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'cancelled')),
  attempts    int not null default 0,
  send_at     timestamptz not null default app_now(),
  sent_at     timestamptz,
  mail_message_id text not null,
  error       text,
  created_at  timestamptz not null default app_now()
);
create index outgoing_mail_due on outgoing_mail (send_at) where state = 'queued';
create index outgoing_mail_ticket on outgoing_mail (ticket_id);
create index outgoing_mail_automatic on outgoing_mail (lower(to_address), created_at) where automatic;
create index outgoing_mail_failed on outgoing_mail (id desc) where state = 'failed';
grant select, insert, update on outgoing_mail to opora_staff, opora_worker;
grant insert on outgoing_mail to opora_client, opora_partner;

-- How many automatic replies an address got on a day: the brake against loops.
create table auto_reply_brake (
  address text not null,
  day     date not null,
  sent    int not null default 0,
  primary key (address, day)
);
grant select, insert, update on auto_reply_brake to opora_staff, opora_worker;
