import type { Command, Phase } from '@opora/process'

/** Where a ticket stands, as far as a step of its process changes it. */
export interface Standing {
  state: 'open' | 'waiting' | 'confirming' | 'closed'
  waitingFor: string | null
  place: string | null
  lane: string | null
  statusStaffRu: string
  statusStaffEn: string
  statusClientRu: string
  statusClientEn: string
  kind: string | null
  priority: number
}

/** A fact to be kept in the ticket's history; clocks are a fold over them. */
export interface TicketFact {
  type: string
  data: Record<string, string | number | boolean | null>
}

export interface ProcessAction {
  name: string
  params: Record<string, unknown>
}

export interface Applied {
  standing: Standing
  facts: TicketFact[]
  /** What other modules have to do: page, offer an estimate, tell a client. */
  actions: ProcessAction[]
}

/** Turns the commands of a process step into the ticket's new standing, the facts to keep, and the actions for others. Pure. */
export function applyCommands(before: Standing, commands: readonly Command[]): Applied {
  const applied: Applied = { standing: { ...before }, facts: [], actions: [] }
  for (const command of commands) {
    if (command.type === 'leaveTask') {
      const by = command.by
      applied.facts.push({
        type: 'place_left',
        data: {
          place: command.taskId,
          by: by.type,
          outcome: whatLetGo(by),
        },
      })
    }
    if (command.type === 'leaveTask' && isYes(command.by)) applied.facts.push({ type: 'confirmed', data: {} })
    if (command.type === 'enterTask') enter(applied, command)
    if (command.type === 'action') act(applied, command)
    if (command.type === 'completed') finish(applied, command)
  }
  return applied
}

/** What let the ticket go: a button, a message or signal, a timer's element, the code of an error or escalation. */
function whatLetGo(by: Extract<Command, { type: 'leaveTask' }>['by']): string | null {
  if (by.type === 'outcome') return by.outcomeId
  if (by.type === 'timer') return by.elementId
  if (by.type === 'message' || by.type === 'signal') return by.name
  return by.type === 'error' || by.type === 'escalation' ? by.code : null
}

/** The client said yes to a solution: by the button of the place of confirmation or of acceptance. */
function isYes(by: Extract<Command, { type: 'leaveTask' }>['by']): boolean {
  return by.type === 'outcome' && (by.outcomeId === 'confirm' || by.outcomeId === 'accept')
}

function enter(applied: Applied, command: Extract<Command, { type: 'enterTask' }>): void {
  const { standing, facts } = applied
  moveClocks(applied, command.clockEffect, command.phase)
  standing.place = command.taskId
  standing.lane = command.role
  standing.statusStaffRu = command.statusStaff.ru
  standing.statusStaffEn = command.statusStaff.en
  standing.statusClientRu = command.statusClient.ru
  standing.statusClientEn = command.statusClient.en
  facts.push({
    type: 'place_entered',
    data: {
      place: command.taskId,
      role: command.role,
      clockEffect: command.clockEffect,
      nameRu: command.name.ru,
      nameEn: command.name.en,
    },
  })
}

/** What entering a place means for the clocks: a pause with its reason, going on, solved, closed, or "it never stopped". */
function moveClocks({ standing, facts }: Applied, effect: string, phase: Phase): void {
  const reason = effect.startsWith('wait:') ? effect.slice(5) : null
  const stops = effect === 'stop'
  const wasStopped = standing.state === 'confirming' || standing.state === 'closed'
  if (stops) {
    if (!wasStopped) facts.push({ type: 'solved', data: {} })
    const closed = phase === 'closed' || phase === 'rating'
    if (closed && standing.state !== 'closed') facts.push({ type: 'closed', data: {} })
    standing.state = closed ? 'closed' : 'confirming'
    standing.waitingFor = phase === 'confirming' ? 'client' : null
    return
  }
  if (standing.state === 'confirming') facts.push({ type: 'confirm_rejected', data: {} })
  if (standing.state === 'closed') facts.push({ type: 'reopened', data: {} })
  const paused = !wasStopped && standing.waitingFor !== null
  const before = wasStopped ? null : standing.waitingFor
  if (reason !== null && before !== reason) facts.push({ type: 'paused', data: { reason } })
  if (reason === null && paused) facts.push({ type: 'resumed', data: {} })
  standing.state = reason === null ? 'open' : 'waiting'
  standing.waitingFor = reason
}

function act(applied: Applied, command: Extract<Command, { type: 'action' }>): void {
  const { standing, facts } = applied
  const { name, params } = command
  if (name === 'set_kind' && typeof params['kind'] === 'string' && params['kind'] !== standing.kind) {
    facts.push({ type: 'kind_changed', data: { from: standing.kind, to: params['kind'] } })
    standing.kind = params['kind']
  } else if (name === 'set_priority') {
    changePriority(applied, Number(params['priority']), 'priority_changed')
  } else if (name === 'workaround') {
    const lowered = Number(params['priority'])
    changePriority(applied, lowered >= 3 && lowered <= 4 ? lowered : 3, 'work_around')
  } else if (name === 'reject' || name === 'returned' || name === 'confirmed_by_silence') {
    facts.push({ type: name, data: { reason: typeof params['reason'] === 'string' ? params['reason'] : null } })
  }
  applied.actions.push({ name, params })
}

function changePriority({ standing, facts }: Applied, priority: number, type: string): void {
  if (!(priority >= 1 && priority <= 4) || priority === standing.priority) return
  facts.push({ type, data: { from: standing.priority, to: priority } })
  standing.priority = priority
}

function finish(applied: Applied, command: Extract<Command, { type: 'completed' }>): void {
  const { standing, facts } = applied
  if (standing.state !== 'confirming' && standing.state !== 'closed') facts.push({ type: 'solved', data: {} })
  if (standing.state !== 'closed') facts.push({ type: 'closed', data: {} })
  standing.state = 'closed'
  standing.waitingFor = null
  standing.place = command.endId
  standing.lane = null
  standing.statusStaffRu = command.name.ru || 'Закрыто'
  standing.statusStaffEn = command.name.en || 'Closed'
  standing.statusClientRu = 'Закрыто'
  standing.statusClientEn = 'Closed'
}
