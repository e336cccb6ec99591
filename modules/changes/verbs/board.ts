import { type Actor, can, mayEver, refuseAccess, writeAudit } from '@opora/access'
import { DAY_MS } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import { boardStore } from '../board.store.ts'
import { boardRows } from '../board-rows.ts'
import { changeRefusals } from '../changes.refusals.ts'
import type { BoardSettings, DelegationWish, TemplateWish } from '../contract.ts'
import { quorumFits } from '../domain/board.ts'

// A seat that is lent for longer is another person's seat.
const DELEGATION_DAYS_MAX = 90

async function kept(tx: Tx, actor: Actor, action: string, objectId: string | number, detail: Record<string, Json>) {
  await writeAudit(tx, actor, { action, objectType: 'board', objectId, detail })
  await announce(tx, { topic: 'board.changed', clientId: null })
}

/** How the board decides from now on; votes that are open keep the rule that they began with. */
export async function saveSettings(
  tx: Tx,
  actor: Actor,
  given: { settings: BoardSettings; version: number | null },
): Promise<void> {
  await boardStore.lockSettings(tx)
  const { version } = await boardRows.settings(tx)
  if (given.version !== null && given.version !== version) {
    throw refuseHttp('http.version_conflict', { details: { currentVersion: version } })
  }
  const active = (await boardRows.members(tx)).filter((member) => member.active)
  refuseQuorum(given.settings.quorum, active.length, 'quorum')
  await boardStore.saveSettings(tx, given.settings)
  await kept(tx, actor, 'board.settings_saved', 'settings', { ...given.settings })
}

export async function setMembers(
  tx: Tx,
  actor: Actor,
  members: readonly { accountId: number; veto: boolean }[],
): Promise<void> {
  const fit = new Set((await boardRows.candidates(tx)).map((one) => one.id))
  if (members.some((member) => !fit.has(member.accountId))) {
    throw changeRefusals.refuse('change.member_unfit', { field: 'members' })
  }
  const people = [...new Map(members.map((member) => [member.accountId, member])).values()]
  await boardStore.lockSettings(tx)
  refuseQuorum((await boardRows.settings(tx)).quorum, people.length, 'members')
  await boardStore.setMembers(tx, people)
  await kept(tx, actor, 'board.members_set', 'members', { members: members.map((member) => ({ ...member })) })
}

function refuseQuorum(quorum: number, members: number, field: 'quorum' | 'members'): void {
  if (!quorumFits(quorum, members)) {
    throw changeRefusals.refuse('change.quorum_above_members', { field, params: { quorum, members } })
  }
}

/** Lends a seat for a time: one's own, or another's by whoever sets the board up. */
export async function lendSeat(tx: Tx, actor: Actor, wish: DelegationWish): Promise<number> {
  const memberId = wish.memberId ?? actor.accountId
  if (memberId === null) throw refuseAccess('access.not_allowed')
  const own = memberId === actor.accountId
  if (!own && !mayEver(actor, 'board.change')) throw refuseAccess('access.not_allowed')
  const now = await databaseNow(tx)
  const fromAt = wish.from === undefined ? now : Date.parse(wish.from)
  const untilAt = Date.parse(wish.until)
  const isLent = untilAt > now && untilAt > fromAt && untilAt - Math.max(fromAt, now) <= DELEGATION_DAYS_MAX * DAY_MS
  if (!isLent || wish.delegateId === memberId)
    throw changeRefusals.refuse('change.delegation_invalid', { field: 'until' })
  const sits = (await boardRows.members(tx)).some((member) => member.accountId === memberId)
  const fit = (await boardRows.candidates(tx)).some((one) => one.id === wish.delegateId)
  if (!sits || !fit) throw changeRefusals.refuse('change.member_unfit', { field: 'delegateId' })
  const { delegateId } = wish
  const id = await boardStore.addDelegation(tx, { memberId, delegateId, fromAt, untilAt, createdBy: actor.accountId })
  await kept(tx, actor, 'board.seat_lent', id, { memberId, delegateId, until: wish.until })
  return id
}

export async function takeSeatBack(tx: Tx, actor: Actor, id: number): Promise<void> {
  const lent = await boardStore.delegation(tx, id)
  const mayTake = lent && (lent.memberId === actor.accountId || can(actor, 'board.change', { clientId: null }))
  if (!mayTake) throw refuseAccess('access.not_found')
  await boardStore.revokeDelegation(tx, id)
  await kept(tx, actor, 'board.seat_taken_back', id, {})
}

/** A way of doing standard changes, or another way of it: it waits for the board's approval. */
export async function saveTemplate(
  tx: Tx,
  actor: Actor,
  given: { id: number | null; version: number | null; wish: TemplateWish },
): Promise<number> {
  if (given.id === null) {
    const id = await boardStore.insertTemplate(tx, given.wish)
    await kept(tx, actor, 'change_template.saved', id, { name: given.wish.nameRu })
    return id
  }
  await knownTemplate(tx, given.id, given.version)
  await boardStore.updateTemplate(tx, given.id, given.wish)
  await kept(tx, actor, 'change_template.saved', given.id, { name: given.wish.nameRu })
  return given.id
}

export async function approveTemplate(tx: Tx, actor: Actor, given: { id: number; version: number | null }) {
  await knownTemplate(tx, given.id, given.version)
  await boardStore.approveTemplate(tx, given.id, { id: actor.accountId, name: actor.name })
  await kept(tx, actor, 'change_template.approved', given.id, {})
}

export async function retireTemplate(tx: Tx, actor: Actor, given: { id: number; version: number | null }) {
  await knownTemplate(tx, given.id, given.version)
  await boardStore.retireTemplate(tx, given.id)
  await kept(tx, actor, 'change_template.retired', given.id, {})
}

async function knownTemplate(tx: Tx, id: number, version: number | null): Promise<void> {
  const template = await boardStore.template(tx, id)
  if (!template) throw changeRefusals.refuse('change.template_not_found')
  if (version !== null && version !== template.version) {
    throw refuseHttp('http.version_conflict', { details: { currentVersion: template.version } })
  }
}
