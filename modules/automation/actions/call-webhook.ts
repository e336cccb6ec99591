import { systemActor } from '@opora/access'
import { HOUR_MS, isoInstant } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import type { AutomationPorts } from '../automation.ports.ts'
import { refuseAutomation } from '../automation.refusals.ts'
import { RUNS_AN_HOUR_MAX } from '../domain/chain.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import { webhooksStore } from '../webhooks.store.ts'
import type { Deed } from './deed.ts'

export const DELIVER_TASK = 'automation.deliver'
export const REPORT_TASK = 'automation.report'

/** Keeps the call and asks a job to make it: a receiver that is slow or gone holds nobody up. */
export async function callWebhook(ports: AutomationPorts, tx: Tx, deed: Deed): Promise<Bilingual> {
  const { params, ticket, rule, now } = deed
  const code = params['webhook'] ?? ''
  const hook = await webhooksStore.inUse(tx, code)
  if (!hook) throw refuseAutomation('automation.thing_gone', { field: 'webhook', params: { name: code } })
  // a drawing may lead back to its own call: what goes round through a receiver ends as a rule does
  if ((await webhooksStore.callsSince(tx, hook.id, ticket.id, now - HOUR_MS)) >= RUNS_AN_HOUR_MAX)
    throw refuseAutomation('automation.called_too_often', { field: 'webhook', params: { name: hook.name } })
  const asker = rule === null ? 'process' : 'rule'
  const body = JSON.stringify({
    event: asker === 'rule' ? 'rule.action' : 'process.action',
    at: isoInstant(now),
    ...(rule === null ? {} : { rule: { id: rule.id, name: rule.name } }),
    ticket: payloadOf(deed),
  })
  const id = await webhooksStore.insertDelivery(tx, {
    ...{ webhookId: hook.id, clientId: ticket.clientId, ticketId: ticket.id, ruleId: rule?.id ?? null, askedBy: asker },
    ...{ body, nextAt: now },
  })
  await enqueue(tx, DELIVER_TASK, { deliveryId: id }, { key: `webhook:${id}` })
  await ports.tickets.recordFacts(tx, deed.actor, ticket.id, [{ type: 'webhook_asked', data: { name: hook.name } }])
  return { ru: `Вебхук «${hook.name}»`, en: `The webhook "${hook.name}"` }
}

/** What became of a call, on its way to the process that may wait for it. */
export interface CallReport {
  ticketId: number
  webhook: string
  state: 'delivered' | 'failed'
}

export async function reportCall(tx: Tx, ticketId: number, webhook: string, state: CallReport['state']): Promise<void> {
  await enqueue(tx, REPORT_TASK, { ticketId, webhook, state } satisfies CallReport)
}

/** The task that asked for this call goes on, or raises its error; a process that waits for nothing stays where it is. */
export async function tellProcess(ports: AutomationPorts, tx: Tx, report: CallReport): Promise<void> {
  const { ticketId, webhook, state } = report
  const failed = state === 'failed' ? { failed: 'webhook_failed' } : {}
  const work = { action: 'call_webhook', params: { webhook }, ...failed }
  await ports.tickets.reportDone(tx, systemActor(), ticketId, work)
}

/** The head of a ticket. What people wrote in it does not leave by a webhook. */
function payloadOf({ ticket }: Deed) {
  const { id, number, clientId, subject, channel, topic, kind, priority, state, lane, place, assigneeId } = ticket
  const registeredAt = isoInstant(ticket.registeredAt)
  return { id, number, clientId, subject, channel, topic, kind, priority, state, lane, place, assigneeId, registeredAt }
}
