import { systemActor } from '@opora/access'
import type { Sql } from '@opora/platform/database'
import type { House } from '../apps/server/app.ts'

export const TICKETS = 100_000
export const MESSAGES = 500_000
const CLIENTS = 300
const SENTENCES = 20_000
/** Of the newest tickets the letters themselves are kept, as an installation keeps those of the last months. */
const LETTERS = 20_000

// What support letters are made of; the rest of the words is made of syllables, rarer and rarer.
const FREQUENT =
  'не на и в что при с по ошибка портал сделка задача доступ карточка работает открывается пользователь почта письмо отчёт база сервер лицензия сайт заказ оплата импорт каталог товар резервная копия обновление сертификат права группа воронка лид контакт компания телефония запись робот процесс шаблон документ счёт акт календарь диск файл права настройка модуль интеграция обмен склад выгрузка'.split(
    ' ',
  )
const SYLLABLES = 'ба ве ги до жу за ка ло ми но па ру си та фе ху ца чо ше ря лю сте пра кро вли'.split(' ')

/** 100 000 tickets with five messages each, words by Zipf; made by SQL, once. */
export async function ensureData(house: House, owner: Sql): Promise<{ made: boolean }> {
  const [there] = await owner<{ whole: number; begun: number }[]>`
    select (select count(*) from ticket_event) as whole, (select count(*) from ticket) as begun`
  if (there!.whole >= TICKETS) return { made: false }
  if (there!.begun > 0) throw new Error('the data set is half made: remove .cache/bench and start again')
  await owner`set statement_timeout = 0`
  await base(owner)
  const sample = await house.runtime.database.begin({ as: 'worker' }, (tx) =>
    house.tickets.open(tx, systemActor(), {
      clientId: 1,
      contactId: 1,
      portalId: null,
      subject: 'Образец',
      text: 'Образец',
      channel: 'email',
      author: { contactId: 1, accountId: null, name: 'Контакт', email: null },
    }),
  )
  await words(owner)
  await tickets(owner, sample.id)
  await texts(owner)
  await owner`delete from outgoing_mail`
  await letters(owner)
  await owner.unsafe('vacuum analyze')
  return { made: true }
}

async function base(sql: Sql): Promise<void> {
  await sql`insert into mailbox (name, address) values ('Поддержка', 'support@bench.test')`
  await sql`insert into client (name, licence_class, mail_domains)
    select 'ООО «Клиент ' || i || '»', 'active_licence', array['client' || i || '.test'] from generate_series(1, ${CLIENTS}) i`
  await sql`insert into contact (client_id, name, email)
    select 1 + i % ${CLIENTS}, 'Контакт ' || i, 'contact' || i || '@client' || (1 + i % ${CLIENTS}) || '.test' from generate_series(0, 2999) i`
  await sql`insert into portal (client_id, name, address, product)
    select 1 + i % ${CLIENTS}, 'Портал ' || i, 'https://portal' || i || '.client.test', (select min(code) from portal_product) from generate_series(0, 599) i`
  await sql`insert into account (side, email, name)
    select 'staff', 'staff' || i || '@bench.test', 'Сотрудник ' || i from generate_series(1, 30) i`
  await sql`insert into account_role select id, (array['l1', 'im', 'it', 'dev'])[1 + id % 4] from account`
}

async function words(sql: Sql): Promise<void> {
  await sql`create table bench_word (n int primary key, word text not null)`
  await sql`create table bench_sentence (n int primary key, text text not null)`
  await sql`insert into bench_word select n, word from unnest(${FREQUENT}::text[]) with ordinality as w(word, n)`
  await sql`insert into bench_word
    select n, (select string_agg((${SYLLABLES}::text[])[1 + (n * 7919 / (31 ^ k)::int + k * n) % ${SYLLABLES.length}], '') from generate_series(0, 3) k)
    from generate_series(${FREQUENT.length + 1}, 8000) n`
  // rank = e^(u · ln 8000): the density falls as 1 / rank
  await sql`insert into bench_sentence
    select s.n, string_agg(w.word, ' ') from (
      select n, greatest(1, least(8000, floor(exp(random() * ln(8000)))))::int as rank
      from generate_series(1, ${SENTENCES}) n, generate_series(1, 20) k) s
    join bench_word w on w.n = s.rank group by s.n`
}

