import { type Actor, can, mayEver, refuseAccess, writeAudit } from '@opora/access'
import { contractById, rateFor, versionOn, versionsOf } from '@opora/contracts'
import { type CivilDate, civilDateIn } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import { headOf } from '@opora/tickets'
import type { EstimateDecision, NewEstimate } from '../contract.ts'
import {
  answerQuestion,
  approveEstimate,
  askAboutEstimate,
  declineEstimate,
  type EstimateLine,
  type EstimateStep,
  estimateTotals,
  nextRound,
  offerEstimate,
  reviseEstimate,
} from '../domain/estimate.ts'
import { type EstimateRow, estimateRounds, roundOf } from '../estimate-rounds.ts'
import { estimatesStore } from '../estimates.store.ts'
import type { OfferedEstimate, WorkPorts } from '../work.ports.ts'
import { workRefusals } from '../work.refusals.ts'
import { accountOf, zoneOf } from './log-time.ts'

const APPROVAL_PLACE = 'estimate_approval'
const OFFERING_OUTCOMES = ['offer', 'ask_estimate']

/** Writes a ticket's next round and, unless it stays a draft, sends it to the client. Rounds that waited are superseded. */
export async function createEstimate(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: NewEstimate,
): Promise<number> {
  const ticket = await lockForOffer(ports, tx, actor, ticketId)
  const lines = await pricedLines(tx, actor, ticket.contractId, input.lines)
  const rows = await estimateRounds.ofTicket(tx, ticketId)
  const validUntil = input.validUntil ?? null
  const { specification, title } = input
  const draft = { id: '', ticketId: String(ticketId), lines, specification, validUntil }
  const { round, superseded } = nextRound(rows.map(roundOf), draft)
  if (actor.side === 'partner') refuseOthersRounds(actor, rows, superseded)
  const today = civilDateIn(await zoneOf(tx, actor, ticket.contractId), await databaseNow(tx))
  settle(offerEstimate(round, today))
  const totals = estimateTotals(lines)
  if (superseded.length > 0) {
    await estimatesStore.setState(
      tx,
      superseded.map((other) => Number(other.id)),
      'superseded',
    )
  }
  const id = await estimatesStore.insert(tx, {
    clientId: ticket.clientId,
    ticketId,
    round: round.round,
    title: title === '' ? ticket.subject : title,
    specification,
    lines,
    minutes: totals.minutes,
    amountKopecks: totals.kopecks,
    validUntil,
    authorId: accountOf(actor),
  })
  await writeAudit(tx, actor, {
    action: 'estimate.written',
    objectType: 'estimate',
    objectId: id,
    clientId: ticket.clientId,
    detail: { ticketId, round: round.round, minutes: totals.minutes, kopecks: totals.kopecks },
  })
  // the provider answers for what its client is offered: a partner's estimate waits for somebody of the provider to send it
  if (input.offer && actor.side !== 'partner')
    await sendOut(ports, tx, actor, (await estimateRounds.find(tx, id))!, validUntil)
  return id
}

/** Sends a draft to the client; or again, once a question about it is answered. */
export async function offerRound(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; validUntil: CivilDate | null | undefined; answer: string },
): Promise<void> {
  const row = await lockEstimate(ports, tx, actor, given.id, given.version)
  const validUntil = given.validUntil === undefined ? row.validUntil : given.validUntil
  const today = civilDateIn(actor.zone, await databaseNow(tx))
  const round = { ...roundOf(row), validUntil }
  settle(row.state === 'asked' ? answerQuestion(round, validUntil) : offerEstimate(round, today))
  await sendOut(ports, tx, actor, row, validUntil, given.answer === '' ? null : given.answer)
}

/** Writes a draft anew: its lines, specification and validity. What was offered is changed by a new round. */
export async function reviseRound(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; draft: NewEstimate },
): Promise<void> {
  const row = await lockEstimate(ports, tx, actor, given.id, given.version)
  const { title, specification, offer } = given.draft
  const validUntil = given.draft.validUntil ?? null
  const ticket = await ports.tickets.lockForAction(tx, actor, row.ticketId, 'ticket.read')
  const lines = await pricedLines(tx, actor, ticket.contractId, given.draft.lines)
  const revised = settle(reviseEstimate(roundOf(row), { lines, specification, validUntil }))
  const today = civilDateIn(await zoneOf(tx, actor, ticket.contractId), await databaseNow(tx))
  settle(offerEstimate(revised, today))
  const totals = estimateTotals(lines)
  await estimatesStore.revise(tx, row.id, {
    title: title === '' ? row.title : title,
    specification,
    lines,
    minutes: totals.minutes,
    amountKopecks: totals.kopecks,
    validUntil,
  })
  await audit(tx, actor, row, 'estimate.revised', { minutes: String(totals.minutes) })
  if (offer && actor.side !== 'partner')
    await sendOut(ports, tx, actor, (await estimateRounds.find(tx, row.id))!, validUntil)
  else
    await announce(tx, { topic: 'estimate.changed', clientId: row.clientId, ticketId: row.ticketId, staffOnly: true })
}

