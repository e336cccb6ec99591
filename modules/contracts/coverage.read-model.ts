import type { CivilDate, Instant, Words } from '@opora/core'
import { civilDateIn } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type CoveringContract, coverageAmong, type NotCoveredReason } from './domain/coverage.ts'
import type { ChannelCode, ContractTerms } from './domain/terms.ts'

export interface CoverageAsk {
  clientId: number
  portalId: number | null
  contactId: number | null
  channel: ChannelCode
  topic: string | null
  /** The service that the topic asks for. */
  service?: string | null
  /** 1–4, or `null` while nobody has judged it. */
  priority?: number | null
  couponApplied?: boolean
  at: Instant
}

export type CoverageReason = NotCoveredReason | 'contact_not_authorised' | 'prospect'

export type CoverageFlag =
  | ({ code: 'channel_not_included'; offer: ChannelCode[] } & Words)
  | ({ code: 'licence_expired'; until: CivilDate } & Words)

export interface CoverageAnswer {
  /** covered: promised times run; waiting: for the contact's confirmation; not_covered: for a decision. */
  entitlement: 'covered' | 'waiting' | 'not_covered'
  /** `null` where a contract simply covers it. */
  reason: CoverageReason | null
  /** The sentence for the client and the desk. */
  explanation: Words
  flags: CoverageFlag[]
  contract: { id: number; number: string; title: string; versionId: number | null; terms: ContractTerms | null } | null
  /** Which clocks run; `null` where none are promised. Versions are those in force at the moment of asking. */
  slaPolicyCode: string | null
  slaPolicyVersion: number | null
  calendarCode: string | null
  calendarVersion: number | null
  licenceClass: string
}

/** What is promised to somebody who is not a client yet: the vendor's table, its slowest class. */
export const PROSPECT_SLA_POLICY = 'vendor-licence'
export const PROSPECT_CALENDAR = 'mon-fri-10-19'

interface Row {
  zone: string
  kind: 'customer' | 'prospect'
  licenceClass: string
  licenceUntil: CivilDate | null
  contactActive: boolean | null
  contracts: ContractRow[] | null
}

interface ContractRow {
  id: number
  number: string
  title: string
  status: CoveringContract['status']
  from: CivilDate
  to: CivilDate | null
  letterUntil: CivilDate | null
  date: CivilDate
  versionId: number | null
  terms: ContractTerms | null
  sla: number | null
  calendar: number | null
}

/**
 * Which contract covers a request and what is promised for it. Contracts that name the portal are asked first. Nothing is refused:
 * who or what is not covered is told so. Throws nothing for unknown ids: they are not covered.
 */
export async function coverageOf(sql: Queryable, ask: CoverageAsk): Promise<CoverageAnswer> {
  const row = await loadFacts(sql, ask)
  if (!row) return notAClient()
  const flags = licenceFlags(row, ask.at)
  const licenceClass =
    flags.length > 0 && row.licenceClass === 'active_licence' ? 'restricted_licence' : row.licenceClass
  const contracts = row.contracts ?? []
  if (contracts.length === 0 && row.kind === 'prospect') return await prospectAnswer(sql, licenceClass, flags)
  const { answer, contract } = decide(contracts, ask, row.contactActive === true)
  const channelFlag: CoverageFlag[] =
    answer.state === 'flagged' ? [{ code: answer.flag, offer: answer.offer, ...answer.explanation }] : []
  const terms = contract?.terms ?? null
  return {
    entitlement: answer.state === 'flagged' ? 'covered' : answer.state,
    reason: 'reason' in answer ? answer.reason : null,
    explanation: answer.explanation,
    flags: [...channelFlag, ...flags],
    contract: contract && {
      id: contract.id,
      number: contract.number,
      title: contract.title,
      versionId: contract.versionId,
      terms,
    },
    slaPolicyCode: terms?.slaPolicyCode ?? null,
    slaPolicyVersion: contract?.sla ?? null,
    calendarCode: terms?.calendarCode ?? null,
    calendarVersion: contract?.calendar ?? null,
    licenceClass,
  }
}