async function tickets(sql: Sql, sampleId: number): Promise<void> {
  await sql`insert into ticket (client_id, portal_id, contact_id, channel, subject, priority, kind, state, lane, place, status_staff_ru, status_staff_en,
      status_client_ru, status_client_en, assignee_id, registered_at, updated_at, last_message_at, last_client_message_at, next_due_at, next_due_metric,
      next_due_state, next_due_calendar, breached, messages_count, closed_at, tags)
    select c.client_id, c.portal_id, c.id, 'email', initcap(s.text), 1 + i % 4, (array['incident', 'consultation', 'service_request', 'change'])[1 + i % 4],
      case when i % 5 > 0 then 'closed' else (array['open', 'waiting', 'confirming'])[1 + (i / 5) % 3] end, sample.lane, sample.place, sample.status_staff_ru,
      sample.status_staff_en, sample.status_client_ru, sample.status_client_en, case when i % 3 > 0 then 1 + i % 30 end, at, at + interval '1 hour',
      at + interval '1 hour', at + interval '1 hour', case when i % 5 = 0 then now() + (i % 20000) * interval '1 minute' end,
      case when i % 5 = 0 then 'resolution' end, case when i % 5 = 0 then 'running' end, case when i % 5 = 0 then 'mon-fri-10-18' end, i % 40 = 0, 5,
      case when i % 5 > 0 then at + interval '1 day' end, case when i % 10 = 0 then array['важно'] else '{}' end
    from generate_series(1, ${TICKETS}) i
      join lateral (select co.id, co.client_id, (select min(p.id) from portal p where p.client_id = co.client_id) as portal_id from contact co where co.id = 1 + i % 3000) c on true
      join lateral (select array_to_string((string_to_array(b.text, ' '))[1:6], ' ') as text from bench_sentence b where b.n = 1 + (i * 31) % ${SENTENCES}) s on true
      cross join lateral (select now() - (${TICKETS} - i) * interval '5 minutes' as at) w
      cross join (select * from ticket where id = ${sampleId}) sample`
  await sql`insert into process_instance (client_id, ticket_id, definition_id, state, trail)
    select t.client_id, t.id, p.definition_id, p.state, p.trail from ticket t, process_instance p where p.ticket_id = ${sampleId} and t.id <> ${sampleId}`
}

async function texts(sql: Sql): Promise<void> {
  await sql`insert into message (client_id, ticket_id, visibility, direction, channel, author_contact_id, author_account_id, author_name, body_text, visible_text,
      is_answer, created_at)
    select t.client_id, t.id, case when k = 4 then 'note' else 'public' end, case when k % 2 = 1 then 'in' else 'out' end, 'email',
      case when k % 2 = 1 then t.contact_id end, case when k % 2 = 0 then 1 + t.id % 30 end, 'Автор', b.text || ' знак' || t.id, b.text || ' знак' || t.id,
      k = 2, t.registered_at + k * interval '10 minutes'
    from ticket t cross join generate_series(1, 5) k join bench_sentence b on b.n = 1 + (t.id * 7 + k * 1013) % ${SENTENCES}
    order by t.id, k`
  await sql`insert into ticket_search (ticket_id, client_id, updated_at, staff, client)
    select t.id, t.client_id, t.updated_at, v, v from ticket t
      cross join lateral (select to_tsvector('russian', t.subject || ' ' || t.number || ' ' || string_agg(m.body_text, ' ')) as v from message m where m.ticket_id = t.id) x
    on conflict do nothing`
  await sql`insert into ticket_event (client_id, ticket_id, type, at, data)
    select client_id, id, 'opened', registered_at, jsonb_build_object('priority', priority, 'channel', channel) from ticket on conflict do nothing`
}

/** The letters that tickets came by and the receipts that were sent: tables of mail are never empty where people work. */
async function letters(sql: Sql): Promise<void> {
  await sql`insert into raw_message (source, mailbox_id, dedupe, sha256, envelope, raw, state, attempts, message_id, subject, from_address, client_id, ticket_id, received_at, processed_at)
    select 'smtp', 1, 'bench|' || t.id, 'bench' || t.id, '{}', convert_to(repeat(t.subject || ' ', 20), 'UTF8'), 'done', 1, '<' || t.id || '@bench.test>', t.subject,
      c.email, t.client_id, t.id, t.registered_at, t.registered_at
    from ticket t join contact c on c.id = t.contact_id order by t.id desc limit ${LETTERS}`
  await sql`insert into mail_reference (message_id, direction, client_id, ticket_id, created_at)
    select message_id, 'in', client_id, ticket_id, received_at from raw_message`
  await sql`insert into outgoing_mail (client_id, ticket_id, kind, dedupe, to_address, mail, automatic, state, attempts, sent_at, send_at, mail_message_id, created_at)
    select client_id, ticket_id, 'receipt', 'bench|' || ticket_id, from_address, '{}', true, 'sent', 1, received_at, received_at, '<r' || ticket_id || '@bench.test>', received_at
    from raw_message`
}
