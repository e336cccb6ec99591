import { type Instant, parseInstant } from '@opora/core'
import type { Labelled, ReportInput, RequestInput, WorkInput } from './build-report.ts'
import type { ReportClock } from './client-report.ts'

const at = (text: string): Instant => parseInstant(`${text}+03:00`)
const label = (code: string, ru: string, en: string): Labelled => ({ code, name: { ru, en } })

const incident = label('incident', 'Инцидент', 'Incident')
const change = label('change', 'Запрос на изменение', 'Change')
const consultation = label('consultation', 'Консультация', 'Consultation')
const service = label('service_request', 'Запрос на обслуживание', 'Service request')
const closed = label('closed', 'Закрыто', 'Closed')
const working = label('in_work', 'В работе', 'In work')
const approval = label('approval', 'Ждёт вашего согласования', 'Waits for your approval')
const CRM = 'crm.romashka.example'
const SITE = 'romashka.example'

type Row = [string, string, Labelled, number | null, string | null, Labelled, string, string | null]

const ROWS: Row[] = [
  [
    'OP-1041',
    'Не открывается карточка сделки после обновления',
    incident,
    1,
    CRM,
    closed,
    '2026-03-02T09:12',
    '2026-03-02T14:40',
  ],
  [
    'OP-1042',
    'Как выгрузить отчёт по менеджерам за квартал?',
    consultation,
    4,
    CRM,
    closed,
    '2026-03-02T15:05',
    '2026-03-03T11:20',
  ],
  [
    'OP-1044',
    'Добавить поле «Источник» в форму заявки на сайте',
    change,
    3,
    SITE,
    closed,
    '2026-03-03T10:30',
    '2026-03-11T17:00',
  ],
  [
    'OP-1047',
    'Письма из CRM уходят в спам у получателей на Mail.ru',
    incident,
    2,
    CRM,
    closed,
    '2026-03-04T12:41',
    '2026-03-06T16:15',
  ],
  [
    'OP-1049',
    'Новый сотрудник: доступ в отдел продаж',
    service,
    4,
    CRM,
    closed,
    '2026-03-05T09:55',
    '2026-03-05T10:40',
  ],
  [
    'OP-1053',
    'Бизнес-процесс согласования счетов зависает на шаге «Бухгалтерия»',
    incident,
    2,
    CRM,
    closed,
    '2026-03-10T11:02',
    '2026-03-12T13:30',
  ],
  [
    'OP-1058',
    'Интеграция с 1С: не передаются реквизиты контрагента',
    incident,
    2,
    CRM,
    working,
    '2026-03-16T16:48',
    null,
  ],
  ['OP-1060', 'Печатная форма договора с подстановкой реквизитов', change, 3, CRM, approval, '2026-03-18T13:20', null],
  ['OP-1063', 'Сайт открывается медленно', incident, 3, SITE, closed, '2026-03-20T10:10', '2026-03-24T18:05'],
  ['OP-1066', 'Вопрос о продлении лицензии', consultation, null, null, closed, '2026-03-24T09:30', '2026-03-24T12:00'],
  ['OP-1071', 'Телефония: пропущенные звонки не попадают в лиды', incident, 2, CRM, working, '2026-03-30T17:20', null],
]

const requests: RequestInput[] = ROWS.map(([number, title, kind, priority, portal, state, opened, solved]) => ({
  number,
  title,
  kind,
  priority,
  portal,
  state,
  openedAt: at(opened),
  solvedAt: solved === null ? null : at(solved),
  rejectedAt: null,
}))

function clock(index: number, metric: ReportClock['metric'], rest: Partial<ReportClock>): ReportClock {
  const request = requests[index]
  if (!request) throw new Error(`no request ${index}`)
  return {
    ticketNumber: request.number,
    ticketTitle: request.title,
    metric,
    priority: request.priority,
    promised: { ru: '4 ч рабочего времени', en: '4 h of service time' },
    actualMinutes: 38,
    dueAt: request.openedAt + 4 * 3_600_000,
    metAt: request.openedAt + 38 * 60_000,
    outcome: 'kept',
    lateMinutes: 0,
    note: null,
    ...rest,
  }
}

