import { useCan } from '@opora/access/ui'
import { minutesInWords } from '@opora/core'
import { toast, useLocale, useNow, useWords } from '@opora/ui-kit'
import { ApiError, api, useLive } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { IdleAnswer, TimeEntryView, TimerView } from '../contract.ts'
import { workWords } from './work-words.ts'

export interface Activity {
  code: string
  name: string
}

interface TimerState {
  timer: TimerView | null
  now: string
}

const TIMER_KEY = ['timer'] as const
const MINUTE_MS = 60_000

/** Kinds of work that time is logged as. */
export function useActivities(): readonly Activity[] {
  const can = useCan()
  const activities = useQuery({
    queryKey: ['activities'],
    queryFn: () => api.get<{ items: Activity[] }>('/activities'),
    enabled: can('time.log'),
    staleTime: 600_000,
    retry: false,
  })
  return activities.data?.items ?? []
}

/** The person's one timer with its running minutes, and what can be done with it. */
export function useTimer() {
  const t = useWords(workWords)
  const { locale } = useLocale()
  const client = useQueryClient()
  const now = useNow()
  const can = useCan()
  const state = useQuery({
    queryKey: TIMER_KEY,
    queryFn: () => api.get<TimerState>('/timer'),
    enabled: can('time.log'),
    refetchInterval: 5 * MINUTE_MS,
    retry: false,
  })
  useLive(['timer'], () => void client.invalidateQueries({ queryKey: TIMER_KEY }))
  const timer = state.data?.timer ?? null
  const since = state.data && timer ? Math.max(0, now - state.dataUpdatedAt) : 0
  const settle = async (ticketId?: number) => {
    await client.invalidateQueries({ queryKey: TIMER_KEY })
    void client.invalidateQueries({ queryKey: ['time'] })
    if (ticketId !== undefined) void client.invalidateQueries({ queryKey: ['ticket', ticketId] })
  }
  const tell = (error: unknown) => {
    toast.error(error instanceof ApiError ? error.message : String(error))
  }
  const seen = useCallback(async () => {
    const now = await api.post<TimerState>('/timer/seen').catch(() => null)
    if (now) client.setQueryData(TIMER_KEY, now)
  }, [client])
  return {
    timer,
    /** Whole minutes that it has run until now. */
    minutes: timer ? timer.runningMinutes + Math.floor(since / MINUTE_MS) : 0,
    start: async (ticketId: number, activity: string, note = '') => {
      try {
        await api.put('/timer', { ticketId, activity, note, switch: true })
        toast.ok(t('timerStarted'))
      } catch (error) {
        tell(error)
      }
      await settle(ticketId)
    },
    /** Throws the server's refusal: the timer runs on then, and nothing is lost. */
    stop: async (body: Record<string, unknown> = {}) => {
      const entry = await api.post<TimeEntryView>('/timer/stop', body)
      toast.ok(t('timerLogged', { minutes: minutesInWords(entry.minutes, locale) }))
      await settle(entry.ticket.id)
    },
    /** Somebody is at work here; after a long silence the answer asks instead. */
    seen,
    answerIdle: async (answer: IdleAnswer['answer']) => {
      const done = await api.post<{ logged: TimeEntryView | null }>('/timer/idle', { answer }).catch(tell)
      if (done?.logged) toast.ok(t('timerLogged', { minutes: minutesInWords(done.logged.minutes, locale) }))
      await settle(done?.logged?.ticket.id)
    },
    drop: async () => {
      await api.delete('/timer').catch(tell)
      await settle()
    },
    tell,
  }
}
