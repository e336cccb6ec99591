import { type Actor, actorOfJob, mayEver, refuseAccess } from '@opora/access'
import { Refusal } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { announce } from '@opora/platform/live'
import type { BillingPorts } from '../billing.ports.ts'
import { billingRefusals } from '../billing.refusals.ts'
import type { NewRun, RunAct } from '../month-runs.contract.ts'
import { type RunRow, runsStore } from '../month-runs.store.ts'
import { contractsFor } from '../periods.read-model.ts'
import { sendReport, undoPeriod } from './close-month.ts'
import { closePeriods } from './close-months.ts'
import { sendDocuments } from './document-life.ts'
import { issueDocuments } from './issue-documents.ts'

export const MONTH_RUN_TASK = 'billing.monthRun'
/** Closed together in one transaction: few enough that nobody who logs time waits for long. */
const CLOSED_TOGETHER = 25
/** Contracts are closed by so many transactions at once; each has contracts of its own. */
const CLOSING_LANES = 2
/** Papers and letters are made one by one; this many are kept by one transaction. */
const DONE_TOGETHER = 10

const ACTIONS = {
  close: 'period.close',
  undo: 'period.close',
  send_report: 'report.send',
  issue: 'document.issue',
  send_documents: 'document.issue',
} as const satisfies Record<RunAct, string>

/**
 * Asks for an act on a month of many contracts: of those named, or of all that stand ready for it. A job works through them; each goes its
 * own way, and what is refused is kept with its reason. Returns the run's id.
 */
export async function startRun(tx: Tx, actor: Actor, given: NewRun): Promise<number> {
  const { month, act, reason } = given
  if (actor.accountId === null || !mayEver(actor, ACTIONS[act])) throw refuseAccess('access.not_allowed')
  if (act === 'undo' && reason === '') throw billingRefusals.refuse('billing.reason_missing', { field: 'reason' })
  const contracts = await contractsFor(tx, actor, { month, act, action: ACTIONS[act], ids: given.contractIds ?? null })
  if (contracts.length === 0) throw billingRefusals.refuse('billing.nothing_to_do', { params: { month } })
  const runId = await runsStore.insert(tx, { month, act, reason, accountId: actor.accountId }, contracts)
  await enqueue(tx, MONTH_RUN_TASK, { runId })
  await announce(tx, { topic: 'period.run', clientId: null, staffOnly: true })
  return runId
}

/** Works through a run, some contracts a transaction, with the rights that its author has now. Begun again, it goes on where it stopped. */
export async function workRun(ports: BillingPorts, runId: number): Promise<void> {
  const run = await runsStore.find(ports.database.worker, runId)
  if (!run || run.finishedAt !== null) return
  const limit = run.act === 'close' ? CLOSED_TOGETHER : DONE_TOGETHER
  // numbers of papers are given one after another: more lanes would only wait for each other
  const lanes = run.act === 'close' ? CLOSING_LANES : 1
  await Promise.all(Array.from({ length: lanes }, () => workLane(ports, run, limit)))
}

async function workLane(ports: BillingPorts, run: RunRow, limit: number): Promise<void> {
  for (let done = limit; done > 0; ) {
    try {
      done = await ports.database.begin({ as: 'worker' }, (tx) => workBatch(ports, tx, run, limit))
    } catch (error) {
      // one of them cannot be kept with the others: each alone, and that one is named
      if (!(error instanceof Refusal)) throw error
      done = await oneByOne(ports, run, limit)
    }
  }
}

async function oneByOne(ports: BillingPorts, run: RunRow, limit: number): Promise<number> {
  for (let turn = 0; turn < limit; turn++) {
    const done = await ports.database.begin({ as: 'worker' }, (tx) => workBatch(ports, tx, run, 1, true))
    if (done === 0) return 0
  }
  return limit
}

async function workBatch(ports: BillingPorts, tx: Tx, run: RunRow, limit: number, alone = false): Promise<number> {
  const ids = await runsStore.takeWaiting(tx, run.id, limit)
  if (ids.length > 0) {
    const actor = await actorOfJob(tx, run.accountId)
    const outcomes =
      actor === null
        ? ids.map((contractId) => ({ contractId, refused: refuseAccess('access.not_allowed') }))
        : await actOn(ports, tx, actor, run, ids, alone)
    await runsStore.settle(tx, run.id, outcomes)
  }
  await runsStore.finish(tx, run.id)
  await announce(tx, { topic: 'period.run', clientId: null, staffOnly: true })
  return ids.length
}

type Outcome = { contractId: number; refused: Refusal | null }

async function actOn(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  run: RunRow,
  ids: readonly number[],
  alone: boolean,
): Promise<Outcome[]> {
  const { month, reason } = run
  if (run.act === 'close' && !alone) {
    const contracts = ids.map((contractId) => ({ contractId, recommendations: [] }))
    const outcomes = await closePeriods(ports, tx, actor, { month, contracts })
    return outcomes.map((one) => ({ contractId: one.contractId, refused: 'refused' in one ? one.refused : null }))
  }
  const act = {
    close: async (inner: Tx, contractId: number) => {
      const [one] = await closePeriods(ports, inner, actor, { month, contracts: [{ contractId, recommendations: [] }] })
      if (one && 'refused' in one) throw one.refused
    },
    undo: (inner: Tx, contractId: number) => undoPeriod(ports, inner, actor, { contractId, month, reason }),
    send_report: (inner: Tx, contractId: number) => sendReport(ports, inner, actor, { contractId, month }),
    issue: async (inner: Tx, contractId: number) => void (await issueDocuments(inner, actor, { contractId, month })),
    send_documents: (inner: Tx, contractId: number) => sendDocuments(ports, inner, actor, { contractId, month }),
  }[run.act]
  const outcomes: Outcome[] = []
  for (const contractId of ids)
    outcomes.push({ contractId, refused: await refusalOf(tx, (inner) => act(inner, contractId)) })
  return outcomes
}

/** Does one of several: its refusal takes back its own traces and nothing else. */
async function refusalOf(tx: Tx, body: (tx: Tx) => Promise<void>): Promise<Refusal | null> {
  try {
    await tx.savepoint((inner) => body(inner as Tx))
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
