import type { Actor } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import { actionThings, presentActions } from '@opora/process'
import type { TicketEvents } from '@opora/tickets'
import type { z } from 'zod'
import { type CallReport, tellProcess } from './actions/call-webhook.ts'
import { endWait } from './actions/wait-for-children.ts'
import type { AutomationPorts } from './automation.ports.ts'
import { childrenStore } from './children.store.ts'
import type { NewRule, newWebhook, ruleWords, webhookChange } from './contract.ts'
import { RULE_EVENTS } from './domain/rule-events.ts'
import { EVENT_NAMES, TICKET_NAMES } from './domain/rule-words.ts'
import { rulesStore } from './rules.store.ts'
import { deliver } from './verbs/deliver.ts'
import { hearFacts, hearing } from './verbs/hear-events.ts'
import { actForProcess, type RulesJob, runRules } from './verbs/run-rules.ts'
import { archiveRule, changeRule, createRule, orderRules } from './verbs/save-rules.ts'
import { archiveWebhook, changeWebhook, createWebhook, renewSecret, resend } from './verbs/save-webhooks.ts'
import { webhooksStore } from './webhooks.store.ts'

export type Automation = ReturnType<typeof createAutomation>

const SWEPT_AT_ONCE = 50
const FORGOTTEN_AT_ONCE = 1_000
const LOST_AFTER_MS = 120_000

/** What a process or a rule asks for, and who does it. */
export function createAutomation(ports: AutomationPorts) {
  return {
    ...hearing,
    facts: hearFacts,
    onAction: (tx: Tx, event: TicketEvents['ticket.action']) => actForProcess(ports, tx, event),
    runRules: (job: RulesJob) => runRules(ports, job),
    deliver: (deliveryId: number) => deliver(ports, deliveryId),
    reportCall: (tx: Tx, report: CallReport) => tellProcess(ports, tx, report),
    endWait: (tx: Tx, ticketId: number, chain: readonly number[]) =>
      rulesStore.setChain(tx, chain).then(() => endWait(ports, tx, ticketId)),
    /** Whatever a lost job or a change of family has left waiting: tickets, and calls that are due. */
    leftBehind: async (sql: Queryable) => ({
      tickets: await childrenStore.waitingInVain(sql, SWEPT_AT_ONCE),
      deliveries: await webhooksStore.overdue(sql, LOST_AFTER_MS, SWEPT_AT_ONCE),
    }),
    /** Forgets the old part of the log of rules and of the calls of webhooks, so much in one transaction. */
    async forgetLog(): Promise<void> {
      const { database, settings } = ports
      for (const forget of [rulesStore.forgetRuns, webhooksStore.forget])
        for (let gone = FORGOTTEN_AT_ONCE; gone === FORGOTTEN_AT_ONCE; )
          gone = await database.begin({ as: 'worker' }, (tx) => forget(tx, settings.keepLogMs, FORGOTTEN_AT_ONCE))
    },
    createRule,
    changeRule: (tx: Tx, actor: Actor, id: number, version: number | null, rule: NewRule) =>
      changeRule(tx, actor, id, version, rule),
    archiveRule,
    orderRules,
    createWebhook: (tx: Tx, actor: Actor, hook: z.infer<typeof newWebhook>) => createWebhook(ports, tx, actor, hook),
    changeWebhook: (
      tx: Tx,
      actor: Actor,
      given: { id: number; version: number | null; change: z.infer<typeof webhookChange> },
    ) => changeWebhook(ports, tx, actor, given),
    renewSecret: (tx: Tx, actor: Actor, id: number, version: number | null) =>
      renewSecret(ports, tx, actor, id, version),
    archiveWebhook,
    resend,
    async words(sql: Queryable): Promise<z.infer<typeof ruleWords>> {
      const of = (names: readonly string[]) => EVENT_NAMES.filter((one) => names.includes(one.name))
      return {
        events: RULE_EVENTS.map(({ code, ru, en, names }) => ({ code, ru, en, names: of(names) })),
        names: [...TICKET_NAMES],
        actions: presentActions('rule'),
        things: await actionThings(sql),
      }
    },
  }
}
