import type { CivilDate, Words } from '@opora/core'
import { allowanceOf, type ChannelCode, type ContractTerms } from './terms.ts'

/** A contract as the door of requests sees it. */
export interface CoveringContract {
  contractId: string
  number: string
  /** First and last day; `to` is `null` while open-ended. */
  from: CivilDate
  to: CivilDate | null
  status: 'draft' | 'active' | 'suspended' | 'ended'
  /** Last day of the letter of guarantee on which the contract began; `null` once it is signed. */
  letterUntil: CivilDate | null
  /** The version in force on the day of the question; `null` when none is. */
  terms: ContractTerms | null
}

export interface CoverageQuestion {
  /** `null` for a person who could not be identified. */
  contactId: string | null
  /** `null` where the message does not say which portal it is about. */
  portalId: string | null
  channel: ChannelCode
  date: CivilDate
  topic: string | null
  /** The service that the topic asks for; `null` where it asks for none in particular. */
  service?: string | null
  /** 1–4, or `null` while nobody has judged it. */
  priority: number | null
  /** A coupon applied to the request opens the channels that it names. */
  couponApplied: boolean
}

export type NotCoveredReason =
  | 'no_contract'
  | 'contract_not_started'
  | 'contract_ended'
  | 'contract_suspended'
  | 'letter_expired'
  | 'portal_not_covered'
  | 'topic_excluded'
  | 'service_not_included'

/** Nothing is refused at the door: every answer registers the request, and says whether promised times run. */
export type Coverage =
  | { state: 'covered'; contractId: string; explanation: Words }
  | { state: 'flagged'; contractId: string; flag: 'channel_not_included'; offer: ChannelCode[]; explanation: Words }
  | { state: 'waiting'; contractId: string; reason: 'contact_not_authorised'; explanation: Words }
  | { state: 'not_covered'; contractId: string | null; reason: NotCoveredReason; explanation: Words }

export function coverage(contract: CoveringContract, question: CoverageQuestion): Coverage {
  const { contractId } = contract
  const reason = reasonAgainst(contract, question)
  if (reason !== null || contract.terms === null) {
    return notCovered(contractId, contract.number, reason ?? 'contract_not_started')
  }
  const { entitlement, coupon } = contract.terms
  if (!isAuthorised(entitlement, question.contactId)) {
    return { state: 'waiting', contractId, reason: 'contact_not_authorised', explanation: WAITS_FOR_CONTACT }
  }
  const channels = [...entitlement.channels, ...(question.couponApplied && coupon ? coupon.channels : [])]
  const criticalByPhone = question.channel === 'phone' && question.priority === 1
  if (channels.includes(question.channel) || criticalByPhone || SELF_MADE.includes(question.channel)) {
    return { state: 'covered', contractId, explanation: coveredBy(contract, criticalByPhone) }
  }
  return {
    state: 'flagged',
    contractId,
    flag: 'channel_not_included',
    offer: entitlement.channels,
    explanation: CHANNEL,
  }
}

/** Which of a client's contracts holds a request: the one that says most clearly yes, the newest among equals. */
export function coverageAmong(contracts: readonly CoveringContract[], question: CoverageQuestion): Coverage {
  const rank = { covered: 0, flagged: 1, waiting: 2, not_covered: 3 }
  const near: NotCoveredReason[] = [
    'service_not_included',
    'topic_excluded',
    'portal_not_covered',
    'contract_suspended',
    'letter_expired',
    'contract_ended',
    'contract_not_started',
  ]
  const weigh = (answer: Coverage) =>
    rank[answer.state] * 10 + (answer.state === 'not_covered' ? Math.max(0, near.indexOf(answer.reason)) : 0)
  const answers = contracts
    .toSorted((a, b) => (a.from === b.from ? (a.contractId < b.contractId ? -1 : 1) : a.from < b.from ? 1 : -1))
    .map((contract) => coverage(contract, question))
  const best = answers.reduce<Coverage | null>(
    (found, answer) => (found === null || weigh(answer) < weigh(found) ? answer : found),
    null,
  )
  return best ?? notCovered(null, '', 'no_contract')
}

