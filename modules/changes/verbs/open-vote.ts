import { type Actor, writeAudit } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { boardStore, type RoundRecord } from '../board.store.ts'
import { boardRows } from '../board-rows.ts'
import { scopeOfChange } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { changesStore } from '../changes.store.ts'
import type { SessionWish } from '../contract.ts'
import { askedToVote, seatsFor } from '../domain/board.ts'
import type { Seat } from '../domain/tally.ts'
import { type Locked, lockChange, noteChange } from './load-change.ts'

/** Calls a meeting, or a vote by correspondence, on changes of the agenda. Returns its id. */
export async function openSession(ports: ChangesPorts, tx: Tx, actor: Actor, wish: SessionWish): Promise<number> {
  const now = await databaseNow(tx)
  // one order for everybody, so that two who call votes never wait for each other
  const ids = [...new Set(wish.changeIds)].sort((a, b) => a - b)
  const locked: Locked[] = []
  for (const id of ids) locked.push(await lockChange(ports, tx, actor, { id }, 'change.manage'))
  const given = wish.deadlineAt === undefined ? null : Date.parse(wish.deadlineAt)
  if (given !== null && given <= now) throw changeRefusals.refuse('change.deadline_past', { field: 'deadlineAt' })
  const deadlineAt =
    wish.mode === 'meeting' ? null : (given ?? (await defaultDeadline(ports, tx, locked[0]!.ticket.contractId, now)))
  const sessionId = await boardStore.insertSession(tx, {
    mode: wish.mode,
    title: wish.title,
    place: wish.place,
    startsAt: wish.startsAt === undefined ? now : Date.parse(wish.startsAt),
    deadlineAt,
    calledBy: actor.accountId,
    calledByName: actor.name,
  })
  for (const one of locked) await openRound(ports, tx, actor, one, { sessionId, deadlineAt, occasion: 'opened' })
  await writeAudit(tx, actor, {
    action: 'board.session_called',
    objectType: 'board_session',
    objectId: sessionId,
    detail: { mode: wish.mode, changeIds: ids },
  })
  await announce(tx, { topic: 'board.changed', clientId: null })
  return sessionId
}

/** The vote that begins by itself when a change comes before the board. False: nobody or too few could vote, it waits on the agenda. */
export async function openAtOnce(ports: ChangesPorts, tx: Tx, actor: Actor, locked: Locked): Promise<boolean> {
  const settings = await boardRows.settings(tx)
  if (!settings.opensAtOnce) return false
  const seats = await seatsOfChange(tx, locked)
  if (eligible(seats) < settings.quorum) return false
  const now = await databaseNow(tx)
  const deadlineAt = await defaultDeadline(ports, tx, locked.ticket.contractId, now)
  const sessionId = await boardStore.insertSession(tx, {
    mode: 'correspondence',
    title: '',
    place: '',
    startsAt: now,
    deadlineAt,
    calledBy: actor.accountId,
    calledByName: actor.name,
  })
  await openRound(ports, tx, actor, locked, { sessionId, deadlineAt, occasion: 'opened' })
  return true
}

/** What was put to the vote is another thing now: the ballots are void, and those who vote are asked anew. */
export async function voteAnew(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  locked: Locked,
  reason: string,
): Promise<void> {
  const { change } = locked
  const open = await boardStore.openRound(tx, change.id)
  if (open) {
    await boardStore.endRound(tx, open.id, { state: 'voided', reason })
    await noteChange(tx, actor, change, 'change.ballots_voided', { roundId: open.id, reason })
    const { sessionId } = open
    const now = await databaseNow(tx)
    const deadlineAt = open.mode === 'meeting' ? null : await defaultDeadline(ports, tx, locked.ticket.contractId, now)
    await openRound(ports, tx, actor, locked, { sessionId, deadlineAt, occasion: 'again' })
    return
  }
  if (change.approval !== 'approved' || !change.needsVote) return
  // what was approved is not what would be installed: the board is asked again
  await changesStore.dropConditions(tx, change.id)
  await changesStore.update(tx, change.id, {
    approval: 'agenda',
    decidedAt: null,
    decision: null,
    boardReviewedAt: null,
    onAgendaAt: await databaseNow(tx),
  })
  await noteChange(tx, actor, change, 'change.approval_voided', { reason })
  await openAtOnce(ports, tx, actor, { ...locked, change: (await changesStore.find(tx, change.id))! })
}

async function openRound(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  locked: Locked,
  given: { sessionId: number; deadlineAt: Instant | null; occasion: 'opened' | 'again' },
): Promise<RoundRecord> {
  const { change, ticket } = locked
  if (await boardStore.openRound(tx, change.id)) throw changeRefusals.refuse('change.vote_open')
  if (change.approval !== 'agenda' && change.approval !== 'voting') throw changeRefusals.refuse('change.not_on_agenda')
  const { quorum, rule, sharePercent, shareOf } = await boardRows.settings(tx)
  const seats = await seatsOfChange(tx, locked)
  if (seats.length === 0) throw changeRefusals.refuse('change.board_empty')
  if (eligible(seats) < quorum) {
    throw changeRefusals.refuse('change.quorum_unreachable', { params: { seats: eligible(seats), quorum } })
  }
  const round = await boardStore.insertRound(tx, {
    clientId: change.clientId,
    changeId: change.id,
    sessionId: given.sessionId,
    purpose: change.kind === 'emergency' ? 'review' : 'approval',
    rule: { quorum, rule, sharePercent, shareOf },
    seats,
    scope: scopeOfChange(change),
    deadlineAt: given.deadlineAt,
  })
  await changesStore.update(tx, change.id, { approval: 'voting', needsVote: true })
  await noteChange(tx, actor, change, 'change.vote_opened', { roundId: round.id, round: round.round })
  const now = await databaseNow(tx)
  await ports.bus.emit(tx, 'change.vote_asked', {
    actor,
    ticket,
    roundId: round.id,
    occasion: given.occasion,
    accountIds: askedToVote(seats, [], await boardRows.delegations(tx, now), change, now),
    deadlineAt: given.deadlineAt,
    now,
  })
  return round
}

async function seatsOfChange(tx: Tx, { change }: Locked): Promise<Seat[]> {
  return seatsFor(await boardRows.members(tx), change)
}

function eligible(seats: readonly Seat[]): number {
  return seats.filter((seat) => seat.excluded === null).length
}

async function defaultDeadline(ports: ChangesPorts, tx: Tx, contractId: number | null, now: Instant): Promise<Instant> {
  const { voteDays } = await boardRows.settings(tx)
  return await ports.workingDaysAfter(tx, contractId, voteDays, now)
}
