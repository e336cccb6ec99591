import type { Locale } from '@opora/core'

/** A time zone as people call it: `Москва (UTC+3)`, `Moscow (UTC+3)`. The offset is that of `at`, the present moment by default. */
export function zoneName(zone: string, locale: Locale, at: Date = new Date()): string {
  try {
    const offset = partOf(zone, locale, 'shortOffset', at).replace(/^GMT/, 'UTC')
    const name = calledIn(zone, locale, at)
    return name === 'UTC' ? name : `${name} (${offset})`
  } catch {
    return zone
  }
}

/** Time zones to choose from, by their names; `present` is among them whatever it is. Zones of one name are told apart by their cities. */
export function zoneChoices(present: string, locale: Locale): { value: string; label: string }[] {
  const zones = [...new Set([present, ...Intl.supportedValuesOf('timeZone')])]
  const named = zones.map((value) => ({ value, label: zoneName(value, locale) }))
  return [...Map.groupBy(named, (one) => one.label).values()]
    .flatMap((same) =>
      same.map((one) => (same.length === 1 ? one : { ...one, label: `${one.label}, ${cityOf(one.value)}` })),
    )
    .toSorted((a, b) => a.label.localeCompare(b.label, locale))
}

type Part = 'shortGeneric' | 'longGeneric' | 'shortOffset'

function partOf(zone: string, locale: Locale, style: Part, at: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

/** Browsers know some zones by the city and some by the land only; what they have no words for is called by its city's own name. */
function calledIn(zone: string, locale: Locale, at: Date): string {
  const short = partOf(zone, locale, 'shortGeneric', at).replace(/ Time$/, '')
  if (locale === 'en') return /^(?:GMT|UTC)|^[A-Z]{1,4}$/.test(short) ? cityOf(zone) : short
  if (/[а-яё]/i.test(short)) return short
  const long = partOf(zone, locale, 'longGeneric', at).replace(/, (?:стандартное )?время$/, '')
  return /[а-яё]/i.test(long) ? long : cityOf(zone)
}

const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
