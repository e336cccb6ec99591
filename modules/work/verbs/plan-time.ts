import {
  allowanceOf,
  type ContractTerms,
  contractById,
  type KnownContract,
  previewTime,
  staffCoverage,
  type TimeCharge,
  versionOn,
  versionsOf,
  type WorkedTime,
} from '@opora/contracts'
import type { Instant } from '@opora/core'
import { minutesInWords } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type BillableContext, type BillableProposal, diagnosisLeft, proposeBillable } from '../domain/billable.ts'
import { approvedTotals } from '../domain/estimate.ts'
import { type GateAnswer, gateTime } from '../domain/estimate-gate.ts'
import { type ChargedEntry, chargedEntry, type EntryReason } from '../entry-charge.ts'
import { estimateRounds, roundOf } from '../estimate-rounds.ts'
import { usedOnTicket } from '../time.read-model.ts'
import type { TimeSpan } from '../time-span.ts'
import { workRefusals } from '../work.refusals.ts'

/** Time that somebody is about to log, as far as its charge depends on it. */
export interface TimeWish {
  accountId: number
  activity: string
  service: string | null
  urgent: boolean
  onSite: boolean
  span: TimeSpan
  /** Absent: as proposed. */
  billable: boolean | undefined
  /** An entry that is being changed does not count against itself. */
  exceptId: number | null
}

export interface PlannedTime {
  contract: KnownContract | null
  billable: boolean
  reason: EntryReason
  proposal: BillableProposal
  gate: (GateAnswer & { approvedMinutes: number; usedMinutes: number }) | null
  exemptMinutes: number
  charge: ChargedEntry
}

const NO_ESTIMATES: ContractTerms['estimates'] = {
  rule: { kind: 'outside_package' },
  diagnosisExemptMinutes: 0,
  tolerancePercent: 0,
  warnAtPercent: 80,
}

/** Proposes whether time is billable and computes what it would take; nothing is saved and nothing refused but impossible work. */
export async function planTime(
  sql: Queryable,
  ticket: { id: number; contractId: number | null; channel: string },
  wish: TimeWish,
): Promise<PlannedTime> {
  const contract = ticket.contractId === null ? null : await contractById(sql, ticket.contractId)
  const versions = contract === null ? [] : await versionsOf(sql, contract.id)
  const terms = versionOn(versions, wish.span.date)?.terms ?? null
  const charge =
    contract === null || terms === null || wish.billable === false
      ? null
      : await previewTime(sql, { contractId: contract.id, work: workOf(wish, ticket.id, 'preview', 0) })
  const context = await contextOf(sql, ticket, wish, { contract, terms, charge })
  const asked = charge?.billableMinutes ?? wish.span.minutes
  const proposed = proposeBillable(context, asked)
  const proposal = terms === null ? { ...proposed, billable: false } : proposed
  const billable = wish.billable ?? proposal.billable
  const exemptMinutes = billable ? Math.min(asked, diagnosisLeft(context)) : 0
  const gate =
    billable && context.approvedMinutes !== null
      ? gateOf(context, terms?.estimates ?? NO_ESTIMATES, asked, exemptMinutes)
      : null
  const isChosen = billable !== proposal.billable
  const explanation = isChosen ? CHOSEN[billable ? 'billable' : 'free'] : proposal.explanation
  return {
    contract,
    billable,
    reason: isChosen ? 'chosen' : proposal.reason,
    proposal,
    gate,
    exemptMinutes,
    charge: chargedEntry(billable ? charge : null, { share: billable ? proposal.share : 'included', explanation }),
  }
}

const CHOSEN = {
  billable: { ru: 'Отмечено как оплачиваемое.', en: 'Marked as billable.' },
  free: { ru: 'Отмечено как неоплачиваемое.', en: 'Marked as not billable.' },
}

