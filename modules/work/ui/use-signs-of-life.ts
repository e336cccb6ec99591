import { useEffect, useRef } from 'react'

const BEAT_MS = 60_000
const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const

/** Tells the server at most once a minute that the person does something here, while a timer runs. */
export function useSignsOfLife(running: boolean, tell: () => Promise<void>): void {
  const last = useRef(0)
  useEffect(() => {
    if (!running) return
    const seen = () => {
      const now = Date.now()
      if (now - last.current < BEAT_MS) return
      last.current = now
      void tell()
    }
    for (const sign of SIGNS) window.addEventListener(sign, seen, { passive: true })
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, seen)
    }
  }, [running, tell])
}
