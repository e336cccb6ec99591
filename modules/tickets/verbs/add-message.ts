import type { Action, Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { formsStore } from '../forms.store.ts'
import { namedReadModel } from '../named.read-model.ts'
import { sanitiseHtml } from '../sanitise.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { lockForAction } from './load-ticket.ts'
import { markAgain } from './mark-form.ts'
import { announceStep, headOf, stepProcess } from './step-process.ts'

export interface ReplyInput {
  text: string
  html?: string | undefined
  files: string[]
  copyContactIds: number[]
  lastSeenMessageId?: number | undefined
  sendAnyway: boolean
}
export interface NoteInput {
  text: string
  html?: string | undefined
  files: string[]
  mentions: number[]
  forPartner: boolean
  /** Files that came with a partner's letter and are stored already. */
  attachments?: StoredFile[]
}
interface StoredFile {
  name: string
  mime: string
  sizeBytes: number
  sha256: string
  inlineCid: string | null
}
export interface Posted {
  messageId: number
  version: number
  undoUntil: Instant | null
}

/**
 * A public answer of the provider's people. It leaves by the ticket's channel when the time for undoing has passed; until then no client
 * sees it, nor that there is one.
 */
export async function replyTicket(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: ReplyInput,
): Promise<Posted> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.reply')
  const now = await databaseNow(tx)
  if (ticket.state === 'closed') throw refuseTicket('ticket.closed')
  await refuseTalkingPast(tx, ticket, input)
  await refuseStrangers(tx, ticket, input.copyContactIds)
  const sendAt = now + ports.undoMs
  const held = ports.undoMs > 0
  const messageId = await ticketsStore.insertMessage(tx, {
    ...blank(ticket, actor, now),
    visibility: 'public',
    direction: 'out',
    bodyText: input.text,
    bodyHtml: cleanHtml(input.html),
    visibleText: input.text,
    isAnswer: true,
    sendAt,
    held,
  })
  for (const contactId of input.copyContactIds) {
    await ticketsStore.addPerson(tx, {
      clientId: ticket.clientId,
      ticketId,
      role: 'watcher',
      contactId,
      accountId: null,
      email: null,
      addedBy: actor.accountId,
    })
  }
  await bind(tx, ticket, messageId, input.files, actor)
  await ticketsStore.addToSearch(tx, ticket, input.text, !held)
  const facts = await ticketsStore.insertFacts(tx, ticket, [{ type: 'answered', data: { messageId } }], actor, now)
  const version = await ticketsStore.noteMessage(tx, ticketId, {
    now,
    fromClient: false,
    firstAnswer: ticket.firstAnswerAt === null,
    held,
  })
  const head = headOf(ticket)
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: head, facts, now })
  await ports.bus.emit(tx, 'ticket.replied', { actor, ticket: head, messageId, sendAt, now })
  await announce(tx, { ...liveOf(ticket, 'ticket.message'), staffOnly: held })
  return { messageId, version, undoUntil: sendAt }
}

// A partner's person, also one whose letter is read by a job.
const PARTNER = 'in'

/** A note of the provider's people. It has no recipients, and no path in the house mails it; one for partners goes to who is invited. */
export async function noteTicket(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: NoteInput,
  right: Action = 'message.note',
): Promise<Posted> {
  const ticket = await lockForAction(tx, actor, ticketId, right)
  const now = await databaseNow(tx)
  await refuseMentions(tx, ticket, input.mentions)
  const visibility = input.forPartner || actor.side === 'partner' ? 'partner' : 'note'
  const messageId = await ticketsStore.insertMessage(tx, {
    ...blank(ticket, actor, now),
    visibility,
    direction: 'out',
    bodyText: input.text,
    bodyHtml: cleanHtml(input.html),
    visibleText: input.text,
  })
  await bind(tx, ticket, messageId, input.files, actor)
  for (const file of input.attachments ?? []) {
    const by = { uploadedByAccountId: actor.accountId, uploadedByContactId: null }
    await ticketsStore.insertAttachment(tx, { clientId: ticket.clientId, ticketId, messageId, ...file, ...by })
  }
  await ticketsStore.addToSearch(tx, ticket, input.text, false)
  await ticketsStore.insertFacts(tx, ticket, [{ type: 'noted', data: { messageId } }], actor, now)
  const version = await ticketsStore.noteMessage(tx, ticketId, { now, fromClient: null, firstAnswer: false })
  if (actor.roles.includes(PARTNER))
    await ports.bus.emit(tx, 'ticket.partner_wrote', { actor, ticket: headOf(ticket), messageId, now })
  await ports.bus.emit(tx, 'ticket.noted', { actor, ticket: headOf(ticket), messageId, mentions: input.mentions, now })
  await announce(tx, { ...liveOf(ticket, 'ticket.message'), staffOnly: true })
  return { messageId, version, undoUntil: null }
}

