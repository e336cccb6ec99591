import type { Minutes } from '@opora/core'
import { minutesInWords } from '@opora/core'
import { amount, date, dates, type Report, within } from './field-check.ts'
import type { Covers, EngagementForm, LeftoverRule, TermsLimits } from './terms.ts'

/** The forms of engagement one by one, and that their codes name them. */
export function checkForms(forms: readonly EngagementForm[], limits: TermsLimits, report: Report): void {
  if (forms.length === 0)
    report('forms', 'Нужна хотя бы одна форма работы.', 'At least one form of engagement is needed.')
  const seen = new Set<string>()
  forms.forEach((form, index) => {
    const field = `forms.${index}`
    if (!/^[a-z][a-z0-9_-]{0,39}$/.test(form.code)) {
      report(
        `${field}.code`,
        'Код: латинские буквы, цифры, дефис.',
        'The code is made of Latin letters, digits and hyphens.',
      )
    }
    if (seen.has(form.code)) report(`${field}.code`, 'Код формы повторяется.', 'The code of the form is used twice.')
    seen.add(form.code)
    checkForm(form, field, limits, report)
    if ('covers' in form) checkCovers(form.covers, `${field}.covers`, limits, report)
    if ('leftover' in form) checkLeftover(form.leftover, `${field}.leftover`, report)
  })
}

function checkForm(form: EngagementForm, field: string, limits: TermsLimits, report: Report): void {
  const atLeast = (name: string, minutes: Minutes, least: Minutes) => {
    if (Number.isSafeInteger(minutes) && minutes >= least) return
    report(`${field}.${name}`, `Не меньше ${minutesInWords(least, 'ru')}.`, `At least ${minutesInWords(least, 'en')}.`)
  }
  if (form.kind === 'subscription') atLeast('minutesPerMonth', form.minutesPerMonth, limits.subscriptionMinMinutes)
  if (form.kind === 'monthly_package') atLeast('minutesPerMonth', form.minutesPerMonth, 1)
  if (form.kind === 'deposit') atLeast('minutes', form.minutes, limits.depositMinMinutes)
  if (form.kind === 'project_hours') atLeast('minutes', form.minutes, 1)
  if (form.kind === 'annual_package') atLeast('minutesPerYear', form.minutesPerYear, 1)
  if (form.kind === 'flat') checkServices(form, field, limits, report)
  checkPrice(form, field, report)
  checkDates(form, field, report)
}

function checkPrice(form: EngagementForm, field: string, report: Report): void {
  if ('ratePerHourKopecks' in form) amount(`${field}.ratePerHourKopecks`, form.ratePerHourKopecks, report)
  if ('pricePerMonthKopecks' in form) amount(`${field}.pricePerMonthKopecks`, form.pricePerMonthKopecks, report)
  if ('pricePerYearKopecks' in form) amount(`${field}.pricePerYearKopecks`, form.pricePerYearKopecks, report)
  if (form.kind !== 'one_off') return
  if (form.price.kind === 'fixed') amount(`${field}.price.kopecks`, form.price.kopecks, report)
  if (form.title.trim() === '') report(`${field}.title`, 'Назовите работу.', 'Name the job.')
}

function checkDates(form: EngagementForm, field: string, report: Report): void {
  if (form.kind === 'deposit') date(`${field}.boughtOn`, form.boughtOn, report)
  if (form.kind === 'annual_package') date(`${field}.yearFrom`, form.yearFrom, report)
  if (form.kind === 'one_off') date(`${field}.on`, form.on, report)
  if (form.kind === 'project_hours' || form.kind === 'outstaff') dates(field, form, report)
}

function checkServices(
  form: EngagementForm & { kind: 'flat' },
  field: string,
  limits: TermsLimits,
  report: Report,
): void {
  const seen = new Set<string>()
  form.services.forEach(({ service, allowance }, index) => {
    const path = `${field}.services.${index}`
    if (!limits.serviceCodes.includes(service))
      report(`${path}.service`, 'Такой услуги нет.', 'There is no such service.')
    if (seen.has(service)) report(`${path}.service`, 'Услуга повторяется.', 'The service is listed twice.')
    seen.add(service)
    if (allowance.kind === 'minutes') {
      within(`${path}.allowance.minutesPerMonth`, allowance.minutesPerMonth, 1, 100_000, report)
      checkLeftover(allowance.leftover, `${path}.allowance.leftover`, report)
    }
    if (allowance.kind === 'units')
      within(`${path}.allowance.unitsPerMonth`, allowance.unitsPerMonth, 1, 100_000, report)
  })
}

function checkCovers(covers: Covers, field: string, limits: TermsLimits, report: Report): void {
  const listed = covers.activities === 'all' ? [] : covers.activities
  const unknown = [...listed, ...Object.keys(covers.factorPercentByActivity)].filter(
    (a) => !limits.activityCodes.includes(a),
  )
  for (const activity of unknown) report(field, `Нет вида работ «${activity}».`, `There is no activity “${activity}”.`)
  for (const [activity, percent] of Object.entries(covers.factorPercentByActivity)) {
    within(`${field}.factorPercentByActivity.${activity}`, percent, 1, 1000, report)
  }
}

function checkLeftover(leftover: LeftoverRule, field: string, report: Report): void {
  if (leftover.kind === 'carries') within(`${field}.capMinutes`, leftover.capMinutes, 1, 1_000_000, report)
}
