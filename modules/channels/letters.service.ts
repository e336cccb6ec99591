import { type Actor, can, mayEver, refuseAccess, writeAudit } from '@opora/access'
import type { Database, Tx } from '@opora/platform/database'
import type { TicketService } from '@opora/tickets'
import { refuseChannels } from './channels.refusals.ts'
import { channelsStore, type LetterAcceptance } from './channels.store.ts'
import { letterCard } from './letters.read-model.ts'
import { letterOutCard, mayResend } from './letters-out.read-model.ts'

export interface LettersPorts {
  tickets: Pick<TicketService, 'lockForAction'>
}

export type Letters = ReturnType<typeof createLetters>

/** What a person does about letters: lets one run again, takes one out of quarantine, sends one again. */
export function createLetters(ports: LettersPorts) {
  return {
    rerun,
    accept: (tx: Tx, actor: Actor, id: number, how: LetterAcceptance) => accept(ports, tx, actor, id, how),
    resend,
  }
}

/** Does nothing twice: what the letter did before is recognised. */
async function rerun(tx: Tx, actor: Actor, id: number): Promise<void> {
  const letter = await seen(tx, actor, id)
  if (!(await channelsStore.rerun(tx, id))) throw refuseChannels('channels.letter_not_waiting')
  await writeAudit(tx, actor, {
    action: 'letter.rerun',
    objectType: 'letter',
    objectId: id,
    clientId: letter.client?.id ?? null,
  })
}

/** A person answers for a letter whose sender could not be proved. The intake then treats it as told. */
async function accept(ports: LettersPorts, tx: Tx, actor: Actor, id: number, how: LetterAcceptance): Promise<void> {
  const letter = await seen(tx, actor, id)
  if (!letter.readable) throw refuseAccess('access.not_found')
  const clientId = letter.client?.id ?? null
  let ticketClientId = clientId
  if (how.as === 'join')
    ticketClientId = (await ports.tickets.lockForAction(tx, actor, how.ticketId, 'message.accept')).clientId
  else if (!mayOpen(actor, clientId)) throw refuseAccess('access.not_allowed')
  if (how.as === 'open' && letter.from === null) throw refuseChannels('channels.sender_unreadable', { field: 'as' })
  if (!(await channelsStore.accept(tx, id, how, actor.accountId)))
    throw refuseChannels('channels.letter_not_quarantined')
  await writeAudit(tx, actor, {
    action: 'letter.accepted',
    objectType: 'letter',
    objectId: id,
    clientId: ticketClientId,
    detail: { ...how, from: letter.from },
  })
}

function mayOpen(actor: Actor, clientId: number | null): boolean {
  return clientId === null ? mayEver(actor, 'ticket.create') : can(actor, 'ticket.create', { clientId })
}

/** The right of the recipient is asked now, not when the letter was written. */
async function resend(tx: Tx, actor: Actor, id: number): Promise<void> {
  const letter = await letterOutCard(tx, actor, id)
  if (!letter) throw refuseAccess('access.not_found')
  if (!mayResend(actor, letter.clientId)) throw refuseAccess('access.not_allowed')
  if (!letter.reaches) throw refuseChannels('channels.recipient_gone')
  if (!(await channelsStore.resend(tx, id))) throw refuseChannels('channels.letter_not_failed')
  await writeAudit(tx, actor, {
    action: 'letter_out.resent',
    objectType: 'letter_out',
    objectId: id,
    clientId: letter.clientId,
    detail: { to: letter.toAddress },
  })
}

// a letter may be of megabytes: a batch must not hold its rows for long
const FORGOTTEN_AT_ONCE = 200

/** A letter's bytes hold more of a person than the ticket needs: they are kept for a while as proof, then forgotten. */
export async function forgetLetters(database: Database, keepMs: number): Promise<void> {
  for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE; )
    forgotten = await database.begin({ as: 'worker' }, (tx) => channelsStore.forgetBytes(tx, keepMs, FORGOTTEN_AT_ONCE))
}

async function seen(tx: Tx, actor: Actor, id: number) {
  const letter = await letterCard(tx, actor, id, actor.locale)
  if (!letter) throw refuseAccess('access.not_found')
  return letter
}