export interface ClientMessage {
  text: string
  html?: string | null
  visibleText?: string
  channel: string
  author: { contactId: number | null; accountId: number | null; name: string; email: string | null }
  files?: string[]
  attachments?: StoredFile[]
  rawId?: number | null
  mailMessageId?: string | null
  /** Kept, but unseen by the client and without effect on clocks and process until a person accepts it. */
  unverified?: boolean
  /** Posted together with a button: the button moves the process, not the message. */
  withButton?: boolean
}

/** What the client's side wrote into a ticket: by the cabinet, by mail, by a messenger. */
export async function clientWrote(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: ClientMessage,
): Promise<Posted> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.reply')
  const now = await databaseNow(tx)
  const messageId = await ticketsStore.insertMessage(tx, {
    ...blank(ticket, actor, now),
    visibility: 'public',
    direction: 'in',
    channel: input.channel,
    authorAccountId: input.author.contactId === null ? input.author.accountId : null,
    authorContactId: input.author.contactId,
    authorName: input.author.name,
    authorEmail: input.author.email,
    bodyText: input.text,
    bodyHtml: input.html ?? null,
    visibleText: input.visibleText ?? input.text,
    mailMessageId: input.mailMessageId ?? null,
    rawId: input.rawId ?? null,
    unverified: input.unverified ?? false,
  })
  await bind(tx, ticket, messageId, input.files ?? [], {
    ...actor,
    accountId: input.author.accountId,
    contact: actor.contact,
  })
  for (const file of input.attachments ?? []) {
    await ticketsStore.insertAttachment(tx, {
      clientId: ticket.clientId,
      ticketId,
      messageId,
      ...file,
      uploadedByAccountId: input.author.accountId,
      uploadedByContactId: input.author.contactId,
    })
  }
  if ((input.files?.length ?? 0) + (input.attachments?.length ?? 0) > 0) await markAgain(tx, ticketId, false)
  await ticketsStore.addToSearch(tx, ticket, input.text, !(input.unverified ?? false))
  if (input.unverified) {
    await ticketsStore.insertFacts(
      tx,
      ticket,
      [{ type: 'unverified_message', data: { messageId, from: input.author.email } }],
      actor,
      now,
    )
    const version = await ticketsStore.noteMessage(tx, ticketId, { now, fromClient: null, firstAnswer: false })
    await announce(tx, { ...liveOf(ticket, 'ticket.message'), staffOnly: true })
    return { messageId, version, undoUntil: null }
  }
  const event = input.withButton ? null : CLIENT_WROTE
  return { ...(await hearClient(ports, tx, actor, ticket, messageId, now, event)), undoUntil: null }
}

const CLIENT_WROTE = { type: 'message' as const, name: 'client.wrote' }

/** The effects of a client's message on clocks and process. */
async function hearClient(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  messageId: number,
  now: Instant,
  event: typeof CLIENT_WROTE | null,
): Promise<{ messageId: number; version: number }> {
  const said = [{ type: 'client_wrote', data: { messageId } }]
  const step = event
    ? await stepProcess(ports, tx, actor, ticket, await ports.process.lock(tx, ticket.id), event, now, said)
    : {
        ticket,
        facts: await ticketsStore.insertFacts(tx, ticket, said, actor, now),
        applied: { facts: [], actions: [], standing: ticket },
      }
  const version = await ticketsStore.noteMessage(tx, ticket.id, { now, fromClient: true, firstAnswer: false })
  const head = headOf(step.ticket)
  await announceStep(ports, tx, actor, head, step, now)
  await ports.bus.emit(tx, 'ticket.client_wrote', { actor, ticket: head, messageId, now })
  await announce(tx, liveOf(ticket, 'ticket.message'))
  return { messageId, version }
}

