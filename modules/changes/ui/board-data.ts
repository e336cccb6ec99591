import { type Tone, toast } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ChangeRowView, ChangeView } from '../contract.ts'

export const APPROVAL_TONES: Record<ChangeView['approval'], Tone> = {
  none: 'neutral',
  agenda: 'info',
  voting: 'violet',
  approved: 'ok',
  rejected: 'danger',
}
export const STAGE_TONES: Record<ChangeView['stage'], Tone> = {
  draft: 'neutral',
  planned: 'info',
  installing: 'accent',
  installed: 'ok',
  rolled_back: 'danger',
  cancelled: 'neutral',
}
export const KIND_TONES: Record<ChangeView['kind'], Tone> = { standard: 'neutral', normal: 'info', emergency: 'danger' }
export const RISK_TONES: Record<ChangeView['risk'], Tone> = { low: 'neutral', medium: 'neutral', high: 'warn' }

/** Everything that shows changes asks again. */
export function useRefreshChanges() {
  const client = useQueryClient()
  return () =>
    Promise.all([['changes'], ['board'], ['ticket']].map((queryKey) => client.invalidateQueries({ queryKey })))
}

export function useChange(id: string | undefined) {
  return useQuery({
    queryKey: ['changes', 'one', id],
    queryFn: ({ signal }) => api.get<ChangeView>(`/changes/${id}`, { signal }),
    retry: false,
  })
}

/** The next change that waits for the reader's vote, after this one. */
export async function nextToVote(afterId: number): Promise<ChangeRowView | null> {
  const { items } = await api.get<{ items: ChangeRowView[] }>('/changes', { query: { show: 'mine', limit: 10 } })
  return items.find((row) => row.id !== afterId && row.myTurn) ?? null
}

/** Does something to a change and shows what came of it. */
export function useChangeAct(change: Pick<ChangeView, 'id' | 'version'>) {
  const refresh = useRefreshChanges()
  return async (path: string, body: object, done?: string): Promise<boolean> => {
    try {
      await api.post(`/changes/${change.id}/${path}`, body, { version: change.version })
      if (done) toast.ok(done)
      return true
    } catch (error) {
      toast.error((error as Error).message)
      return false
    } finally {
      await refresh()
    }
  }
}

/** `2026-05-20T17:00` of the reader's clock, as a field of date and time wants it. */
export function localInput(at: string | null): string {
  if (at === null) return ''
  const moment = new Date(at)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function isoOf(input: string): string | null {
  const at = Date.parse(input)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
