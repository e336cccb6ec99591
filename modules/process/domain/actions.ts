import { PERSON_ROLES, TICKET_KINDS } from './action-words.ts'
import type { Bilingual } from './process-definition.ts'

/** What a parameter's value has to be: a text, or the name of something that there is. */
export type ActionParamType =
  | 'text'
  | 'longtext'
  | 'number'
  | 'choice'
  | 'role'
  | 'person'
  | 'template'
  | 'topic'
  | 'category'
  | 'kind'
  | 'priority'
  | 'webhook'
  | 'checklist'

export interface ActionParamSpec extends Bilingual {
  name: string
  type: ActionParamType
  required?: true
  /** Of a choice: its values. */
  options?: readonly (Bilingual & { value: string })[]
}

export interface ActionSpec extends Bilingual {
  name: string
  params: readonly ActionParamSpec[]
  /** `process`: has a meaning only where a ticket goes through a diagram. */
  where: 'process' | 'everywhere'
  /** Exactly one of these is filled in. */
  oneOf?: readonly string[]
  /** At least one of these is filled in. */
  someOf?: readonly string[]
}

const text = (name: string, ru: string, en: string) => ({ name, type: 'text', ru, en }) as const

/** What the shipped process asks of the rest of the product; each belongs to a place of the diagram. */
const OF_PROCESSES: readonly ActionSpec[] = [
  inProcess('set_kind', 'Записать вид', 'Set the kind', { name: 'kind', type: 'kind', ru: 'Вид', en: 'Kind' }),
  inProcess('set_priority', 'Записать приоритет', 'Set the priority', {
    ...{ name: 'priority', type: 'priority', ru: 'Приоритет', en: 'Priority' },
  }),
  inProcess('gather_linked', 'Собрать связанные под одним', 'Gather linked tickets under one parent'),
  inProcess('notify_touched', 'Известить затронутых клиентов', 'Tell the clients touched'),
  inProcess(
    'workaround',
    'Обходной путь',
    'Work-around',
    { name: 'priority', type: 'priority', ru: 'Новый приоритет', en: 'New priority' },
    text('remainder', 'Что осталось', 'What remains'),
  ),
  inProcess(
    'open_follow_up',
    'Открыть продолжение',
    'Open a follow-up',
    text('remainder', 'Что осталось', 'What remains'),
  ),
  inProcess('ask_estimate', 'Отправить оценку на согласование', 'Send the estimate for approval'),
  inProcess('withdraw_estimate', 'Отозвать оценку', 'Withdraw the estimate'),
  inProcess('share_with_partner', 'Открыть партнёру', 'Share with a partner', text('partner', 'Партнёр', 'Partner')),
  inProcess(
    'keep_vendor_number',
    'Записать номер вендора',
    "Keep the vendor's number",
    text('number', 'Номер', 'Number'),
  ),
  inProcess('call_board', 'Созвать коллегию', 'Call the board'),
  inProcess(
    'plan_window',
    'Назначить окно',
    'Plan a window',
    text('at', 'Когда', 'When'),
    text('rollback', 'План отката', 'Roll-back plan'),
  ),
  inProcess(
    'notify_client',
    'Известить клиента',
    'Tell the client',
    text('template', 'Код письма', 'Code of the letter'),
  ),
  inProcess('reject', 'Отклонить', 'Reject', text('reason', 'Причина', 'Reason')),
  inProcess('returned', 'Возвращено', 'Returned'),
  inProcess('confirmed_by_silence', 'Подтверждено молчанием', 'Confirmed by silence'),
  inProcess('ask_rating', 'Попросить оценку работы', 'Ask for a rating'),
  inProcess('reopen', 'Открыть снова', 'Reopen'),
]

