import type { ClockReading } from '@opora/ui-kit'

const MINUTE_MS = 60_000

export interface SampleTicket {
  number: number
  subject: string
  client: string
  status: string
  tone: 'info' | 'warn' | 'accent' | 'neutral' | 'ok' | 'danger' | 'violet'
  level: 1 | 2 | 3 | 4
  person: string
  clock: ClockReading
  at: number
}

const now = Date.now()

function clock(state: ClockReading['state'], left: number | null): ClockReading {
  return {
    state,
    remainingMinutes: left,
    dueAt: left === null ? null : now + Math.max(left, -900) * MINUTE_MS,
    asOf: now,
    open: true,
  }
}

const ROWS: [string, string, string, SampleTicket['tone'], 1 | 2 | 3 | 4, string, ClockReading, number][] = [
  [
    'Не открывается портал, ошибка 502 у всех сотрудников',
    'Ромашка',
    'Дежурный инженер',
    'danger',
    1,
    'Игорь Савельев',
    clock('breached', -46),
    3,
  ],
  [
    'После обновления не создаются сделки из почты',
    'Северный ветер',
    'Диагностика',
    'info',
    2,
    'Анна Крылова',
    clock('running', 38),
    12,
  ],
  [
    'Бизнес-процесс «Согласование счёта» зависает на втором шаге',
    'Техномир',
    'Разработка',
    'violet',
    2,
    'Пётр Денисов',
    clock('running', 212),
    41,
  ],
  [
    'Выгрузка заказов в 1С дублирует строки',
    'Ромашка',
    'Ждём клиента',
    'warn',
    3,
    'Анна Крылова',
    clock('paused', 840),
    95,
  ],
  [
    'Добавить поле «Источник» в карточку лида и в отчёт',
    'ГК «Вектор»',
    'Оценка у клиента',
    'warn',
    4,
    'Мария Лебедева',
    clock('paused', null),
    180,
  ],
  ['Как настроить права на диск отдела?', 'Школа «Перспектива»', 'Новое', 'accent', 4, '', clock('running', 466), 5],
  [
    'Не приходят письма с формы обратной связи',
    'Северный ветер',
    'Тестирование',
    'info',
    3,
    'Олег Тарасов',
    clock('running', 655),
    310,
  ],
  [
    'Новый сотрудник: доступ к CRM и телефонии',
    'Техномир',
    'Выполняется',
    'info',
    3,
    'Ирина Волкова',
    clock('running', 1_130),
    420,
  ],
  [
    'Сертификат на коробочном портале истекает 30 ноября',
    'ГК «Вектор»',
    'Выполняется',
    'info',
    2,
    'Игорь Савельев',
    clock('running', 1_460),
    800,
  ],
  [
    'Отчёт по звонкам показывает ноль за октябрь',
    'Ромашка',
    'Подтверждение',
    'ok',
    3,
    'Пётр Денисов',
    clock('met', 60),
    1_400,
  ],
]

export const sampleTickets: readonly SampleTicket[] = Array.from({ length: 40 }, (_, index) => {
  const [subject, client, status, tone, level, person, reading, minutesAgo] = ROWS[index % ROWS.length]!
  return {
    number: 1_284 - index,
    subject,
    client,
    status,
    tone,
    level,
    person,
    clock: reading,
    at: now - (minutesAgo + index * 7) * MINUTE_MS,
  }
})
