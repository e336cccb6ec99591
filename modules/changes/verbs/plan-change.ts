import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { headOf } from '@opora/tickets'
import { boardStore } from '../board.store.ts'
import { boardRows } from '../board-rows.ts'
import { type ChangeRecord, ruleOf, scopeOfChange } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { type ChangePatch, changesStore } from '../changes.store.ts'
import type { ChangePlan } from '../contract.ts'
import { seatsOf } from '../domain/board.ts'
import { owesReview, scopeChanges, whyNotPlan } from '../domain/change.ts'
import { type Locked, lockChange, noteChange } from './load-change.ts'
import { voteAnew } from './open-vote.ts'

/** Makes the change of a ticket; one that is there already is named and left as it is, since its writer has not read it. */
export async function createChange(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  plan: ChangePlan,
): Promise<number> {
  const ticket = await ports.tickets.lockForAction(tx, actor, ticketId, 'change.write')
  const there = await changesStore.ofTicket(tx, ticket.id)
  if (there) throw changeRefusals.refuse('change.exists', { details: { changeId: there.id } })
  const change = await changesStore.ensure(tx, ticket, actor.accountId)
  await write(ports, tx, actor, { ticket: headOf(ticket), change }, plan)
  return change.id
}

/** Changes a plan. What the board votes on or has voted on cannot change under its ballots: they are void, and a new round begins. */
export async function planChange(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; plan: ChangePlan },
): Promise<void> {
  const locked = await lockChange(ports, tx, actor, given, 'change.write')
  await write(ports, tx, actor, locked, given.plan)
}

async function write(ports: ChangesPorts, tx: Tx, actor: Actor, locked: Locked, plan: ChangePlan): Promise<void> {
  const { change } = locked
  const refused = whyNotPlan(ruleOf(change))
  if (refused) throw changeRefusals.refuse(refused)
  const { reason, ...given } = plan
  if (given.portalId && !(await changesStore.portalOf(tx, change.clientId, given.portalId))) {
    throw changeRefusals.refuse('change.portal_unknown', { field: 'portalId' })
  }
  if (given.implementerId) await refuseImplementer(tx, change, given.implementerId)
  if (owesReview(change) && given.kind !== undefined && given.kind !== 'emergency') {
    throw changeRefusals.refuse('change.review_missing', { field: 'kind' })
  }
  const patch = await withTemplate(tx, change, definedOf(given))
  const after = { ...change, ...patch } as ChangeRecord
  const changed = scopeChanges(scopeOfChange(change), scopeOfChange(after))
  await changesStore.update(tx, change.id, patch)
  await noteChange(tx, actor, change, 'change.planned', { fields: Object.keys(patch) })
  if (changed.length === 0) return
  await voteAnew(ports, tx, actor, { ...locked, change: (await changesStore.find(tx, change.id))! }, reason)
}

/** Whoever installs has no vote: nobody who holds one in the open vote is made the installer, which would silence them. */
async function refuseImplementer(tx: Tx, change: ChangeRecord, id: number): Promise<void> {
  if (!(await changesStore.worksHere(tx, id))) {
    throw changeRefusals.refuse('change.implementer_unknown', { field: 'implementerId' })
  }
  const round = await boardStore.openRound(tx, change.id)
  if (!round) return
  const now = await databaseNow(tx)
  if (seatsOf(id, round.seats, [], await boardRows.delegations(tx, now), change, now).length > 0) {
    throw changeRefusals.refuse('change.implementer_votes', { field: 'implementerId' })
  }
}

/** A standard change is done as its approved template says; whoever wants otherwise makes it a normal one. */
async function withTemplate(tx: Tx, change: ChangeRecord, given: ChangePatch): Promise<ChangePatch> {
  const kind = given.kind ?? change.kind
  if (kind !== 'standard') return { ...given, templateId: null }
  const templateId = given.templateId ?? change.templateId
  const template = templateId === null ? null : await boardStore.template(tx, templateId)
  if (!template?.approvedAt) throw changeRefusals.refuse('change.template_missing', { field: 'templateId' })
  for (const field of ['buildPlan', 'testPlan', 'rollbackPlan'] as const) {
    if (given[field] !== undefined && given[field] !== template[field])
      throw changeRefusals.refuse('change.template_binds', { field })
  }
  const { buildPlan, testPlan, rollbackPlan } = template
  const description = given.description || change.description || template.description
  return { ...given, kind, templateId: template.id, description, buildPlan, testPlan, rollbackPlan }
}

function definedOf(given: Omit<ChangePlan, 'reason'>): ChangePatch {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ChangePatch
}

export async function meetCondition(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; conditionId: number; note: string },
): Promise<void> {
  const { change } = await lockChange(ports, tx, actor, given, 'change.manage')
  const done = await changesStore.meetCondition(tx, {
    id: given.conditionId,
    changeId: change.id,
    by: actor.accountId,
    byName: actor.name,
    note: given.note,
  })
  if (!done) throw changeRefusals.refuse('change.not_found')
  await changesStore.update(tx, change.id, {})
  await noteChange(tx, actor, change, 'change.condition_met', { conditionId: given.conditionId, note: given.note })
}