/** What a service task and an automation rule ask alike. */
const EVERYWHERE: readonly ActionSpec[] = [
  {
    ...{ name: 'assign', ru: 'Назначить', en: 'Assign', where: 'everywhere', oneOf: ['role', 'person'] },
    params: [
      { name: 'role', type: 'role', ru: 'Роль', en: 'Role' },
      {
        ...{ name: 'pick', type: 'choice', ru: 'Кому из роли', en: 'Whom of the role' },
        options: [
          { value: 'queue', ru: 'в очередь роли', en: "into the role's queue" },
          { value: 'least_loaded', ru: 'наименее занятому на смене', en: 'the least loaded on shift' },
        ],
      },
      { name: 'person', type: 'person', ru: 'Человек', en: 'Person' },
    ],
  },
  {
    ...{ name: 'set_fields', ru: 'Изменить поля', en: 'Set fields', where: 'everywhere' },
    someOf: ['priority', 'kind', 'topic', 'category', 'planned_minutes', 'add_tag', 'remove_tag'],
    params: [
      { name: 'priority', type: 'priority', ru: 'Приоритет', en: 'Priority' },
      { name: 'kind', type: 'kind', ru: 'Вид', en: 'Kind' },
      { name: 'topic', type: 'topic', ru: 'Тема', en: 'Topic' },
      { name: 'category', type: 'category', ru: 'Категория', en: 'Category' },
      { name: 'planned_minutes', type: 'number', ru: 'План, минут', en: 'Planned minutes' },
      text('add_tag', 'Добавить метку', 'Add a tag'),
      text('remove_tag', 'Убрать метку', 'Remove a tag'),
    ],
  },
  {
    ...{ name: 'send_template', ru: 'Написать по шаблону', en: 'Send by template', where: 'everywhere' },
    params: [
      { name: 'template', type: 'template', required: true, ru: 'Шаблон', en: 'Template' },
      {
        ...{ name: 'to', type: 'choice', ru: 'Кому', en: 'To whom' },
        options: [
          { value: 'client', ru: 'клиенту', en: 'the client' },
          { value: 'note', ru: 'внутренней заметкой', en: 'as an internal note' },
        ],
      },
    ],
  },
  {
    ...{ name: 'call_webhook', ru: 'Вызвать вебхук', en: 'Call a webhook', where: 'everywhere' },
    params: [{ name: 'webhook', type: 'webhook', required: true, ru: 'Вебхук', en: 'Webhook' }],
  },
  {
    ...{ name: 'create_linked', ru: 'Создать связанное обращение', en: 'Create a linked ticket', where: 'everywhere' },
    params: [
      { name: 'subject', type: 'text', required: true, ru: 'Тема письма', en: 'Subject' },
      { name: 'text', type: 'longtext', ru: 'Текст', en: 'Text' },
      {
        ...{ name: 'link', type: 'choice', ru: 'Связь', en: 'Link' },
        options: [
          { value: 'child', ru: 'часть этого обращения', en: 'a part of this ticket' },
          { value: 'related', ru: 'связано', en: 'related' },
          { value: 'follow_up', ru: 'продолжение', en: 'a follow-up' },
        ],
      },
      { name: 'kind', type: 'kind', ru: 'Вид', en: 'Kind' },
      { name: 'topic', type: 'topic', ru: 'Тема', en: 'Topic' },
      { name: 'priority', type: 'priority', ru: 'Приоритет', en: 'Priority' },
    ],
  },
  {
    ...{ name: 'request_estimate', ru: 'Попросить оценку работ', en: 'Ask for an estimate', where: 'everywhere' },
    params: [{ name: 'role', type: 'role', ru: 'У роли', en: 'Of the role' }],
  },
  {
    ...{ name: 'start_checklist', ru: 'Начать чек-лист', en: 'Start a checklist', where: 'everywhere' },
    params: [{ name: 'checklist', type: 'checklist', required: true, ru: 'Чек-лист', en: 'Checklist' }],
  },
  {
    ...{ name: 'wait_for_child', ru: 'Ждать дочерних обращений', en: 'Wait for child tickets', where: 'process' },
    params: [],
  },
  {
    ...{ name: 'page_on_call', ru: 'Вызвать дежурных', en: 'Page', where: 'everywhere' },
    params: [{ name: 'role', type: 'role', ru: 'Роль', en: 'Role' }],
  },
  { name: 'remind_client', ru: 'Напомнить клиенту', en: 'Remind the client', where: 'everywhere', params: [] },
]

function inProcess(name: string, ru: string, en: string, ...params: ActionParamSpec[]): ActionSpec {
  return { name, ru, en, params, where: 'process' }
}

/** Every action that a process or a rule may ask of the rest of the product. */
export const ACTION_SPECS: readonly ActionSpec[] = [...EVERYWHERE, ...OF_PROCESSES]

const BY_NAME = new Map(ACTION_SPECS.map((spec) => [spec.name, spec]))

export function actionSpec(name: string): ActionSpec | null {
  return BY_NAME.get(name) ?? null
}

/** A parameter as it is given: a value, or, in a process, the name of a field of the outcome that fills it in. */
export type GivenParam = { name: string; value: string } | { name: string; from: string }

/** What there is to be named; left out: not asked, whatever is named is believed. */
export interface KnownThings {
  people?: readonly string[]
  templates?: readonly string[]
  topics?: readonly string[]
  categories?: readonly string[]
  webhooks?: readonly string[]
  checklists?: readonly string[]
}

