import type { Locale } from '@opora/core'

/** The first of our languages in an `Accept-Language` header or a list of tags; Russian when none is. */
export function pickLocale(wanted: string | readonly string[] | null | undefined): Locale {
  const tags = typeof wanted === 'string' ? wanted.split(',') : (wanted ?? [])
  for (const tag of tags) {
    const language = tag.trim().slice(0, 2).toLowerCase()
    if (language === 'ru' || language === 'en') return language
  }
  return 'ru'
}
