import type { Locale } from '@opora/core'
import { pickLocale } from '@opora/platform/i18n'
import { createQueryClient, setApiLocale, whoIsKnown } from '@opora/ui-kit/api'
import { Foundation } from '@opora/ui-kit/foundation'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useCallback, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { PageRoute } from './router/page-route.ts'
import { pageAt, preparePages, Router, type RouterProps } from './router/router.tsx'
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

// Longer than this nobody waits in front of an empty window for who is signed in and the first page's code: the shell comes first.
const FIRST_PAGE_MS = 150

/** Puts a shell on the screen, with its first page where the code of that is there. */
export async function start({
  routes,
  Frame,
}: { routes: readonly PageRoute[] } & Pick<RouterProps, 'Frame'>): Promise<void> {
  const pages = preparePages(routes)
  const first = pageAt(pages, location.pathname)?.page.load()
  await Promise.race([
    Promise.all([first?.catch(() => {}), whoIsKnown()]),
    new Promise((resolve) => setTimeout(resolve, FIRST_PAGE_MS)),
  ])
  setApiLocale(firstLocale())
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no #root')
  createRoot(place).render(
    <StrictMode>
      <Root pages={pages} Frame={Frame} />
    </StrictMode>,
  )
}