const clocks: ReportClock[] = [
  ...requests.map((_, index) => clock(index, 'reaction', { actualMinutes: 12 + index * 7 })),
  clock(0, 'resolution', {
    promised: { ru: '12 ч по часам', en: '12 h by the clock' },
    actualMinutes: 328,
    dueAt: at('2026-03-02T21:12'),
    metAt: at('2026-03-02T14:40'),
  }),
  clock(3, 'resolution', {
    promised: { ru: '2 рабочих дня', en: '2 working days' },
    actualMinutes: null,
    dueAt: at('2026-03-06T18:00'),
    metAt: at('2026-03-06T16:15'),
  }),
  clock(5, 'resolution', {
    promised: { ru: '1 рабочий день', en: '1 working day' },
    actualMinutes: 1110,
    dueAt: at('2026-03-11T18:00'),
    metAt: at('2026-03-12T13:30'),
    outcome: 'missed',
    lateMinutes: 210,
    note: 'Ждали журнал сервера от хостинга; договорились, что доступ к журналу будет у дежурного.',
  }),
  clock(6, 'resolution', { outcome: 'running', metAt: null, actualMinutes: null, dueAt: at('2026-04-02T18:00') }),
]

function work(date: string, index: number, person: string, rest: Partial<WorkInput>): WorkInput {
  const request = requests[index]
  if (!request) throw new Error(`no request ${index}`)
  const workedMinutes = rest.workedMinutes ?? 60
  return {
    date,
    ticketNumber: request.number,
    ticketTitle: request.title,
    person,
    activity: { ru: 'Разработка', en: 'Development' },
    description: '',
    workedMinutes,
    billableMinutes: workedMinutes,
    share: 'package',
    urgent: false,
    onSite: false,
    outOfHours: false,
    correction: false,
    explanation: [],
    visible: true,
    ...rest,
  }
}

const diagnosis = { ru: 'Диагностика', en: 'Diagnosis' }
const configuration = { ru: 'Настройка', en: 'Configuration' }
const servers = { ru: 'Серверы', en: 'Servers' }

const lines: WorkInput[] = [
  work('2026-03-02', 0, 'Игорь Лапин', {
    activity: diagnosis,
    description: 'Журнал ошибок, воспроизведение на копии',
    workedMinutes: 45,
  }),
  work('2026-03-02', 0, 'Марина Орлова', {
    description: 'Исправлен обработчик карточки, проверка на копии портала, установка',
    workedMinutes: 150,
    billableMinutes: 180,
    outOfHours: true,
    explanation: [{ ru: '30 мин × 2 = 60 мин (вне часов обслуживания)', en: '30 min × 2 = 60 min (out of hours)' }],
  }),
  work('2026-03-03', 1, 'Светлана Ким', {
    activity: { ru: 'Консультация', en: 'Consultation' },
    description: 'Показала отчёт и фильтр по ответственным',
    workedMinutes: 20,
    billableMinutes: 0,
    share: 'included',
  }),
  work('2026-03-06', 3, 'Игорь Лапин', {
    activity: servers,
    description: 'SPF, DKIM, DMARC; снятие с чёрного списка',
    workedMinutes: 130,
  }),
  work('2026-03-10', 2, 'Марина Орлова', {
    description: 'Поле «Источник» в форме и в карточке лида',
    workedMinutes: 210,
  }),
  work('2026-03-11', 2, 'Пётр Гусев', {
    activity: { ru: 'Тестирование', en: 'Testing' },
    description: 'Проверка формы на копии',
    workedMinutes: 40,
  }),
  work('2026-03-12', 5, 'Марина Орлова', {
    description: 'Условие на шаге «Бухгалтерия», перезапуск процессов',
    workedMinutes: 185,
  }),
  work('2026-03-17', 6, 'Марина Орлова', {
    description: 'Разбор обмена с 1С, сопоставление реквизитов',
    workedMinutes: 240,
  }),
  work('2026-03-19', 7, 'Анна Белова', {
    activity: { ru: 'Аналитика', en: 'Analysis' },
    description: 'Краткое задание на печатную форму',
    workedMinutes: 60,
    share: 'extra',
  }),
  work('2026-03-24', 8, 'Игорь Лапин', {
    activity: servers,
    description:
      'Кеш, медленные запросы, индекс в таблице заказов: https://romashka.example/catalog/?filter=very-long-address-without-a-space-in-it',
    workedMinutes: 155,
    billableMinutes: 186,
    onSite: true,
    explanation: [
      { ru: '155 мин × 1,2 = 186 мин (на площадке клиента)', en: '155 min × 1.2 = 186 min (on the client’s site)' },
    ],
  }),
  work('2026-03-26', 4, 'Светлана Ким', {
    activity: configuration,
    description: 'исправление: лишние 15 минут',
    workedMinutes: -15,
    billableMinutes: -15,
    correction: true,
  }),
  work('2026-03-27', 8, 'Игорь Лапин', {
    description: 'внутренняя заметка',
    visible: false,
    billableMinutes: 0,
    workedMinutes: 10,
  }),
]

