import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

/** Something that happened on the server. Carries no content: pages ask again for what they show. */
export interface LiveEvent {
  topic: string
  type?: string
  [fact: string]: unknown
}

type Listener = (event: LiveEvent) => void

const REWIRE_MS = 50
const listeners = new Map<string, Set<Listener>>()
let source: EventSource | undefined
let rewiring: ReturnType<typeof setTimeout> | undefined
let wired = ''
let lost = false

/** One connection for the whole tab carries the topics of all its parts. */
function rewire(): void {
  clearTimeout(rewiring)
  rewiring = setTimeout(() => {
    const topics = [...listeners.keys()].sort().join(',')
    if (topics === wired && source && source.readyState !== EventSource.CLOSED) return
    source?.close()
    source = undefined
    wired = topics
    if (topics !== '') connect(topics)
  }, REWIRE_MS)
}

function connect(topics: string): void {
  const next = new EventSource(`/api/v1/live?topics=${encodeURIComponent(topics)}`)
  next.onmessage = (message) => deliver(message.data)
  next.onerror = () => {
    lost = true
  }
  next.onopen = () => {
    if (!lost) return
    lost = false
    for (const topic of listeners.keys()) tell({ topic, type: 'reconnected' })
  }
  source = next
}

function deliver(data: string): void {
  try {
    const event: unknown = JSON.parse(data)
    if (typeof event === 'object' && event !== null && 'topic' in event) tell(event as LiveEvent)
  } catch {
    // A frame that is not JSON is a heartbeat.
  }
}

function tell(event: LiveEvent): void {
  for (const listener of listeners.get(event.topic) ?? []) listener(event)
}

/**
 * Hears the server's events of these topics. After a lost connection `type: 'reconnected'` comes once per topic:
 * something may have been missed, so ask again.
 */
export function useLive(topics: readonly string[], onEvent: Listener): void {
  const hear = useEffectEvent(onEvent)
  const wanted = topics.join(',')
  useEffect(() => {
    const names = wanted === '' ? [] : wanted.split(',')
    const listener: Listener = (event) => hear(event)
    for (const name of names) listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))
    rewire()
    return () => {
      for (const name of names) {
        const heard = listeners.get(name)
        heard?.delete(listener)
        if (heard?.size === 0) listeners.delete(name)
      }
      rewire()
    }
  }, [wanted])
}

/** Asks again for the queries under `keys` whenever something happens on `topics`. */
export function useLiveRefresh(topics: readonly string[], ...keys: QueryKey[]): void {
  const client = useQueryClient()
  useLive(topics, () => {
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  })
}
