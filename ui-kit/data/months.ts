import type { Locale } from '@opora/core'

/** The instants that a month `YYYY-MM` of the device's own zone spans, as ISO; nothing for no month. */
export function monthQuery(month: string | undefined): { from?: string; to?: string } {
  const parts = /^(\d{4})-(\d{2})$/.exec(month ?? '')
  if (!parts) return {}
  const [year, index] = [Number(parts[1]), Number(parts[2]) - 1]
  return { from: new Date(year, index, 1).toISOString(), to: new Date(year, index + 1, 1).toISOString() }
}

/** A month `YYYY-MM` in words: `март 2026 г.` */
export function monthName(month: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.format(Date.parse(`${month}-01T00:00:00Z`))
}

/** The last months as choices, the present one first. */
export function lastMonths(count: number, locale: Locale, today = new Date()): { value: string; label: string }[] {
  return Array.from({ length: count }, (_, back) => {
    const month = new Date(today.getFullYear(), today.getMonth() - back, 1)
    const value = `${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, '0')}`
    return { value, label: monthName(value, locale) }
  })
}