/** Refuses what the plan does not allow to be saved as billable. */
export function refuseUnplanned(plan: PlannedTime): void {
  if (!plan.billable) return
  if (plan.contract === null) throw workRefusals.refuse('work.contract_missing', { field: 'billable' })
  if (plan.proposal.needsEstimate) throw workRefusals.refuse('work.estimate_required', { field: 'billable' })
  const { gate } = plan
  if (gate === null || gate.refusedMinutes === 0) return
  throw workRefusals.refuse('work.estimate_exhausted', {
    field: 'minutes',
    params: {
      limit: inWords(gate.limitMinutes),
      used: inWords(gate.usedMinutes),
      refused: inWords(gate.refusedMinutes),
    },
    details: {
      opensRound: gate.opensRound,
      acceptedMinutes: gate.acceptedMinutes,
      refusedMinutes: gate.refusedMinutes,
    },
  })
}

const inWords = (minutes: number) => ({ ru: minutesInWords(minutes, 'ru'), en: minutesInWords(minutes, 'en') })

export function workOf(wish: TimeWish, ticketId: number, id: string, revision: number): WorkedTime {
  const { span } = wish
  return {
    id,
    revision,
    ticketId: String(ticketId),
    personId: String(wish.accountId),
    activity: wish.activity,
    grade: null,
    service: wish.service,
    urgent: wish.urgent,
    onSite: wish.onSite,
    when: span.timed
      ? { from: span.startedAt, to: span.endedAt }
      : { date: span.date, minutes: span.minutes, outOfHours: null },
  }
}

async function contextOf(
  sql: Queryable,
  ticket: { id: number; channel: string },
  wish: TimeWish,
  given: { contract: KnownContract | null; terms: ContractTerms | null; charge: TimeCharge | null },
): Promise<BillableContext> {
  const { contract, terms, charge } = given
  const estimates = terms?.estimates ?? NO_ESTIMATES
  const used = await usedOnTicket(sql, ticket.id, wish.exceptId)
  const rounds = (await estimateRounds.ofTicket(sql, ticket.id)).map(roundOf)
  const allowance = terms === null ? null : allowanceOf(terms, wish.service)
  return {
    ownDuty: ticket.channel === 'monitoring',
    covered: contract !== null && terms !== null,
    service:
      allowance === null
        ? 'not_named'
        : allowance.kind === 'unlimited' || allowance.kind === 'excluded'
          ? allowance.kind
          : 'allowance',
    availableMinutes: await availableFor(sql, contract, charge, wish.span.startedAt),
    activity: wish.activity,
    estimateRule: estimates.rule,
    diagnosisExemptMinutes: estimates.diagnosisExemptMinutes,
    diagnosisUsedMinutes: used.exemptMinutes,
    approvedMinutes: approvedTotals(rounds)?.minutes ?? null,
    usedMinutes: used.countedMinutes,
  }
}

/** Hours left of those that pay for such work: none when the work would draw nothing. */
async function availableFor(
  sql: Queryable,
  contract: KnownContract | null,
  charge: TimeCharge | null,
  at: Instant,
): Promise<number> {
  if (contract === null || charge === null || charge.entries.length === 0) return 0
  const drawn = -charge.entries.reduce((sum, entry) => sum + entry.minutes, 0)
  const left = (await staffCoverage(sql, contract.id, at))?.leftMinutes ?? 0
  return Math.max(left, drawn)
}

function gateOf(
  context: BillableContext,
  estimates: ContractTerms['estimates'],
  minutes: number,
  exemptMinutes: number,
): PlannedTime['gate'] {
  const approvedMinutes = context.approvedMinutes ?? 0
  const { tolerancePercent, warnAtPercent } = estimates
  const state = { approvedMinutes, usedMinutes: context.usedMinutes, tolerancePercent, warnAtPercent }
  return { ...gateTime(state, minutes, exemptMinutes), approvedMinutes, usedMinutes: context.usedMinutes }
}
