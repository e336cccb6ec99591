import { type Locale, minutesInWords } from '@opora/core'
import { ACTION_SENTENCES } from './history-of-actions.ts'

type Data = Record<string, unknown>
type Sentence = (data: Data) => string

/** A list is kept as JSON text: `["телефония"]`. */
const LIST = /^\[("[^"\\]*"(,"[^"\\]*")*)?\]$/

const EMPTY = '—'

function word(value: unknown): string {
  const plain = typeof value === 'string' && LIST.test(value) ? (JSON.parse(value) as string[]).join(', ') : value
  return plain === null || plain === undefined || plain === '' ? EMPTY : String(plain)
}
/** `было → стало`; what was empty before is not worth a dash. */
function change(data: Data): string {
  const before = word(data['fromName'] ?? data['from'])
  const after = word(data['toName'] ?? data['to'])
  return before === EMPTY ? after : `${before} → ${after}`
}

const PRIORITIES: Record<Locale, readonly string[]> = {
  ru: ['критический', 'высокий', 'средний', 'низкий'],
  en: ['critical', 'high', 'medium', 'low'],
}
function priority(value: unknown, locale: Locale): string {
  return PRIORITIES[locale][Number(value) - 1] ?? word(value)
}
function priorityChange(data: Data, locale: Locale): string {
  return change({ from: priority(data['from'], locale), to: priority(data['to'], locale) })
}

/** Codes that a reader should see as words. */
const CODES: Record<string, Record<Locale, string>> = {
  accident: { ru: 'авария', en: 'accident' },
  incident: { ru: 'инцидент', en: 'incident' },
  change: { ru: 'запрос на изменение', en: 'change' },
  service_request: { ru: 'запрос на обслуживание', en: 'service request' },
  consultation: { ru: 'консультация', en: 'consultation' },
  client: { ru: 'клиента', en: 'the client' },
  vendor: { ru: 'вендора', en: 'the vendor' },
  partner: { ru: 'партнёра', en: 'the partner' },
  approval: { ru: 'согласования', en: 'an approval' },
  payment: { ru: 'оплаты', en: 'a payment' },
  date: { ru: 'назначенного срока', en: 'the date' },
  off_topic: { ru: 'не по теме', en: 'off topic' },
  profanity: { ru: 'нецензурная лексика', en: 'profanity' },
  excluded: { ru: 'не входит в договор', en: 'excluded by the contract' },
  spam: { ru: 'рассылка', en: 'spam' },
  subject: { ru: 'Тема', en: 'Subject' },
  tags: { ru: 'Метки', en: 'Tags' },
  impact: { ru: 'Влияние', en: 'Impact' },
  urgency: { ru: 'Срочность', en: 'Urgency' },
  category: { ru: 'Категория', en: 'Category' },
  complexity: { ru: 'Сложность', en: 'Complexity' },
  plannedMinutes: { ru: 'План работ', en: 'Planned work' },
  expectedOn: { ru: 'Ожидаемая дата', en: 'Expected on' },
  contactId: { ru: 'Контакт', en: 'Contact' },
  custom: { ru: 'Поля', en: 'Fields' },
  yes: { ru: 'да', en: 'yes' },
  no: { ru: 'нет', en: 'no' },
}
const MOMENTS = ['dueAt', 'endsAt'] as const
const CODED = ['from', 'to', 'reason', 'field'] as const

