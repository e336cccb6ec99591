import { databaseNow } from '@opora/platform/clock'
import { enqueue } from '@opora/platform/jobs'
import { callOut } from '@opora/platform/network'
import { hmac } from '@opora/platform/secrets'
import { DELIVER_TASK, reportCall } from '../actions/call-webhook.ts'
import type { AutomationPorts } from '../automation.ports.ts'
import { outcomeOf, waitAfter } from '../domain/retries.ts'
import { signatureHeader, signedText } from '../domain/signature.ts'
import { secretPlace, type TakenDelivery, webhooksStore } from '../webhooks.store.ts'

// A call lasts no longer than its timeout; whoever holds a delivery longer has died.
const LEASE_SLACK_MS = 20_000

export interface Attempted {
  status: number | null
  fault: string | null
  tookMs: number
}

/**
 * Makes one attempt at a delivery. The call itself is outside of any transaction; before it the delivery is taken for a while, so that two
 * workers do not call at once. A worker that dies between the call and its record calls again: the receiver knows a call by its `id`.
 */
export async function deliver(ports: AutomationPorts, deliveryId: number): Promise<void> {
  const lease = ports.settings.timeoutMs + LEASE_SLACK_MS
  const taken = await webhooksStore.take(ports.database.worker, deliveryId, lease)
  if (!taken) return
  const attempted = taken.inUse ? await call(ports, taken) : { status: null, fault: 'switched_off', tookMs: 0 }
  await settle(ports, taken, attempted)
}

async function call(ports: AutomationPorts, taken: TakenDelivery): Promise<Attempted> {
  const { vault, settings, lookup } = ports
  let secret: string
  try {
    secret = vault.open(taken.secretSealed, secretPlace(taken.webhookId))
  } catch (error) {
    ports.log.error(
      { webhookId: taken.webhookId, err: { message: String(error) } },
      'the secret of a webhook does not open',
    )
    return { status: null, fault: 'secret', tookMs: 0 }
  }
  const at = await databaseNow(ports.database.worker)
  const signature = hmac(Buffer.from(secret), signedText(at, taken.body)).toString('hex')
  return callOut(
    {
      url: taken.url,
      body: taken.body,
      timeoutMs: settings.timeoutMs,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Opora-Webhook/1',
        'x-opora-id': taken.publicId,
        'x-opora-signature': signatureHeader(at, signature),
      },
    },
    { privateHosts: settings.privateHosts, ...(lookup ? { lookup } : {}) },
  )
}

async function settle(ports: AutomationPorts, taken: TakenDelivery, attempted: Attempted): Promise<void> {
  const { id, clientId, attempts, roundAttempt, ticketId } = taken
  await ports.database.begin({ as: 'worker' }, async (tx) => {
    await webhooksStore.keepAttempt(tx, { deliveryId: id, number: attempts, clientId, ...attempted })
    const outcome = attempted.fault === 'switched_off' ? 'given_up' : outcomeOf(attempted.status)
    const wait = outcome === 'again' ? waitAfter(roundAttempt) : null
    if (wait !== null) {
      const at = (await databaseNow(tx)) + wait
      if (await webhooksStore.tryAgainAt(tx, taken, at))
        await enqueue(tx, DELIVER_TASK, { deliveryId: id }, { runAt: at, key: `webhook:${id}` })
      return
    }
    const state = outcome === 'delivered' ? 'delivered' : 'failed'
    if (!(await webhooksStore.settle(tx, taken, state)) || taken.askedBy !== 'process') return
    // in a job of its own: a process that cannot go on now must not make the receiver be called again
    await reportCall(tx, ticketId, taken.code, state)
  })
}
