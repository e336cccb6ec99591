import type { Words } from '@opora/core'
import {
  type ActivityCode,
  type ContractTerms,
  includedServices,
  type ServiceAllowance,
  type ServiceCode,
} from './terms.ts'

/** What is known of a request when somebody logs time on it. */
export interface ServiceContext {
  topic: string | null
  kind: string | null
  /** The lane where the request stands: `l1`, `it`, `dev` … */
  lane: string | null
  /** The channel by which the request came. */
  channel: string
  activity: ActivityCode
}

export interface ProposedService {
  service: ServiceCode
  allowance: ServiceAllowance
  /** Why this one, in a few words. */
  because: Words
}

interface Fit {
  services: readonly ServiceCode[]
  because: Words
}

/**
 * The contract's service that time on a request belongs to, by the request's kind, topic and lane and by the activity; `null` where the
 * contract names none that fits. A service that the contract excludes is named too: that is why the work is extra.
 */
export function proposeService(terms: ContractTerms, context: ServiceContext): ProposedService | null {
  const named = includedServices(terms)
  const { services, because } = fitOf(context)
  for (const service of services) {
    const found = named.find((one) => one.service === service)
    if (found) return { service, allowance: found.allowance, because }
  }
  return null
}

/** Work whose activity says by itself what it is, whatever the request was. */
const BY_ACTIVITY: Record<string, readonly ServiceCode[]> = {
  analysis: ['specification', 'needs-diagnosis'],
  training: ['training'],
  documentation: ['installers'],
  content: ['site-content', 'search-optimisation'],
  management: ['dedicated-specialist'],
}
const MAKING = ['development', 'layout', 'design']
const MADE: readonly ServiceCode[] = ['custom-development', 'integrations', 'reports']
const ON_SERVERS: readonly ServiceCode[] = ['remote-server', 'web-server']
const SET_UP: readonly ServiceCode[] = ['users-and-roles', 'configuration']
const MENDING: readonly ServiceCode[] = ['troubleshooting']
const MENDED_KINDS: Record<string, Words> = {
  accident: { ru: 'вид обращения: авария', en: 'the request is an accident' },
  incident: { ru: 'вид обращения: инцидент', en: 'the request is an incident' },
}
/** Topics of people who ask how something is done. */
const ASKING_TOPICS = ['faq', 'content']
const LINES: Record<string, Words> = {
  l1: { ru: 'обращение на первой линии', en: 'the request is with the first line' },
  it: { ru: 'обращение на второй линии', en: 'the request is with the second line' },
}

function fitOf(context: ServiceContext): Fit {
  const { kind, activity } = context
  const own = BY_ACTIVITY[activity]
  if (own) return { services: own, because: { ru: 'вид работ', en: 'the activity' } }
  const mended = kind === null ? undefined : MENDED_KINDS[kind]
  if (mended) return { services: MENDING, because: mended }
  if (MAKING.includes(activity))
    return { services: MADE, because: { ru: 'вид работ: разработка', en: 'the activity is development' } }
  if (kind === 'consultation') {
    return {
      services: consulting(context),
      because: { ru: 'вид обращения: консультация', en: 'the request is a consultation' },
    }
  }
  if (kind === 'service_request') {
    return {
      services: requested(context),
      because: { ru: 'вид обращения: запрос на обслуживание', en: 'the request is for a service' },
    }
  }
  if (kind === 'change') {
    return { services: ['configuration'], because: { ru: 'вид обращения: изменение', en: 'the request is a change' } }
  }
  return unclassified(context)
}

/** What was asked by telephone is answered by it; the lines behind the first speak of configuration and development. */
function consulting({ channel, lane, activity }: ServiceContext): ServiceCode[] {
  const isDeep = activity === 'configuration' || (lane !== null && lane !== 'l1' && lane !== 'im')
  const first = channel === 'phone' ? 'consulting-online' : 'consulting-email'
  return isDeep ? ['consulting-configuration', first] : [first]
}

function requested(context: ServiceContext): readonly ServiceCode[] {
  if (context.activity === 'servers') return ON_SERVERS
  return context.activity === 'consultation' ? consulting(context) : SET_UP
}

function unclassified(context: ServiceContext): Fit {
  const { topic, lane, activity } = context
  if (topic !== null && ASKING_TOPICS.includes(topic)) {
    return { services: consulting(context), because: { ru: 'тип обращения: вопрос', en: 'the topic is a question' } }
  }
  const because = LINES[lane ?? '']
  if (activity === 'consultation') {
    return {
      services: consulting(context),
      because: because ?? { ru: 'вид работ: консультация', en: 'the activity is consultation' },
    }
  }
  return because ? { services: MENDING, because } : { services: [], because: { ru: '', en: '' } }
}
