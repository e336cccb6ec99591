import { type Locale, minutesInWords, moneyInWords } from '@opora/core'
import { speak } from '@opora/platform/i18n'
import { USUAL_SUSPENSION } from '../domain/suspension.ts'
import type { ContractTerms } from '../domain/terms.ts'
import { agreementLines } from './terms-agreement.ts'
import { dutyLines } from './terms-duty.ts'
import { formLines } from './terms-forms.ts'
import { termsWords } from './terms-words.ts'

export type TermsGroup = 'money' | 'forms' | 'time' | 'rates' | 'who' | 'duty'

/** One thing that a contract says. Two versions say the same thing under the same `key`. */
export interface TermsLine {
  key: string
  group: TermsGroup
  name: string
  value: string
}

/** The names of what terms refer to by code; a code without a name stays a code. */
export interface TermsNames {
  package: (code: string) => string
  calendar: (code: string) => string
  policy: (code: string) => string
  service: (code: string) => string
  activity: (code: string) => string
  topic: (code: string) => string
  /** A person of the provider by the account's id. */
  person?: (id: string) => string
}

/** What the lines are written with. */
export interface Telling {
  locale: Locale
  names: TermsNames
  say: ReturnType<typeof speak<typeof termsWords>>
  time: (minutes: number) => string
  money: (kopecks: number) => string
}

/** A contract's terms line by line in plain words. */
export function termsLines(terms: ContractTerms, names: TermsNames, locale: Locale): TermsLine[] {
  const telling: Telling = {
    locale,
    names,
    say: speak(termsWords, locale),
    time: (minutes) => minutesInWords(minutes, locale),
    money: (kopecks) => moneyInWords(kopecks, locale),
  }
  return [
    ...moneyLines(terms, telling),
    ...formLines(terms, telling),
    ...timeLines(terms, telling),
    ...rateLines(terms, telling),
    ...whoLines(terms, telling),
    ...dutyLines(terms, telling),
    ...agreementLines(terms, telling),
  ]
}

function moneyLines(terms: ContractTerms, { names, say, money }: Telling): TermsLine[] {
  const { packageCode, monthlyFeeKopecks, minTermMonths } = terms
  const group = 'money'
  return [
    {
      key: 'package',
      group,
      name: say('package'),
      value: packageCode ? names.package(packageCode) : say('noPackage'),
    },
    { key: 'fee', group, name: say('fee'), value: monthlyFeeKopecks > 0 ? money(monthlyFeeKopecks) : say('noFee') },
    { key: 'partial', group, name: say('partial'), value: say(`partial_${terms.partialMonth}`) },
    { key: 'suspension', group, name: say('suspension'), value: suspensionIs(terms, say) },
    {
      key: 'minTerm',
      group,
      name: say('minTerm'),
      value: minTermMonths > 0 ? say('months', { n: minTermMonths }) : say('anyTerm'),
    },
  ]
}

function suspensionIs({ suspension = USUAL_SUSPENSION }: ContractTerms, say: Telling['say']): string {
  const { feePercent, hours } = suspension
  const fee = feePercent === 0 ? say('suspensionFree') : say('suspensionPaid', { n: feePercent })
  return `${fee}, ${say(`suspensionHours_${hours}`)}`
}

function timeLines(terms: ContractTerms, { names, say, time }: Telling): TermsLine[] {
  const group = 'time'
  return [
    { key: 'calendar', group, name: say('calendar'), value: names.calendar(terms.calendarCode) },
    { key: 'sla', group, name: say('sla'), value: names.policy(terms.slaPolicyCode) },
    ...promiseLines(terms, { say, time }),
    { key: 'zone', group, name: say('zone'), value: terms.zone },
    { key: 'ceiling', group, name: say('ceiling'), value: time(terms.capacityCeilingMinutesPerMonth) },
  ]
}

