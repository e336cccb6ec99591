import type { Json, Tx } from '@opora/platform/database'
import { SHIPPED_CATEGORIES, SHIPPED_CHECKLISTS, SHIPPED_FORMS, SHIPPED_REASONS } from './shipped-forms.ts'

// 10-requests-and-process, "Classification": the start set of a real portal's practice. The administrator edits it afterwards.
const TOPICS = [
  { code: 'technical', nameRu: 'Технический вопрос', nameEn: 'Technical question', route: 'pass_on' },
  { code: 'content', nameRu: 'Вопрос по содержимому', nameEn: 'Question about content', route: 'pass_on' },
  { code: 'faq', nameRu: 'Ответ есть в базе знаний', nameEn: 'Answered in the FAQ', route: 'answer_with_article' },
  {
    code: 'administration',
    nameRu: 'Обращение к администрации',
    nameEn: 'Message to the administration',
    route: 'pass_on',
  },
  { code: 'off_topic', nameRu: 'Не по теме', nameEn: 'Off topic', route: 'answer_and_close' },
  { code: 'profanity', nameRu: 'Нецензурная лексика', nameEn: 'Profanity', route: 'answer_and_close' },
] as const

// Nobody says of their own request that it is profane.
const DESK_ALONE: readonly string[] = ['faq', 'off_topic', 'profanity']

const EXCLUDED = [
  {
    code: 'hosting',
    nameRu: 'Хостинг и сети',
    nameEn: 'Hosting and networks',
    ru: 'Хостинг, сети и операционные системы не входят в договор: обратитесь, пожалуйста, к вашему хостинг-провайдеру.',
    en: 'Hosting, networks and operating systems are outside the contract: please turn to your hosting provider.',
  },
  {
    code: 'licence_questions',
    nameRu: 'Вопрос по лицензии',
    nameEn: 'Licence question',
    ru: 'По вопросам лицензии обратитесь, пожалуйста, к вендору; мы поможем с продлением.',
    en: 'For licence questions please turn to the vendor; we help with renewals.',
  },
] as const

const staff = (codes: string) => codes.split(' ')
// ux.md, "Default views by role".
const VIEWS: { code: string; ru: string; en: string; roles: string[]; filter: Record<string, Json>; sort: string }[] = [
  { code: 'mine', ru: 'Мои', en: 'Mine', roles: [], filter: { assignee: 'me' }, sort: 'due' },
  {
    code: 'my-lane',
    ru: 'Ждут моей роли',
    en: 'Waiting for my role',
    roles: [],
    filter: { lane: ['mine'], assignee: 'none', state: ['open'] },
    sort: 'due',
  },
  {
    code: 'l1-new',
    ru: 'Новые (первая линия)',
    en: 'New (first line)',
    roles: staff('l1 im'),
    filter: { place: ['l1_classify'] },
    sort: 'due',
  },
  {
    code: 'im-undecided',
    ru: 'Решить вид',
    en: 'To be decided',
    roles: staff('im'),
    filter: { place: ['im_route'] },
    sort: 'due',
  },
  {
    code: 'at-risk',
    ru: 'Срок близко',
    en: 'At risk',
    roles: staff('l1 im it dev am di'),
    filter: { state: ['open'], dueWithin: 240 },
    sort: 'due',
  },
  {
    code: 'breached',
    ru: 'Срок нарушен',
    en: 'Breached',
    roles: staff('im am di fi'),
    filter: { breached: true, state: ['open', 'waiting', 'confirming'] },
    sort: 'due',
  },
  {
    code: 'waiting-client',
    ru: 'Ждём клиента',
    en: 'Waiting for the client',
    roles: [],
    filter: { state: ['waiting', 'confirming'], waitingFor: ['client', 'approval'] },
    sort: 'updated',
  },
  {
    code: 'board',
    ru: 'Повестка коллегии',
    en: 'Change board’s agenda',
    roles: staff('rb im di'),
    filter: { place: ['rb_board', 'rb_after'] },
    sort: 'registered',
  },
  {
    code: 'qa',
    ru: 'Проверить',
    en: 'To be tested',
    roles: staff('qa im'),
    filter: { place: ['qa_test', 'qa_copy'] },
    sort: 'due',
  },
  {
    code: 'entitlement',
    ru: 'Нет поддержки',
    en: 'Without entitlement',
    roles: staff('l1 im am'),
    filter: { entitlement: ['waiting', 'not_covered'] },
    sort: 'registered',
  },
  {
    code: 'all-open',
    ru: 'Все открытые',
    en: 'All open',
    roles: [],
    filter: { state: ['open', 'waiting', 'confirming'] },
    sort: 'due',
  },
]

