import { useEffect, useRef, useState } from 'react'

const SAVE_AFTER_MS = 700
const PREFIX = 'opora.draft.'

export interface DraftOptions {
  /** Unique for person and place: `ticket-42-reply`. */
  id: string
  /** What the server kept, once it is known; used when nothing newer is on this device. */
  stored?: string | undefined
  /** Keeps it on the server; called a little after the typing stops. */
  save?: (text: string) => Promise<unknown>
}

export interface Draft {
  text: string
  setText: (text: string) => void
  /** Both the device and the server have it. */
  kept: boolean
  /** After sending: forgets it here; the server forgets it by itself. */
  clear: () => void
}

function read(id: string): string | null {
  try {
    return localStorage.getItem(PREFIX + id)
  } catch {
    return null
  }
}

function write(id: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(PREFIX + id)
    else localStorage.setItem(PREFIX + id, text)
  } catch {
    // A device without storage still has the server's copy.
  }
}

/** A text that is never lost: at once on the device, soon on the server; outlives a closed tab and an ended session. */
export function useDraft({ id, stored, save }: DraftOptions): Draft {
  const [typed, setTyped] = useState<string | null>(() => read(id))
  const [kept, setKept] = useState(true)
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; flush: () => void }>(undefined)
  useEffect(() => () => pending.current?.flush(), [])
  const stop = () => {
    clearTimeout(pending.current?.timer)
    pending.current = undefined
  }
  return {
    text: typed ?? stored ?? '',
    kept,
    setText: (text) => {
      setTyped(text)
      write(id, text)
      setKept(false)
      stop()
      const flush = () => {
        stop()
        if (save) keepOnServer(save, text, id, setKept)
      }
      pending.current = { timer: setTimeout(flush, SAVE_AFTER_MS), flush }
    },
    clear: () => {
      stop()
      setTyped('')
      write(id, '')
      setKept(true)
    },
  }
}

/** Once the server has the text, the device lets go of its copy, so that a newer one from elsewhere wins next time. */
function keepOnServer(
  save: (text: string) => Promise<unknown>,
  text: string,
  id: string,
  setKept: (kept: boolean) => void,
): void {
  save(text).then(
    () => {
      if (read(id) === text) write(id, '')
      setKept(true)
    },
    () => setKept(false),
  )
}
