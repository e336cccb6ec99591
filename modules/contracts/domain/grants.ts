import type { CivilDate, CivilMonth, Instant, Minutes, Words } from '@opora/core'
import { minutesInWords, monthSpan, startOfDate } from '@opora/core'
import type { Bucket, PlannedEntry } from './ledger.ts'
import { type MonthPart, type MonthShare, monthlyShare, partsOfMonth } from './month-parts.ts'
import { USUAL_SUSPENSION } from './suspension.ts'
import {
  type ContractVersion,
  type Covers,
  type EngagementForm,
  type LeftoverRule,
  nextDay,
  type ServiceCode,
} from './terms.ts'

export interface GrantPlan {
  buckets: Bucket[]
  entries: PlannedEntry[]
}

const EVERYTHING: Covers = { activities: 'all', factorPercentByActivity: {} }
const BURNS: LeftoverRule = { kind: 'burns' }
const STAYS: LeftoverRule = { kind: 'stays' }

interface FormGrant {
  form: EngagementForm
  service: ServiceCode | null
  /** `2026-01` for a month, a date for a year of hours or a purchase. */
  period: string
  minutes: Minutes
  from: Instant
  /** The period's own last instant; hours that stay have none. */
  periodLast: Instant | null
  covers: Covers
  leftover: LeftoverRule
}

/**
 * The hours that a contract brings in a month: monthly buckets at its start, deposits, annual packages and
 * project hours in the month in which they begin. Planning the same month twice gives the same ids and keys.
 */
export function planGrants(contractId: string, versions: readonly ContractVersion[], month: CivilMonth): GrantPlan {
  const buckets = new Map<string, Bucket>()
  const entries = new Map<string, PlannedEntry>()
  const parts = partsOfMonth(versions, month)
  for (const part of parts) {
    const share = monthlyShare(part, parts)
    for (const grant of part.version.terms.forms.flatMap((form) => grantsOf(form, part, month))) {
      const entry = grantEntry(bucketOf(contractId, grant), grant, part, share)
      if (entry.minutes === 0) continue
      const bucket = bucketOf(contractId, grant)
      if (!buckets.has(bucket.id)) buckets.set(bucket.id, bucket)
      if (!entries.has(entry.key)) entries.set(entry.key, entry)
    }
  }
  return { buckets: [...buckets.values()], entries: [...entries.values()] }
}

function grantsOf(form: EngagementForm, part: MonthPart, month: CivilMonth): FormGrant[] {
  const zone = part.version.terms.zone
  const span = monthSpan(zone, month)
  const from = Math.max(span.from, startOfDate(zone, part.from))
  const monthly = { form, service: null, period: month, from, periodLast: span.to - 1 }
  if (form.kind === 'subscription' || form.kind === 'monthly_package') {
    return [{ ...monthly, minutes: form.minutesPerMonth, covers: form.covers, leftover: form.leftover }]
  }
  if (form.kind === 'flat') {
    return form.services.flatMap(({ service, allowance }) =>
      allowance.kind === 'minutes'
        ? [
            {
              ...monthly,
              service,
              minutes: allowance.minutesPerMonth,
              covers: EVERYTHING,
              leftover: allowance.leftover,
            },
          ]
        : [],
    )
  }
  return onceOf(form, part)
}

/** Hours that begin on a date: granted in the month of that date by the version then in force. */
function onceOf(form: EngagementForm, part: MonthPart): FormGrant[] {
  const zone = part.version.terms.zone
  const inPart = (date: CivilDate) => part.from <= date && date <= part.to
  const onceFrom = (date: CivilDate) => ({ form, service: null, period: date, from: startOfDate(zone, date) })
  const lastOf = (date: CivilDate) => startOfDate(zone, nextDay(date)) - 1
  if (form.kind === 'deposit' && inPart(form.boughtOn)) {
    const { minutes, covers } = form
    return [{ ...onceFrom(form.boughtOn), minutes, periodLast: null, covers, leftover: STAYS }]
  }
  if (form.kind === 'project_hours' && inPart(form.from)) {
    const { minutes, covers } = form
    return [{ ...onceFrom(form.from), minutes, periodLast: lastOf(form.to), covers, leftover: BURNS }]
  }
  const year = form.kind === 'annual_package' ? yearWithin(form.yearFrom, part) : null
  if (form.kind !== 'annual_package' || year === null) return []
  const { minutesPerYear: minutes, covers, leftover } = form
  return [{ ...onceFrom(year.from), minutes, periodLast: lastOf(year.to), covers, leftover }]
}

