-- What is kept of a person: given out and forgotten at a person's own request (152-ФЗ, GDPR), by two people, on record.

create table personal_request (
  id         bigint generated always as identity primary key,
  client_id  bigint not null,
  contact_id bigint not null,
  kind       text not null check (kind in ('export', 'erase')),
  -- on what ground: the letter's date and number, never what it says of the person
  reason     text not null,
  asked_by   bigint references account,
  asked_at   timestamptz not null default app_now(),
  decided_by bigint references account,
  decided_at timestamptz,
  approved   boolean,
  -- a duty for two people was done by the only one there is
  alone      boolean not null default false,
  -- until when what is kept is given out; an erasure: how many rows of each table lost the person
  ends_at    timestamptz,
  result     jsonb,
  foreign key (client_id, contact_id) references contact (client_id, id),
  check ((decided_at is null) = (approved is null)),
  check (decided_at is null or alone or decided_by is distinct from asked_by)
);
create unique index personal_request_waiting on personal_request (contact_id, kind) where decided_at is null;
create index personal_request_list on personal_request (id desc);
call opora_protect('personal_request', 'select, insert, update');

-- Facts stay facts; only the words that name a person give way, and only inside of the function below.
create or replace function refuse_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  words constant text[] := '{actor_name,data}';
begin
  if tg_op = 'UPDATE' and current_setting('app.forgetting', true) = 'on' and tg_table_name in ('audit', 'ticket_event')
    and to_jsonb(old) - words = to_jsonb(new) - words then
    return new;
  end if;
  raise exception 'rows of % are facts: they are added, never changed', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

-- A text without a person's words.
create function without_words(said text, words text[], token text) returns text
  language plpgsql immutable parallel safe set search_path = public, pg_temp as $$
declare
  word text;
begin
  foreach word in array words loop
    said := regexp_replace(said, regexp_replace(word, '([\\^$.|?*+()\[\]{}-])', '\\\1', 'g'), token, 'gi');
  end loop;
  return said;
end $$;

-- What names a contact: the name, the address, the telephone. Shorter than four characters is no name but a common word.
create function words_of_contact(c contact) returns text[]
  language sql stable set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct word), '{}') from unnest(array[c.name, c.email, c.phone,
    (select a.name from account a where a.id = c.account_id), (select a.email from account a where a.id = c.account_id)]) word
  where length(word) > 3
$$;

