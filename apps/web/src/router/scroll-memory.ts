const MEMORY_KEY = 'opora.scroll'
const MAX_ENTRIES = 60
const PATIENCE_MS = 1_500

type Places = Record<string, number>

function readAll(): Record<string, Places> {
  try {
    return JSON.parse(sessionStorage.getItem(MEMORY_KEY) ?? '{}') as Record<string, Places>
  } catch {
    return {}
  }
}

function scrollers(): [string, Element][] {
  const marked = [...document.querySelectorAll('[data-keep-scroll]')]
  const own = marked.map((element): [string, Element] => [element.getAttribute('data-keep-scroll') ?? '', element])
  return [['page', document.scrollingElement ?? document.documentElement], ...own]
}

/** Notes where everything on the page is scrolled to, before one leaves it. */
export function keepScroll(entry: string): void {
  const places: Places = {}
  for (const [name, element] of scrollers()) if (element.scrollTop > 0) places[name] = element.scrollTop
  const others = Object.entries(readAll()).filter(([key]) => key !== entry)
  try {
    sessionStorage.setItem(
      MEMORY_KEY,
      JSON.stringify(Object.fromEntries([...others.slice(-MAX_ENTRIES), [entry, places]])),
    )
  } catch {
    // Without storage Back opens the page at its top.
  }
}

/** Scrolls back as soon as the page is long enough again; gives up after a while or when the reader scrolls. */
export function restoreScroll(entry: string): () => void {
  const places = { ...readAll()[entry] }
  const started = performance.now()
  let stopped = false
  const stop = () => {
    stopped = true
  }
  window.addEventListener('wheel', stop, { once: true, passive: true })
  window.addEventListener('touchmove', stop, { once: true, passive: true })
  const attempt = () => {
    if (stopped) return
    for (const [name, element] of scrollers()) {
      const wanted = places[name]
      if (wanted === undefined || element.scrollHeight - element.clientHeight < wanted) continue
      element.scrollTop = wanted
      delete places[name]
    }
    if (Object.keys(places).length > 0 && performance.now() - started < PATIENCE_MS) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
  return stop
}
