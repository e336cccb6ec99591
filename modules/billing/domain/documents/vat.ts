import { type CivilDate, type Kopecks, scaleKopecks } from '@opora/core'

/**
 * How a legal entity of the provider pays VAT: none (exempt, or a special regime), the reduced rates of the simplified
 * system, or the general rate of the day.
 */
export type TaxMode = 'no_vat' | 'usn5' | 'usn7' | 'general'

/** From which day a legal entity works in a mode; the latest one that has begun is in force. */
export interface TaxPeriod {
  from: CivilDate
  mode: TaxMode
}

/** Percent of VAT; null is "without VAT", which is not a rate of zero. */
export type VatRate = number | null

/** The general rate by the date of service, in percent. Source: НК РФ ст. 164; 425-ФЗ of 28.11.2025 (22 % from 2026). */
export const GENERAL_RATES: readonly { from: CivilDate; percent: number }[] = [
  { from: '2004-01-01', percent: 18 },
  { from: '2019-01-01', percent: 20 },
  { from: '2026-01-01', percent: 22 },
]

/** The rate that a document takes: by the date of service, whenever the contract was signed. */
export function vatRateOn(periods: readonly TaxPeriod[], date: CivilDate): VatRate {
  const mode = latestOf(periods, date)?.mode ?? 'no_vat'
  if (mode === 'no_vat') return null
  if (mode === 'usn5') return 5
  if (mode === 'usn7') return 7
  return latestOf(GENERAL_RATES, date)?.percent ?? null
}

function latestOf<Item extends { from: CivilDate }>(items: readonly Item[], date: CivilDate): Item | undefined {
  return items
    .filter((item) => item.from <= date)
    .reduce<Item | undefined>((a, b) => (a && a.from > b.from ? a : b), undefined)
}

/** Whether a price has VAT inside it, or VAT comes on top of it. */
export type VatPlace = 'included' | 'on_top'

export interface TaxedAmount {
  netKopecks: Kopecks
  vatKopecks: Kopecks
  grossKopecks: Kopecks
}

/** Net, tax and gross of one amount; the tax is rounded once, half up to a kopeck. Source: НК РФ ст. 168, п. 4 ст. 164. */
export function taxed(amountKopecks: Kopecks, rate: VatRate, place: VatPlace): TaxedAmount {
  if (rate === null) return { netKopecks: amountKopecks, vatKopecks: 0, grossKopecks: amountKopecks }
  if (place === 'on_top') {
    const vatKopecks = scaleKopecks(amountKopecks, rate, 100)
    return { netKopecks: amountKopecks, vatKopecks, grossKopecks: amountKopecks + vatKopecks }
  }
  const vatKopecks = scaleKopecks(amountKopecks, rate, 100 + rate)
  return { netKopecks: amountKopecks - vatKopecks, vatKopecks, grossKopecks: amountKopecks }
}

/** `22%`, `Без НДС`; an advance carries the computed rate `22/122`. */
export function vatRateName(rate: VatRate, advance = false): string {
  if (rate === null) return 'Без НДС'
  return advance ? `${rate}/${100 + rate}` : `${rate}%`
}