/** How the values of a field are said where they are neither words nor codes; events keep them as text. */
const VALUES: Record<string, (value: unknown, locale: Locale) => unknown> = {
  plannedMinutes: (value, locale) => (isNumber(value) ? minutesInWords(Number(value), locale) : value),
  expectedOn: (value, locale) =>
    typeof value === 'string' && DAY.test(value)
      ? new Intl.DateTimeFormat(tagOf(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(value))
      : value,
}
const DAY = /^\d{4}-\d\d-\d\d$/

function isNumber(value: unknown): boolean {
  return value !== null && value !== '' && Number.isInteger(Number(value))
}

function tagOf(locale: Locale): string {
  return locale === 'ru' ? 'ru-RU' : 'en-GB'
}

function inWords(data: Data, locale: Locale, zone: string): Data {
  const said = { ...data }
  for (const name of MOMENTS) {
    const at = said[name]
    if (typeof at === 'number') said[name] = inZone(at, locale, zone)
  }
  for (const name of CODED) {
    const code = data[name]
    if (typeof code === 'string' && Object.hasOwn(CODES, code)) said[name] = CODES[code]![locale]
  }
  const ownName = data[locale === 'ru' ? 'nameRu' : 'nameEn']
  if (data['field'] === 'custom' && typeof ownName === 'string') said['field'] = ownName
  const say = VALUES[String(data['field'])]
  if (say) for (const name of ['from', 'to']) said[name] = say(data[name], locale)
  const reason = data[locale === 'ru' ? 'reasonRu' : 'reasonEn']
  if (typeof reason === 'string') said['reason'] = reason
  return said
}

/** What each fact of a ticket's history says to a reader. */
const SENTENCES: Record<string, Record<Locale, Sentence>> = {
  ...ACTION_SENTENCES,
  opened: {
    ru: (d) => `Зарегистрировано, приоритет ${priority(d['priority'], 'ru')}`,
    en: (d) => `Registered, priority ${priority(d['priority'], 'en')}`,
  },
  entitled: {
    ru: () => 'Право на поддержку подтверждено: время пошло',
    en: () => 'Entitlement confirmed: the clocks run',
  },
  answered: { ru: () => 'Ответ клиенту', en: () => 'Answered the client' },
  answer_undone: { ru: () => 'Отправка ответа отменена', en: () => 'Sending of the answer undone' },
  client_wrote: { ru: () => 'Клиент написал', en: () => 'The client wrote' },
  unverified_message: {
    ru: (d) => `Письмо от непроверенного отправителя ${word(d['from'])}`,
    en: (d) => `A message of an unverified sender ${word(d['from'])}`,
  },
  noted: { ru: () => 'Внутренняя заметка', en: () => 'Internal note' },
  place_entered: { ru: (d) => `Этап: ${word(d['nameRu'])}`, en: (d) => `Place: ${word(d['nameEn'])}` },
  place_left: {
    ru: (d) => `Покинут этап ${word(d['place'])}${d['outcome'] ? `: ${word(d['outcome'])}` : ''}`,
    en: (d) => `Left ${word(d['place'])}${d['outcome'] ? `: ${word(d['outcome'])}` : ''}`,
  },
  paused: { ru: (d) => `Ожидание: ${word(d['reason'])}`, en: (d) => `Waiting for: ${word(d['reason'])}` },
  resumed: { ru: () => 'Работа продолжена', en: () => 'Resumed' },
  solved: { ru: () => 'Решено', en: () => 'Solved' },
  confirmed: { ru: () => 'Клиент подтвердил решение', en: () => 'The client confirmed the solution' },
  confirm_rejected: { ru: () => 'Клиент вернул в работу', en: () => 'Returned by the client' },
  reopened: { ru: () => 'Открыто снова', en: () => 'Reopened' },
  closed: { ru: () => 'Закрыто', en: () => 'Closed' },
  confirmed_by_silence: { ru: () => 'Подтверждено молчанием', en: () => 'Confirmed by silence' },
  rejected: { ru: (d) => `Отклонено: ${word(d['reason'])}`, en: (d) => `Rejected: ${word(d['reason'])}` },
  returned: { ru: (d) => `Возвращено: ${word(d['reason'])}`, en: (d) => `Returned: ${word(d['reason'])}` },
  work_around: {
    ru: (d) => `Работа восстановлена обходным путём, приоритет ${priorityChange(d, 'ru')}`,
    en: (d) => `Service restored by a work-around, priority ${priorityChange(d, 'en')}`,
  },
  priority_changed: {
    ru: (d) => `Приоритет: ${priorityChange(d, 'ru')}`,
    en: (d) => `Priority: ${priorityChange(d, 'en')}`,
  },
  kind_changed: { ru: (d) => `Вид: ${change(d)}`, en: (d) => `Kind: ${change(d)}` },
  topic_changed: { ru: (d) => `Тип: ${change(d)}`, en: (d) => `Topic: ${change(d)}` },
  portal_changed: { ru: (d) => `Портал: ${change(d)}`, en: (d) => `Portal: ${change(d)}` },
  contract_changed: { ru: (d) => `Договор: ${change(d)}`, en: (d) => `Contract: ${change(d)}` },
  field_changed: { ru: (d) => `${word(d['field'])}: ${change(d)}`, en: (d) => `${word(d['field'])}: ${change(d)}` },
  assigned: {
    ru: (d) => (d['to'] === null ? `Снят исполнитель: ${word(d['fromName'])}` : `Исполнитель: ${change(d)}`),
    en: (d) => (d['to'] === null ? `Unassigned: ${word(d['fromName'])}` : `Assignee: ${change(d)}`),
  },
  reject: { ru: (d) => `Отклонено: ${word(d['reason'])}`, en: (d) => `Rejected: ${word(d['reason'])}` },
  coupon_spent: { ru: () => 'Использовано спецобращение (купон)', en: () => 'A coupon was spent' },
  person_added: { ru: (d) => `Добавлен участник: ${word(d['name'])}`, en: (d) => `Person added: ${word(d['name'])}` },
  person_removed: { ru: (d) => `Убран участник: ${word(d['name'])}`, en: (d) => `Person removed: ${word(d['name'])}` },
  linked: { ru: (d) => `Связано с № ${word(d['number'])}`, en: (d) => `Linked to no. ${word(d['number'])}` },
  merged_from: {
    ru: (d) => `Присоединено обращение № ${word(d['number'])}`,
    en: (d) => `No. ${word(d['number'])} was merged into this one`,
  },
  merged: { ru: (d) => `Объединено с № ${word(d['into'])}`, en: (d) => `Merged into no. ${word(d['into'])}` },
  unmerged: { ru: () => 'Объединение отменено', en: () => 'Merge undone' },
  parent_changed: { ru: (d) => `Часть обращения: ${change(d)}`, en: (d) => `Part of ticket: ${change(d)}` },
  split: { ru: (d) => `Выделено обращение № ${word(d['number'])}`, en: (d) => `Split off no. ${word(d['number'])}` },
  estimate_offered: {
    ru: (d) => `Оценка отправлена клиенту: ${word(d['minutes'])} мин`,
    en: (d) => `Estimate offered to the client: ${word(d['minutes'])} min`,
  },
  estimate_approved: {
    ru: (d) => `Оценка принята: ${word(d['by'])}`,
    en: (d) => `Estimate approved: ${word(d['by'])}`,
  },
  estimate_declined: {
    ru: (d) => `Оценка отклонена: ${word(d['by'])}`,
    en: (d) => `Estimate declined: ${word(d['by'])}`,
  },
  estimate_asked: {
    ru: (d) => `Вопрос по оценке: ${word(d['question'])}`,
    en: (d) => `Question about the estimate: ${word(d['question'])}`,
  },
  board_approved: {
    ru: (d) => `Коллегия RfC одобрила. ${word(d['explanation'])}`,
    en: (d) => `The change board approved. ${word(d['explanation'])}`,
  },
  board_rejected: {
    ru: (d) => `Коллегия RfC отклонила. ${word(d['explanation'])}`,
    en: (d) => `The change board rejected. ${word(d['explanation'])}`,
  },
  window_agreed: { ru: (d) => `Окно согласовано: ${word(d['by'])}`, en: (d) => `Window agreed: ${word(d['by'])}` },
  window_declined: {
    ru: (d) => `Окно отклонено: ${word(d['by'])}. ${word(d['comment'])}`,
    en: (d) => `Window declined: ${word(d['by'])}. ${word(d['comment'])}`,
  },
  deployed: {
    ru: (d) => `Конвейер ${word(d['source'])}: ${word(d['status'])}, ${word(d['release'])}`,
    en: (d) => `Pipeline ${word(d['source'])}: ${word(d['status'])}, ${word(d['release'])}`,
  },
  estimate_withdrawn: { ru: () => 'Оценка отозвана', en: () => 'Estimate withdrawn' },
  estimate_expired: {
    ru: () => 'Срок оценки закончился: решения не было',
    en: () => 'The estimate expired undecided',
  },
  estimate_round_opened: {
    ru: (d) => `Согласованное израсходовано: открыт раунд ${word(d['round'])}`,
    en: (d) => `What was approved is used up: round ${word(d['round'])} is open`,
  },
  rated: {
    ru: (d) => `Оценка клиента: ${word(d['score'])} из 5`,
    en: (d) => `Rated by the client: ${word(d['score'])} of 5`,
  },
  missing_asked: {
    ru: (d) => `Клиента попросили дополнить: ${word(d['names'])}`,
    en: (d) => `The client was asked for: ${word(d['namesEn'])}`,
  },
  form_filled: {
    ru: (d) => `Дополнены ответы: ${word(d['names'])}`,
    en: (d) => `Answers filled in: ${word(d['namesEn'])}`,
  },
  checklist_started: {
    ru: (d) => `Начат чек-лист: ${word(d['nameRu'])}`,
    en: (d) => `Checklist begun: ${word(d['nameEn'])}`,
  },
  checklist_finished: {
    ru: (d) => `Чек-лист пройден: ${word(d['nameRu'])}`,
    en: (d) => `Checklist finished: ${word(d['nameEn'])}`,
  },
  checklist_unticked: {
    ru: (d) => `Снята отметка: ${word(d['nameRu'])}`,
    en: (d) => `Tick taken back: ${word(d['nameEn'])}`,
  },
  vendor_asked: {
    ru: (d) => `Вопрос передан вендору, номер ${word(d['number'])}, ответ ждём до ${word(d['dueAt'])}`,
    en: (d) => `Passed to the vendor as ${word(d['number'])}, an answer is expected by ${word(d['dueAt'])}`,
  },
  vendor_number: {
    ru: (d) => `Номер у вендора: ${change(d)}`,
    en: (d) => `Number at the vendor’s: ${change(d)}`,
  },
  vendor_override: {
    ru: (d) => `Передать вендору разрешено, хотя условия не выполнены: ${word(d['reason'])}`,
    en: (d) => `The vendor may be asked although the ticket is not eligible: ${word(d['reason'])}`,
  },
  partner_invited: {
    ru: (d) => `Приглашён партнёр ${word(d['name'])}, доступ до ${word(d['endsAt'])}`,
    en: (d) => `Partner invited: ${word(d['name'])}, access until ${word(d['endsAt'])}`,
  },
  partner_prolonged: {
    ru: (d) => `Доступ партнёра ${word(d['name'])} теперь до ${word(d['endsAt'])}`,
    en: (d) => `Access of the partner ${word(d['name'])} now ends ${word(d['endsAt'])}`,
  },
  partner_mailed: {
    ru: (d) => `Приглашение отправлено партнёру ещё раз: ${word(d['name'])}`,
    en: (d) => `The invitation was sent again: ${word(d['name'])}`,
  },
  partner_withdrawn: {
    ru: (d) => `Приглашение партнёра отозвано: ${word(d['name'])}`,
    en: (d) => `The partner’s invitation was withdrawn: ${word(d['name'])}`,
  },
  partner_over: {
    ru: (d) => `Доступ партнёра закончился: ${word(d['name'])}`,
    en: (d) => `The partner’s access is over: ${word(d['name'])}`,
  },
  acknowledged: { ru: () => 'Принято в работу', en: () => 'Acknowledged' },
  licence_class_changed: { ru: (d) => `Класс лицензии: ${change(d)}`, en: (d) => `Licence class: ${change(d)}` },
  deadline_offered: {
    ru: (d) => `Клиенту предложен срок: ${word(d['dueAt'])}. ${word(d['reason'])}`,
    en: (d) => `A term was proposed to the client: ${word(d['dueAt'])}. ${word(d['reason'])}`,
  },
  deadline_withdrawn: { ru: () => 'Предложенный срок отозван', en: () => 'The proposed term was withdrawn' },
  deadline_declined: {
    ru: (d) => `Клиент не согласился на срок ${word(d['dueAt'])}: ${word(d['by'])}`,
    en: (d) => `The client declined the term ${word(d['dueAt'])}: ${word(d['by'])}`,
  },
  agreed_deadline: {
    ru: (d) => `Срок ${word(d['dueAt'])} согласован: ${word(d['offeredBy'])}, ${word(d['by'])}`,
    en: (d) => `The term ${word(d['dueAt'])} was agreed on: ${word(d['offeredBy'])}, ${word(d['by'])}`,
  },
}

const MOMENT: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
}

function inZone(at: number, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(tagOf(locale), { ...MOMENT, timeZone }).format(at)
}

/** `zone`: the reader's own, for moments that a fact names. */
export function historySentence(type: string, data: Data, locale: Locale, zone = 'UTC'): string {
  return SENTENCES[type]?.[locale](inWords(data, locale, zone)) ?? type
}
