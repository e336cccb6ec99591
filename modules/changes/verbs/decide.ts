import type { Actor } from '@opora/access'
import type { Words } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { boardStore, type RoundRecord } from '../board.store.ts'
import type { ChangeRecord } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changesStore } from '../changes.store.ts'
import { isReviewLate } from '../domain/change.ts'
import { type Ballot, type Tally, tally } from '../domain/tally.ts'
import { boardActor, type Locked, noteChange } from './load-change.ts'

/** The buttons of a board's place that mean a decision; a diagram of one's own may name them so as well. */
const BUTTONS = { approved: ['approve'], rejected: ['reject', 'disapprove'] } as const

/** Ends a vote: the count decides, binds conditions, and moves the ticket, all in the caller's transaction. */
export async function decideRound(
  ports: ChangesPorts,
  tx: Tx,
  locked: Locked,
  round: RoundRecord,
  ballots: readonly (Ballot & { id: number })[],
  closedBy = boardActor().name,
): Promise<void> {
  const { change } = locked
  const count = tally(round.rule, round.seats, ballots)
  const now = await databaseNow(tx)
  const explanation = isLate(change, round, now) ? [...count.explanation, LATE] : count.explanation
  if (count.verdict === 'lapsed') {
    await boardStore.endRound(tx, round.id, { state: 'lapsed', explanation })
    await changesStore.update(tx, change.id, { approval: 'agenda' })
  } else {
    await boardStore.endRound(tx, round.id, { state: 'decided', decision: count.verdict, explanation })
    await keepConditions(tx, change, count, ballots)
    const reviewed = round.purpose === 'review' && count.verdict === 'approved' ? { boardReviewedAt: now } : {}
    await changesStore.update(tx, change.id, {
      approval: count.verdict,
      decidedAt: now,
      decision: explanation,
      ...reviewed,
    })
  }
  await boardStore.closeSessionIfDone(tx, round.sessionId, closedBy)
  await noteChange(tx, boardActor(), change, `change.${count.verdict}`, { roundId: round.id, round: round.round })
  await tellDecision(ports, tx, locked, round, count.verdict, explanation)
  await announce(tx, { topic: 'board.changed', clientId: null })
  if (count.verdict !== 'lapsed') await moveTicket(ports, tx, change, count.verdict, explanation)
}

const LATE: Words = {
  ru: 'Рассмотрено позже срока.',
  en: 'Reviewed after its term.',
}

function isLate(change: ChangeRecord, round: RoundRecord, now: number): boolean {
  return round.purpose === 'review' && isReviewLate(change, now)
}

async function keepConditions(
  tx: Tx,
  change: ChangeRecord,
  count: Tally,
  ballots: readonly (Ballot & { id: number })[],
): Promise<void> {
  if (count.verdict !== 'approved') return
  for (const { seatId, by, text } of count.conditions) {
    const ballotId = ballots.find((ballot) => ballot.seatId === seatId)!.id
    await changesStore.addCondition(tx, {
      clientId: change.clientId,
      changeId: change.id,
      ballotId,
      text,
      askedBy: by,
    })
  }
}

async function tellDecision(
  ports: ChangesPorts,
  tx: Tx,
  { ticket, change }: Locked,
  round: RoundRecord,
  decision: Tally['verdict'],
  explanation: readonly Words[],
): Promise<void> {
  const calledBy = await boardStore.calledBy(tx, round.sessionId)
  const people = [change.authorId, change.implementerId, calledBy].filter((id) => id !== null)
  await ports.bus.emit(tx, 'change.decided', {
    actor: boardActor(),
    ticket,
    roundId: round.id,
    decision,
    explanation: joined(explanation),
    accountIds: [...new Set(people)],
    now: await databaseNow(tx),
  })
}

export function joined(lines: readonly Words[]): Words {
  return { ru: lines.map((line) => line.ru).join(' '), en: lines.map((line) => line.en).join(' ') }
}

/**
 * The decision in the ticket: kept in its history, told to its process by message, and, where the ticket waits at the board's place, the
 * button of that decision is pressed.
 */
export async function moveTicket(
  ports: ChangesPorts,
  tx: Tx,
  change: Pick<ChangeRecord, 'ticketId' | 'boardPlace'>,
  decision: 'approved' | 'rejected',
  explanation: readonly Words[],
): Promise<void> {
  const actor = boardActor()
  const { ru } = joined(explanation)
  await ports.tickets.recordFacts(tx, actor, change.ticketId, [
    { type: `board_${decision}`, data: { explanation: ru } },
  ])
  const moved = await ports.tickets.tellProcess(tx, actor, change.ticketId, `change.${decision}`)
  if (!moved) await pressButton(ports, tx, actor, change, BUTTONS[decision], ru)
}

/** Presses the first of these buttons that the ticket's present place has, with the words that it asks for. False: there is none. */
export async function pressButton(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  change: Pick<ChangeRecord, 'ticketId' | 'boardPlace'>,
  wanted: readonly string[],
  said: string,
): Promise<boolean> {
  // the board's place offers its buttons to the board's role
  const ticket = await ports.tickets.get(tx, { ...actor, roles: [...actor.roles, 'rb'] }, change.ticketId, 'ru')
  if (change.boardPlace !== null && ticket.place !== change.boardPlace) return false
  const button = wanted.flatMap((id) => ticket.outcomes.filter((outcome) => outcome.id === id))[0]
  if (!button) return false
  const data = Object.fromEntries(button.fields.map((field) => [field.name, said]))
  const note = button.needs === 'note' ? { note: { text: said, files: [], mentions: [], forPartner: false } } : {}
  await ports.tickets.takeOutcome(tx, actor, change.ticketId, {
    outcome: button.id,
    taskId: button.taskId,
    data,
    ...note,
  })
  return true
}
