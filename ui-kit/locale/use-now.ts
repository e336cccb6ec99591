import type { Instant } from '@opora/core'
import { useSyncExternalStore } from 'react'

const STEP_MS = 15_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now: Instant = Date.now()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = Date.now()
    timer = setInterval(tick, STEP_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** The present instant, renewed every quarter of a minute by one timer for the whole page. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, () => now)
}