/** A month of a client that has everything in it: every section of the report has rows. */
export const MARCH: ReportInput = {
  provider: { name: 'Опора-Сервис' },
  client: { name: 'ООО «Ромашка»' },
  contract: {
    number: '17/26',
    title: 'Поддержка порталов',
    packageName: { ru: 'Абонемент и депозит', en: 'Subscription and deposit' },
  },
  month: '2026-03',
  zone: 'Europe/Moscow',
  requests,
  clocks,
  work: lines,
  buckets: [
    {
      name: { ru: 'абонемент, 03.2026', en: 'subscription, 03.2026' },
      openingMinutes: 0,
      boughtMinutes: 1200,
      carriedInMinutes: 120,
      usedMinutes: 1071,
      correctedMinutes: 15,
      burnedMinutes: 144,
      carriedOutMinutes: 120,
      leftMinutes: 0,
    },
    {
      name: { ru: 'депозит, 15.01.2026', en: 'deposit, 15.01.2026' },
      openingMinutes: 3300,
      boughtMinutes: 0,
      carriedInMinutes: 0,
      usedMinutes: 0,
      correctedMinutes: 0,
      burnedMinutes: 0,
      carriedOutMinutes: 0,
      leftMinutes: 3300,
    },
  ],
  overageMinutes: 60,
  bill: {
    lines: [
      {
        title: { ru: 'Абонемент, 20 ч в месяц', en: 'Subscription, 20 h a month' },
        minutes: 1200,
        ratePerHourKopecks: 170_000,
        sumKopecks: 3_400_000,
        ticketNumber: null,
        explanation: [],
      },
      {
        title: { ru: 'Работы сверх пакета', en: 'Work beyond the package' },
        minutes: 60,
        ratePerHourKopecks: 300_000,
        sumKopecks: 300_000,
        ticketNumber: 'OP-1060',
        explanation: [{ ru: '1 ч × 3 000 ₽/ч = 3 000 ₽', en: '1 h × ₽3,000/h = ₽3,000' }],
      },
    ],
    credits: [
      { title: { ru: 'Неустойка: срок решения OP-1053', en: 'Penalty: resolution of OP-1053' }, kopecks: 68_000 },
    ],
    chargedKopecks: 3_700_000,
    creditedKopecks: 68_000,
    dueKopecks: 3_632_000,
  },
  estimates: [
    {
      ticketNumber: 'OP-1044',
      ticketTitle: 'Добавить поле «Источник» в форму заявки на сайте',
      state: 'approved',
      estimatedMinutes: 240,
      estimatedKopecks: 680_000,
      actualMinutes: 250,
    },
    {
      ticketNumber: 'OP-1060',
      ticketTitle: 'Печатная форма договора с подстановкой реквизитов',
      state: 'offered',
      estimatedMinutes: 480,
      estimatedKopecks: 1_600_000,
      actualMinutes: 0,
    },
  ],
  ratings: [
    { ticketNumber: 'OP-1041', score: 5, comment: 'Быстро, спасибо!' },
    { ticketNumber: 'OP-1049', score: 5, comment: '' },
    { ticketNumber: 'OP-1053', score: 3, comment: 'Долго ждали' },
  ],
  recommendations: [
    'Обновить модуль обмена с 1С до апреля: нынешняя версия теряет реквизиты при параллельной выгрузке.',
    'Отключить три неиспользуемых робота в воронке «Продажи»: они тормозят открытие сделки.',
  ],
}

/** A month in which nothing happened. */
export const QUIET: ReportInput = {
  ...MARCH,
  requests: [],
  clocks: [],
  work: [],
  buckets: [],
  overageMinutes: 0,
  bill: null,
  estimates: [],
  ratings: [],
  recommendations: [],
}
