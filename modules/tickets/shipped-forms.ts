import type { Condition, FormField } from './domain/request-form.ts'

// What an installation begins with; the administrator goes on from here.

const nothing = { ru: '', en: '' }
function field(
  name: string,
  kind: FormField['kind'],
  ru: string,
  en: string,
  more: Partial<FormField> = {},
): FormField {
  const plain = { name, kind, label: { ru, en }, help: nothing, need: 'wanted' as const }
  return { ...plain, options: [], shownWhen: [], requiredWhen: [], ...more }
}
const option = (value: string, ru: string, en: string) => ({ value, label: { ru, en } })
const isOf = (name: string, ...values: string[]): Condition[] => [{ field: name, test: 'is', values }]

const TECHNICAL: FormField[] = [
  field('portal', 'portal', 'Портал или сайт', 'Portal or site'),
  field('what', 'choice', 'Что не так', 'What is wrong', {
    need: 'required',
    options: [
      option('error', 'Ошибка, что-то не работает', 'An error, something does not work'),
      option('slow', 'Работает медленно', 'It is slow'),
      option('lost', 'Пропали данные', 'Data is gone'),
      option('how', 'Не знаю, как сделать', 'I do not know how to do it'),
    ],
  }),
  field('goal', 'long_text', 'Чего хотите добиться', 'What you want to achieve', {
    need: 'required',
    shownWhen: isOf('what', 'how'),
  }),
  field('did', 'long_text', 'Что вы делали', 'What you did', {
    help: { ru: 'По шагам: куда нажали, что заполнили', en: 'Step by step: what you clicked, what you filled in' },
    shownWhen: isOf('what', 'error', 'slow', 'lost'),
  }),
  field('expected', 'long_text', 'Чего ждали', 'What you expected', { shownWhen: isOf('what', 'error', 'lost') }),
  field('saw', 'long_text', 'Что увидели', 'What you saw', {
    need: 'required',
    help: { ru: 'Текст ошибки целиком, если она есть', en: 'The full text of the error, if there is one' },
    shownWhen: isOf('what', 'error', 'slow', 'lost'),
  }),
  field('since', 'date', 'С какого дня', 'Since which day', { shownWhen: isOf('what', 'slow', 'lost') }),
  field('who', 'choice', 'У кого так', 'Who has it', {
    options: [
      option('me', 'Только у меня', 'I alone'),
      option('some', 'У нескольких', 'Several'),
      option('all', 'У всех', 'Everybody'),
    ],
    shownWhen: isOf('what', 'error', 'slow', 'lost'),
  }),
  field('looked', 'text', 'Где уже смотрели', 'Where you have already looked', {
    need: 'optional',
    help: {
      ru: 'Другой браузер, другой сотрудник, инструкция',
      en: 'Another browser, a colleague’s account, a manual',
    },
  }),
  field('screenshot', 'file', 'Снимок экрана', 'Screenshot', { shownWhen: isOf('what', 'error', 'slow', 'lost') }),
]

const CONTENT: FormField[] = [
  field('portal', 'portal', 'Портал или сайт', 'Portal or site'),
  field('page', 'text', 'Адрес страницы или раздел', 'The page’s address or section', { need: 'required' }),
  field('change', 'long_text', 'Что там должно быть', 'What it should say', { need: 'required' }),
  field('by', 'date', 'К какому дню', 'By which day', { need: 'optional' }),
  field('files', 'file', 'Тексты и картинки', 'Texts and pictures', { need: 'optional' }),
]

export const SHIPPED_FORMS: Readonly<Record<string, FormField[]>> = { technical: TECHNICAL, content: CONTENT }

const item = (ru: string, en: string, role: string | null = null, required = true) => ({ ru, en, required, role })

export const SHIPPED_CHECKLISTS = [
  {
    code: 'users_and_roles',
    nameRu: 'Пользователи и роли',
    nameEn: 'Users and roles',
    items: [
      item('Просьбу подтвердил ответственный клиента', 'The client’s responsible contact confirmed the request', 'l1'),
      item('Учётная запись заведена или закрыта', 'The account is made or closed', 'it'),
      item('Отдел, руководитель и права как у образца', 'Department, head and rights as of the model person', 'it'),
      item('Вход проверен вместе с пользователем', 'Signing in was tried together with the user', 'it'),
      item('Лишние права сняты', 'Rights no longer needed are taken away', 'it', false),
    ],
  },
  {
    code: 'access',
    nameRu: 'Доступы',
    nameEn: 'Access',
    items: [
      item('Доступ разрешил владелец данных', 'The owner of the data allowed the access', 'im'),
      item('Выдан самый узкий доступ, которого хватает', 'The narrowest access that suffices is given', 'it'),
      item('Срок доступа записан', 'The end of the access is written down', 'it'),
      item('Секреты переданы через хранилище, а не в переписке', 'Secrets went through the vault, not by letter', 'it'),
    ],
  },
  {
    code: 'installers',
    nameRu: 'Установка программ',
    nameEn: 'Installers',
    items: [
      item('Версия и лицензия проверены', 'Version and licence are checked', 'it'),
      item('Сделана резервная копия', 'A backup was made', 'it'),
      item('Установлено и запущено', 'Installed and started', 'it'),
      item('Пользователь проверил, что работает', 'The user saw that it works', 'it'),
    ],
  },
  {
    code: 'documentation',
    nameRu: 'Документация',
    nameEn: 'Documentation',
    items: [
      item('Ясно, кто и зачем будет читать', 'It is clear who will read it, and why', 'an'),
      item('Текст проверен на портале клиента', 'The text was tried on the client’s portal', 'an'),
      item('Документ передан и лежит в условленном месте', 'The document is handed over and lies where agreed', 'an'),
      item('Снимки экрана без личных данных', 'Screenshots without personal data', 'an', false),
    ],
  },
  {
    code: 'training',
    nameRu: 'Обучение',
    nameEn: 'Training',
    items: [
      item('Согласованы программа, время и участники', 'Programme, time and participants are agreed', 'am'),
      item('Готов учебный портал', 'The training portal is ready', 'it'),
      item('Занятие проведено', 'The lesson was given', 'an'),
      item('Запись и материалы отправлены', 'The record and the materials were sent', 'an', false),
    ],
  },
]

const entry = (code: string, nameRu: string, nameEn: string) => ({ code, nameRu, nameEn })

export const SHIPPED_REASONS = [
  entry('profanity', 'Ненормативная лексика', 'Profanity'),
  entry('off_topic', 'Не по теме', 'Off topic'),
  entry('excluded', 'Тема вне договора', 'Topic outside the contract'),
  entry('spam', 'Спам', 'Spam'),
]

export const SHIPPED_CATEGORIES = [
  entry('crm', 'CRM и продажи', 'CRM and sales'),
  entry('tasks', 'Задачи и проекты', 'Tasks and projects'),
  entry('automation', 'Роботы и бизнес-процессы', 'Robots and business processes'),
  entry('telephony', 'Телефония', 'Telephony'),
  entry('mail', 'Почта', 'Mail'),
  entry('access', 'Пользователи и права', 'Users and rights'),
  entry('integration', 'Интеграции и обмен', 'Integrations and exchange'),
  entry('site', 'Сайт и магазин', 'Site and shop'),
  entry('speed', 'Скорость работы', 'Speed'),
  entry('updates', 'Обновления', 'Updates'),
  entry('other', 'Прочее', 'Other'),
]
