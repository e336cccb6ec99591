import { readFileSync } from 'node:fs'
import { READY_CALENDARS } from '@opora/calendar'
import { expect, test } from 'vitest'
import { purchasePriceOf } from '../domain/money-of-terms.ts'
import type { PackageOffer } from '../domain/offer.ts'
import { checkTerms } from '../domain/terms-check.ts'
import { ACTIVITY_CODES } from './activities.ts'
import { CALENDARS } from './calendars.ts'
import { LICENCE_CLASSES, LICENCE_STATED_AVERAGE_SERVICE_MINUTES } from './licence-classes.ts'
import { PACKAGES, PRICE_DRIVERS } from './packages.ts'
import {
  CAPACITY_CEILING_MINUTES_PER_MONTH,
  CATALOGUE_LIMITS,
  DEPOSIT_MIN_MINUTES,
  RATES_PER_HOUR_KOPECKS,
  STARTING_RATES,
  SUBSCRIPTION_MIN_MINUTES,
} from './rates.ts'
import { SERVICES } from './services.ts'
import { SLA_POLICIES, type SlaRow } from './sla-policies.ts'
import { feeFits, termsOfPackage } from './terms-of-package.ts'

interface FactPackage {
  id: string
  name_ru: string
  monthly_rub?: number
  monthly_rub_from?: number
  monthly_rub_range?: [number, number]
  hours_range?: [number, number]
  hours_from?: number
  service_hours: string | { days: string; from: string; to: string }
  day_rule: string
  reaction_h: Record<string, number>
  reaction_h_general_table?: Record<string, number>
  resolution?: Record<string, { clock_hours?: number; working_days?: number; individually_agreed?: boolean }>
  services: Record<string, boolean>
  resolved_by_lowering?: { priorities: number[]; to: number[] }
}

interface FactOffer {
  id: string
  packages: FactPackage[]
  rates_rub_per_hour: Record<string, number>
  subscription: { min_hours_per_month: number }
  deposit: { min_hours: number; min_rub: number }
  on_client_site_surcharge: number
  urgent_weekend_after_hours_multiplier: number
  round_the_clock_reaction_rub_per_month: number
  max_hours_per_client_per_month: number
  monthly_hours: number[]
  reaction_max_working_h: Record<string, number>
  average_working_h_stated: number
  coupon: { reaction_clock_h_max: number }
  plans: { id: string }[]
  price_drivers: { users_over: number; crm_items_over: number; database_gb_over: number }
}

/** Each offer has the fields of its own kind; a test reads those of the offer that it names. */
const facts: { offers: FactOffer[]; service_catalogue: string[] } = JSON.parse(
  readFileSync(new URL('./testdata/packages.json', import.meta.url), 'utf8'),
)

function offer(id: string): FactOffer {
  const found = facts.offers.find((o) => o.id === id)
  if (!found) throw new Error(`no offer ${id}`)
  return found
}

function packageOf(code: string): PackageOffer {
  const found = PACKAGES.find((p) => p.code === code)
  if (!found) throw new Error(`no package ${code}`)
  return found
}

function rowsOf(code: string): SlaRow[] {
  const found = SLA_POLICIES.find((p) => p.code === code)
  if (!found) throw new Error(`no policy ${code}`)
  return found.spec.rows
}

function rowFor(rows: SlaRow[], when: SlaRow['when']): SlaRow | undefined {
  return rows.find(
    (row) => JSON.stringify(row.when, Object.keys(row.when).sort()) === JSON.stringify(when, Object.keys(when).sort()),
  )
}

test('every offer of the facts has packages in the catalogue, and no package is of an offer that is not there', () => {
  const shipped = new Set(PACKAGES.map((p) => p.offer))
  expect([...shipped].sort()).toEqual(facts.offers.map((o) => o.id).sort())
  expect(new Set(PACKAGES.map((p) => p.code)).size).toBe(PACKAGES.length)
})

