/**
 * What a page asked for first when it was last opened is asked for again by `boot.js`, while the code is still on its way.
 * Here such an answer is taken, once, and what this page asks for is remembered for the next time.
 */
const MEMORY_KEY = 'opora.early'
const FIRST_MS = 1_500
const MAX_URLS = 5
const MAX_PAGES = 24

declare global {
  interface Window {
    /** Requests that were sent before the code arrived, by URL. */
    oporaEarly?: Record<string, Promise<Response>>
  }
}

const opened = typeof performance === 'undefined' ? 0 : performance.now()

/** The answer that is already on its way, if it is; nobody else gets it then. */
export function takeEarly(url: string): Promise<Response> | undefined {
  if (typeof window === 'undefined') return undefined
  remember(url)
  const early = window.oporaEarly?.[url]
  if (early) delete window.oporaEarly?.[url]
  return early
}

function remember(url: string): void {
  if (performance.now() - opened > FIRST_MS) return
  try {
    const pages = JSON.parse(localStorage.getItem(MEMORY_KEY) ?? '{}') as Record<string, string[]>
    const page = location.pathname + location.search
    const known = pages[page] ?? []
    if (known.includes(url)) return
    const kept = Object.entries(pages).filter(([path]) => path !== page)
    const next = [...kept.slice(-MAX_PAGES + 1), [page, [...known, url].slice(-MAX_URLS)] as const]
    localStorage.setItem(MEMORY_KEY, JSON.stringify(Object.fromEntries(next)))
  } catch {
    // Without storage the page is only a little slower.
  }
}
