import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import {
  type ContractVersion,
  contractById,
  type KnownContract,
  type PenaltyProposal,
  type PenaltyRule,
  versionOn,
  versionsOf,
} from '@opora/contracts'
import { type CivilMonth, inBoth, minutesInWords, moneyInWords, monthSpan } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { penaltyOfBreaches, type SlaFigures } from '@opora/sla'
import type { BillingPorts } from '../billing.ports.ts'
import { billingStore } from '../billing.store.ts'
import type { PenaltyEvidence } from '../credits.read-model.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { figureOfRule, type Measured, measuredOf } from '../month-figures.read-model.ts'
import type { MonthOfContract } from './close-month.ts'

type Penalty = PenaltyProposal & { evidence: PenaltyEvidence }

const NOTHING_PROMISED: Pick<SlaFigures, 'breaches'> = { breaches: [] }

/** The terms by which a month's promises are judged: of its last day, else of its first. */
function termsOfMonth(versions: readonly ContractVersion[], month: CivilMonth) {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const last = first.add({ months: 1 }).subtract({ days: 1 }).toString()
  return (versionOn(versions, last) ?? versionOn(versions, first.toString()))?.terms
}

/** What a month's missed promises cost by the contract's rules; null where the contract has none. */
async function penaltyOfMonth(
  ports: Pick<BillingPorts, 'slaFigures'>,
  sql: Queryable,
  contract: KnownContract,
  month: CivilMonth,
): Promise<Penalty | null> {
  const versions = await versionsOf(sql, contract.id)
  const ask = { contractIds: [contract.id], ...monthSpan(contract.zone, month) }
  const measured = (await measuredOf(sql, [contract.id], month)).get(contract.id)
  return penaltyFor(versions, month, (await ports.slaFigures(sql, ask)).get(contract.id), measured)
}

/** The same from what is already read. */
export function penaltyFor(
  versions: readonly ContractVersion[],
  month: CivilMonth,
  figures: Pick<SlaFigures, 'breaches'> = NOTHING_PROMISED,
  measured: Measured = {},
): Penalty | null {
  const terms = termsOfMonth(versions, month)
  if (!terms || terms.penalties.rules.length === 0) return null
  const proposal = penaltyOfBreaches(terms, figures.breaches, measured)
  const breaches = figures.breaches.map(
    ({ ticketId, ticketNumber, metric, lateMinutes, whollyWaitingForClient, cause }) => ({
      ticketId,
      ticketNumber,
      metric,
      late: inBoth((locale) => minutesInWords(lateMinutes, locale)),
      whollyWaitingForClient,
      cause,
    }),
  )
  return {
    ...proposal,
    evidence: {
      rules: proposal.lines.map(({ ruleCode, explanation }) => ({ ruleCode, explanation })),
      breaches,
      figures: proposal.lines.flatMap(({ ruleCode }) => figureEvidence(terms.penalties.rules, ruleCode, measured)),
      cap: proposal.capKopecks,
    },
  }
}

function figureEvidence(rules: readonly PenaltyRule[], ruleCode: string, measured: Measured) {
  const rule = rules.find((one) => one.code === ruleCode)
  const figure = rule ? figureOfRule(rule) : null
  const value = figure === null ? undefined : measured[figure]
  return figure === null || value === undefined ? [] : [{ figure, milliPercent: value }]
}

/**
 * Proposes what the month's breaches cost, with its evidence, for finance to review. Proposing again counts anew while nobody has
 * decided; what was decided stands. Returns whether something waits to be reviewed.
 */
export async function proposeForMonth(
  ports: BillingPorts,
  tx: Tx,
  contract: KnownContract,
  month: CivilMonth,
): Promise<boolean> {
  const penalty = await penaltyOfMonth(ports, tx, contract, month)
  if (penalty === null || penalty.totalKopecks === 0) {
    await billingStore.dropProposal(tx, contract.id, month)
    return false
  }
  const sum = (locale: 'ru' | 'en') => penalty.lines.map((line) => line.explanation[locale]).join('; ')
  await billingStore.proposePenalty(tx, {
    clientId: contract.clientId,
    contractId: contract.id,
    period: month,
    source: 'penalty',
    sourceId: month,
    titleRu: `Неустойка за ${month}: ${sum('ru')}${capped(penalty, 'ru')}`,
    titleEn: `Penalty for ${month}: ${sum('en')}${capped(penalty, 'en')}`,
    kopecks: penalty.totalKopecks,
    evidence: { ...penalty.evidence },
    state: 'proposed',
  })
  await announce(tx, { topic: 'period.changed', clientId: contract.clientId, staffOnly: true })
  return true
}

function capped(penalty: PenaltyProposal, locale: 'ru' | 'en'): string {
  if (penalty.capKopecks === null || penalty.totalKopecks === penalty.uncappedKopecks) return ''
  const most = moneyInWords(penalty.capKopecks, locale)
  return locale === 'ru' ? `; не больше ${most}` : `; at most ${most}`
}

/** A person of finance asks for the proposal of a month. */
export async function proposePenaltiesOf(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: MonthOfContract,
): Promise<void> {
  const contract = await contractById(tx, given.contractId)
  if (!contract || !can(actor, 'period.close', { clientId: contract.clientId })) throw refuseAccess('access.not_found')
  await billingStore.lockContract(tx, contract.id)
  await proposeForMonth(ports, tx, contract, given.month)
}

/** Approves a proposed penalty (it then stands on the next act) or rejects it with a reason. Decided once. */
export async function decideCredit(
  tx: Tx,
  actor: Actor,
  given: { id: number; approve: boolean; reason: string },
): Promise<MonthOfContract> {
  const credit = await billingStore.lockCredit(tx, given.id)
  if (!credit || !can(actor, 'period.close', { clientId: credit.clientId }))
    throw documentRefusals.refuse('billing.credit_not_found')
  if (credit.state !== 'proposed') throw documentRefusals.refuse('billing.document_decided')
  await billingStore.decideCredit(tx, credit.id, {
    state: given.approve ? 'approved' : 'rejected',
    decidedBy: actor.accountId,
    decision: given.reason,
  })
  await writeAudit(tx, actor, {
    action: given.approve ? 'penalty.approved' : 'penalty.rejected',
    objectType: 'contract',
    objectId: credit.contractId,
    clientId: credit.clientId,
    detail: { month: credit.period ?? '', kopecks: credit.kopecks, reason: given.reason },
  })
  await announce(tx, { topic: 'period.changed', clientId: credit.clientId })
  return { contractId: credit.contractId, month: credit.period ?? '' }
}

/** The month that ended last, of every contract with penalty rules that nobody has looked at yet. Run by a timer; each once. */
export async function proposeEnded(ports: BillingPorts): Promise<number> {
  const due = await billingStore.contractsToPropose(ports.database.worker)
  for (const { id, month } of due) {
    await ports.database.begin({ as: 'worker' }, async (tx) => {
      const contract = await contractById(tx, id)
      await billingStore.lockContract(tx, id)
      if (contract) await proposeForMonth(ports, tx, contract, month)
    })
  }
  return due.length
}
