import { useCan } from '@opora/access/ui'
import { api, useLive } from '@opora/ui-kit/api'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

export interface Colleague {
  accountId: number
  name: string
  activity: string
}

const BEAT_MS = 15_000
const TYPING_MS = 12_000

/** Tells the colleagues that one is looking at a ticket, or typing in it, and hears who else is. */
export function usePresenceBeat(ticketId: number, initial: readonly Colleague[]) {
  const [others, setOthers] = useState(initial)
  const typedAt = useRef(0)
  const told = useRef('')
  const mayTell = useCan()('presence.change')

  const beat = useEffectEvent(async (activity?: 'gone') => {
    // a partner is no colleague: nobody is told that they look, nor they who else does
    if (!mayTell) return
    const mine = performance.now() - typedAt.current < TYPING_MS && typedAt.current > 0 ? 'typing' : 'looking'
    told.current = activity ?? mine
    try {
      const answer = await api.put<{ items: Colleague[] }>(`/tickets/${ticketId}/presence`, { activity: told.current })
      if (activity !== 'gone') setOthers(answer.items)
    } catch {
      // Presence is a courtesy: without it the page works as before.
    }
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: another ticket is another presence.
  useEffect(() => {
    const visible = () => document.visibilityState === 'visible'
    void beat()
    const timer = setInterval(() => visible() && void beat(), BEAT_MS)
    const leave = () => void beat('gone')
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [ticketId])
  useLive(['ticket.presence'], (event) => {
    if (event['ticketId'] === ticketId) void beat()
  })

  return {
    others,
    /** Call it at each change of the text. */
    typed: () => {
      typedAt.current = performance.now()
      if (told.current !== 'typing') void beat()
    },
    /** The text was sent or thrown away. */
    stopped: () => {
      typedAt.current = 0
      void beat()
    },
  }
}
