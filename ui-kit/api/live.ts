import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

/** Something that happened on the server, by identifiers alone: pages ask again for what they show. */
export interface LiveEvent {
  /** `ticket.changed`; after a lost connection `reconnected`, because something may have been missed. */
  topic: string
  ticketId?: number
  [fact: string]: unknown
}

type Listener = (event: LiveEvent) => void

const CLOSE_AFTER_MS = 1_000
const listeners = new Set<Listener>()
let source: EventSource | undefined
let closing: ReturnType<typeof setTimeout> | undefined
let lost = false

/** One connection serves the whole tab, for as long as something on it listens. */
function connect(): void {
  clearTimeout(closing)
  if (source && source.readyState !== EventSource.CLOSED) return
  const next = new EventSource('/api/v1/live')
  next.onmessage = (message) => deliver(message.data)
  next.onerror = () => {
    lost = true
  }
  next.onopen = () => {
    if (lost) tell({ topic: 'reconnected' })
    lost = false
  }
  source = next
}

function disconnectSoon(): void {
  clearTimeout(closing)
  closing = setTimeout(() => {
    if (listeners.size > 0) return
    source?.close()
    source = undefined
  }, CLOSE_AFTER_MS)
}

function deliver(data: string): void {
  try {
    const event: unknown = JSON.parse(data)
    if (typeof event === 'object' && event !== null && 'topic' in event) tell(event as LiveEvent)
  } catch {
    // A frame that is not JSON is not for us.
  }
}

function tell(event: LiveEvent): void {
  for (const listener of listeners) listener(event)
}

/** Whether an event is of one of the topics: `ticket` hears `ticket.changed` too, and everybody hears `reconnected`. */
export function isOfTopics(event: LiveEvent, topics: readonly string[]): boolean {
  if (event.topic === 'reconnected') return true
  return topics.some((topic) => event.topic === topic || event.topic.startsWith(`${topic}.`))
}

/** Hears the server's events of these topics while the part is on the screen. */
export function useLive(topics: readonly string[], onEvent: Listener): void {
  const hear = useEffectEvent((event: LiveEvent) => {
    if (isOfTopics(event, topics)) onEvent(event)
  })
  const wanted = topics.length > 0
  useEffect(() => {
    if (!wanted) return
    const listener: Listener = (event) => hear(event)
    listeners.add(listener)
    connect()
    return () => {
      listeners.delete(listener)
      disconnectSoon()
    }
  }, [wanted])
}

/** Asks again for the queries under `keys` whenever something happens on `topics`, for one ticket or for all. */
export function useLiveRefresh(topics: readonly string[], keys: readonly QueryKey[], ticketId?: number): void {
  const client = useQueryClient()
  useLive(topics, (event) => {
    if (ticketId !== undefined && event.ticketId !== undefined && event.ticketId !== ticketId) return
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  })
}