/** A person accepts a message whose sender could not be verified: from now on it counts as the client's. */
export async function acceptMessage(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  messageId: number,
): Promise<Posted> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.accept')
  const now = await databaseNow(tx)
  const text = await ticketsStore.acceptMessage(tx, ticketId, messageId)
  if (text === null) throw refuseTicket('ticket.message_unknown')
  await ticketsStore.addToSearch(tx, ticket, text, true)
  return { ...(await hearClient(ports, tx, actor, ticket, messageId, now, CLIENT_WROTE)), undoUntil: null }
}

/** Takes a reply back while it has not left; its text goes back to the writer as a draft. */
export async function undoReply(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  messageId: number,
): Promise<{ text: string; version: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.reply')
  const now = await databaseNow(tx)
  const taken = await ticketsStore.cancelMessage(tx, ticketId, messageId)
  if (!taken || taken.authorAccountId !== actor.accountId) throw refuseTicket('ticket.undo_too_late')
  const facts = await ticketsStore.insertFacts(tx, ticket, [{ type: 'answer_undone', data: { messageId } }], actor, now)
  await formsStore.takeBackAsking(tx, ticketId, messageId)
  const version = await ticketsStore.forgetAnswer(tx, ticketId)
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: headOf(ticket), facts, now })
  await announce(tx, { ...liveOf(ticket, 'ticket.message'), staffOnly: true })
  return { text: taken.bodyText, version }
}

async function refuseTalkingPast(tx: Tx, ticket: TicketRecord, input: ReplyInput): Promise<void> {
  if (input.lastSeenMessageId === undefined || input.sendAnyway) return
  const count = await ticketsStore.countMessagesAfter(tx, ticket.id, input.lastSeenMessageId)
  if (count > 0)
    throw refuseTicket('ticket.newer_messages', { field: 'lastSeenMessageId', params: { count }, details: { count } })
}

/** A copy goes to people of the ticket's own client alone. */
async function refuseStrangers(tx: Tx, ticket: TicketRecord, contactIds: readonly number[]): Promise<void> {
  for (const [index, id] of contactIds.entries()) {
    if (!(await ticketsStore.contactExists(tx, ticket.clientId, id)))
      throw refuseTicket('ticket.contact_unknown', { field: `copyContactIds.${index}` })
  }
}

/** A mention tells of the ticket: only who may read its notes is mentioned. */
async function refuseMentions(tx: Tx, ticket: TicketRecord, accountIds: readonly number[]): Promise<void> {
  if (accountIds.length === 0) return
  const readers = await namedReadModel.mayReadNotes(tx, accountIds, ticket.clientId)
  const index = accountIds.findIndex((id) => !readers.has(id))
  if (index >= 0) throw refuseTicket('ticket.mention_unknown', { field: `mentions.${index}` })
}

async function bind(
  tx: Tx,
  ticket: TicketRecord,
  messageId: number,
  files: string[],
  actor: Pick<Actor, 'accountId' | 'contact'>,
): Promise<void> {
  const bound = await ticketsStore.bindFiles(
    tx,
    files,
    { clientId: ticket.clientId, ticketId: ticket.id, messageId },
    { accountId: actor.accountId, contactId: actor.contact?.id ?? null },
  )
  if (bound !== files.length) throw refuseTicket('ticket.file_unknown', { field: 'files' })
}

function blank(ticket: TicketRecord, actor: Actor, now: Instant) {
  return {
    clientId: ticket.clientId,
    ticketId: ticket.id,
    channel: ticket.channel,
    authorAccountId: actor.accountId,
    authorContactId: null,
    authorName: actor.name,
    authorEmail: null,
    bodyHtml: null as string | null,
    recipients: [],
    mailMessageId: null,
    rawId: null,
    unverified: false,
    isAnswer: false,
    sendAt: null,
    createdAt: now,
  }
}

function cleanHtml(html: string | undefined): string | null {
  return html === undefined ? null : sanitiseHtml(html)
}

export function liveOf(ticket: { id: number; clientId: number; contactId: number | null }, topic: string) {
  return {
    topic,
    clientId: ticket.clientId,
    ticketId: ticket.id,
    ...(ticket.contactId === null ? {} : { contactId: ticket.contactId }),
  }
}
