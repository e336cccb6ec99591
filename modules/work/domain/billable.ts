import type { Minutes, Words } from '@opora/core'
import { minutesInWords } from '@opora/core'

/** What a contract says needs an estimate, as work reads it. */
export type EstimateRule =
  | { kind: 'nothing' }
  | { kind: 'outside_package' }
  | { kind: 'above'; minutes: Minutes }
  | { kind: 'everything' }

/** What is known about a ticket when somebody logs time on it. */
export interface BillableContext {
  /** The ticket mends the provider's own work or care, for example a failed backup: it draws no client's hours. */
  ownDuty: boolean
  /** Whether a contract covers the request. */
  covered: boolean
  /** The allowance of the ticket's service in the contract. */
  service: 'unlimited' | 'allowance' | 'excluded' | 'not_named'
  /** The service that the time belongs to; `null` where none is named. */
  serviceName: Words | null
  /** Hours that pay for such work and are left. */
  availableMinutes: Minutes
  activity: string
  estimateRule: EstimateRule
  diagnosisExemptMinutes: Minutes
  diagnosisUsedMinutes: Minutes
  /** The sum of the approved rounds; `null` while nothing has been approved. */
  approvedMinutes: Minutes | null
  /** Billable minutes on the ticket so far. */
  usedMinutes: Minutes
}

export type BillableReason =
  | 'own_duty'
  | 'service_included'
  | 'service_excluded'
  | 'diagnosis_exempt'
  | 'estimate_approved'
  | 'inside_package'
  | 'outside_package'
  | 'not_covered'

/** A proposal with its reason; a person decides. */
export interface BillableProposal {
  billable: boolean
  /** `included`: in the fee; `package`: leaves the hours; `extra`: beyond them. */
  share: 'included' | 'package' | 'extra'
  reason: BillableReason
  /** The contract wants an approved estimate before such work. */
  needsEstimate: boolean
  explanation: Words
}

export const DIAGNOSIS = 'diagnosis'

/** Whether the time is billable, from where it is paid, and why. */
export function proposeBillable(context: BillableContext, minutes: Minutes): BillableProposal {
  if (context.ownDuty) return proposal(false, 'included', 'own_duty', false)
  if (context.covered && context.service === 'unlimited')
    return proposal(false, 'included', 'service_included', false, 0, context.serviceName)
  const inside = context.covered && context.service !== 'excluded' && context.availableMinutes > 0
  const share = inside ? 'package' : 'extra'
  if (diagnosisLeft(context) >= minutes) {
    return proposal(true, share, 'diagnosis_exempt', false, context.diagnosisExemptMinutes)
  }
  if (context.approvedMinutes !== null) {
    return proposal(true, share, 'estimate_approved', false, context.approvedMinutes)
  }
  const needsEstimate = estimateNeeded(context.estimateRule, inside, context.usedMinutes + minutes)
  if (inside) return proposal(true, 'package', 'inside_package', needsEstimate, context.availableMinutes)
  if (!context.covered) return proposal(true, 'extra', 'not_covered', needsEstimate)
  const isExcluded = context.service === 'excluded'
  return proposal(
    true,
    'extra',
    isExcluded ? 'service_excluded' : 'outside_package',
    needsEstimate,
    0,
    context.serviceName,
  )
}

/** Whether work needs an approved estimate first, by the contract's word. `plannedMinutes` is the ticket's work in all. */
export function estimateNeeded(rule: EstimateRule, insidePackage: boolean, plannedMinutes: Minutes): boolean {
  if (rule.kind === 'nothing') return false
  if (rule.kind === 'everything') return true
  if (rule.kind === 'above') return plannedMinutes > rule.minutes
  return !insidePackage
}

/** Diagnosis that may still be done without an estimate; nothing for other work. */
export function diagnosisLeft(
  context: Pick<BillableContext, 'activity' | 'diagnosisExemptMinutes' | 'diagnosisUsedMinutes'>,
): Minutes {
  if (context.activity !== DIAGNOSIS) return 0
  return Math.max(0, context.diagnosisExemptMinutes - context.diagnosisUsedMinutes)
}

function proposal(
  billable: boolean,
  share: BillableProposal['share'],
  reason: BillableReason,
  needsEstimate: boolean,
  minutes: Minutes = 0,
  service: Words | null = null,
): BillableProposal {
  const say = (locale: 'ru' | 'en') =>
    SENTENCES[reason][locale]
      .replace('{minutes}', minutesInWords(minutes, locale))
      .replace('{service}', service?.[locale] ?? '') + (needsEstimate ? AFTER[locale] : '')
  return { billable, share, reason, needsEstimate, explanation: { ru: say('ru'), en: say('en') } }
}

const AFTER: Words = {
  ru: ' Сначала нужна согласованная клиентом оценка.',
  en: ' An estimate approved by the client is needed first.',
}

const SENTENCES: Record<BillableReason, Words> = {
  own_duty: {
    ru: 'Собственная забота исполнителя: часы клиента не расходуются.',
    en: 'The provider’s own duty: it draws no client’s hours.',
  },
  service_included: {
    ru: 'Услуга «{service}» входит в пакет без ограничений.',
    en: 'The package includes “{service}” without a limit.',
  },
  service_excluded: {
    ru: 'Услуга «{service}» не входит в пакет: работа по ставке договора.',
    en: 'The package does not include “{service}”: the work is at the contract’s rate.',
  },
  diagnosis_exempt: {
    ru: 'Диагностика до {minutes} делается без оценки.',
    en: 'Diagnosis up to {minutes} needs no estimate.',
  },
  estimate_approved: {
    ru: 'Работа по согласованной оценке: {minutes}.',
    en: 'Work under an approved estimate: {minutes}.',
  },
  inside_package: { ru: 'Из часов пакета: осталось {minutes}.', en: 'From the package’s hours: {minutes} left.' },
  outside_package: {
    ru: 'Работа сверх пакета, по ставке договора.',
    en: 'Work beyond the package, at the contract’s rate.',
  },
  not_covered: { ru: 'Договор не включает эту работу.', en: 'The contract does not cover this work.' },
}
