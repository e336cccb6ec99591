/**
 * What a page asked for first when it was last opened is asked for again by `boot.js`, while the code is still on its way.
 * Here such an answer is taken, once, and what this page asks for is remembered for the next time.
 */
const MEMORY_KEY = 'opora.early'
const FIRST_MS = 1_500
// An answer that nobody took by then is not the present state any more.
const FRESH_MS = 10_000
const MAX_URLS = 5
const MAX_PAGES = 24

declare global {
  interface Window {
    /** Requests that were sent before the code arrived, by URL. */
    oporaEarly?: Record<string, Promise<Response>>
    /** What they answered, those that have and were not refused. */
    oporaAnswered?: Record<string, unknown>
  }
}

const opened = typeof performance === 'undefined' ? 0 : performance.now()

/** The answer that is already on its way, if it is; nobody else gets it then. */
export function takeEarly(url: string): Promise<Response> | undefined {
  if (typeof window === 'undefined') return undefined
  remember(url)
  const early = window.oporaEarly?.[url]
  forget(url)
  return isFresh() ? early : undefined
}

/** The answer that is already here, if it is; nobody else gets it then. */
export function takeAnswered(url: string): unknown {
  if (typeof window === 'undefined') return undefined
  const answer = window.oporaAnswered?.[url]
  if (answer === undefined) return undefined
  remember(url)
  forget(url)
  return isFresh() ? answer : undefined
}

/** Ends when the server has said who is signed in, or at once where nobody asked it before the code arrived. */
export async function whoIsKnown(): Promise<void> {
  const early = window.oporaEarly?.['/api/v1/me']
  await early?.then((response) => response.clone().text()).catch(() => {})
}

function forget(url: string): void {
  delete window.oporaEarly?.[url]
  delete window.oporaAnswered?.[url]
}

function isFresh(): boolean {
  return performance.now() - opened <= FRESH_MS
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
