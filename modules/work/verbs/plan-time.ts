import {
  allowanceOf,
  type ContractTerms,
  contractById,
  includedServices,
  type KnownContract,
  type LateWork,
  listServices,
  previewTime,
  proposeService,
  type ServiceAllowance,
  staffCoverage,
  type TimeCharge,
  versionOn,
  versionsOf,
  type WorkedTime,
} from '@opora/contracts'
import type { Instant, Words } from '@opora/core'
import { inBoth, minutesInWords } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type BillableContext, type BillableProposal, diagnosisLeft, proposeBillable } from '../domain/billable.ts'
import { approvedTotals } from '../domain/estimate.ts'
import { type GateAnswer, gateTime } from '../domain/estimate-gate.ts'
import { type ChargedEntry, chargedEntry, type EntryReason } from '../entry-charge.ts'
import { estimateRounds, roundOf } from '../estimate-rounds.ts'
import { type TimedTicket, usedOnTicket } from '../time.read-model.ts'
import type { TimeSpan } from '../time-span.ts'
import { workRefusals } from '../work.refusals.ts'

/** Time that somebody is about to log, as far as its charge depends on it. */
export interface TimeWish {
  accountId: number
  activity: string
  /** The person's grade, by which the contract may have another rate. */
  grade: string | null
  /** Absent: as proposed. `null`: none. */
  service: string | null | undefined
  urgent: boolean
  onSite: boolean
  span: TimeSpan
  /** Absent: as proposed. */
  billable: boolean | undefined
  /** An entry that is being changed does not count against itself. */
  exceptId: number | null
  /** The work's month is closed: it takes the place of what was given back. */
  late?: LateWork
}

export interface PlannedTime {
  /** The wish with the service that it goes to. */
  wish: TimeWish & { service: string | null }
  service: PlannedService | null
  services: readonly NamedService[]
  contract: KnownContract | null
  billable: boolean
  reason: EntryReason
  proposal: BillableProposal
  gate: (GateAnswer & { approvedMinutes: number; usedMinutes: number }) | null
  exemptMinutes: number
  charge: ChargedEntry
}

type NamedService = { code: string; name: Words; allowance: ServiceAllowance['kind'] }

/** The service that time goes to; `because` is null where a person has chosen it, `allowance` where the contract does not name it. */
interface PlannedService {
  code: string
  name: Words
  allowance: ServiceAllowance['kind'] | null
  because: Words | null
}

const NO_ESTIMATES: ContractTerms['estimates'] = {
  rule: { kind: 'outside_package' },
  diagnosisExemptMinutes: 0,
  tolerancePercent: 0,
  warnAtPercent: 80,
}

/** Proposes whether time is billable and computes what it would take; nothing is saved and nothing refused but impossible work. */
export async function planTime(sql: Queryable, ticket: TimedTicket, given: TimeWish): Promise<PlannedTime> {
  const contract = ticket.contractId === null ? null : await contractById(sql, ticket.contractId)
  const versions = contract === null ? [] : await versionsOf(sql, contract.id)
  const terms = versionOn(versions, given.span.date)?.terms ?? null
  const { service, services } = await serviceFor(sql, ticket, given, terms)
  const wish = { ...given, service: service?.code ?? null }
  const charge =
    contract === null || terms === null || wish.billable === false
      ? null
      : await previewTime(sql, {
          contractId: contract.id,
          work: workOf(wish, ticket.id, 'preview', 0),
          late: wish.late,
        })
  const context = await contextOf(sql, ticket, wish, { contract, terms, charge, serviceName: service?.name ?? null })
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
    wish,
    service,
    services,
    contract,
    billable,
    reason: isChosen ? 'chosen' : proposal.reason,
    proposal,
    gate,
    exemptMinutes,
    charge: chargedEntry(billable ? charge : null, { share: billable ? proposal.share : 'included', explanation }),
  }
}

/** The service as somebody chose it, else as the request's context and the contract propose. */
async function serviceFor(
  sql: Queryable,
  ticket: TimedTicket,
  wish: TimeWish,
  terms: ContractTerms | null,
): Promise<Pick<PlannedTime, 'service' | 'services'>> {
  const named = terms === null ? [] : includedServices(terms)
  if (named.length === 0 && !wish.service) return { service: null, services: [] }
  const known = new Map((await listServices(sql)).map((row) => [row.code, { ru: row.nameRu, en: row.nameEn }]))
  const nameOf = (code: string) => known.get(code) ?? { ru: code, en: code }
  const services = named.map((one) => ({
    code: one.service,
    name: nameOf(one.service),
    allowance: one.allowance.kind,
  }))
  const proposal =
    wish.service === undefined && terms !== null ? proposeService(terms, { ...ticket, activity: wish.activity }) : null
  const code = wish.service ?? proposal?.service ?? null
  if (code === null) return { service: null, services }
  const allowance = terms === null ? null : (allowanceOf(terms, code)?.kind ?? null)
  return { service: { code, name: nameOf(code), allowance, because: proposal?.because ?? null }, services }
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

const inWords = (minutes: number) => inBoth((locale) => minutesInWords(minutes, locale))

export function workOf(wish: TimeWish, ticketId: number, id: string, revision: number): WorkedTime {
  const { span } = wish
  return {
    id,
    revision,
    ticketId: String(ticketId),
    personId: String(wish.accountId),
    activity: wish.activity,
    grade: wish.grade,
    service: wish.service ?? null,
    urgent: wish.urgent,
    onSite: wish.onSite,
    when: span.timed
      ? { from: span.startedAt, to: span.endedAt }
      : { date: span.date, minutes: span.minutes, outOfHours: null },
  }
}

async function contextOf(
  sql: Queryable,
  ticket: TimedTicket,
  wish: TimeWish,
  given: {
    contract: KnownContract | null
    terms: ContractTerms | null
    charge: TimeCharge | null
    serviceName: Words | null
  },
): Promise<BillableContext> {
  const { contract, terms, charge } = given
  const estimates = terms?.estimates ?? NO_ESTIMATES
  const used = await usedOnTicket(sql, ticket.id, wish.exceptId)
  const rounds = (await estimateRounds.ofTicket(sql, ticket.id)).map(roundOf)
  const allowance = terms === null ? null : allowanceOf(terms, wish.service ?? null)
  return {
    ownDuty: ticket.channel === 'monitoring',
    covered: contract !== null && terms !== null,
    service:
      allowance === null
        ? 'not_named'
        : allowance.kind === 'unlimited' || allowance.kind === 'excluded'
          ? allowance.kind
          : 'allowance',
    serviceName: given.serviceName,
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
