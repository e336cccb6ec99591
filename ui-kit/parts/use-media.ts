import { useSyncExternalStore } from 'react'

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', watcher)
      return () => list.removeEventListener('change', watcher)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** A phone, or a window as narrow as one. */
export function useNarrow(): boolean {
  return useMedia('(max-width: 720px)')
}
