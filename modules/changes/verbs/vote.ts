import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Database, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import { boardStore, type RoundRecord } from '../board.store.ts'
import { boardRows } from '../board-rows.ts'
import type { ChangeRecord } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { changesStore } from '../changes.store.ts'
import type { BallotInput } from '../contract.ts'
import { askedToVote, seatsOf, takesBallots } from '../domain/board.ts'
import { tally } from '../domain/tally.ts'
import { decideRound } from './decide.ts'
import { boardActor, type Locked, lockChange, noteChange } from './load-change.ts'

/** Puts a ballot into the box; the last one that matters decides a vote by correspondence at once. */
export async function castBallot(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  changeId: number,
  input: BallotInput,
): Promise<void> {
  const locked = await lockChange(ports, tx, actor, { id: changeId }, 'change.vote')
  const { change } = locked
  const round = await boardStore.openRound(tx, change.id)
  if (!round || !takesBallots(round, await databaseNow(tx))) throw changeRefusals.refuse('change.no_vote_open')
  if (round.id !== input.roundId) throw changeRefusals.refuse('change.scope_changed')
  if (input.choice === 'yes_if' && input.comment === '') {
    throw changeRefusals.refuse('change.condition_missing', { field: 'comment' })
  }
  const seatId = await seatFor(tx, actor, change, round, input.seatId)
  const made = await boardStore.insertBallot(tx, {
    clientId: change.clientId,
    roundId: round.id,
    seatId,
    voterId: actor.accountId!,
    voterName: actor.name,
    choice: input.choice,
    comment: input.comment,
  })
  if (made === null) throw changeRefusals.refuse('change.already_voted')
  await noteChange(tx, actor, change, 'change.voted', { roundId: round.id, seatId, choice: input.choice })
  const ballots = await boardStore.ballots(tx, round.id)
  const count = tally(round.rule, round.seats, ballots)
  // a meeting goes on until everybody has spoken or it is closed
  const isOver = round.mode === 'meeting' ? count.waiting === 0 : count.settled
  if (isOver) await decideRound(ports, tx, locked, round, ballots)
}

async function seatFor(
  tx: Tx,
  actor: Actor,
  change: ChangeRecord,
  round: RoundRecord,
  wanted: number | undefined,
): Promise<number> {
  const accountId = actor.accountId
  if (accountId === null) throw changeRefusals.refuse('change.no_seat')
  if (accountId === change.authorId || accountId === change.implementerId) {
    throw changeRefusals.refuse('change.own_change')
  }
  const now = await databaseNow(tx)
  const delegations = await boardRows.delegations(tx, now)
  const free = seatsOf(accountId, round.seats, await boardStore.ballots(tx, round.id), delegations, change, now)
  const seat = wanted === undefined ? free[0] : free.find((one) => one.seatId === wanted)
  if (seat) return seat.seatId
  const held = seatsOf(accountId, round.seats, [], delegations, change, now)
  const had = wanted === undefined ? held.length > 0 : held.some((one) => one.seatId === wanted)
  throw changeRefusals.refuse(had ? 'change.already_voted' : 'change.no_seat')
}

/** Ends one change's vote now: what was cast counts. */
export async function closeRound(ports: ChangesPorts, tx: Tx, actor: Actor, changeId: number): Promise<void> {
  const locked = await lockChange(ports, tx, actor, { id: changeId }, 'change.manage')
  const round = await boardStore.openRound(tx, locked.change.id)
  if (!round) throw changeRefusals.refuse('change.no_vote_open')
  await noteChange(tx, actor, locked.change, 'change.vote_closed', { roundId: round.id })
  await decideRound(ports, tx, locked, round, await boardStore.ballots(tx, round.id))
}

/** Ends a meeting or a vote by correspondence with everything in it. */
export async function closeSession(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null },
): Promise<void> {
  const rounds = await boardStore.openRoundsOf(tx, given.id)
  const locked: { locked: Locked; round: RoundRecord }[] = []
  // tickets before the session, as everybody else locks them
  for (const round of rounds)
    locked.push({ round, locked: await lockChange(ports, tx, actor, { id: round.changeId }, 'change.manage') })
  const session = await boardStore.lockSession(tx, given.id)
  if (!session) throw changeRefusals.refuse('change.not_found')
  if (session.state === 'closed') throw changeRefusals.refuse('change.session_closed')
  if (given.version !== null && given.version !== session.version) {
    throw refuseHttp('http.version_conflict', { details: { currentVersion: session.version } })
  }
  for (const one of locked) {
    const open = await boardStore.openRound(tx, one.round.changeId)
    if (open?.id === one.round.id)
      await decideRound(ports, tx, one.locked, open, await boardStore.ballots(tx, open.id), actor.name)
  }
  await boardStore.closeSessionIfDone(tx, given.id, actor.name)
  await announce(tx, { topic: 'board.changed', clientId: null })
}

const BATCH = 50

/**
 * Counts the votes whose deadline has passed, each in a transaction of its own: one that cannot be counted keeps no other waiting, and is
 * told as a fault at the end. Returns how many.
 */
export async function closeDue(ports: ChangesPorts, database: Database): Promise<number> {
  const due = await database.begin({ as: 'worker' }, (tx) => boardStore.dueRounds(tx, BATCH))
  const faults: unknown[] = []
  for (const { id, changeId } of due) {
    const counted = database.begin({ as: 'worker' }, async (tx) => {
      const locked = await lockChange(ports, tx, boardActor(), { id: changeId }, 'change.manage')
      const round = await boardStore.openRound(tx, changeId)
      if (round?.id === id) await decideRound(ports, tx, locked, round, await boardStore.ballots(tx, id))
    })
    await counted.catch((fault: unknown) => faults.push(fault))
  }
  if (faults.length > 0) throw new AggregateError(faults, 'votes that could not be counted')
  return due.length
}

/** Reminds whoever has not voted while the deadline is near, once a vote. */
export async function remindDue(ports: ChangesPorts, tx: Tx): Promise<number> {
  const { remindHours } = await boardRows.settings(tx)
  if (remindHours === 0) return 0
  const due = await boardStore.roundsToRemind(tx, remindHours, BATCH)
  const now = await databaseNow(tx)
  const delegations = await boardRows.delegations(tx, now)
  for (const { id, changeId } of due) {
    const round = (await boardStore.round(tx, id))!
    const { ticket, change } = await lockChange(ports, tx, boardActor(), { id: changeId }, 'change.manage')
    await ports.bus.emit(tx, 'change.vote_asked', {
      actor: boardActor(),
      ticket,
      roundId: id,
      occasion: 'reminder',
      accountIds: askedToVote(round.seats, await boardStore.ballots(tx, id), delegations, change, now),
      deadlineAt: round.deadlineAt,
      now,
    })
  }
  return due.length
}

/** Tells of emergencies that the board has not reviewed in time, once each. */
export async function tellLate(ports: ChangesPorts, tx: Tx): Promise<number> {
  const late = await changesStore.lateReviews(tx, BATCH)
  const now = await databaseNow(tx)
  for (const { id } of late) {
    const { ticket, change } = await lockChange(ports, tx, boardActor(), { id }, 'change.manage')
    await changesStore.update(tx, id, { lateToldAt: now })
    const members = (await boardRows.members(tx)).filter((member) => member.active).map((member) => member.accountId)
    const accountIds = [...new Set([...members, ...(change.authorId === null ? [] : [change.authorId])])]
    await ports.bus.emit(tx, 'change.review_late', { actor: boardActor(), ticket, accountIds, now })
  }
  return late.length
}
