import { ApiError, api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Draft, keys } from '../process-data.ts'

export type Saving =
  | { state: 'saved'; at: string }
  | { state: 'saving' }
  | { state: 'failed'; error: unknown }
  /** Somebody else was faster. */
  | { state: 'overtaken'; by: string; version: number }

const AFTER_MS = 700

/** Keeps the draft on the server while it is drawn: one save at a time, the newest drawing last. */
export function useDraftSaving(draft: Draft) {
  const cache = useQueryClient()
  const [saving, setSaving] = useState<Saving>({ state: 'saved', at: draft.updatedAt })
  const known = useRef({ version: draft.version, basedOn: draft.basedOn })
  const waiting = useRef<string | null>(null)
  const busy = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    if (busy.current || waiting.current === null) return waiting.current === null
    const xml = waiting.current
    waiting.current = null
    busy.current = true
    setSaving({ state: 'saving' })
    try {
      const { version, basedOn } = known.current
      const saved = await api.put<Draft>(`/processes/${draft.key}/draft`, { xml, basedOn }, { version })
      known.current = { version: saved.version, basedOn: saved.basedOn }
      cache.setQueryData(keys.draft(draft.key), saved)
      setSaving({ state: 'saved', at: saved.updatedAt })
    } catch (error) {
      waiting.current ??= xml
      setSaving(overtaken(error) ?? { state: 'failed', error })
      return false
    } finally {
      busy.current = false
    }
    return waiting.current === null ? true : flush()
  }, [cache, draft.key])

  const keep = useCallback(
    (xml: string) => {
      waiting.current = xml
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), AFTER_MS)
    },
    [flush],
  )
  /** What is on the board goes over what somebody else has saved. */
  const insist = useCallback(
    (version: number) => {
      known.current = { ...known.current, version }
      return flush()
    },
    [flush],
  )
  useEffect(() => () => void flush(), [flush])
  return { saving, keep, flush, insist, versionOf: () => known.current.version }
}

function overtaken(error: unknown): Saving | null {
  if (!(error instanceof ApiError) || error.code !== 'http.version_conflict') return null
  const details = error.details as { currentVersion: number; updatedBy: string }
  return { state: 'overtaken', by: details.updatedBy, version: details.currentVersion }
}