async function loadFacts(sql: Queryable, ask: CoverageAsk): Promise<Row | null> {
  const at = new Date(ask.at).toISOString()
  const [row] = await sql<Row[]>`
    select cl.zone, cl.kind, cl.licence_class, p.licence_until, ct.status = 'active' as contact_active,
      (select jsonb_agg(jsonb_build_object('id', k.id, 'number', k.number, 'title', k.title, 'status', k.status,
          'from', k.starts_on, 'to', k.ends_on, 'letterUntil', case when k.signed_on is null then k.letter_until end,
          'date', d.date, 'versionId', v.id, 'terms', v.terms, 'sla', s.version, 'calendar', c.version))
        from contract k
        cross join lateral (select (${at}::timestamptz at time zone k.zone)::date as date) d
        left join lateral (select id, terms from contract_version
          where contract_id = k.id and valid_from <= d.date order by valid_from desc limit 1) v on true
        left join sla_policy s on s.code = v.terms ->> 'slaPolicyCode'
        left join calendar c on c.code = v.terms ->> 'calendarCode'
        where k.client_id = cl.id) as contracts
    from client cl
    left join portal p on p.client_id = cl.id and p.id = ${ask.portalId}
    left join contact ct on ct.client_id = cl.id and ct.id = ${ask.contactId}
    where cl.id = ${ask.clientId}`
  return row ?? null
}

function decide(contracts: readonly ContractRow[], ask: CoverageAsk, contactActive: boolean) {
  const portalId = ask.portalId === null ? null : String(ask.portalId)
  // what the provider's own systems open has no asker whose right could be missing
  const isOwn = ask.contactId === null && (ask.channel === 'monitoring' || ask.channel === 'api')
  const covering = contracts.map((contract) => covers(contract, isOwn))
  const own = covering.filter(
    ({ terms }) =>
      portalId !== null && terms?.entitlement.portals === 'listed' && terms.entitlement.portalIds.includes(portalId),
  )
  const question = {
    contactId: isOwn ? 'system' : contactActive && ask.contactId !== null ? String(ask.contactId) : null,
    portalId,
    channel: ask.channel,
    date: contracts[0]?.date ?? '',
    topic: ask.topic,
    service: ask.service ?? null,
    priority: ask.priority ?? null,
    couponApplied: ask.couponApplied ?? false,
  }
  const first = own.length > 0 ? coverageAmong(own, question) : null
  const answer = first && first.state !== 'not_covered' ? first : coverageAmong(covering, question)
  return { answer, contract: contracts.find((one) => String(one.id) === answer.contractId) ?? null }
}

function covers(contract: ContractRow, isOwn: boolean): CoveringContract {
  const { terms } = contract
  const open = terms && { ...terms, entitlement: { ...terms.entitlement, contacts: 'all' as const } }
  return { ...contract, contractId: String(contract.id), terms: isOwn ? open : terms }
}

function licenceFlags(row: Row, at: Instant): CoverageFlag[] {
  const until = row.licenceUntil
  if (until === null || civilDateIn(row.zone, at) <= until) return []
  return [
    {
      code: 'licence_expired',
      until,
      ru: `Лицензия портала закончилась ${until}.`,
      en: `The portal's licence ended on ${until}.`,
    },
  ]
}

async function prospectAnswer(sql: Queryable, licenceClass: string, flags: CoverageFlag[]): Promise<CoverageAnswer> {
  const [row] = await sql<{ sla: number | null; calendar: number | null }[]>`
    select (select version from sla_policy where code = ${PROSPECT_SLA_POLICY}) as sla,
      (select version from calendar where code = ${PROSPECT_CALENDAR}) as calendar`
  return {
    entitlement: 'covered',
    reason: 'prospect',
    explanation: {
      ru: 'Договора пока нет: отвечаем по сроку для потенциальных клиентов.',
      en: 'There is no contract yet: the answer comes within the time for prospects.',
    },
    flags,
    contract: null,
    slaPolicyCode: PROSPECT_SLA_POLICY,
    slaPolicyVersion: row?.sla ?? null,
    calendarCode: PROSPECT_CALENDAR,
    calendarVersion: row?.calendar ?? null,
    licenceClass,
  }
}

function notAClient(): CoverageAnswer {
  const none = coverageAmong([], {
    contactId: null,
    portalId: null,
    channel: 'email',
    date: '',
    topic: null,
    priority: null,
    couponApplied: false,
  })
  return {
    entitlement: 'not_covered',
    reason: 'no_contract',
    explanation: none.explanation,
    flags: [],
    contract: null,
    slaPolicyCode: null,
    slaPolicyVersion: null,
    calendarCode: null,
    calendarVersion: null,
    licenceClass: 'prospect',
  }
}
