import { type Actor, actorOfJob, systemActor, writeAudit } from '@opora/access'
import { contractById, rateFor, versionOn, versionsOf } from '@opora/contracts'
import { civilDateIn, type Minutes, Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { headOf } from '@opora/tickets'
import { estimateTotals, nextRound } from '../domain/estimate.ts'
import { type EstimateRow, estimateRounds, roundOf } from '../estimate-rounds.ts'
import { estimatesStore } from '../estimates.store.ts'
import type { WorkPorts } from '../work.ports.ts'
import { press } from './estimates.ts'

const AT_ONCE = 50

/** Rounds that nobody decided in time expire by themselves, once: whoever wrote them and the client are told. Returns how many. */
export async function expireEstimates(ports: WorkPorts, tx: Tx): Promise<number> {
  const due = await estimatesStore.lockExpired(tx, AT_ONCE)
  const actor = systemActor()
  const now = await databaseNow(tx)
  for (const { id } of due) {
    const row = (await estimateRounds.find(tx, id))!
    await estimatesStore.setState(tx, [id], 'expired')
    await ports.tickets.recordFacts(tx, actor, row.ticketId, [
      { type: 'estimate_expired', data: { estimateId: id, round: row.round, validUntil: row.validUntil ?? '' } },
    ])
    await writeAudit(tx, actor, {
      action: 'estimate.expired',
      objectType: 'estimate',
      objectId: id,
      clientId: row.clientId,
      detail: { ticketId: row.ticketId, validUntil: row.validUntil },
    })
    const ticket = headOf(await ports.tickets.lockForAction(tx, actor, row.ticketId, 'ticket.read'))
    await ports.bus.emit(tx, 'work.estimate_expired', {
      actor,
      ticket,
      estimate: offered(row),
      authorId: row.authorId,
      now,
    })
    await backToWork(ports, tx, row)
    await announce(tx, { topic: 'estimate.changed', clientId: row.clientId, ticketId: row.ticketId })
  }
  return due.length
}

/** The ticket no longer waits for a decision that cannot come: the author's own button takes it back, where they still have it. */
async function backToWork(ports: WorkPorts, tx: Tx, row: EstimateRow): Promise<void> {
  const author = await actorOfJob(tx, row.authorId)
  if (author === null) return
  try {
    await tx.savepoint((inner) =>
      press(ports, inner as Tx, author, row.ticketId, ['withdraw'], {}, 'Срок действия оценки закончился'),
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

/**
 * Opens the next round of agreeing by itself, when work was refused as billable because what was approved is used up: a draft of the
 * missing minutes at the contract's rate, for a person to complete and send. While a round waits, nothing is opened. Returns its id.
 */
export async function openFurtherRound(
  ports: WorkPorts,
  tx: Tx,
  given: { ticketId: number; accountId: number; activity: string; minutes: Minutes },
): Promise<number | null> {
  const actor = systemActor()
  const ticket = await ports.tickets.lockForAction(tx, actor, given.ticketId, 'ticket.read')
  const rows = await estimateRounds.ofTicket(tx, given.ticketId)
  if (!rows.some((row) => row.state === 'approved')) return null
  if (rows.some((row) => row.state === 'draft' || row.state === 'offered' || row.state === 'asked')) return null
  const line = {
    title: 'Продолжение работ сверх согласованного',
    minutes: given.minutes,
    ratePerHourKopecks: await rateOf(tx, ticket.contractId, given.activity),
  }
  const draft = { id: '', ticketId: String(ticket.id), lines: [line], specification: '', validUntil: null }
  const { round } = nextRound(rows.map(roundOf), draft)
  const totals = estimateTotals([line])
  const id = await estimatesStore.insert(tx, {
    clientId: ticket.clientId,
    ticketId: ticket.id,
    round: round.round,
    title: ticket.subject,
    specification: '',
    lines: [line],
    minutes: totals.minutes,
    amountKopecks: totals.kopecks,
    validUntil: null,
    authorId: given.accountId,
  })
  await ports.tickets.recordFacts(tx, actor, ticket.id, [
    { type: 'estimate_round_opened', data: { estimateId: id, round: round.round, minutes: given.minutes } },
  ])
  await ports.bus.emit(tx, 'work.round_opened', {
    actor,
    ticket: headOf(ticket),
    estimate: offered((await estimateRounds.find(tx, id))!),
    authorId: given.accountId,
    now: await databaseNow(tx),
  })
  await announce(tx, { topic: 'estimate.changed', clientId: ticket.clientId, ticketId: ticket.id, staffOnly: true })
  return id
}

async function rateOf(tx: Tx, contractId: number | null, activity: string) {
  const contract = contractId === null ? null : await contractById(tx, contractId)
  if (contract === null) return 0
  const versions = await versionsOf(tx, contract.id)
  const today = civilDateIn(contract.zone, await databaseNow(tx))
  const rates = (versionOn(versions, today) ?? versions.at(-1))?.terms.rates
  return rates ? rateFor(rates, activity, null) : 0
}

function offered({ id, round, title, minutes, amountKopecks, validUntil }: EstimateRow) {
  return { id, round, title, minutes, amountKopecks, validUntil }
}

export type FurtherRound = Parameters<typeof openFurtherRound>[2]

/** What a refused billing needs of its author for the next round; null for another refusal. */
export function furtherRoundOf(
  error: unknown,
  given: { ticketId: number; actor: Actor; activity: string },
): FurtherRound | null {
  const refusal = error as { code?: string; options?: { details?: { refusedMinutes?: number } } }
  const minutes = refusal.options?.details?.refusedMinutes
  if (refusal.code !== 'work.estimate_exhausted' || minutes === undefined || given.actor.accountId === null) return null
  return { ticketId: given.ticketId, accountId: given.actor.accountId, activity: given.activity, minutes }
}