const TEMPLATES = [
  { name: 'Приветствие', locale: 'ru', body: 'Здравствуйте, {{contact}}!\n\nСпасибо за обращение № {{number}}. ' },
  {
    name: 'Запрос подробностей',
    locale: 'ru',
    body: 'Здравствуйте, {{contact}}!\n\nЧтобы разобраться, нам нужно немного больше: что вы делали, чего ждали и что увидели. Пришлите, пожалуйста, полный текст ошибки и снимок экрана.',
  },
  {
    name: 'Решение готово',
    locale: 'ru',
    body: 'Здравствуйте, {{contact}}!\n\nМы всё исправили. Проверьте, пожалуйста, и подтвердите в кабинете или ответом на это письмо.',
  },
  {
    name: 'Ask for details',
    locale: 'en',
    body: 'Hello {{contact}},\n\nTo look into it we need a little more: what you did, what you expected and what you saw. Please send the full error text and a screenshot.',
  },
] as const

/** Forms of the topics that never had one, checklists, reasons and categories that are not there. */
async function installForms(tx: Tx): Promise<void> {
  for (const [topic, fields] of Object.entries(SHIPPED_FORMS)) {
    await tx`insert into request_form (topic, number, fields, created_by_name)
      select code, 1, ${tx.json(fields as unknown as Json)}, 'Opora' from topic where code = ${topic}
        and not exists (select 1 from request_form where topic = ${topic})`
  }
  const lists = SHIPPED_CHECKLISTS.map(({ items, ...list }, position) => ({ ...list, position, items: tx.json(items) }))
  await tx`insert into checklist ${tx(lists as never)} on conflict (code) do nothing`
  const entries = [
    ...SHIPPED_REASONS.map((one, position) => ({ ...one, position, dictionary: 'rejection_reason' })),
    ...SHIPPED_CATEGORIES.map((one, position) => ({ ...one, position, dictionary: 'category' })),
  ]
  await tx`insert into dictionary_entry ${tx(entries)} on conflict (dictionary, code) do nothing`
}

/** Topics, views and templates of a new installation. What an administrator has changed since is left alone. */
export async function installDictionaries(tx: Tx): Promise<void> {
  const rows = [
    ...TOPICS.map((topic, position) => ({
      ...topic,
      position,
      excluded: false,
      offered: !DESK_ALONE.includes(topic.code),
      readyAnswerRu: null,
      readyAnswerEn: null,
    })),
    ...EXCLUDED.map(({ ru, en, ...topic }, index) => ({
      ...topic,
      route: 'answer_and_close',
      position: TOPICS.length + index,
      excluded: true,
      offered: true,
      readyAnswerRu: ru,
      readyAnswerEn: en,
    })),
  ]
  await tx`insert into topic ${tx(rows as never, 'code', 'nameRu', 'nameEn', 'route', 'position', 'excluded', 'offered', 'readyAnswerRu', 'readyAnswerEn')} on conflict (code) do nothing`
  await installForms(tx)
  const views = VIEWS.map((view, position) => ({
    code: view.code,
    nameRu: view.ru,
    nameEn: view.en,
    roles: view.roles,
    filter: tx.json(view.filter),
    sort: view.sort,
    position,
  }))
  await tx`insert into saved_view ${tx(views as never)} on conflict (code) do nothing`
  const [there] = await tx<{ count: number }[]>`select count(*) as count from template`
  if (there!.count === 0) await tx`insert into template ${tx(TEMPLATES as never)}`
}
