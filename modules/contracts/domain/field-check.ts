import type { CivilDate, Kopecks, Words } from '@opora/core'

/** What is wrong with one field: a dotted path, and the sentence for it. */
export interface FieldError {
  field: string
  message: Words
}

/** Notes a fault of a field, with its sentence in both languages. */
export type Report = (field: string, ru: string, en: string) => void

export function amount(field: string, kopecks: Kopecks, report: Report): void {
  if (Number.isSafeInteger(kopecks) && kopecks >= 0) return
  report(field, 'Сумма в целых копейках, не меньше нуля.', 'A sum in whole kopecks, not below zero.')
}

export function within(field: string, value: number, least: number, most: number, report: Report): void {
  if (Number.isSafeInteger(value) && least <= value && value <= most) return
  report(field, `Целое число от ${least} до ${most}.`, `A whole number from ${least} to ${most}.`)
}

export function date(field: string, value: CivilDate, report: Report): void {
  if (!isDate(value)) report(field, 'Дата указывается как ГГГГ-ММ-ДД.', 'A date is given as YYYY-MM-DD.')
}

export function dates(field: string, form: { from: CivilDate; to: CivilDate }, report: Report): void {
  date(`${field}.from`, form.from, report)
  date(`${field}.to`, form.to, report)
  if (form.to < form.from) report(`${field}.to`, 'Окончание раньше начала.', 'The end is before the beginning.')
}

export function isDate(value: string): boolean {
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false
  }
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
