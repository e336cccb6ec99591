import { createHash } from 'node:crypto'
import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { type CloseStatement, canonicalJson, type KnownContract } from '@opora/contracts'
import { type CivilMonth, civilDateIn, type Instant, inBoth, moneyInWords, monthSpan, type Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { announce } from '@opora/platform/live'
import type { SlaFigures } from '@opora/sla'
import type { BillingPorts } from '../billing.ports.ts'
import { billingRefusals } from '../billing.refusals.ts'
import { documentRefusals } from '../documents.refusals.ts'
import type { ClientReport } from '../domain/client-report.ts'
import { type Measured, measuredOf } from '../month-figures.read-model.ts'
import { type MonthPlan, planMonths } from '../month-plans.read-model.ts'
import { monthAfter } from '../month-state.read-model.ts'
import { closesStore } from '../months.store.ts'
import { reportsOf } from '../report.read-model.ts'
import type { MonthOfContract } from './close-month.ts'
import { penaltyFor } from './penalties.ts'

export const MAKE_REPORT_TASK = 'billing.makeReport'

export interface MonthToClose {
  contractId: number
  /** What the account manager recommends, shown at the report's end. */
  recommendations: readonly string[]
}

/** How the closing of one of several months went. */
export type CloseOutcome = { contractId: number } & ({ closeId: number } | { refused: Refusal })

/** Whether a contract has such a month at all. */
export function hasMonth(contract: Pick<KnownContract, 'status' | 'startsOn' | 'endsOn'>, month: CivilMonth): boolean {
  const begins = contract.startsOn.slice(0, 7)
  return (
    contract.status !== 'draft' && begins <= month && (contract.endsOn === null || month <= contract.endsOn.slice(0, 7))
  )
}

/** Closes a contract's month, or refuses with the list of what is unfinished. Returns the id of the close. */
export async function closePeriod(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: MonthOfContract & { recommendations: readonly string[] },
): Promise<number> {
  const [outcome] = await closePeriods(ports, tx, actor, { month: given.month, contracts: [given] })
  if (outcome && 'closeId' in outcome) return outcome.closeId
  throw outcome?.refused ?? refuseAccess('access.not_found')
}

/**
 * Closes a month of many contracts in one transaction: leftovers burn or carry, overage is priced, reports are made. Those that cannot be
 * closed are answered with their refusal and stay as they were. The figures follow from the ledger alone, so that closing again after an
 * undo gives the same; the number of queries does not follow the number of contracts.
 */
export async function closePeriods(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: { month: CivilMonth; contracts: readonly MonthToClose[] },
): Promise<CloseOutcome[]> {
  const { month } = given
  const ids = given.contracts.map(({ contractId }) => contractId)
  const locked = await ports.contracts.lockLedgers(tx, ids)
  const [closed, judged, now] = await Promise.all([
    closesStore.lockStanding(tx, ids, month),
    closesStore.penaltiesJudged(tx, ids, month),
    databaseNow(tx),
  ])
  // hours of months that have begun are issued before anything is counted; the hourly timer has nearly always done it
  for (const contract of locked.values())
    if (contract.grantedThrough === null || contract.grantedThrough < monthNow(contract.zone, now))
      await ports.contracts.grantPeriods(tx, contract.id, now)
  const known = await closesStore.contracts(tx, [...locked.keys()])
  const plans = await planMonths(tx, known, month, { evenUnfinished: false })
  const figures = await figuresOf(ports, tx, known, month)
  const measured = await measuredOf(tx, ids, month)
  const ready: ReadyMonth[] = []
  const outcomes = given.contracts.map(({ contractId, recommendations }): CloseOutcome | null => {
    const plan = plans.get(contractId)
    const contract = locked.get(contractId)
    if (!plan || !contract || !can(actor, 'period.close', { clientId: plan.contract.clientId }))
      return { contractId, refused: refuseAccess('access.not_found') }
    const promised = figures.get(contractId)
    const refused =
      whyNot(plan, month, closed.has(contractId)) ??
      unreviewed(plan, month, { promised, measured: measured.get(contractId) }, judged)
    if (refused || !plan.plan.closed) return { contractId, refused: refused ?? refuseAccess('access.not_found') }
    const { statement, buckets, entries } = plan.plan
    ready.push({ contract, plan, statement, buckets, entries, figures: promised, recommendations })
    return null
  })
  const closeIds = await keep(ports, tx, actor, month, ready)
  return outcomes.map((outcome, index) => {
    const contractId = ids[index]!
    return outcome ?? { contractId, closeId: closeIds.get(contractId)! }
  })
}

type Locked = Awaited<ReturnType<BillingPorts['contracts']['lockLedgers']>> extends Map<number, infer Row> ? Row : never
type Planned = Extract<MonthPlan['plan'], { closed: true }>

interface ReadyMonth extends Pick<Planned, 'statement' | 'buckets' | 'entries'> {
  contract: Locked
  plan: MonthPlan
  figures: SlaFigures | undefined
  recommendations: readonly string[]
}

/** Why a month cannot be closed; null: it can. */
function whyNot({ contract, plan }: MonthPlan, month: CivilMonth, isClosed: boolean): Refusal | null {
  if (!hasMonth(contract, month)) return billingRefusals.refuse('billing.period_not_found')
  if (isClosed) return billingRefusals.refuse('billing.month_already_closed', { params: { month } })
  if (plan.closed) return null
  const unfinished = plan.unfinished.map(({ kind, id, sentence }) => ({ kind, id, sentence }))
  const params = { month, count: unfinished.length }
  return billingRefusals.refuse('billing.month_unfinished', { params, details: { unfinished } })
}

/** Penalties are never credited nor dropped silently: a month that came to some is closed after somebody looked. */
function unreviewed(
  { contract, versions }: MonthPlan,
  month: CivilMonth,
  figures: { promised: SlaFigures | undefined; measured: Measured | undefined },
  judged: ReadonlySet<number>,
): Refusal | null {
  if (judged.has(contract.id)) return null
  const penalty = penaltyFor(versions, month, figures.promised, figures.measured)
  if (penalty === null || penalty.totalKopecks === 0) return null
  const sum = inBoth((locale) => moneyInWords(penalty.totalKopecks, locale))
  return documentRefusals.refuse('billing.penalties_unreviewed', { params: { month, sum } })
}

function monthNow(zone: string, now: Instant): CivilMonth {
  return civilDateIn(zone, now).slice(0, 7)
}

/** Contracts of one zone share the month's first and last instants. */
function byZone<Item>(items: readonly Item[], zoneOf: (item: Item) => string): [string, Item[]][] {
  return [...Map.groupBy(items, zoneOf)]
}

async function figuresOf(ports: BillingPorts, tx: Tx, contracts: readonly KnownContract[], month: CivilMonth) {
  const found = new Map<number, SlaFigures>()
  for (const [zone, some] of byZone(contracts, (contract) => contract.zone)) {
    const contractIds = some.map((contract) => contract.id)
    const figures = await ports.slaFigures(tx, { contractIds, ...monthSpan(zone, month) })
    for (const [id, of] of figures) found.set(id, of)
  }
  return found
}

async function keep(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  month: CivilMonth,
  ready: readonly ReadyMonth[],
): Promise<Map<number, number>> {
  if (ready.length === 0) return new Map()
  const postings = ready.map(({ contract, plan, buckets, entries }) => ({
    contract,
    ledger: plan.ledger,
    buckets,
    entries,
  }))
  await ports.contracts.postMonths(tx, actor, postings)
  const rows = ready.map(({ contract, statement }) => ({
    clientId: contract.clientId,
    contractId: contract.id,
    figures: statement,
    figuresSha256: sha256Of(statement),
  }))
  const closeIds = await closesStore.insertCloses(tx, month, actor.accountId, rows)
  await closesStore.takeCredits(
    tx,
    ready.flatMap(({ contract, statement }) =>
      statement.credits.map(({ key }) => ({
        id: Number(key.slice('credit:'.length)),
        closeId: closeIds.get(contract.id)!,
      })),
    ),
  )
  await closesStore.carryCredits(
    tx,
    month,
    monthAfter(month),
    ready.flatMap(({ contract, statement }) => {
      const kopecks = -statement.totals.dueKopecks
      return kopecks > 0 ? [{ clientId: contract.clientId, contractId: contract.id, kopecks }] : []
    }),
  )
  const reports = await reportsOfReady(tx, month, ready)
  const reportIds = await closesStore.insertReports(
    tx,
    month,
    ready.map(({ contract }) => ({
      clientId: contract.clientId,
      contractId: contract.id,
      closeId: closeIds.get(contract.id)!,
      data: reports.get(contract.id)!,
    })),
  )
  await Promise.all([
    ...reportIds.map((reportId) => enqueue(tx, MAKE_REPORT_TASK, { reportId })),
    ...rows.map(({ contractId, clientId, figuresSha256 }) =>
      writeAudit(tx, actor, {
        action: 'period.closed',
        objectType: 'contract',
        objectId: contractId,
        clientId,
        detail: { month, closeId: closeIds.get(contractId)!, figuresSha256 },
      }),
    ),
    ...[...new Set(rows.map((row) => row.clientId))].map((clientId) =>
      announce(tx, { topic: 'period.changed', clientId }),
    ),
  ])
  return closeIds
}

/** Equal figures have one hash: a month that is closed again proves by it that nothing has moved. */
function sha256Of(statement: CloseStatement): string {
  return createHash('sha256').update(canonicalJson(statement)).digest('hex')
}

async function reportsOfReady(
  tx: Tx,
  month: CivilMonth,
  ready: readonly ReadyMonth[],
): Promise<Map<number, ClientReport>> {
  const found = new Map<number, ClientReport>()
  for (const [zone, some] of byZone(ready, ({ contract }) => contract.zone)) {
    const contracts = some.map(({ plan, statement, figures, recommendations }) => ({
      contract: plan.contract,
      versions: plan.versions,
      statement,
      figures,
      recommendations,
    }))
    const reports = await reportsOf(tx, { month, span: monthSpan(zone, month), zone, contracts })
    for (const [id, report] of reports) found.set(id, report)
  }
  return found
}
