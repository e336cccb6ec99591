import type { Locale } from '@opora/core'

/** A time zone as people call it: `Москва (UTC+3)`, `Moscow (UTC+3)`. The offset is that of `at`, the present moment by default. */
export function zoneName(zone: string, locale: Locale, at: Date = new Date()): string {
  const part = (style: 'shortGeneric' | 'shortOffset') =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? ''
  try {
    const offset = part('shortOffset').replace(/^GMT/, 'UTC')
    const said = part('shortGeneric').replace(/ Time$/, '')
    // zones that Intl has no name for, or only letters that few know, are called by their city
    const name = /^(?:GMT|UTC)|^[A-Z]{1,4}$/.test(said) ? (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ') : said
    return name === 'UTC' ? name : `${name} (${offset})`
  } catch {
    return zone
  }
}

/** Time zones to choose from, by their names; `present` is among them whatever it is. */
export function zoneChoices(present: string, locale: Locale): { value: string; label: string }[] {
  const zones = [...new Set([present, ...Intl.supportedValuesOf('timeZone')])]
  return zones
    .map((value) => ({ value, label: zoneName(value, locale) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale))
}