/** Takes an undecided round back: a draft, an offered one or one that the client asked about. */
export async function withdrawEstimate(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; reason: string },
): Promise<void> {
  const row = await lockEstimate(ports, tx, actor, given.id, given.version)
  const isOpen = actor.side !== 'partner' && (row.state === 'offered' || row.state === 'asked')
  if (row.state !== 'draft' && !isOpen) {
    throw workRefusals.refuse('work.estimate_not_offered')
  }
  await estimatesStore.setState(tx, [row.id], 'superseded')
  await ports.tickets.recordFacts(tx, actor, row.ticketId, [
    { type: 'estimate_withdrawn', data: { estimateId: row.id, reason: given.reason } },
  ])
  const note = given.reason.trim() === '' ? 'Оценка отозвана' : given.reason
  await press(ports, tx, actor, row.ticketId, ['withdraw'], {}, note)
  await audit(tx, actor, row, 'estimate.withdrawn', { reason: given.reason })
}

/** The process took the estimate back: what still waited for the client's word waits no more, so that nobody approves it afterwards. */
export async function withdrawByProcess(
  ports: WorkPorts,
  tx: Tx,
  event: { actor: Actor; ticket: { id: number }; name: string },
): Promise<void> {
  if (event.name !== 'withdraw_estimate') return
  const { actor, ticket } = event
  const open = (await estimateRounds.ofTicket(tx, ticket.id)).filter(
    (row) => row.state === 'offered' || row.state === 'asked',
  )
  for (const row of open) {
    await estimatesStore.setState(tx, [row.id], 'superseded')
    await ports.tickets.recordFacts(tx, actor, ticket.id, [
      { type: 'estimate_withdrawn', data: { estimateId: row.id, reason: '' } },
    ])
    await audit(tx, actor, row, 'estimate.withdrawn', {})
    await announce(tx, { topic: 'estimate.changed', clientId: row.clientId, ticketId: ticket.id })
  }
}

/** The responsible contact's word, from the cabinet or by a link. Each round is decided once. */
export async function decideEstimate(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  estimateId: number,
  input: EstimateDecision,
): Promise<void> {
  const known = await estimateRounds.find(tx, estimateId)
  if (!known || !can(actor, 'estimate.decide', { clientId: known.clientId })) {
    throw workRefusals.refuse('work.estimate_not_found')
  }
  const ticket = await ports.tickets.lockForAction(tx, actor, known.ticketId, 'estimate.decide')
  const row = (await estimateRounds.find(tx, estimateId))!
  const now = await databaseNow(tx)
  const [client] = await tx<{ zone: string }[]>`select zone from client where id = ${row.clientId}`
  const today = civilDateIn(client?.zone ?? actor.zone, now)
  const decider = { at: now, on: today, by: actor.name, comment: input.comment }
  const round = roundOf(row)
  const step =
    input.decision === 'ask'
      ? askAboutEstimate(round, input.comment, today)
      : input.decision === 'approve'
        ? approveEstimate(round, decider)
        : declineEstimate(round, decider)
  const { state } = settle(step, row.decidedBy ?? '')
  await estimatesStore.decide(tx, row.id, {
    state,
    contactId: actor.contact?.id ?? null,
    accountId: actor.accountId,
    comment: input.comment,
  })
  const type =
    state === 'approved' ? 'estimate_approved' : state === 'declined' ? 'estimate_declined' : 'estimate_asked'
  await ports.tickets.recordFacts(tx, actor, row.ticketId, [
    { type, data: { estimateId: row.id, round: row.round, by: actor.name, question: input.comment } },
  ])
  await ports.tickets.tellProcess(tx, actor, row.ticketId, `estimate.${state}`)
  await audit(tx, actor, row, `estimate.${state}`, { comment: input.comment })
  await ports.bus.emit(tx, 'work.estimate_decided', {
    actor,
    ticket: headOf(ticket),
    estimate: offered(row, row.validUntil),
    decision: input.decision,
    comment: input.comment,
    authorId: row.authorId,
    now,
  })
  await announce(tx, { topic: 'estimate.changed', clientId: row.clientId, ticketId: row.ticketId })
}

async function sendOut(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  row: EstimateRow,
  validUntil: CivilDate | null,
  answer: string | null = null,
): Promise<void> {
  await estimatesStore.offer(tx, row.id, validUntil, answer)
  await ports.tickets.recordFacts(tx, actor, row.ticketId, [
    { type: 'estimate_offered', data: { estimateId: row.id, round: row.round, minutes: row.minutes } },
  ])
  const specification = row.specification === '' ? row.title : row.specification
  await press(ports, tx, actor, row.ticketId, OFFERING_OUTCOMES, { specification })
  await audit(tx, actor, row, 'estimate.offered', { validUntil })
  const ticket = await ports.tickets.lockForAction(tx, actor, row.ticketId, 'ticket.read')
  await ports.bus.emit(tx, 'work.estimate_offered', {
    actor,
    ticket: headOf(ticket),
    estimate: offered(row, validUntil),
    now: await databaseNow(tx),
  })
  await announce(tx, { topic: 'estimate.changed', clientId: row.clientId, ticketId: row.ticketId })
}

