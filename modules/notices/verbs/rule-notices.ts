import type { Instant } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketHead } from '@opora/tickets'
import { noticesStore } from '../notices.store.ts'

export interface RuleStopped {
  ruleId: number
  version: number
  name: string
  chain: string[]
  why: 'itself' | 'too_long' | 'too_often'
  ticket: { id: number; number: number; clientId: number }
  now: Instant
}

const WHY = {
  itself: { ru: 'вызвало само себя', en: 'triggered itself' },
  too_long: { ru: 'стоит в слишком длинной цепочке правил', en: 'stands in too long a chain of rules' },
  too_often: { ru: 'срабатывает на одном обращении слишком часто', en: 'acts on one ticket too often' },
}

/** A rule went round: every administrator learns of it once for each form of the rule, whatever the ticket. */
export async function tellRuleStopped(tx: Tx, event: RuleStopped): Promise<void> {
  const { ruleId, version, name, chain, why, ticket, now } = event
  const way = chain.join(' → ')
  const data = {
    path: `/desk/settings/rules/${ruleId}`,
    ru: `Правило «${name}» ${WHY[why].ru} и остановлено: ${way}, обращение № ${ticket.number}`,
    en: `The rule "${name}" ${WHY[why].en} and was stopped: ${way}, ticket no. ${ticket.number}`,
  }
  for (const accountId of await noticesStore.administrators(tx)) {
    const made = await noticesStore.addNotice(tx, {
      ...{ accountId, clientId: null, ticketId: null, kind: 'rule_stopped', data, deliverAt: now },
      dedupe: `rule:${ruleId}:${version}:${why}`,
    })
    if (made) await announce(tx, { topic: 'notice', clientId: null, accountId })
  }
}

/** Whoever holds the role and serves the client is asked for an estimate. */
export async function tellEstimateWanted(
  tx: Tx,
  event: { ticket: TicketHead; role: string; now: Instant },
): Promise<void> {
  const { ticket, role, now } = event
  const data = {
    ru: `Нужна оценка работ: № ${ticket.number} ${ticket.subject}`,
    en: `An estimate is wanted: no. ${ticket.number} ${ticket.subject}`,
  }
  for (const accountId of await noticesStore.accountsOfRole(tx, role, ticket.clientId)) {
    const made = await noticesStore.addNotice(tx, {
      ...{ accountId, clientId: ticket.clientId, ticketId: ticket.id, kind: 'estimate_wanted', data, deliverAt: now },
      dedupe: `estimate-wanted:${ticket.id}:${now}`,
    })
    if (made) await announce(tx, { topic: 'notice', clientId: null, accountId, ticketId: ticket.id })
  }
}
