import { performance } from 'node:perf_hooks'
import type { Actor } from './domain/actor.ts'

export interface Remembered {
  actor: Actor
  accountId: number
  /** Until when, by this process's own steady clock, the password counts as just given. */
  freshUntil: number
  /** Where a token may be used from; empty: anywhere. */
  networks: readonly string[]
}

export interface ActorCache {
  get(key: string): Remembered | undefined
  /** `since` is `mark()` taken before the row was read: what was forgotten meanwhile is not kept. */
  put(key: string, entry: Remembered, since: number): void
  mark(): number
  /** Drops what is known of a person. For a moment nothing new is kept either: the change that caused this may not be committed yet. */
  forget(accountId: number): void
  clear(): void
}

const ENTRIES_MAX = 20_000
const SETTLING_MS = 2_000

/** Who holds which session or token, for a few seconds, so that a request in the hot path asks the database nothing about it. */
export function createActorCache(ttlMs: number): ActorCache {
  const entries = new Map<string, Remembered & { until: number }>()
  const settling = new Map<number, number>()
  let generation = 0

  const isSettling = (accountId: number) => {
    const until = settling.get(accountId)
    if (until === undefined) return false
    if (until > performance.now()) return true
    settling.delete(accountId)
    return false
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.until > performance.now()) return entry
      entries.delete(key)
      return undefined
    },
    put(key, entry, since) {
      if (ttlMs <= 0 || since !== generation || isSettling(entry.accountId)) return
      // the oldest goes first: a map keeps the order of insertion
      if (entries.size >= ENTRIES_MAX) entries.delete(entries.keys().next().value as string)
      entries.set(key, { ...entry, until: performance.now() + ttlMs })
    },
    mark: () => generation,
    forget(accountId) {
      generation += 1
      settling.set(accountId, performance.now() + SETTLING_MS)
      for (const [key, entry] of entries) if (entry.accountId === accountId) entries.delete(key)
    },
    clear() {
      generation += 1
      entries.clear()
      settling.clear()
    },
  }
}
