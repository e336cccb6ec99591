import type { TimeCharge } from '@opora/contracts'
import type { Kopecks, Locale, Minutes, Words } from '@opora/core'
import { minutesInWords } from '@opora/core'
import type { BillableReason } from './domain/billable.ts'

/** Why an entry is billable or not: a reason of the rules, or somebody's own word against the proposal. */
export type EntryReason = BillableReason | 'chosen'

/** How an entry's time came to be charged, kept with it as it was. */
export interface EntryCharge {
  share: 'included' | 'package' | 'extra'
  explanation: Words
  steps: Words[]
  fromPackageMinutes: Minutes
  beyondMinutes: Minutes
}

export interface ChargedEntry extends EntryCharge {
  chargedMinutes: Minutes
  stoppedMinutes: Minutes
  amountKopecks: Kopecks
}

export function chargedEntry(
  charge: TimeCharge | null,
  decided: { share: EntryCharge['share']; explanation: Words },
): ChargedEntry {
  const { share, explanation } = decided
  return {
    share,
    explanation,
    steps: charge?.explanation ?? [],
    fromPackageMinutes: -(charge?.entries.reduce((sum, entry) => sum + entry.minutes, 0) ?? 0) || 0,
    beyondMinutes:
      charge?.charges.reduce((sum, part) => (part.kind === 'surcharge' ? sum : sum + part.minutes), 0) ?? 0,
    chargedMinutes: charge?.billableMinutes ?? 0,
    stoppedMinutes: charge?.stoppedMinutes ?? 0,
    amountKopecks: charge?.charges.reduce((sum, part) => sum + part.sumKopecks, 0) ?? 0,
  }
}

/** The steps for a reader; those that name prices are left out for people who do not see them. */
export function stepsFor(steps: readonly Words[], locale: Locale, seesMoney: boolean): string[] {
  return steps.filter((step) => seesMoney || !step.ru.includes('₽')).map((step) => step[locale])
}

/** The whole calculation in a line: "30 мин × 2 = 60 мин; 60 мин из: Абонемент". */
export function chargeSentence(
  charge: ChargedEntry,
  billable: boolean,
  workedMinutes: Minutes,
  locale: Locale,
  seesMoney: boolean,
): string {
  if (!billable) return charge.explanation[locale]
  const steps = stepsFor(charge.steps, locale, seesMoney)
  return steps.length === 0 ? minutesInWords(workedMinutes, locale) : steps.join('; ')
}
