import { type Heard, heardInPast } from './rule-events.ts'

export interface PastFact {
  type: string
  at: number
  data: Readonly<Record<string, unknown>>
}

export interface PastEvent {
  heard: Heard
  at: number
  /** What was known of the ticket at that moment, as far as its history tells. */
  values: Record<string, string | number | boolean | null>
}

/** Names of facts that tell a value of the ticket, and where it stands in them. */
const TOLD: Record<string, string> = {
  priority_changed: 'priority',
  work_around: 'priority',
  kind_changed: 'kind',
  topic_changed: 'topic',
}
const TOLD_AT_OPENING = ['priority', 'kind', 'topic', 'channel', 'entitlement'] as const

/** The events of a ticket's history, each with what the ticket was when it happened. Facts in the order in which they were kept. */
export function pastEvents(facts: readonly PastFact[], emailOf: (accountId: number) => string | null): PastEvent[] {
  const values: PastEvent['values'] = { assignee: null, state: 'open', waiting_for: null, late: false, messages: 0 }
  const events: PastEvent[] = []
  for (const fact of facts) {
    remember(values, fact)
    if (fact.type === 'assigned' || fact.type === 'given_to_role')
      values['assignee'] = typeof fact.data['to'] === 'number' ? emailOf(fact.data['to']) : null
    const heard = heardInPast(fact)
    if (heard) events.push({ heard, at: fact.at, values: { ...values } })
  }
  return events
}

const MESSAGES = new Set(['opened', 'client_wrote', 'answered', 'noted', 'sent_automatically'])
const STATES: Record<string, string> = { paused: 'waiting', resumed: 'open', solved: 'confirming', closed: 'closed' }

function remember(values: PastEvent['values'], { type, data }: PastFact): void {
  if (MESSAGES.has(type)) values['messages'] = Number(values['messages']) + 1
  if (type === 'opened') for (const name of TOLD_AT_OPENING) values[name] = plain(data[name])
  if (Object.hasOwn(TOLD, type)) values[TOLD[type] ?? type] = plain(data['to'])
  if (type === 'field_changed' && (data['field'] === 'category' || data['field'] === 'subject'))
    values[String(data['field'])] = plain(data['to'])
  if (type === 'place_entered') {
    values['current_place'] = plain(data['place'])
    values['lane'] = plain(data['role'])
  }
  if (type === 'given_to_role') values['lane'] = plain(data['role'])
  const state = Object.hasOwn(STATES, type) ? STATES[type] : undefined
  if (state) values['state'] = state
  if (type === 'reopened' || type === 'confirm_rejected') values['state'] = 'open'
  if (type === 'paused') values['waiting_for'] = plain(data['reason'])
  if (type === 'resumed' || type === 'solved' || type === 'closed') values['waiting_for'] = null
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