const priced = ['crm-vendor', 'integrator'].flatMap((id) =>
  offer(id).packages.map((fact) => [`${id === 'integrator' ? id : 'crm'}-${fact.id}`, fact] as const),
) as [string, FactPackage][]

test.each(priced)('%s keeps its price and hours', (code, fact) => {
  const { price, hours, name } = packageOf(code)
  expect(name.ru).toContain(fact.name_ru)
  if (fact.monthly_rub) expect(price).toEqual({ kind: 'fixed', monthlyKopecks: fact.monthly_rub * 100 })
  if (fact.monthly_rub_from) expect(price).toEqual({ kind: 'from', monthlyKopecks: fact.monthly_rub_from * 100 })
  if (fact.monthly_rub_range) {
    const [from, to] = fact.monthly_rub_range
    expect(price).toEqual({ kind: 'range', fromKopecks: from * 100, toKopecks: to * 100 })
  }
  if (fact.hours_range) {
    const [from, to] = fact.hours_range
    expect(hours).toEqual({ kind: 'range', fromMinutes: from * 60, toMinutes: to * 60 })
  }
  if (fact.hours_from) expect(hours).toEqual({ kind: 'from', minutes: fact.hours_from * 60 })
})

test.each(priced)('%s keeps its service hours and day rule', (code, fact) => {
  const spec = CALENDARS.find((c) => c.code === packageOf(code).calendarCode)?.spec
  const days = Object.keys(spec?.week ?? {})
  const hours = Object.values(spec?.week ?? {})[0]?.[0]
  if (typeof fact.service_hours === 'string') {
    expect([days.length, hours]).toEqual([7, ['00:00', '24:00']])
    return
  }
  expect(days.at(-1)).toBe(fact.service_hours.days.split('-')[1])
  expect(hours).toEqual([fact.service_hours.from, fact.service_hours.to])
  expect(spec?.dayRule).toBe(fact.day_rule.replaceAll(' ', '_'))
})

test.each(priced)('%s keeps its promised reaction', (code, fact) => {
  const rows = rowsOf(packageOf(code).slaPolicyCode)
  const general = fact.reaction_h_general_table ?? fact.reaction_h
  for (const [priority, hours] of Object.entries(general)) {
    const row = priority === 'all' ? rowFor(rows, {}) : rowFor(rows, { priority: Number(priority) })
    expect(row?.targets.reaction?.amount).toBe(hours * 60)
  }
  if (!fact.reaction_h_general_table) return
  for (const [priority, hours] of Object.entries(fact.reaction_h)) {
    for (const kind of ['incident', 'accident']) {
      const row = rowFor(rows, { kind, priority: Number(priority) })
      expect(row?.targets.reaction?.amount).toBe(hours * 60)
    }
  }
})

test('the premium package keeps its times of resolution, their units, and what lowering the priority means', () => {
  const rows = rowsOf('crm-premium')
  const premium = offer('crm-vendor').packages.find((p) => p.id === 'premium')!
  for (const [priority, fact] of Object.entries<NonNullable<FactPackage['resolution']>[string]>(premium.resolution!)) {
    const row = rowFor(rows, { kind: 'incident', priority: Number(priority) })
    const expected = fact.clock_hours
      ? { amount: fact.clock_hours * 60, unit: 'clock_minutes' }
      : { amount: fact.working_days, unit: 'working_days', dayCalendar: 'ru-working-days' }
    expect(row?.targets.resolution).toEqual(expected)
    expect(row?.agreedTerm ?? false).toBe(fact.individually_agreed ?? false)
  }
  expect(SLA_POLICIES.find((p) => p.code === 'crm-premium')?.spec.resolvedByLowering).toEqual({
    from: premium.resolved_by_lowering!.priorities,
    to: premium.resolved_by_lowering!.to,
  })
  expect(rowFor(rows, { priority: 1 })?.targets.reaction).toEqual({ amount: 60, unit: 'clock_minutes' })
})

