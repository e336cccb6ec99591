import type { Actor } from '@opora/access'
import { type Instant, isoInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { type ChangeRecord, ruleOf } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { changesStore } from '../changes.store.ts'
import type { FinishInput, ReviewInput } from '../contract.ts'
import { REVIEW_WORKING_DAYS, whyNotFinish, whyNotReview, whyNotStart } from '../domain/change.ts'
import { pressButton } from './decide.ts'
import { type Locked, lockChange, noteChange } from './load-change.ts'

/** Begins an installation, if nothing keeps it from leaving the plan; a ticket that waits for its window goes on. */
export async function startInstallation(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null },
): Promise<void> {
  const { change } = await lockChange(ports, tx, actor, given, 'change.install')
  const refused = whyNotStart(ruleOf(change))
  if (refused) throw changeRefusals.refuse(refused)
  await started(tx, actor, change, await databaseNow(tx))
  await pressButton(ports, tx, actor, { ...change, boardPlace: null }, ['start_now'], 'Установка начата')
}

export async function started(tx: Tx, actor: Actor, change: ChangeRecord, now: Instant): Promise<void> {
  const implementerId = change.implementerId ?? (actor.side === 'staff' ? actor.accountId : null)
  await changesStore.update(tx, change.id, { stage: 'installing', startedAt: now, implementerId })
  await noteChange(tx, actor, change, 'change.started')
}

/** Ends an installation: done, or put back. */
export async function finishInstallation(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; finish: FinishInput },
): Promise<void> {
  const locked = await lockChange(ports, tx, actor, given, 'change.install')
  const refused = whyNotFinish(ruleOf(locked.change))
  if (refused) throw changeRefusals.refuse(refused)
  const { outcome, note } = given.finish
  await finished(ports, tx, actor, locked, outcome, note)
  const said = note || (outcome === 'installed' ? 'Установлено' : 'Откат выполнен')
  await pressButton(ports, tx, actor, { ...locked.change, boardPlace: null }, [outcome], said)
}

/** The result as it is kept; of an emergency the term of its review begins. Nothing for an installation that is over or never left the plan. */
export async function finished(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  { ticket, change }: Locked,
  outcome: FinishInput['outcome'],
  note: string,
): Promise<void> {
  // what a diagram skips (it has no place of its own for the beginning) still needs a way back
  const isOver = change.stage === 'installed' || change.stage === 'cancelled'
  if (isOver || (change.stage === 'rolled_back' && outcome === 'rolled_back')) return
  if (change.rollbackPlan.trim() === '') return
  const now = await databaseNow(tx)
  const isEmergency = change.kind === 'emergency' && outcome === 'installed'
  const due = isEmergency ? await ports.workingDaysAfter(tx, ticket.contractId, REVIEW_WORKING_DAYS, now) : null
  await changesStore.update(tx, change.id, {
    stage: outcome,
    finishedAt: now,
    resultNote: note,
    ...(due === null ? {} : { reviewDueAt: due, lateToldAt: null }),
  })
  await noteChange(tx, actor, change, outcome === 'installed' ? 'change.installed' : 'change.rolled_back', { note })
}

/** What came of it, once it is over. */
export async function reviewChange(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; review: ReviewInput },
): Promise<void> {
  const { change } = await lockChange(ports, tx, actor, given, 'change.manage')
  const refused = whyNotReview(ruleOf(change))
  if (refused) throw changeRefusals.refuse(refused)
  const at = isoInstant(await databaseNow(tx))
  await changesStore.update(tx, change.id, { review: { ...given.review, by: actor.name, at } })
  await noteChange(tx, actor, change, 'change.reviewed', { outcome: given.review.outcome })
}
