import type { Facts, FactValue } from './process-definition.ts'
import type { PastStep, PastTicket } from './rehearse.ts'

/** A fact of a ticket's history, as far as its way through the process goes. */
export interface HistoryFact {
  type: string
  data: Readonly<Record<string, FactValue>>
}

const WAYS: readonly PastStep['by'][] = [
  'outcome',
  'message',
  'signal',
  'timer',
  'error',
  'escalation',
  'done',
  'ended',
  'moved',
  'stopped',
]

/** The way of a ticket out of its history: each place that it left, by what, and what was known of it at that moment. */
export function pastTicketOf(ticketId: number, history: readonly HistoryFact[]): PastTicket {
  const opened = history.find((fact) => fact.type === 'opened')?.data
  const known: Record<string, FactValue> = {
    kind: opened?.['kind'] ?? null,
    priority: opened?.['priority'] ?? 3,
    // what was passed to the vendor was eligible; nothing is kept of what was not asked
    vendor_eligible: true,
  }
  const first: Facts = { ...known }
  const steps: PastStep[] = []
  let open: PastStep | null = null
  for (const { type, data } of history) {
    if (type === 'kind_changed') known['kind'] = data['to'] ?? null
    else if (type === 'priority_changed' || type === 'work_around') known['priority'] = data['to'] ?? 3
    else if (type === 'place_left') {
      open = stepOf(data, { ...known })
      steps.push(open)
    } else if (type === 'place_entered' && open) {
      open.next ??= String(data['place'])
      open = null
    }
  }
  return { ticketId, facts: first, steps }
}

function stepOf(data: HistoryFact['data'], facts: Facts): PastStep {
  const by = WAYS.find((way) => way === data['by']) ?? 'done'
  const { outcome } = data
  return { place: String(data['place']), by, what: typeof outcome === 'string' ? outcome : null, facts, next: null }
}
