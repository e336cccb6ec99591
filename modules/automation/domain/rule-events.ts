import type { Bilingual } from './rule-words.ts'

export interface RuleEvent extends Bilingual {
  code: string
  /** Names that a condition may ask of this event alone. */
  names: readonly string[]
}

/** What a rule can hear. */
export const RULE_EVENTS = [
  event('opened', 'обращение открыто', 'a ticket was opened'),
  event('client_wrote', 'клиент написал', 'the client wrote'),
  event('replied', 'сотрудник ответил клиенту', 'staff replied to the client'),
  event('noted', 'добавлена внутренняя заметка', 'an internal note was added'),
  event('field_changed', 'изменено поле', 'a field changed', 'field', 'from', 'to'),
  event('place_entered', 'обращение пришло на шаг', 'the ticket entered a step', 'place', 'role'),
  event('waiting', 'началось ожидание', 'the ticket began to wait', 'reason'),
  event('resumed', 'ожидание кончилось', 'the ticket goes on'),
  event('assigned', 'сменился исполнитель', 'the assignee changed', 'assigned'),
  event('breach_warned', 'срок близко', 'a deadline is near', 'metric', 'percent'),
  event('breached', 'срок нарушен', 'a deadline was missed', 'metric'),
  event('estimate_decided', 'решено по оценке работ', 'an estimate was decided', 'decision'),
  event('solved', 'обращение решено', 'the ticket was solved'),
  event('returned', 'клиент вернул в работу', 'the client returned it'),
  event('rated', 'клиент оценил работу', 'the client rated the work', 'score'),
  event('closed', 'обращение закрыто', 'the ticket was closed'),
  event('reopened', 'обращение открыто снова', 'the ticket was reopened'),
] as const

export type RuleEventCode = (typeof RULE_EVENTS)[number]['code']

function event<const Code extends string>(code: Code, ru: string, en: string, ...names: string[]) {
  return { code, ru, en, names } satisfies RuleEvent
}

type Data = Readonly<Record<string, unknown>>
/** What happened, as a condition may ask of it. */
export interface Heard {
  event: RuleEventCode
  data: Record<string, string | number | boolean | null>
}

const CHANGES: Record<string, string> = {
  priority_changed: 'priority',
  kind_changed: 'kind',
  topic_changed: 'topic',
  portal_changed: 'portalId',
}
const PLAIN: Record<string, RuleEventCode> = {
  resumed: 'resumed',
  solved: 'solved',
  confirm_rejected: 'returned',
  closed: 'closed',
  reopened: 'reopened',
}
const DECISIONS: Record<string, string> = {
  estimate_approved: 'approved',
  estimate_declined: 'declined',
  estimate_asked: 'asked',
}

/** The event of a fact in a ticket's history; `null` for what no rule hears in this form. */
export function heardInFact(fact: { type: string; data: Data }): Heard | null {
  const { type, data } = fact
  if (type === 'field_changed') return changed(plain(data['field']), data)
  if (Object.hasOwn(CHANGES, type)) return changed(CHANGES[type] ?? type, data)
  if (type === 'work_around') return changed('priority', data)
  if (type === 'paused') return { event: 'waiting', data: { reason: plain(data['reason']) } }
  if (Object.hasOwn(DECISIONS, type)) return { event: 'estimate_decided', data: { decision: DECISIONS[type] ?? type } }
  if (type === 'rated') return { event: 'rated', data: { score: plain(data['score']) } }
  const code = Object.hasOwn(PLAIN, type) ? PLAIN[type] : undefined
  return code ? { event: code, data: {} } : null
}

/** The event of a row of the past: what is announced under an event of its own is read from its fact, alarms from theirs. */
export function heardInPast(fact: { type: string; data: Data }): Heard | null {
  const { type, data } = fact
  if (type === 'opened' || type === 'client_wrote' || type === 'noted') return { event: type, data: {} }
  if (type === 'answered') return { event: 'replied', data: {} }
  if (type === 'assigned') return { event: 'assigned', data: { assigned: data['to'] !== null } }
  if (type === 'place_entered') {
    return { event: 'place_entered', data: { place: plain(data['place']), role: plain(data['role']) } }
  }
  return type === 'alarm' ? heardInAlarm(String(data['kind']), plain(data['metric'])) : heardInFact(fact)
}

/** The event of a clock's alarm: `warn75` says that three quarters of the time are gone. */
export function heardInAlarm(kind: string, metric: Heard['data'][string]): Heard | null {
  if (kind === 'breach') return { event: 'breached', data: { metric } }
  const percent = Number(/^warn(\d+)$/.exec(kind)?.[1] ?? Number.NaN)
  return Number.isFinite(percent) ? { event: 'breach_warned', data: { metric, percent } } : null
}

function changed(field: Heard['data'][string], data: Data): Heard {
  return { event: 'field_changed', data: { field, from: plain(data['from']), to: plain(data['to']) } }
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
