import { type Actor, writeAudit } from '@opora/access'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { refuseAutomation } from '../automation.refusals.ts'
import type { NewRule } from '../contract.ts'
import { rulesStore } from '../rules.store.ts'
import { refuseFaulty } from './check-rule.ts'

export async function createRule(tx: Tx, actor: Actor, rule: NewRule): Promise<number> {
  await refuseFaulty(tx, rule)
  const id = await rulesStore.insert(tx, tidy(rule), actor.accountId)
  await rulesStore.keepVersion(tx, id, actor.accountId)
  await audit(tx, actor, 'rule.created', id, { ...rule } as unknown as Json)
  return id
}

export async function changeRule(
  tx: Tx,
  actor: Actor,
  id: number,
  version: number | null,
  rule: NewRule,
): Promise<void> {
  await refuseFaulty(tx, rule)
  const next = await rulesStore.update(tx, id, version ?? 0, tidy(rule), actor.accountId)
  if (next === null) throw await stale(tx, id)
  await rulesStore.keepVersion(tx, id, actor.accountId)
  await audit(tx, actor, 'rule.changed', id, { ...rule, version: next } as unknown as Json)
}

/** Its log and what it did stay. */
export async function archiveRule(tx: Tx, actor: Actor, id: number, version: number | null): Promise<void> {
  if (!(await rulesStore.archive(tx, id, version ?? 0))) throw await stale(tx, id)
  await audit(tx, actor, 'rule.removed', id, {})
}

/** Rules act in this order; the list names each rule once, so that nobody orders what they have not seen. */
export async function orderRules(tx: Tx, actor: Actor, ids: readonly number[]): Promise<void> {
  const there = await rulesStore.lockOrder(tx)
  const same = there.length === ids.length && new Set(ids).size === ids.length && ids.every((id) => there.includes(id))
  if (!same) throw refuseAutomation('automation.order_stale', { field: 'ids' })
  await rulesStore.setOrder(tx, ids)
  await audit(tx, actor, 'rule.ordered', 'all', { ids: [...ids] })
}

/** Parameters without a value are left out: they say nothing. */
function tidy(rule: NewRule): NewRule {
  const actions = rule.actions.map(({ name, params }) => ({
    name,
    params: Object.fromEntries(
      Object.entries(params).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])),
    ),
  }))
  return { ...rule, actions }
}

async function stale(tx: Tx, id: number) {
  const currentVersion = await rulesStore.versionOf(tx, id)
  if (currentVersion === null) return refuseAutomation('automation.not_found')
  return refuseHttp('http.version_conflict', { field: 'If-Match', details: { currentVersion } })
}

function audit(tx: Tx, actor: Actor, action: string, objectId: number | string, detail: Json): Promise<void> {
  return writeAudit(tx, actor, { action, objectType: 'rule', objectId, detail })
}
