import { formatDate } from '@opora/platform/i18n'
import type { ContractTerms, Covers, EngagementForm, LeftoverRule, ServiceAllowance } from '../domain/terms.ts'
import type { Telling, TermsLine } from './terms-lines.ts'

/** The ways of paying for work, and the services that the fee contains. */
export function formLines(terms: ContractTerms, telling: Telling): TermsLine[] {
  return terms.forms.flatMap((form) => {
    if (form.kind === 'flat') {
      return form.services.map(({ service, allowance }) => ({
        key: `service ${service}`,
        group: 'forms' as const,
        name: telling.names.service(service),
        value: allowanceText(allowance, telling),
      }))
    }
    const value = [formText(form, telling), ...coversText('covers' in form ? form.covers : null, telling)]
    if ('capacityGuaranteed' in form && form.capacityGuaranteed) value.push(telling.say('guaranteed'))
    return [
      { key: `form ${form.code}`, group: 'forms' as const, name: telling.say(form.kind), value: value.join('; ') },
    ]
  })
}

function formText(form: Exclude<EngagementForm, { kind: 'flat' }>, telling: Telling): string {
  const { say, time, money } = telling
  const date = (civil: string) => formatDate(civil, telling.locale)
  switch (form.kind) {
    case 'subscription': {
      const leftover = leftoverText(form.leftover, telling)
      return say('subscriptionIs', { time: time(form.minutesPerMonth), rate: money(form.ratePerHourKopecks), leftover })
    }
    case 'deposit': {
      const { minutes, ratePerHourKopecks, boughtOn } = form
      return say('depositIs', { time: time(minutes), rate: money(ratePerHourKopecks), date: date(boughtOn) })
    }
    case 'postpaid':
      return say('postpaidIs')
    case 'monthly_package': {
      const hours = { time: time(form.minutesPerMonth), leftover: leftoverText(form.leftover, telling) }
      const price = form.pricePerMonthKopecks
      return price > 0 ? say('monthlyPaidIs', { ...hours, price: money(price) }) : say('monthlyIs', hours)
    }
    case 'annual_package': {
      const hours = { time: time(form.minutesPerYear), leftover: leftoverText(form.leftover, telling) }
      return say('annualIs', { ...hours, date: date(form.yearFrom), price: money(form.pricePerYearKopecks) })
    }
    case 'project_hours':
      return say('projectIs', { time: time(form.minutes), from: date(form.from), to: date(form.to) })
    case 'one_off': {
      const job = { title: form.title, date: date(form.on) }
      return form.price.kind === 'fixed'
        ? say('oneOffFixed', { ...job, price: money(form.price.kopecks) })
        : say('oneOffByFact', job)
    }
    case 'outstaff':
      return say('outstaffIs', { from: date(form.from), to: date(form.to), rate: money(form.ratePerHourKopecks) })
  }
}

function leftoverText(rule: LeftoverRule, { say, time }: Telling): string {
  return rule.kind === 'carries' ? say('carries', { time: time(rule.capMinutes) }) : say(rule.kind)
}

function coversText(covers: Covers | null, { names, say }: Telling): string[] {
  if (!covers) return []
  const { activities, factorPercentByActivity } = covers
  const factors = Object.entries(factorPercentByActivity).map(([code, percent]) => {
    return `${names.activity(code).toLowerCase()} ${say('times', { factor: String(percent / 100) })}`
  })
  const only = activities === 'all' ? null : activities.map((code) => names.activity(code).toLowerCase()).join(', ')
  return [
    ...(only === null ? [] : [say('onlyFor', { list: only })]),
    ...(factors.length > 0 ? [say('factors', { list: factors.join(', ') })] : []),
  ]
}

function allowanceText(allowance: ServiceAllowance, telling: Telling): string {
  const { say, time } = telling
  if (allowance.kind === 'units') return say('unitsIs', { n: allowance.unitsPerMonth })
  if (allowance.kind !== 'minutes') return say(allowance.kind)
  return say('minutesIs', {
    time: time(allowance.minutesPerMonth),
    leftover: leftoverText(allowance.leftover, telling),
  })
}