/** The year of hours that begins inside a part of a month, if one does. */
function yearWithin(yearFrom: CivilDate, part: MonthPart): { from: CivilDate; to: CivilDate } | null {
  const first = Temporal.PlainDate.from(yearFrom)
  const nearest = Temporal.PlainDate.from(part.from).year - first.year
  for (const index of [nearest, nearest + 1]) {
    const from = first.add({ years: index }).toString()
    if (index < 0 || from < part.from || part.to < from) continue
    return {
      from,
      to: first
        .add({ years: index + 1 })
        .subtract({ days: 1 })
        .toString(),
    }
  }
  return null
}

/** The id of a form's bucket for a period. */
export function bucketIdOf(contractId: string, formCode: string, service: ServiceCode | null, period: string): string {
  return [contractId, formCode, ...(service === null ? [] : [service]), period].join('/')
}

function bucketOf(contractId: string, grant: FormGrant): Bucket {
  return {
    id: bucketIdOf(contractId, grant.form.code, grant.service, grant.period),
    contractId,
    formCode: grant.form.code,
    formKind: grant.form.kind,
    service: grant.service,
    name: nameOf(grant.form.kind, grant.service, grant.period),
    covers: grant.covers,
    leftover: grant.leftover,
    from: grant.from,
    lastInstant: grant.leftover.kind === 'stays' ? null : grant.periodLast,
  }
}

const FORM_NAMES: Record<EngagementForm['kind'], Words> = {
  subscription: { ru: 'абонемент', en: 'subscription' },
  deposit: { ru: 'депозит', en: 'deposit' },
  postpaid: { ru: 'постоплата', en: 'postpaid' },
  monthly_package: { ru: 'пакет часов', en: 'package of hours' },
  annual_package: { ru: 'годовой пакет', en: 'annual package' },
  flat: { ru: 'объём услуги', en: 'allowance of the service' },
  project_hours: { ru: 'часы сопровождения запуска', en: 'launch support hours' },
  one_off: { ru: 'разовая работа', en: 'one-off job' },
  outstaff: { ru: 'аутстафф', en: 'outstaff' },
}

function nameOf(kind: EngagementForm['kind'], service: ServiceCode | null, period: string): Words {
  const name = FORM_NAMES[kind]
  const what = service === null ? '' : ` ${service}`
  return { ru: `${name.ru}${what}, ${periodInWords(period)}`, en: `${name.en}${what}, ${periodInWords(period)}` }
}

/** `2026-01` → `01.2026`, `2026-01-15` → `15.01.2026`. */
function periodInWords(period: string): string {
  return period.split('-').toReversed().join('.')
}

function grantEntry(bucket: Bucket, grant: FormGrant, part: MonthPart, share: MonthShare): PlannedEntry {
  const monthly = grant.period.length === 'YYYY-MM'.length
  const { suspension = USUAL_SUSPENSION } = part.version.terms
  const lost = suspension.hours === 'granted' ? 0 : share.suspended
  const brought = share.days - lost
  const minutes = monthly ? Math.ceil((grant.minutes * brought) / share.of) : grant.minutes
  const byDays = monthly && brought < share.of
  const why = lost > 0 ? { ru: `, приостановлен ${lost} дн.`, en: `, suspended for ${lost} days` } : { ru: '', en: '' }
  const days = {
    ru: ` (${brought} из ${share.of} дн.${why.ru})`,
    en: ` (${brought} of ${share.of} days${why.en})`,
  }
  const say = (locale: 'ru' | 'en', verb: string) =>
    `${verb} ${minutesInWords(minutes, locale)}${byDays ? days[locale] : ''}: ${bucket.name[locale]}`
  return {
    // The figures are in the key: after a change of terms the month is due another grant, not the same one again.
    key: `grant:${bucket.id}:${minutes}${byDays ? `:${part.from}..${part.to}` : ''}`,
    bucketId: bucket.id,
    kind: 'grant',
    minutes,
    effectiveAt: grant.from,
    source: { kind: 'form', id: bucket.id },
    reversesKey: null,
    explanation: [{ ru: say('ru', 'начислено'), en: say('en', 'granted') }],
  }
}
