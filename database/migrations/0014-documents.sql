-- Closing documents: who issues them, their numbers, what was printed, who accepted them and who paid.

create table legal_entity (
  id            bigint generated always as identity primary key,
  name          text not null,
  full_name     text not null default '',
  inn           text not null default '',
  kpp           text not null default '',
  ogrn          text not null default '',
  address       text not null default '',
  bank_name     text not null default '',
  bik           text not null default '',
  settlement_account text not null default '',
  corr_account  text not null default '',
  head_position text not null default '',
  head_name     text not null default '',
  accountant_name text not null default '',
  -- stands before the numbers of its documents
  number_prefix text not null default '',
  -- [{from, mode}]: how VAT is paid from which day
  tax_periods   jsonb not null,
  vat_of_total  text not null default 'by_lines' check (vat_of_total in ('by_lines', 'by_total')),
  exempt_text   text not null default '',
  -- the identifier at the operator of electronic documents
  edo_id        text not null default '',
  is_default    boolean not null default false,
  archived_at   timestamptz,
  created_at    timestamptz not null default app_now(),
  version       int not null default 1
);
create unique index legal_entity_default on legal_entity (is_default) where is_default and archived_at is null;
call opora_protect('legal_entity', 'select, insert, update');

-- How a contract is billed, beside its terms.
create table contract_billing (
  contract_id     bigint primary key,
  client_id       bigint not null,
  legal_entity_id bigint references legal_entity,
  document_set    text not null default 'act' check (document_set in ('act', 'upd')),
  contract_title  text not null default 'Договор',
  pay_days        int not null default 10 check (pay_days between 0 and 180),
  acceptance_days int not null default 5 check (acceptance_days between 1 and 60),
  advance_rule    text not null default 'as_used' check (advance_rule in ('as_used', 'when_bought')),
  edo_id          text not null default '',
  version         int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('contract_billing', 'select, insert, update');

-- The last number given, one row a sequence. It is taken in the transaction that keeps the document: no number is lost or doubled.
create table document_number (
  legal_entity_id bigint not null references legal_entity,
  kind            text not null,
  year            int not null,
  last            int not null,
  primary key (legal_entity_id, kind, year)
);
call opora_protect('document_number', 'select, insert, update');

create table closing_document (
  id              bigint generated always as identity primary key,
  client_id       bigint not null,
  contract_id     bigint not null,
  legal_entity_id bigint not null references legal_entity,
  close_id        bigint references period_close,
  period          text,
  kind            text not null check (kind in ('invoice', 'act', 'upd', 'factura', 'hours', 'reconciliation', 'correction')),
  year            int not null,
  sequence        int not null,
  number          text not null,
  date            date not null,
  state           text not null default 'issued' check (state in ('issued', 'void')),
  void_reason     text,
  data            jsonb not null,
  gross_kopecks   bigint not null,
  paid_kopecks    bigint not null default 0,
  pdf_sha256      text not null default '',
  -- whether the client agrees: asked of acts and УПД only
  -- the paper that a corrective one lowers, or that an amended one stands for
  corrects_id     bigint,
  -- how often it was issued again under its number with mended details
  amendment       int not null default 0,
  -- of an invoice: what corrective papers took off it; of a corrective paper: what it took off
  lowered_kopecks bigint not null default 0,
  acceptance      text not null default 'none' check (acceptance in ('none', 'waiting', 'accepted', 'accepted_by_silence', 'objected')),
  accept_until    timestamptz,
  decided_at      timestamptz,
  decided_by      bigint references contact,
  sent_at         timestamptz,
  opened_at       timestamptz,
  created_by      bigint,
  created_at      timestamptz not null default app_now(),
  version         int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id),
  unique (client_id, id),
  foreign key (client_id, corrects_id) references closing_document (client_id, id),
  unique (legal_entity_id, kind, year, sequence, amendment),
  check (paid_kopecks >= 0 and lowered_kopecks >= 0 and paid_kopecks + lowered_kopecks <= gross_kopecks)
);
create unique index closing_document_once on closing_document (close_id, kind) where state = 'issued';
create index closing_document_list on closing_document (date desc, id desc);
create index closing_document_contract on closing_document (contract_id, period);
create index closing_document_client on closing_document (client_id, date desc, id desc);
create index closing_document_silent on closing_document (accept_until) where acceptance = 'waiting' and state = 'issued';
create index closing_document_unpaid on closing_document (legal_entity_id, client_id)
  where kind = 'invoice' and state = 'issued' and paid_kopecks + lowered_kopecks < gross_kopecks;
create index closing_document_corrects on closing_document (corrects_id) where corrects_id is not null;
call opora_protect('closing_document', 'select, insert, update');
create policy client_sent on closing_document to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint) and sent_at is not null);
grant select, update (acceptance, decided_at, decided_by, opened_at, version) on closing_document to opora_client;

-- Where a document has been: who did what to it and when. Facts, beside the document's present state.
create table document_step (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  document_id bigint not null,
  what        text not null check (what in ('issued', 'sent', 'opened', 'opened_by_link', 'accepted', 'accepted_by_silence', 'objected',
                'objection_answered', 'paid', 'voided', 'links_revoked', 'corrected', 'amended')),
  account_id  bigint references account,
  contact_id  bigint references contact,
  -- the sum of a payment, the number of a line: what the history says beside the word
  detail      jsonb not null default '{}',
  at          timestamptz not null default app_now(),
  foreign key (client_id, document_id) references closing_document (client_id, id)
);
create index document_step_document on document_step (document_id, id);
call opora_protect('document_step', 'select, insert', 'select, insert');
call opora_append_only('document_step');