-- Everything that is kept of a contact, without secrets.
create function personal_data(p_contact bigint) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'contact', to_jsonb(c) - '{version,account_id}'::text[],
    'client', (select jsonb_build_object('id', k.id, 'name', k.name) from client k where k.id = c.client_id),
    'account', (select jsonb_build_object('email', a.email, 'name', a.name, 'locale', a.locale, 'zone', a.zone, 'createdAt', a.created_at,
      'preferences', a.preferences) from account a where a.id = c.account_id),
    'sessions', coalesce((select jsonb_agg(jsonb_build_object('createdAt', s.created_at, 'seenAt', s.seen_at, 'ip', s.ip, 'device', s.user_agent)
      order by s.id) from session s where s.account_id = c.account_id), '[]'),
    'tickets', coalesce((select jsonb_agg(jsonb_build_object('number', t.number, 'subject', t.subject, 'registeredAt', t.registered_at,
      'asked', t.contact_id = c.id, 'answers', case when t.contact_id = c.id then t.form end) order by t.number) from ticket t where t.contact_id = c.id
      or exists (select 1 from ticket_person p where p.ticket_id = t.id and p.contact_id = c.id)), '[]'),
    'messages', coalesce((select jsonb_agg(jsonb_build_object('ticket', t.number, 'at', m.created_at, 'from', m.author_email, 'text', m.body_text)
      order by m.id) from message m join ticket t on t.id = m.ticket_id where m.author_contact_id = c.id), '[]'),
    'files', coalesce((select jsonb_agg(jsonb_build_object('name', f.name, 'sizeBytes', f.size_bytes, 'sha256', f.sha256) order by f.id)
      from attachment f left join message m on m.id = f.message_id
      where f.uploaded_by_contact_id = c.id or m.author_contact_id = c.id), '[]'),
    'lettersFrom', coalesce((select jsonb_agg(jsonb_build_object('receivedAt', r.received_at, 'subject', r.subject) order by r.id)
      from raw_message r where lower(r.from_address) = lower(c.email)), '[]'),
    'lettersTo', coalesce((select jsonb_agg(jsonb_build_object('at', o.created_at, 'kind', o.kind, 'to', o.to_address) order by o.id)
      from outgoing_mail o where lower(o.to_address) = lower(c.email)), '[]'),
    'ratings', coalesce((select jsonb_agg(jsonb_build_object('at', r.at, 'score', r.score, 'comment', r.comment) order by r.id)
      from rating r where r.contact_id = c.id), '[]'),
    'decisions', coalesce((select jsonb_agg(d.said order by d.at) from (
      select e.decided_at as at, jsonb_build_object('at', e.decided_at, 'about', 'estimate', 'decision', e.state, 'comment', e.decision_comment) as said
        from estimate e where e.decided_by_contact_id = c.id
      union all select o.decided_at, jsonb_build_object('at', o.decided_at, 'about', 'deadline', 'decision', o.decision)
        from deadline_offer o where o.decided_by_contact_id = c.id) d), '[]'),
    'actions', coalesce((select jsonb_agg(jsonb_build_object('at', x.at, 'action', x.action, 'ip', x.ip) order by x.seq)
      from audit x where x.actor_id = c.account_id), '[]'))
  from contact c where c.id = p_contact
$$;
revoke all on function personal_data from public;
grant execute on function personal_data to opora_staff, opora_worker;

-- Forgets a contact: what names the person gives way to a token wherever it stands; letters by and to the person lose their content; what
-- the client asked for, how long it took and what it cost stays, as the law on taxes wants it. Answers how many rows of each table.
create function forget_person(p_contact bigint, p_token text) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c contact;
  words text[];
  own_address text;
  done jsonb := '{}';
  n bigint;
