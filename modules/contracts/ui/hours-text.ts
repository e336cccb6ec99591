import { type Locale, minutesInWords } from '@opora/core'
import type { OfferHours } from './offer-shapes.ts'

/** The hours that a package contains, in a word or two; nothing for none. */
export function hoursText(hours: OfferHours, locale: Locale): string {
  if (hours.kind === 'none') return ''
  if (hours.kind === 'range')
    return `${minutesInWords(hours.fromMinutes, locale)} – ${minutesInWords(hours.toMinutes, locale)}`
  const from = hours.kind === 'from' ? `${locale === 'ru' ? 'от' : 'from'} ` : ''
  return from + minutesInWords(hours.minutes, locale)
}
