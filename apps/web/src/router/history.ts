import { keepScroll } from './scroll-memory.ts'

/** An entry of the browser's history. */
export interface Place {
  path: string
  search: Readonly<Record<string, string>>
  /** Names the entry for as long as it is in the history. */
  entry: string
  /** How it was come to: by a link, or by Back and Forward. */
  by: 'start' | 'link' | 'travel'
}

type Listener = (place: Place) => void

const listeners = new Set<Listener>()

function entryOf(state: unknown): string {
  const known = typeof state === 'object' && state !== null && 'entry' in state ? state.entry : undefined
  return typeof known === 'string' ? known : 'first'
}

export function readPlace(by: Place['by']): Place {
  return {
    path: location.pathname,
    search: Object.fromEntries(new URLSearchParams(location.search)),
    entry: entryOf(window.history.state),
    by,
  }
}

function tell(by: Place['by']): void {
  const place = readPlace(by)
  for (const listener of listeners) listener(place)
}

let shown = 'first'

function onTravel(): void {
  keepScroll(shown)
  shown = entryOf(window.history.state)
  tell('travel')
}

export function watchPlace(listener: Listener): () => void {
  if (listeners.size === 0) {
    window.history.scrollRestoration = 'manual'
    shown = entryOf(window.history.state)
    window.addEventListener('popstate', onTravel)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('popstate', onTravel)
  }
}

/** Goes to a path of this shell. `replace` changes the present entry: filters, redirects. */
export function go(to: string, replace = false): void {
  keepScroll(shown)
  const entry = replace ? shown : Math.random().toString(36).slice(2)
  window.history[replace ? 'replaceState' : 'pushState']({ entry }, '', to)
  shown = entry
  tell('link')
}
