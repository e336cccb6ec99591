import type { Locale } from '@opora/core'
import { type Dictionary, type Place, type Say, speak } from '@opora/platform/i18n'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

interface LocaleValue extends Place {
  setLocale: (locale: Locale) => void
}

const LocaleContext = createContext<LocaleValue>({ locale: 'ru', setLocale: () => {} })

export interface LocaleProviderProps {
  locale: Locale
  onLocale: (locale: Locale) => void
  zone?: string | undefined
  children: ReactNode
}

export function LocaleProvider({ locale, onLocale, zone, children }: LocaleProviderProps) {
  const value = useMemo(() => ({ locale, setLocale: onLocale, ...(zone ? { zone } : {}) }), [locale, onLocale, zone])
  return <LocaleContext value={value}>{children}</LocaleContext>
}

/** The reader's language and zone. */
export function useLocale(): LocaleValue {
  return useContext(LocaleContext)
}

/** A dictionary in the reader's language: `const t = useWords(words); t('save')`. */
export function useWords<D extends Dictionary>(entries: D): Say<D> {
  const { locale } = useLocale()
  return useMemo(() => speak(entries, locale), [entries, locale])
}