const CRM_SERVICES: Record<string, string[]> = {
  online_phone_consulting: ['consulting-online'],
  email_consulting: ['consulting-email'],
  configuration_and_development_consulting: ['consulting-configuration'],
  dedicated_specialist: ['dedicated-specialist'],
  troubleshooting: ['troubleshooting'],
  backup_and_agreed_updates: ['backups', 'updates'],
  cabinet: ['cabinet'],
}

test.each(['basic', 'business', 'premium'])(
  'crm-%s includes what the offer says, and phone only where it does',
  (tier) => {
    const fact = offer('crm-vendor').packages.find((p) => p.id === tier)!
    const { services, channels } = packageOf(`crm-${tier}`)
    for (const [key, codes] of Object.entries(CRM_SERVICES)) {
      for (const code of codes) {
        const allowance = services.find((s) => s.service === code)?.allowance
        expect(allowance).toEqual({ kind: fact.services[key] ? 'unlimited' : 'excluded' })
      }
    }
    expect(channels.includes('phone')).toBe(fact.services.online_phone_consulting)
    expect(channels).toContain('email')
    expect(packageOf(`crm-${tier}`)).toMatchObject({ minTermMonths: 12, singleResponsibleContact: true })
  },
)

test('the studio’s rates, minima and rules are the starting values', () => {
  const studio = offer('studio-hours')
  expect(RATES_PER_HOUR_KOPECKS).toEqual({
    subscription: studio.rates_rub_per_hour.subscription! * 100,
    deposit: studio.rates_rub_per_hour.deposit! * 100,
    postpaid: studio.rates_rub_per_hour.postpaid! * 100,
    consulting: studio.rates_rub_per_hour.consulting! * 100,
    technicalPartner: studio.rates_rub_per_hour.technical_partner! * 100,
  })
  expect(SUBSCRIPTION_MIN_MINUTES).toBe(studio.subscription.min_hours_per_month * 60)
  expect(DEPOSIT_MIN_MINUTES).toBe(studio.deposit.min_hours * 60)
  expect(CAPACITY_CEILING_MINUTES_PER_MONTH).toBe(studio.max_hours_per_client_per_month * 60)
  expect(STARTING_RATES).toMatchObject({
    onSiteSurchargePercent: studio.on_client_site_surcharge * 100,
    urgentPercent: studio.urgent_weekend_after_hours_multiplier * 100,
  })
  const [deposit] = termsOfPackage(packageOf('studio-deposit'), { startsOn: '2026-01-01' }).forms
  expect(deposit && purchasePriceOf(deposit)).toBe(studio.deposit.min_rub * 100)
  expect(packageOf('studio-subscription').forms[0]).toMatchObject({
    leftover: { kind: 'burns' },
    capacityGuaranteed: true,
  })
  expect(packageOf('studio-postpaid')).toMatchObject({ estimateRule: { kind: 'everything' }, startsOnLetter: true })
  const duty = termsOfPackage(packageOf('studio-postpaid'), {
    startsOn: '2026-01-01',
    options: ['round-the-clock-duty'],
  })
  expect(duty.options).toMatchObject([{ pricePerMonthKopecks: studio.round_the_clock_reaction_rub_per_month * 100 }])
  expect(duty.promises?.duty).toEqual({ priorities: [1, 2], reactionMinutes: 60 })
  const [lent] = termsOfPackage(packageOf('studio-outstaff'), { startsOn: '2026-01-01' }).forms
  expect(lent).toMatchObject({ kind: 'outstaff', ratePerHourKopecks: studio.rates_rub_per_hour.postpaid! * 100 })
})

test('packages of hours: 10, 20, 30 and 50 a month, for a year, and with a project; what is left burns by default', () => {
  const fact = offer('hour-packages')
  const monthly = PACKAGES.filter((p) => p.offer === 'hour-packages' && p.hours.kind === 'fixed')
  expect(monthly.map((p) => p.hours)).toEqual(fact.monthly_hours.map((h) => ({ kind: 'fixed', minutes: h * 60 })))
  expect(packageOf('hours-annual').forms[0]?.kind).toBe('annual_package')
  expect(packageOf('hours-project').forms[0]?.kind).toBe('project_hours')
  const [form] = termsOfPackage(packageOf('hours-20'), { startsOn: '2026-01-01' }).forms
  expect(form).toMatchObject({ kind: 'monthly_package', minutesPerMonth: 1200, leftover: { kind: 'burns' } })
})

