import { systemActor } from '@opora/access'
import { HOUR_MS, type Instant, Refusal } from '@opora/core'
import { companyZone, databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { actionSpec } from '@opora/process'
import type { TicketHead } from '@opora/tickets'
import { headOf } from '@opora/tickets'
import { reportCall } from '../actions/call-webhook.ts'
import type { Deed } from '../actions/deed.ts'
import { EXECUTORS, HEARD_ELSEWHERE } from '../actions/executors.ts'
import type { AutomationPorts } from '../automation.ports.ts'
import { conditionHolds } from '../conditions.ts'
import { judge, RUNS_AN_HOUR_MAX, type Verdict } from '../domain/chain.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import { chainFrom, type NewRun, type RuleRow, rulesStore } from '../rules.store.ts'
import { timeValues, valuesOfTickets } from '../ticket-values.read-model.ts'
import { webhooksStore } from '../webhooks.store.ts'
import { refuseUnfit } from './check-rule.ts'

/** An event on its way to the rules, as a job carries it. */
export interface RulesJob {
  event: string
  ticketId: number
  data: Record<string, string | number | boolean | null>
  /** Names the occasion. */
  key: string
  /** The rules that led here, as text. */
  chain: string
}

/**
 * Lets every rule that hears an event act on it, in their order, each in a transaction of its own: what one cannot do is kept in its log
 * and stops no other. However often the job runs, and wherever, a rule acts once on an occasion: its run is a row with a unique key, made
 * in the transaction of its deeds.
 */
export async function runRules(ports: AutomationPorts, job: RulesJob): Promise<number> {
  const rules = await rulesStore.hearing(ports.database.worker, job.event)
  let acted = 0
  for (const rule of rules) {
    try {
      acted += await ports.database.begin({ as: 'worker' }, (tx) => runRule(ports, tx, rule, job))
    } catch (error) {
      if (isPassing(error)) throw error
      await ports.database.begin({ as: 'worker' }, (tx) => keepFault(ports, tx, rule, job, error))
    }
  }
  return acted
}

/** Two transactions in each other's way, or a connection that broke: the queue tries again. Whatever takes too long would do so again. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^(40001|40P01|55P03|08|57P|CONNECTION|ECONN)/.test(code)
}

async function runRule(ports: AutomationPorts, tx: Tx, rule: RuleRow, job: RulesJob): Promise<number> {
  const { ticketId, key } = job
  // events of one ticket go one after another, and see what those before them have done
  if (!(await rulesStore.lockTicketOf(tx, ticketId))) return 0
  const now = await databaseNow(tx)
  const known = (await valuesOfTickets(tx, [ticketId])).get(ticketId)
  if (!known || (await isTakenBack(tx, job))) return 0
  const values = { ...known.values, ...timeValues(now, await companyZone(tx)), ...job.data }
  if (!conditionHolds(rule.condition, values)) return 0
  if (await rulesStore.hasRun(tx, rule.id, key)) return 0
  const runs = await rulesStore.runsSince(tx, rule.id, ticketId, now - HOUR_MS)
  const verdict = judge(chainFrom(job.chain), rule.id, runs)
  const run = runOf(rule, job, known.clientId, verdict.chain)
  if (!verdict.run) {
    const reason = await stop(
      ports,
      tx,
      rule,
      verdict,
      { id: ticketId, number: known.number, clientId: known.clientId },
      now,
    )
    await rulesStore.insertRun(tx, { ...run, result: 'stopped', reason })
    return 0
  }
  await rulesStore.setChain(tx, verdict.chain)
  const steps: Bilingual[] = []
  for (const action of rule.actions) steps.push(await act(ports, tx, rule, action, ticketId, now))
  const made = await rulesStore.insertRun(tx, { ...run, result: 'done', reason: null, steps })
  if (!made) throw new Error('a rule has acted on this occasion already')
  return 1
}

async function act(
  ports: AutomationPorts,
  tx: Tx,
  rule: RuleRow,
  action: RuleRow['actions'][number],
  ticketId: number,
  now: Instant,
): Promise<Bilingual> {
  const executor = EXECUTORS[action.name] ?? HEARD_ELSEWHERE[action.name]
  if (!executor) throw new Error(`no executor for ${action.name}`)
  await refuseUnfit(tx, action.name, action.params, 'rule')
  const actor = systemActor()
  const ticket: TicketHead = headOf(await ports.tickets.lockForAction(tx, actor, ticketId, 'ticket.change'))
  const deed: Deed = { actor, ticket, params: action.params, now, rule: { id: rule.id, name: rule.name } }
  return executor(ports, tx, deed)
}

/** A reply that was undone before it left. */
async function isTakenBack(tx: Tx, job: RulesJob): Promise<boolean> {
  const messageId = job.data['messageId']
  if (typeof messageId !== 'number') return false
  return (await tx`select 1 from message where id = ${messageId} and cancelled_at is not null`).length > 0
}

function runOf(rule: RuleRow, job: RulesJob, clientId: number, chain: readonly number[]): Omit<NewRun, 'result'> {
  const { id: ruleId, version: ruleVersion } = rule
  const { ticketId, event, key: eventKey } = job
  return { ruleId, ruleVersion, clientId, ticketId, event, eventKey, chain, reason: null, steps: [] }
}

const WHY: Record<Extract<Verdict, { run: false }>['why'], Bilingual> = {
  itself: { ru: 'Правило вызвало само себя', en: 'The rule triggered itself' },
  too_long: { ru: 'Цепочка правил слишком длинная', en: 'The chain of rules is too long' },
  too_often: {
    ru: 'Слишком много раз за час на одном обращении',
    en: 'Too many times within an hour on one ticket',
  },
}

/** The rule stays on: it is marked, and administrators are told, with the way that led back to it. */
async function stop(
  ports: AutomationPorts,
  tx: Tx,
  rule: RuleRow,
  verdict: Extract<Verdict, { run: false }>,
  ticket: { id: number; number: number; clientId: number },
  now: Instant,
): Promise<Bilingual> {
  const names = await rulesStore.namesOf(tx, verdict.chain)
  const chain = verdict.chain.map((id) => names.get(id) ?? `${id}`)
  const { why } = verdict
  await rulesStore.markLooping(tx, rule.id, rule.version, { chain, why })
  const { id: ruleId, version, name } = rule
  await ports.bus.emit(tx, 'rule.stopped', { ruleId, version, name, chain, why, ticket, now })
  ports.log.warn({ ruleId, chain: [...verdict.chain], why, ticketId: ticket.id }, 'a rule was stopped')
  const way = chain.join(' → ')
  return { ru: `${WHY[why].ru}: ${way}`, en: `${WHY[why].en}: ${way}` }
}

async function keepFault(ports: AutomationPorts, tx: Tx, rule: RuleRow, job: RulesJob, error: unknown): Promise<void> {
  const [ticket] = await tx<{ clientId: number }[]>`select client_id from ticket where id = ${job.ticketId}`
  if (!ticket) return
  const { chain } = judge(chainFrom(job.chain), rule.id)
  const run = runOf(rule, job, ticket.clientId, chain)
  if (error instanceof Refusal) {
    const reason = { ru: error.sentence('ru'), en: error.sentence('en') }
    await rulesStore.insertRun(tx, { ...run, result: 'refused', reason })
    return
  }
  const message = error instanceof Error ? error.message : String(error)
  ports.log.error({ ruleId: rule.id, ticketId: job.ticketId, err: { message } }, 'a rule failed')
  const reason = {
    ru: 'Внутренняя ошибка, подробности в журнале сервера',
    en: "An internal error, see the server's log",
  }
  await rulesStore.insertRun(tx, { ...run, result: 'failed', reason })
}

/** A service task of a process asks for an action; what it cannot do is kept in the ticket's history and holds nobody's button up. */
export async function actForProcess(
  ports: AutomationPorts,
  tx: Tx,
  event: { ticket: TicketHead; name: string; params: Record<string, unknown>; now: Instant },
): Promise<void> {
  const executor = Object.hasOwn(EXECUTORS, event.name) ? EXECUTORS[event.name] : undefined
  if (!executor) return
  const { ticket, name, now } = event
  const given = Object.entries(event.params).filter(([, value]) => value !== null && value !== undefined)
  const params = Object.fromEntries(given.map(([key, value]) => [key, String(value).trim()]))
  const actor = systemActor()
  try {
    await tx.savepoint(async (inner) => {
      await refuseUnfit(inner, name, params, 'process')
      await executor(ports, inner, { actor, ticket, params, now, rule: null })
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const spec = actionSpec(name)
    const data = { actionRu: spec?.ru ?? name, actionEn: spec?.en ?? name }
    const reason = { reasonRu: error.sentence('ru'), reasonEn: error.sentence('en') }
    await ports.tickets.recordFacts(tx, actor, ticket.id, [{ type: 'action_refused', data: { ...data, ...reason } }])
    // a drawing that answers each failure by the same call would go round without end: then it stands, and somebody looks at it
    const often = (await webhooksStore.refusedSince(tx, ticket.id, now - HOUR_MS)) > RUNS_AN_HOUR_MAX
    if (name === 'call_webhook' && !often) await reportCall(tx, ticket.id, params['webhook'] ?? '', 'failed')
  }
}