-- How papers look beside what their form prescribes: texts, columns, a logo. A version is in force from its day until a later one; without
-- settings it means the shipped look again. A paper keeps the look that it was issued with.
create table paper_template (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('invoice', 'act', 'upd', 'factura', 'hours', 'reconciliation', 'correction')),
  -- null: for the papers of every legal entity that has no template of its own
  legal_entity_id bigint references legal_entity,
  from_date       date not null,
  settings        jsonb,
  created_by      bigint references account,
  created_at      timestamptz not null default app_now()
);
create index paper_template_kind on paper_template (kind, from_date desc, id desc);
call opora_protect('paper_template', 'select, insert');
call opora_append_only('paper_template');

-- What the client does not agree with, line by line.
create table document_objection (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  document_id bigint not null,
  line_number int not null,
  contact_id  bigint not null references contact,
  reason      text not null,
  created_at  timestamptz not null default app_now(),
  outcome     text check (outcome in ('upheld', 'rejected')),
  answer      text,
  answered_by bigint references account,
  answered_at timestamptz,
  foreign key (client_id, document_id) references closing_document (client_id, id)
);
create unique index document_objection_open on document_objection (document_id, line_number) where outcome is null;
call opora_protect('document_objection', 'select, insert, update');
create policy client_own on document_objection to opora_client
  using (client_id = (select current_setting('app.client_id')::bigint));
grant select, insert, update (reason) on document_objection to opora_client;

create table bank_statement (
  id              bigint generated always as identity primary key,
  legal_entity_id bigint not null references legal_entity,
  file_sha256     text not null,
  filename        text not null,
  from_date       date,
  to_date         date,
  created_by      bigint references account,
  created_at      timestamptz not null default app_now()
);
call opora_protect('bank_statement', 'select, insert');

create table payment (
  id              bigint generated always as identity primary key,
  legal_entity_id bigint not null references legal_entity,
  statement_id    bigint not null references bank_statement,
  client_id       bigint references client,
  line            int not null,
  number          text not null,
  date            date not null,
  received_on     date not null,
  amount_kopecks  bigint not null check (amount_kopecks > 0),
  rest_kopecks    bigint not null check (rest_kopecks between 0 and amount_kopecks),
  payer_name      text not null,
  payer_inn       text not null,
  payer_account   text not null,
  purpose         text not null,
  -- by what it was recognised; null: a person decides
  reason          text check (reason in ('number_and_payer', 'sum_and_payer', 'person')),
  -- the счёт-фактура that accounting issued on this payment as an advance: named by the счёт-фактура of what it pays for (line 5б)
  advance_number  text,
  advance_date    date,
  version         int not null default 1,
  check ((advance_number is null) = (advance_date is null)),
  unique (legal_entity_id, number, date, amount_kopecks, payer_account)
);
create index payment_list on payment (received_on desc, id desc);
create index payment_open on payment (id) where rest_kopecks > 0;
call opora_protect('payment', 'select, insert, update');

create table payment_part (
  id          bigint generated always as identity primary key,
  payment_id  bigint not null references payment,
  client_id   bigint not null,
  document_id bigint not null,
  kopecks     bigint not null check (kopecks <> 0),
  created_by  bigint references account,
  created_at  timestamptz not null default app_now(),
  foreign key (client_id, document_id) references closing_document (client_id, id)
);
create index payment_part_payment on payment_part (payment_id);
create index payment_part_document on payment_part (document_id);
call opora_protect('payment_part', 'select, insert');
call opora_append_only('payment_part');

-- What was measured of a month where the contract's penalty rules ask for it, in thousandths of a percent: 98.6 % of uptime is 98 600.
create table month_figure (
  client_id   bigint not null,
  contract_id bigint not null,
  period      text not null,
  figure      text not null check (figure in ('uptime_milli_percent', 'satisfaction_milli_percent', 'not_reopened_milli_percent')),
  value       int not null check (value between 0 and 100000),
  -- where it was read
  source      text not null,
  set_by      bigint references account,
  set_at      timestamptz not null default app_now(),
  primary key (contract_id, period, figure),
  foreign key (client_id, contract_id) references contract (client_id, id)
);
call opora_protect('month_figure', 'select, insert, update');

-- What the client is to be given back on the next act: penalties after review, upheld objections, what an earlier month could not take.
create table period_credit (
  id          bigint generated always as identity primary key,
  client_id   bigint not null,
  contract_id bigint not null,
  -- the month that it was proposed from
  period      text,
  source      text not null check (source in ('penalty', 'objection', 'carry')),
  source_id   text not null,
  title_ru    text not null,
  title_en    text not null,
  kopecks     bigint not null check (kopecks > 0),
  evidence    jsonb not null default '{}',
  state       text not null check (state in ('proposed', 'approved', 'rejected')),
  decided_by  bigint references account,
  decided_at  timestamptz,
  decision    text,
  -- the close that took it
  close_id    bigint references period_close,
  created_at  timestamptz not null default app_now(),
  version     int not null default 1,
  foreign key (client_id, contract_id) references contract (client_id, id)
);
create unique index period_credit_once on period_credit (contract_id, source, source_id);
create index period_credit_open on period_credit (contract_id) where close_id is null and state <> 'rejected';
call opora_protect('period_credit', 'select, insert, update');
