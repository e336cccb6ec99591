import type { Locale } from '@opora/core'
import { pickLocale } from '@opora/platform/i18n'
import { createQueryClient, setApiLocale } from '@opora/ui-kit/api'
import { Foundation } from '@opora/ui-kit/foundation'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useCallback, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Router, type RouterProps } from './router/router.tsx'
import { SessionProvider, useSession } from './session/session.tsx'

const LOCALE_KEY = 'opora.locale'

function firstLocale(): Locale {
  return pickLocale(document.documentElement.lang || navigator.languages)
}

function keepLocale(locale: Locale): void {
  document.documentElement.lang = locale
  setApiLocale(locale)
  try {
    localStorage.setItem(LOCALE_KEY, locale)
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

function Root(shell: RouterProps) {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <SessionProvider>
        <Inside {...shell} />
      </SessionProvider>
    </QueryClientProvider>
  )
}

function Inside(shell: RouterProps) {
  const { account } = useSession()
  const [locale, setLocale] = useState(firstLocale)
  const change = useCallback((next: Locale) => {
    keepLocale(next)
    setLocale(next)
  }, [])
  return (
    <Foundation locale={locale} onLocale={change} zone={account?.zone}>
      <Router {...shell} />
    </Foundation>
  )
}

/** Puts a shell on the screen. */
export function start(shell: RouterProps): void {
  setApiLocale(firstLocale())
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no #root')
  createRoot(place).render(
    <StrictMode>
      <Root {...shell} />
    </StrictMode>,
  )
}
