import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { RunningProcess } from '@opora/process'
import { roleOfContact } from '../domain/roles-at-place.ts'
import { namesOf } from '../named.read-model.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { clientWrote, liveOf, type NoteInput, noteTicket, type ReplyInput, replyTicket } from './add-message.ts'
import { beginVendorWait, demandVendor, VENDOR_ACTION } from './ask-vendor.ts'
import { guardOutcome } from './guard-outcome.ts'
import { lockForAction } from './load-ticket.ts'
import { guardParent } from './set-parent.ts'
import { announceStep, headOf, stepProcess } from './step-process.ts'

export interface OutcomeInput {
  outcome: string
  taskId: string
  data: Record<string, string | number | boolean | null>
  reply?: ReplyInput | undefined
  note?: NoteInput | undefined
}

/** Presses a button of the ticket's present task. The message that goes with it is posted in the same transaction. */
export async function takeOutcome(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: OutcomeInput,
): Promise<{ version: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.act')
  const now = await databaseNow(tx)
  const running = await ports.process.lock(tx, ticketId)
  // the message first: the answer belongs to the place that it was written at
  if (input.reply && actor.side === 'client') {
    const author = {
      contactId: actor.contact?.id ?? null,
      accountId: actor.accountId,
      name: actor.name,
      email: actor.email,
    }
    await clientWrote(ports, tx, actor, ticketId, {
      text: input.reply.text,
      files: input.reply.files,
      channel: 'cabinet',
      author,
      withButton: true,
    })
  } else if (input.reply) {
    await replyTicket(ports, tx, actor, ticketId, input.reply)
  }
  // the note that a button asks for is written by whoever may press it, like the board's word on why
  if (input.note) await noteTicket(ports, tx, actor, ticketId, input.note, 'ticket.act')
  // a message is what was posted above; a field of that name in the form is none
  const { reply: _reply, note: _note, ...fields } = await guardOutcome(tx, actor, running, input)
  const data = {
    ...fields,
    ...(input.reply ? { reply: input.reply.text } : {}),
    ...(input.note ? { note: input.note.text } : {}),
  }
  const roles = actor.side === 'system' ? undefined : rolesAt(actor)
  const event = {
    type: 'outcome' as const,
    taskId: input.taskId,
    outcomeId: input.outcome,
    data,
    ...(roles ? { roles } : {}),
  }
  // the vendor is the provider's business: anybody else is refused by the process, which knows whose button it is
  const isOurs = actor.side === 'staff' || actor.side === 'system'
  const question = isOurs && leadsToVendor(running, input) ? await demandVendor(tx, ticket, data) : null
  const fresh = input.reply || input.note ? ((await ticketsStore.lockTicket(tx, ticketId)) ?? ticket) : ticket
  const step = await stepProcess(ports, tx, actor, fresh, running, event, now)
  await guardParent(tx, fresh, step.ticket)
  const moved = await handOver(tx, actor, step.ticket, now)
  await announceStep(ports, tx, actor, headOf(moved), step, now)
  if (question) await beginVendorWait(ports, tx, actor, moved, question, now)
  await announce(tx, liveOf(ticket, 'ticket.moved'))
  // what the process asked for may have changed the ticket as well
  const after = step.applied.actions.length > 0 ? await ticketsStore.readTicket(tx, ticketId) : null
  return { version: after?.version ?? moved.version }
}

/** The button's flow keeps a number at the vendor's. */
function leadsToVendor(running: RunningProcess, input: OutcomeInput): boolean {
  const place = running.definition.nodes[input.taskId]
  const outcome = place?.kind === 'place' ? place.outcomes.find((one) => one.id === input.outcome) : undefined
  const effects = outcome ? (running.definition.flows[outcome.flowId]?.effects ?? []) : []
  return effects.some((effect) => effect.type === 'action' && effect.name === VENDOR_ACTION)
}

function rolesAt(actor: Actor): string[] {
  return actor.contact ? roleOfContact(actor.contact) : [...actor.roles]
}

/** Whoever had the ticket keeps it only while it stays before a role that they hold; otherwise it waits for the next one's hand. */
async function handOver(tx: Tx, actor: Actor, ticket: TicketRecord, now: Instant): Promise<TicketRecord> {
  if (ticket.assigneeId === null || ticket.lane === null) return ticket
  if (await ticketsStore.holdsRole(tx, ticket.assigneeId, ticket.lane)) return ticket
  const version = await ticketsStore.updateTicket(tx, ticket.id, { assigneeId: null })
  const names = await namesOf(tx, ticket.assigneeId, null)
  const left = { type: 'assigned', data: { from: ticket.assigneeId, to: null, ...names } }
  await ticketsStore.insertFacts(tx, ticket, [left], actor, now)
  return { ...ticket, assigneeId: null, version }
}

/** A message from elsewhere in the house moves the process: an estimate was decided, the vendor answered. */
export async function tellProcess(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  name: string,
): Promise<boolean> {
  const ticket = await ticketsStore.lockTicket(tx, ticketId)
  if (!ticket) throw refuseTicket('ticket.not_found')
  const now = await databaseNow(tx)
  const running = await ports.process.lock(tx, ticketId)
  const step = await stepProcess(ports, tx, actor, ticket, running, { type: 'message', name }, now)
  if (!step.moved) return false
  await announceStep(ports, tx, actor, headOf(step.ticket), step, now)
  await announce(tx, liveOf(ticket, 'ticket.moved'))
  return true
}

/** A timer of the process has come due: silence confirms, a reminder goes out. */
export async function timerDue(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  timer: { ticketId: number; elementId: string; entry: number },
): Promise<void> {
  const ticket = await ticketsStore.lockTicket(tx, timer.ticketId)
  if (!ticket) return
  const now: Instant = await databaseNow(tx)
  const running = await ports.process.lock(tx, timer.ticketId)
  const step = await stepProcess(
    ports,
    tx,
    actor,
    ticket,
    running,
    { type: 'timer', elementId: timer.elementId, entry: timer.entry },
    now,
  )
  if (!step.moved) return
  await announceStep(ports, tx, actor, headOf(step.ticket), step, now)
  await announce(tx, liveOf(ticket, 'ticket.moved'))
}
