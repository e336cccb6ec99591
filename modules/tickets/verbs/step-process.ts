import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import type { Advance, Facts, ProcessEvent, RunningProcess } from '@opora/process'
import { dictionariesReadModel } from '../dictionaries.read-model.ts'
import { type Applied, applyCommands, type Standing, type TicketFact } from '../domain/apply-commands.ts'
import { isVendorOpen, type VendorFacts } from '../domain/vendor-eligibility.ts'
import type { KeptFact, TicketHead } from '../tickets.events.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'

/** What a diagram's conditions may ask about the ticket. What the diagram itself has noted (an estimate, an emergency) stands in its state. */
export function processFacts(ticket: {
  kind: string | null
  priority: number
  vendorFacts: VendorFacts | null
}): Facts {
  return {
    kind: ticket.kind,
    priority: ticket.priority,
    vendor_eligible: ticket.vendorFacts !== null && isVendorOpen(ticket.vendorFacts),
  }
}

export function headOf(ticket: TicketRecord): TicketHead {
  const {
    id,
    number,
    clientId,
    contractId,
    contactId,
    portalId,
    subject,
    channel,
    topic,
    kind,
    priority,
    licenceClass,
    state,
    entitlement,
    assigneeId,
    lane,
    place,
    registeredAt,
  } = ticket
  return {
    id,
    number,
    clientId,
    contractId,
    contactId,
    portalId,
    subject,
    channel,
    topic,
    kind,
    priority,
    licenceClass,
    state,
    entitlement,
    assigneeId,
    lane,
    place,
    registeredAt,
  }
}

export function standingOf(ticket: Standing): Standing {
  const {
    state,
    waitingFor,
    place,
    lane,
    statusStaffRu,
    statusStaffEn,
    statusClientRu,
    statusClientEn,
    kind,
    priority,
  } = ticket
  return {
    state,
    waitingFor,
    place,
    lane,
    statusStaffRu,
    statusStaffEn,
    statusClientRu,
    statusClientEn,
    kind,
    priority,
  }
}

export interface StepResult {
  ticket: TicketRecord
  moved: boolean
  facts: KeptFact[]
  /** Announces the actions that the process asked for; the caller does it once the ticket is saved. */
  applied: Applied
}

/**
 * Moves a locked ticket's process by one event: saves tokens and timers, the ticket's new standing and the facts of its history, and
 * announces them. `extra` are facts of the same moment that the caller brings, kept before those of the step.
 */
export async function stepProcess(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  running: RunningProcess,
  event: ProcessEvent,
  now: Instant,
  extra: TicketFact[] = [],
): Promise<StepResult> {
  const advance: Advance = await ports.process.step(tx, running, ticket.contractId, event, processFacts(ticket), now)
  return applyStep(tx, actor, ticket, advance, now, extra)
}

/** What a step of the process means for its ticket: the new standing is saved, the facts are kept. */
export async function applyStep(
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  advance: Advance,
  now: Instant,
  extra: TicketFact[] = [],
): Promise<StepResult> {
  const applied = applyCommands(standingOf(ticket), advance.commands)
  const after = withStanding(ticket, applied, now)
  const facts = await ticketsStore.insertFacts(tx, ticket, [...extra, ...(await worded(tx, applied.facts))], actor, now)
  if (!advance.ignored) {
    const patch = {
      ...applied.standing,
      priority: after.priority,
      solvedAt: after.solvedAt,
      closedAt: after.closedAt,
      custom: tx.json(after.custom as Json),
    }
    after.version = await ticketsStore.updateTicket(tx, ticket.id, patch)
  }
  return { ticket: after, moved: !advance.ignored, facts, applied }
}

/** A reason out of the dictionary is kept with the words of its day, so that history reads as it was. */
async function worded(tx: Tx, facts: readonly TicketFact[]): Promise<TicketFact[]> {
  return Promise.all(
    facts.map(async (fact) => {
      const { reason } = fact.data
      if (fact.type !== 'reject' || typeof reason !== 'string') return fact
      const name = await dictionariesReadModel.entryName(tx, 'rejection_reason', reason)
      return name ? { ...fact, data: { ...fact.data, reasonRu: name.ru, reasonEn: name.en } } : fact
    }),
  )
}

function withStanding(ticket: TicketRecord, applied: Applied, now: Instant): TicketRecord {
  const types = applied.facts.map((fact) => fact.type)
  const closed = applied.standing.state === 'closed'
  const solved = closed || applied.standing.state === 'confirming'
  const { custom, priority } = keptBeside(ticket, applied)
  return {
    ...ticket,
    ...applied.standing,
    priority,
    custom,
    solvedAt: solved ? (types.includes('solved') ? now : ticket.solvedAt) : null,
    closedAt: closed ? (types.includes('closed') ? now : ticket.closedAt) : null,
  }
}

/** The vendor's number, and the priority before a work-around: a client who rejects it gets the old priority back. */
function keptBeside(ticket: TicketRecord, applied: Applied): { custom: Record<string, unknown>; priority: number } {
  const { workaroundFrom, ...custom } = ticket.custom
  const vendorNumber = applied.actions.find((action) => action.name === 'keep_vendor_number')?.params['number']
  if (typeof vendorNumber === 'string') custom['vendorNumber'] = vendorNumber
  const { priority } = applied.standing
  const lowered = applied.facts.find((fact) => fact.type === 'work_around')
  if (lowered) return { custom: { ...custom, workaroundFrom: lowered.data['from'] }, priority }
  const settled = applied.facts.some((fact) => fact.type === 'confirmed' || fact.type === 'closed')
  if (workaroundFrom === undefined || settled) return { custom, priority }
  const rejected = applied.facts.some((fact) => fact.type === 'confirm_rejected')
  return rejected ? { custom, priority: Number(workaroundFrom) } : { custom: { ...custom, workaroundFrom }, priority }
}

/** Tells the house what a step did: facts first (clocks), then the new place, then what the process asks others to do. */
export async function announceStep(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketHead,
  result: { facts: KeptFact[]; applied: Applied },
  now: Instant,
): Promise<void> {
  if (result.facts.length > 0) await ports.bus.emit(tx, 'ticket.facts', { actor, ticket, facts: result.facts, now })
  for (const fact of result.applied.facts) {
    if (fact.type !== 'place_entered') continue
    const role = fact.data['role']
    await ports.bus.emit(tx, 'ticket.place_entered', {
      actor,
      ticket,
      place: String(fact.data['place']),
      role: typeof role === 'string' ? role : null,
      now,
    })
  }
  for (const action of result.applied.actions) {
    await ports.bus.emit(tx, 'ticket.action', { actor, ticket, name: action.name, params: action.params, now })
  }
}
