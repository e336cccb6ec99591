import { type Actor, writeAudit } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { enqueue } from '@opora/platform/jobs'
import { ForbiddenHost, guardedAddress, isAllowedPrivateHost } from '@opora/platform/network'
import { newToken } from '@opora/platform/secrets'
import type { z } from 'zod'
import { DELIVER_TASK } from '../actions/call-webhook.ts'
import type { AutomationPorts } from '../automation.ports.ts'
import { refuseAutomation } from '../automation.refusals.ts'
import type { newWebhook, webhookChange } from '../contract.ts'
import { rulesOfWebhook } from '../rules.read-model.ts'
import { secretPlace, webhooksStore } from '../webhooks.store.ts'

export async function createWebhook(
  ports: AutomationPorts,
  tx: Tx,
  actor: Actor,
  hook: z.infer<typeof newWebhook>,
): Promise<{ id: number; secret: string }> {
  await refuseAddress(ports, hook.url)
  const id = await webhooksStore.insert(tx, hook)
  if (id === null) throw refuseAutomation('automation.webhook_taken', { field: 'code', params: { code: hook.code } })
  const secret = await newSecret(ports, tx, id)
  await audit(tx, actor, 'webhook.created', id, { code: hook.code, url: hook.url })
  return { id, secret }
}

export async function changeWebhook(
  ports: AutomationPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; change: z.infer<typeof webhookChange> },
): Promise<void> {
  const { id, version } = given
  const { name, url, enabled } = given.change
  if (url !== undefined) await refuseAddress(ports, url)
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(enabled === undefined ? {} : { enabled }),
  }
  if (!(await webhooksStore.update(tx, id, version ?? 0, change))) throw await stale(tx, id)
  await audit(tx, actor, 'webhook.changed', id, change)
}

/** A new secret; what was signed by the old one is believed no more from the next call on. */
export async function renewSecret(
  ports: AutomationPorts,
  tx: Tx,
  actor: Actor,
  id: number,
  version: number | null,
): Promise<{ secret: string; version: number }> {
  if (!(await webhooksStore.update(tx, id, version ?? 0, {}))) throw await stale(tx, id)
  const secret = await newSecret(ports, tx, id)
  await audit(tx, actor, 'webhook.secret_renewed', id, {})
  return { secret, version: (version ?? 0) + 1 }
}

export async function archiveWebhook(tx: Tx, actor: Actor, id: number, version: number | null): Promise<void> {
  const rules = await rulesOfWebhook(tx, id)
  if (rules.length > 0)
    throw refuseAutomation('automation.webhook_used', {
      params: { rules: rules.map((name) => `«${name}»`).join(', ') },
    })
  if (!(await webhooksStore.archive(tx, id, version ?? 0))) throw await stale(tx, id)
  await audit(tx, actor, 'webhook.removed', id, {})
}

/** Sends a call again that has arrived or was given up; the receiver sees the same `id`. */
export async function resend(tx: Tx, actor: Actor, deliveryId: number): Promise<void> {
  if (await webhooksStore.isPutAway(tx, deliveryId)) throw refuseAutomation('automation.webhook_not_found')
  const now = await databaseNow(tx)
  if (!(await webhooksStore.resend(tx, deliveryId, now))) throw refuseAutomation('automation.delivery_waits')
  await enqueue(tx, DELIVER_TASK, { deliveryId }, { key: `webhook:${deliveryId}` })
  await audit(tx, actor, 'webhook.sent_again', deliveryId, {})
}

async function newSecret(ports: AutomationPorts, tx: Tx, id: number): Promise<string> {
  const secret = newToken('whk')
  await webhooksStore.seal(tx, id, ports.vault.seal(secret, secretPlace(id)))
  return secret
}

/** Judged when it is saved, so that a fault is told at the field, and again at every call, when the name may lead elsewhere. */
async function refuseAddress(ports: AutomationPorts, text: string): Promise<void> {
  const url = URL.canParse(text) ? new URL(text) : null
  const { privateHosts } = ports.settings
  const port = url === null ? 0 : Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const inner = url !== null && isAllowedPrivateHost(url.hostname.replace(/^\[|\]$/g, ''), port, privateHosts)
  // what leaves the house is encrypted; plain http is for the inner network alone
  const proper = url?.protocol === 'https:' || (url?.protocol === 'http:' && inner)
  if (!url || !proper || url.username !== '' || url.password !== '')
    throw refuseAutomation('automation.address_invalid', { field: 'url' })
  try {
    const lookup = ports.lookup ? { lookup: ports.lookup } : {}
    await guardedAddress(url.hostname, port, { privateHosts, ...lookup })
  } catch (error) {
    if (error instanceof ForbiddenHost) throw refuseAutomation('automation.address_private', { field: 'url' })
    throw refuseAutomation('automation.address_unknown', { field: 'url' })
  }
}

async function stale(tx: Tx, id: number) {
  const currentVersion = await webhooksStore.versionOf(tx, id)
  if (currentVersion === null) return refuseAutomation('automation.webhook_not_found')
  return refuseHttp('http.version_conflict', { field: 'If-Match', details: { currentVersion } })
}

function audit(tx: Tx, actor: Actor, action: string, objectId: number, detail: Json): Promise<void> {
  return writeAudit(tx, actor, { action, objectType: 'webhook', objectId, detail })
}