/** What the contract promises beside its policy. */
function promiseLines({ promises }: ContractTerms, { say, time }: Pick<Telling, 'say' | 'time'>): TermsLine[] {
  const group = 'time'
  const lines: TermsLine[] = []
  if (promises?.duty) {
    const { priorities, reactionMinutes } = promises.duty
    const value = say('dutyIs', { list: priorities.join(', '), time: time(reactionMinutes) })
    lines.push({ key: 'duty', group, name: say('dutyOption'), value })
  }
  if (promises?.pausesCounted) {
    const value = promises.pausesCounted.map((reason) => say(`wait_${reason}`)).join(', ')
    lines.push({ key: 'pauses', group, name: say('pausesCounted'), value })
  }
  return lines
}

function rateLines({ rates }: ContractTerms, { locale, names, say, time, money }: Telling): TermsLine[] {
  const group = 'rates'
  const rows = rates.rows.map(({ activity, grade, perHourKopecks }) => {
    const what = [activity ? names.activity(activity) : grade ? null : say('anyWork'), grade].filter(Boolean).join(', ')
    return {
      key: `rate ${activity} ${grade}`,
      group,
      name: say('rateOf', { what }),
      value: money(perHourKopecks),
    } as const
  })
  const step = rates.roundingStepMinutes
  const rounding = step === 1 ? say('roundingNone') : say(`rounding_${rates.roundingPer}`, { time: time(step) })
  const factor = (rates.urgentPercent / 100).toLocaleString(locale)
  return [
    { key: 'hourRate', group, name: say('hourRate'), value: money(rates.postpaidPerHourKopecks) },
    ...rows,
    { key: 'beyond', group, name: say('beyond'), value: say(`beyond_${rates.beyondBuckets}`) },
    { key: 'urgent', group, name: say('urgent'), value: say('times', { factor }) },
    { key: 'onSite', group, name: say('onSite'), value: say('plusPercent', { n: rates.onSiteSurchargePercent }) },
    { key: 'takes', group, name: say('takes'), value: say(`takes_${rates.multipliersTake}`) },
    { key: 'composition', group, name: say('composition'), value: say(`composition_${rates.composition}`) },
    { key: 'rounding', group, name: say('rounding'), value: rounding },
    { key: 'vat', group, name: say('vat'), value: say(`vat_${rates.vat}`) },
  ]
}

function whoLines({ entitlement }: ContractTerms, telling: Telling): TermsLine[] {
  const { say } = telling
  const { channels, excludedTopics } = entitlement
  const lines: TermsLine[] = [
    {
      key: 'channels',
      group: 'who',
      name: say('channels'),
      value: channels.map((code) => say(`channel_${code}`)).join(', '),
    },
  ]
  if (excludedTopics.length > 0) {
    const value = excludedTopics.map((code) => topicText(code, telling)).join(', ')
    lines.push({ key: 'excludedTopics', group: 'who', name: say('excludedTopics'), value })
  }
  return lines
}

const LEFT_OUT = ['hosting', 'networks', 'operating_systems', 'licence_questions'] as const

/** What contracts leave out from the start has words of its own; the rest is named by the dictionary of topics. */
function topicText(code: string, { names, say }: Telling): string {
  const known = LEFT_OUT.find((one) => one === code)
  return known ? say(`topic_${known}`) : names.topic(code)
}

export interface TermsDifference {
  key: string
  name: string
  /** `null` when the other version does not speak of it. */
  before: string | null
  after: string | null
}

/** What changed from one version to the next, in the order of the terms; what is said no more comes last. */
export function termsDifferences(before: readonly TermsLine[], after: readonly TermsLine[]): TermsDifference[] {
  const old = new Map(before.map((line) => [line.key, line]))
  const fresh = new Set(after.map((line) => line.key))
  const changed = after
    .filter((line) => old.get(line.key)?.value !== line.value)
    .map(({ key, name, value }) => ({ key, name, before: old.get(key)?.value ?? null, after: value }))
  const gone = before
    .filter((line) => !fresh.has(line.key))
    .map(({ key, name, value }) => ({ key, name, before: value, after: null }))
  return [...changed, ...gone]
}