/** Presses the button that moves the ticket to or from the client's decision, where the person has it at the present place. */
export async function press(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  wanted: readonly string[],
  data: Record<string, string>,
  note?: string,
): Promise<void> {
  const ticket = await ports.tickets.get(tx, actor, ticketId, actor.locale)
  const isAsked = ticket.place === APPROVAL_PLACE
  if (isAsked !== wanted.includes('withdraw')) return
  const button = wanted.flatMap((id) => ticket.outcomes.filter((outcome) => outcome.id === id))[0]
  if (!button) return
  const known = Object.fromEntries(
    button.fields.flatMap((field) => (data[field.name] === undefined ? [] : [[field.name, data[field.name] ?? '']])),
  )
  await ports.tickets.takeOutcome(tx, actor, ticketId, {
    outcome: button.id,
    taskId: button.taskId,
    data: known,
    ...(note === undefined ? {} : { note: { text: note, files: [], mentions: [], forPartner: false } }),
  })
}

/** A ticket waits for the client's decision only while there is something to decide: else its clocks would stand for nothing. */
export async function demandOffer(tx: Tx, ticketId: number, place: string): Promise<void> {
  if (place !== APPROVAL_PLACE) return
  const rounds = await estimateRounds.ofTicket(tx, ticketId)
  if (!rounds.some((round) => round.state === 'offered')) throw workRefusals.refuse('work.estimate_not_written')
}

/** A partner replaces their own draft only: what the provider has in hand, or the client, is not theirs to take away. */
function refuseOthersRounds(actor: Actor, rows: readonly EstimateRow[], superseded: readonly { id: string }[]): void {
  const own = (row: EstimateRow) => row.authorId === actor.accountId && row.state === 'draft'
  const replaced = new Set(superseded.map((round) => Number(round.id)))
  if (rows.some((row) => replaced.has(row.id) && !own(row))) throw workRefusals.refuse('work.estimate_in_hand')
}

async function lockForOffer(ports: WorkPorts, tx: Tx, actor: Actor, ticketId: number) {
  // a partner's right comes with the ticket that was passed to them
  if (actor.side === 'partner') return await ports.tickets.lockForAction(tx, actor, ticketId, 'estimate.offer')
  const ticket = await ports.tickets.lockForAction(tx, actor, ticketId, 'ticket.read')
  if (!can(actor, 'estimate.offer', { clientId: ticket.clientId })) throw refuseAccess('access.not_allowed')
  return ticket
}

async function lockEstimate(ports: WorkPorts, tx: Tx, actor: Actor, id: number, version: number | null) {
  const known = await estimateRounds.find(tx, id)
  if (!known || (actor.side === 'partner' && known.authorId !== actor.accountId)) {
    throw workRefusals.refuse('work.estimate_not_found')
  }
  await lockForOffer(ports, tx, actor, known.ticketId)
  const row = (await estimateRounds.find(tx, id))!
  if (version !== null && version !== row.version) {
    throw refuseHttp('http.version_conflict', { details: { currentVersion: row.version } })
  }
  return row
}

/** Lines with their rates: the contract's own, unless somebody who sees prices gave another. */
async function pricedLines(
  tx: Tx,
  actor: Actor,
  contractId: number | null,
  lines: NewEstimate['lines'],
): Promise<EstimateLine[]> {
  const contract = contractId === null ? null : await contractById(tx, contractId)
  const versions = contract === null ? [] : await versionsOf(tx, contract.id)
  const today = civilDateIn(contract?.zone ?? actor.zone, await databaseNow(tx))
  const rates = versionOn(versions, today)?.terms.rates ?? versions.at(-1)?.terms.rates ?? null
  return lines.map((line, index) => {
    if (line.ratePerHourKopecks !== undefined && !mayEver(actor, 'price.read')) {
      throw workRefusals.refuse('work.rate_not_allowed', { field: `lines.${index}.ratePerHourKopecks` })
    }
    const rate =
      line.ratePerHourKopecks ?? (rates === null ? null : rateFor(rates, line.activity ?? 'development', null))
    if (rate === null) throw workRefusals.refuse('work.estimate_line_invalid', { field: `lines.${index}` })
    return { title: line.title, minutes: line.minutes, ratePerHourKopecks: rate }
  })
}

function settle(step: EstimateStep, decidedBy = '') {
  if (step.ok) return step.round
  throw workRefusals.refuse(step.refused, {
    params: { ...step.params, by: decidedBy },
    ...(step.field === undefined ? {} : { field: step.field }),
  })
}

function offered(row: EstimateRow, validUntil: CivilDate | null): OfferedEstimate {
  const { id, round, title, minutes, amountKopecks } = row
  return { id, round, title, minutes, amountKopecks, validUntil }
}

async function audit(tx: Tx, actor: Actor, row: EstimateRow, action: string, detail: Record<string, string | null>) {
  const { id, ticketId, clientId } = row
  await writeAudit(tx, actor, {
    action,
    objectType: 'estimate',
    objectId: id,
    clientId,
    detail: { ...detail, ticketId },
  })
}