/** Channels by which the provider's own systems open requests: no package leaves them out. */
const SELF_MADE: ChannelCode[] = ['monitoring', 'api']

function reasonAgainst(contract: CoveringContract, question: CoverageQuestion): NotCoveredReason | null {
  const { date } = question
  if (contract.status === 'draft' || date < contract.from) return 'contract_not_started'
  if (contract.status === 'ended' || (contract.to !== null && contract.to < date)) return 'contract_ended'
  if (contract.status === 'suspended') return 'contract_suspended'
  if (contract.letterUntil !== null && contract.letterUntil < date) return 'letter_expired'
  const entitlement = contract.terms?.entitlement
  if (!entitlement) return 'contract_not_started'
  const { portalId, topic, service } = question
  if (entitlement.portals === 'listed' && portalId !== null && !entitlement.portalIds.includes(portalId)) {
    return 'portal_not_covered'
  }
  if (topic !== null && entitlement.excludedTopics.includes(topic)) return 'topic_excluded'
  const allowance = contract.terms && allowanceOf(contract.terms, service ?? null)
  if (allowance?.kind === 'excluded') return 'service_not_included'
  return null
}

function isAuthorised(entitlement: ContractTerms['entitlement'], contactId: string | null): boolean {
  if (entitlement.contacts === 'all') return contactId !== null
  return contactId !== null && entitlement.contactIds.includes(contactId)
}

const WAITS_FOR_CONTACT: Words = {
  ru: 'Обращение зарегистрировано и ждёт подтверждения ответственного контактного лица: время пока не отсчитывается.',
  en: 'The request is registered and waits for the responsible contact to confirm it: no clock is running yet.',
}

const CHANNEL: Words = {
  ru: 'Этот канал не входит в пакет; обращение принято, ответ придёт по доступному каналу.',
  en: 'The package does not include this channel; the request is taken and the answer comes by one that it includes.',
}

const NOT_COVERED: Record<NotCoveredReason, Words> = {
  no_contract: { ru: 'Действующего договора не найдено.', en: 'No contract was found.' },
  contract_not_started: { ru: 'Договор {number} ещё не действует.', en: 'Contract {number} is not in force yet.' },
  contract_suspended: { ru: 'Действие договора {number} приостановлено.', en: 'Contract {number} is suspended.' },
  contract_ended: { ru: 'Срок договора {number} истёк.', en: 'Contract {number} has ended.' },
  letter_expired: {
    ru: 'Гарантийное письмо по договору {number} истекло.',
    en: 'The letter of guarantee for contract {number} has expired.',
  },
  portal_not_covered: {
    ru: 'Портал не входит в договор {number}.',
    en: 'Contract {number} does not cover this portal.',
  },
  topic_excluded: {
    ru: 'Договор {number} не включает обращения этого типа.',
    en: 'Contract {number} does not include requests of this topic.',
  },
  service_not_included: {
    ru: 'Эта услуга не входит в договор {number}; её можно заказать отдельно, менеджер назовёт цену.',
    en: 'Contract {number} does not include this service; it can be ordered apart, the account manager names the price.',
  },
}

function notCovered(contractId: string | null, number: string, reason: NotCoveredReason): Coverage {
  const sentence = NOT_COVERED[reason]
  const explanation = {
    ru: `${sentence.ru.replace('{number}', number)} Обращение зарегистрировано и ждёт решения.`,
    en: `${sentence.en.replace('{number}', number)} The request is registered and waits for a decision.`,
  }
  return { state: 'not_covered', contractId, reason, explanation }
}

function coveredBy(contract: CoveringContract, criticalByPhone: boolean): Words {
  return criticalByPhone
    ? {
        ru: `Договор ${contract.number}; критическое обращение по телефону принимается всегда.`,
        en: `Contract ${contract.number}; a critical request by phone is always taken.`,
      }
    : { ru: `Договор ${contract.number}.`, en: `Contract ${contract.number}.` }
}
