import type { Words } from '@opora/core'
import { LICENCE_CLASSES } from './licence-classes.ts'

export interface SlaTarget {
  amount: number
  unit: 'service_minutes' | 'clock_minutes' | 'working_days'
  /** The calendar whose days are counted; only with `working_days`. */
  dayCalendar?: string
}

/** One value, or several of which any will do. */
type OneOf<Value> = Value | Value[]

/** A row binds where all of its `when` holds; the most specific wins: client, portal and its type, topic, kind, licence class, priority. */
export interface SlaRow {
  name: string
  nameEn: string
  when: {
    client?: OneOf<string>
    portal?: OneOf<string>
    portalType?: OneOf<string>
    topic?: OneOf<string>
    kind?: OneOf<string>
    licenceClass?: OneOf<string>
    priority?: OneOf<number>
  }
  targets: { reaction?: SlaTarget; nextAnswer?: SlaTarget; resolution?: SlaTarget }
  /** Service hours of this row where they are others than the contract's. */
  calendarCode?: string
  /** The responsible people of both sides may agree another term of resolution, which then binds. */
  agreedTerm?: boolean
}

export interface SlaPolicyData {
  rows: SlaRow[]
  /** Reasons of waiting that pause resolution and next answer. Waiting for the vendor counts only where the contract says so. */
  pausesCounted: ('client' | 'vendor' | 'partner' | 'approval' | 'payment' | 'agreed_date')[]
  /** Priorities that count as resolved when service is restored so far that the priority drops. */
  resolvedByLowering?: { from: number[]; to: number[] }
  /** Percents of the time at which is warned; absent: 50, 75 and 90. */
  warnings?: number[]
  /** What happens at warnings and at a breach; absent: people are told, wider with each step. */
  ladder?: SlaLadderStep[]
}

export interface SlaLadderStep {
  at: `warn${number}` | 'breach'
  act: 'notify' | 'reassign' | 'raise' | 'page'
  to?: 'assignee' | 'account_manager' | 'l1' | 'im' | 'it' | 'dev' | 'di'
  metrics?: ('reaction' | 'next_answer' | 'resolution')[]
  priorities?: number[]
}

export interface CataloguePolicy {
  code: string
  name: Words
  spec: SlaPolicyData
}

const PAUSES: SlaPolicyData['pausesCounted'] = ['client', 'approval', 'payment', 'agreed_date']
const PRIORITY_NAMES: Record<number, Words> = {
  1: { ru: 'критический', en: 'critical' },
  2: { ru: 'высокий', en: 'high' },
  3: { ru: 'средний', en: 'medium' },
  4: { ru: 'низкий', en: 'low' },
}

const serviceMinutes = (amount: number): SlaTarget => ({ amount, unit: 'service_minutes' })
const clockMinutes = (amount: number): SlaTarget => ({ amount, unit: 'clock_minutes' })
const workingDays = (amount: number): SlaTarget => ({ amount, unit: 'working_days', dayCalendar: 'ru-working-days' })

function byPriority(priority: number, targets: SlaRow['targets']): SlaRow {
  const name = PRIORITY_NAMES[priority] ?? { ru: String(priority), en: String(priority) }
  return {
    name: `Приоритет ${priority}, ${name.ru}`,
    nameEn: `Priority ${priority}, ${name.en}`,
    when: { priority },
    targets,
  }
}

function forAll(targets: SlaRow['targets']): SlaRow {
  return { name: 'Все обращения', nameEn: 'All requests', when: {}, targets }
}

const reactions = (minutes: readonly [number, number, number, number]): SlaRow[] =>
  minutes.map((amount, index) => byPriority(index + 1, { reaction: serviceMinutes(amount) }))

const H = 60

/** The offer's incident table; an accident is an incident that touches many, and keeps the same promises. */
const PREMIUM_INCIDENTS: SlaRow[] = (
  [
    ['incident', 'инцидент', 'incident'],
    ['accident', 'авария', 'accident'],
  ] as const
).flatMap(([kind, ru, en]) =>
  [
    byPriority(1, { reaction: clockMinutes(60), resolution: clockMinutes(12 * H) }),
    byPriority(2, { reaction: serviceMinutes(4 * H), resolution: workingDays(3) }),
    { ...byPriority(3, { reaction: serviceMinutes(6 * H), resolution: workingDays(10) }), agreedTerm: true },
    { ...byPriority(4, { reaction: serviceMinutes(6 * H), resolution: workingDays(20) }), agreedTerm: true },
  ].map((row) => ({
    ...row,
    name: `${row.name}: ${ru}`,
    nameEn: `${row.nameEn}: ${en}`,
    when: { ...row.when, kind },
  })),
)

/** The slowest class is the answer for everybody who is not identified. */
const LICENCE_ROWS: SlaRow[] = [
  ...LICENCE_CLASSES.map((licence) => ({
    name: licence.name.ru,
    nameEn: licence.name.en,
    when: { licenceClass: licence.code },
    targets: { reaction: serviceMinutes(licence.reactionServiceMinutes) },
  })),
  {
    name: 'Автор не опознан: самый медленный класс',
    nameEn: 'Asker not identified: the slowest class',
    when: {},
    targets: { reaction: serviceMinutes(Math.max(...LICENCE_CLASSES.map((l) => l.reactionServiceMinutes))) },
  },
]

export const SLA_POLICIES: readonly CataloguePolicy[] = [
  policy('crm-basic', 'CRM Базовый', 'CRM Basic', reactions([24 * H, 48 * H, 48 * H, 48 * H])),
  policy('crm-business', 'CRM Бизнес', 'CRM Business', reactions([4 * H, 24 * H, 24 * H, 24 * H])),
  {
    code: 'crm-premium',
    name: { ru: 'CRM Премиум', en: 'CRM Premium' },
    spec: {
      rows: [
        ...PREMIUM_INCIDENTS,
        byPriority(1, { reaction: clockMinutes(60) }),
        ...[2, 3, 4].map((priority) => byPriority(priority, { reaction: serviceMinutes(4 * H) })),
      ],
      pausesCounted: PAUSES,
      resolvedByLowering: { from: [1, 2], to: [3, 4] },
    },
  },
  policy('integrator-basic', 'Интегратор Базовый', 'Integrator Basic', [forAll({ reaction: serviceMinutes(4 * H) })]),
  policy('integrator-standard', 'Интегратор Стандартный', 'Integrator Standard', [
    forAll({ reaction: serviceMinutes(2 * H) }),
  ]),
  policy('integrator-premium', 'Интегратор Премиум', 'Integrator Premium', [forAll({ reaction: clockMinutes(30) })]),
  policy('vendor-licence', 'Поддержка по лицензии', 'Support by licence', LICENCE_ROWS),
  // The option promises a guaranteed reaction without a figure; an hour by the clock is where a contract starts from.
  policy('round-the-clock-duty', 'Круглосуточное дежурство', 'Duty around the clock', [
    { ...byPriority(1, { reaction: clockMinutes(60) }), calendarCode: '24x7' },
    { ...byPriority(2, { reaction: clockMinutes(60) }), calendarCode: '24x7' },
  ]),
  // Offers of hours promise no times: the contract adds rows where the parties agree on some.
  policy('no-promised-times', 'Без обещанных сроков', 'No promised times', []),
]

export const SLA_POLICY_CODES: readonly string[] = SLA_POLICIES.map((entry) => entry.code)

function policy(code: string, ru: string, en: string, rows: SlaRow[]): CataloguePolicy {
  return { code, name: { ru, en }, spec: { rows, pausesCounted: PAUSES } }
}