test('support by licence keeps the classes, the slowest for everybody unidentified, and the coupon', () => {
  const fact = offer('vendor-licence')
  const classes = Object.fromEntries(LICENCE_CLASSES.map((l) => [l.code, l.reactionServiceMinutes / 60]))
  expect(classes).toEqual(fact.reaction_max_working_h)
  expect(LICENCE_STATED_AVERAGE_SERVICE_MINUTES).toBe(fact.average_working_h_stated * 60)
  const rows = rowsOf('vendor-licence')
  expect(rowFor(rows, {})?.targets.reaction?.amount).toBe(24 * 60)
  expect(packageOf('vendor-licence').coupon).toEqual({
    perYear: 1,
    reactionMinutes: fact.coupon.reaction_clock_h_max * 60,
    channels: ['phone', 'telegram', 'whatsapp', 'max'],
  })
  expect(packageOf('vendor-licence').calendarCode).toBe('mon-fri-10-19')
})

test('support by portal type: boxed adds the server, backups and safe updates; the price drivers keep their thresholds', () => {
  const fact = offer('portal-support')
  const codes = (type: string) => packageOf(`portal-${type}`).services.map((s) => s.service)
  expect(fact.plans.map((p) => p.id)).toEqual(['cloud', 'boxed', 'individual'])
  expect(codes('boxed')).toEqual([...codes('cloud'), 'monitoring', 'backups', 'updates'])
  expect(PRICE_DRIVERS.map((d) => [d.code, d.over])).toEqual([
    ['users', fact.price_drivers.users_over],
    ['crm_items', fact.price_drivers.crm_items_over],
    ['database_gb', fact.price_drivers.database_gb_over],
    ['duplicates', null],
    ['accumulating_contacts', null],
  ])
})

test('every service of the facts is in the catalogue, with a known activity and names in both languages', () => {
  const plain = (text: string) => text.toLowerCase().replaceAll('-', ' ')
  const names = SERVICES.map((service) => plain(service.name.en))
  for (const service of facts.service_catalogue) expect(names).toContain(plain(service))
  for (const service of SERVICES) {
    expect(ACTIVITY_CODES).toContain(service.activity)
    expect(service.name.ru).toMatch(/[а-яё]/i)
  }
})

test.each(PACKAGES.map((p) => [p.code, p] as const))(
  '%s gives terms that pass the check once its own figures are filled in',
  (_code, given) => {
    const terms = termsOfPackage(given, { startsOn: '2026-01-01', monthlyFeeKopecks: undefined })
    const errors = checkTerms(terms, CATALOGUE_LIMITS).map((error) => error.field)
    const open = given.forms.flatMap((form, index) =>
      form.kind === 'annual_package'
        ? [`forms.${index}.minutesPerYear`]
        : form.kind === 'project_hours'
          ? [`forms.${index}.minutes`]
          : [],
    )
    expect(errors).toEqual(terms.forms.length === 0 ? ['forms'] : open)
    expect(feeFits(given.price, terms.monthlyFeeKopecks)).toBe(true)
  },
)

test('a fee outside what the offer says does not fit', () => {
  expect(feeFits(packageOf('crm-premium').price, 17_999_999)).toBe(false)
  expect(feeFits(packageOf('integrator-basic').price, 2_500_001)).toBe(false)
  expect(feeFits(packageOf('crm-basic').price, 2_400_001)).toBe(false)
})

test('every package names a calendar and a policy that ship', () => {
  for (const given of PACKAGES) {
    expect(READY_CALENDARS).toHaveProperty(given.calendarCode)
    expect(SLA_POLICIES.map((p) => p.code)).toContain(given.slaPolicyCode)
  }
})