begin
  select * into c from contact where id = p_contact for update;
  if not found then return null; end if;
  words := words_of_contact(c);
  own_address := lower(c.email);
  perform set_config('app.forgetting', 'on', true);

  update message set author_name = p_token, author_email = null where author_contact_id = c.id;
  update message m set body_text = without_words(m.body_text, words, p_token), body_html = without_words(m.body_html, words, p_token),
      visible_text = without_words(m.visible_text, words, p_token), author_name = without_words(m.author_name, words, p_token),
      author_email = without_words(m.author_email, words, p_token), recipients = without_words(m.recipients::text, words, p_token)::jsonb
    where m.client_id = c.client_id and concat_ws(' ', m.body_text, m.body_html, m.visible_text, m.author_name, m.author_email, m.recipients)
      <> without_words(concat_ws(' ', m.body_text, m.body_html, m.visible_text, m.author_name, m.author_email, m.recipients), words, '');
  get diagnostics n = row_count; done := done || jsonb_build_object('message', n);
  update ticket t set subject = without_words(t.subject, words, p_token), form = without_words(t.form::text, words, p_token)::jsonb,
      custom = without_words(t.custom::text, words, p_token)::jsonb
    where t.client_id = c.client_id and concat_ws(' ', t.subject, t.form, t.custom) <> without_words(concat_ws(' ', t.subject, t.form, t.custom), words, '');
  get diagnostics n = row_count; done := done || jsonb_build_object('ticket', n);
  update ticket_search s set
      staff = ts_delete(s.staff, l.lexemes), client = ts_delete(s.client, l.lexemes)
    from (select tsvector_to_array(to_tsvector('simple', array_to_string(words, ' ')) || to_tsvector('russian', array_to_string(words, ' '))) as lexemes) l
    where s.client_id = c.client_id and (s.staff <> ts_delete(s.staff, l.lexemes) or s.client <> ts_delete(s.client, l.lexemes));
  update attachment f set name = without_words(f.name, words, p_token) where f.client_id = c.client_id and f.name <> without_words(f.name, words, '');
  update ticket_event e set actor_name = case when e.actor_id = c.account_id then p_token else without_words(e.actor_name, words, p_token) end,
      data = without_words(e.data::text, words, p_token)::jsonb
    where e.client_id = c.client_id and (e.actor_id = c.account_id or e.actor_name || e.data::text <> without_words(e.actor_name || e.data::text, words, ''));
  get diagnostics n = row_count; done := done || jsonb_build_object('ticket_event', n);
  update ticket_person set email = null where contact_id = c.id;
  update deadline_offer set decided_by_name = p_token where decided_by_contact_id = c.id;
  update rating r set comment = without_words(r.comment, words, p_token) where r.client_id = c.client_id and r.comment <> '';
  update estimate e set decision_comment = without_words(e.decision_comment, words, p_token)
    where e.client_id = c.client_id and e.decision_comment is not null;
  update time_entry e set note = without_words(e.note, words, p_token)
    where e.client_id = c.client_id and e.note <> without_words(e.note, words, '');
  update raw_message r set raw = '', envelope = '{}', subject = null, from_address = null, message_id = null, outcome = '{}', error = null,
      dedupe = without_words(r.dedupe, words, 'erased-' || r.id)
    where lower(r.from_address) = own_address;
  get diagnostics n = row_count; done := done || jsonb_build_object('raw_message', n);
  update outgoing_mail o set to_address = p_token, mail = '{}', error = null, dedupe = without_words(o.dedupe, words, 'erased-' || o.id),
      mail_message_id = without_words(o.mail_message_id, words, 'erased-' || o.id), state = case when o.state = 'queued' then 'cancelled' else o.state end
    where lower(o.to_address) = own_address;
  get diagnostics n = row_count; done := done || jsonb_build_object('outgoing_mail', n);
  update outgoing_mail o set mail = without_words(o.mail::text, words, p_token)::jsonb
    where o.client_id = c.client_id and o.mail::text <> without_words(o.mail::text, words, '');
  update notice x set data = without_words(x.data::text, words, p_token)::jsonb
    where x.client_id = c.client_id and x.data::text <> without_words(x.data::text, words, '');
  delete from auto_reply_brake b where lower(b.address) = own_address;
  -- a person is sealed in the audit by number: the name goes and the chain holds
  update audit x set actor_name = p_token where x.actor_id = c.account_id;
  get diagnostics n = row_count; done := done || jsonb_build_object('audit', n);

  delete from one_time_token k where k.contact_id = c.id or k.account_id = c.account_id or lower(k.email) = own_address;
  delete from session where account_id = c.account_id;
  delete from api_token where account_id = c.account_id;
  delete from draft where account_id = c.account_id;
  delete from idempotency_key where actor_key = 'account:' || c.account_id;
  update contact set name = p_token, email = null, phone = null, department = null, position = null, scope = 'own', responsible = false,
      portal_admin = false, status = 'blocked', mail_bad_since = null, version = version + 1
    where id = c.id;
  update account set name = p_token, email = 'erased-' || id || '@erased.invalid', password_hash = null, totp_sealed = null, totp_on = false,
      recovery_hashes = '{}', active = false, preferences = '{}', version = version + 1
    where id = c.account_id;
  get diagnostics n = row_count; done := done || jsonb_build_object('account', n, 'contact', 1);
  perform set_config('app.forgetting', '', true);
  return done;
end $$;
revoke all on function forget_person from public;
grant execute on function forget_person to opora_staff, opora_worker;