export interface ActionFault extends Bilingual {
  /** The parameter at fault, `null` for the action itself. */
  param: string | null
  code: 'action_unknown' | 'action_not_here' | 'param_unknown' | 'param_twice' | 'param_missing' | 'param_invalid'
}

/** Everything that is wrong with an action as it stands. */
export function actionFaults(
  name: string,
  given: readonly GivenParam[],
  where: 'process' | 'rule',
  things: KnownThings = {},
): ActionFault[] {
  const spec = actionSpec(name)
  if (!spec) return [fault('action_unknown', null, `неизвестное действие «${name}»`, `unknown action "${name}"`)]
  if (where === 'rule' && spec.where === 'process') {
    const [ru, en] = [`действие «${spec.ru}» бывает только в процессе`, `"${spec.en}" works in a process only`]
    return [fault('action_not_here', null, ru, en)]
  }
  const filled = given.filter((param) => 'from' in param || param.value.trim() !== '')
  return [...given.flatMap((param) => paramFaults(spec, given, param, things)), ...missing(spec, filled)]
}

function paramFaults(
  spec: ActionSpec,
  given: readonly GivenParam[],
  param: GivenParam,
  things: KnownThings,
): ActionFault[] {
  const { name } = param
  const declared = spec.params.find((one) => one.name === name)
  if (!declared) {
    const [ru, en] = [`у действия «${spec.name}» нет параметра «${name}»`, `"${spec.name}" has no "${name}"`]
    return [fault('param_unknown', name, ru, en)]
  }
  if (given.findIndex((one) => one.name === name) !== given.indexOf(param)) {
    return [fault('param_twice', name, `параметр «${name}» дан дважды`, `"${name}" is given twice`)]
  }
  if ('from' in param || param.value.trim() === '' || fits(declared, param.value.trim(), things)) return []
  const ru = `«${declared.ru}»: нет такого значения «${param.value}»`
  return [fault('param_invalid', name, ru, `"${declared.en}": there is no "${param.value}"`)]
}

function missing(spec: ActionSpec, filled: readonly GivenParam[]): ActionFault[] {
  const has = (name: string) => filled.some((param) => param.name === name)
  const faults = spec.params
    .filter((param) => param.required && !has(param.name))
    .map((param) => fault('param_missing', param.name, `заполните «${param.ru}»`, `fill in "${param.en}"`))
  const named = (names: readonly string[], pick: 'ru' | 'en') =>
    names.map((name) => spec.params.find((param) => param.name === name)?.[pick] ?? name).join(', ')
  if (spec.oneOf && spec.oneOf.filter(has).length !== 1) {
    const [first = null] = spec.oneOf
    const ru = `заполните одно из: ${named(spec.oneOf, 'ru')}`
    faults.push(fault('param_missing', first, ru, `fill in exactly one of: ${named(spec.oneOf, 'en')}`))
  }
  if (spec.someOf && !spec.someOf.some(has)) {
    const [first = null] = spec.someOf
    const ru = `заполните хотя бы одно из: ${named(spec.someOf, 'ru')}`
    faults.push(fault('param_missing', first, ru, `fill in at least one of: ${named(spec.someOf, 'en')}`))
  }
  return faults
}

const TEXT_MAX = 300
const LONG_TEXT_MAX = 4_000
const NUMBER_MAX = 1_000_000

function fits(param: ActionParamSpec, value: string, things: KnownThings): boolean {
  const among = (known: readonly string[] | undefined) => known === undefined || known.includes(value)
  switch (param.type) {
    case 'text':
      return value.length <= TEXT_MAX
    case 'longtext':
      return value.length <= LONG_TEXT_MAX
    case 'number':
      return /^\d{1,7}$/.test(value) && Number(value) <= NUMBER_MAX
    case 'choice':
      return (param.options ?? []).some((option) => option.value === value)
    case 'role':
      return PERSON_ROLES.includes(value)
    case 'kind':
      return TICKET_KINDS.includes(value)
    case 'priority':
      return /^[1-4]$/.test(value)
    case 'person':
      return among(things.people)
    case 'template':
      return among(things.templates)
    case 'topic':
      return among(things.topics)
    case 'category':
      return among(things.categories)
    case 'webhook':
      return among(things.webhooks)
    case 'checklist':
      return among(things.checklists)
  }
}

function fault(code: ActionFault['code'], param: string | null, ru: string, en: string): ActionFault {
  return { code, param, ru, en }
}
