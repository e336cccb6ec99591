import { type ClockReading, Countdown, useWords, Why } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { ClockView } from '../contract.ts'
import { clockWords } from './clock-words.ts'
import css from './clocks.module.css'
import { latestOfEach } from './latest-clocks.ts'

const Explanation = lazy(() => import('./clock-explanation.tsx').then((m) => ({ default: m.ClockExplanation })))

function readingOf(clock: ClockView, asOf: number): ClockReading {
  const ended = clock.endedAt !== null || clock.metAt !== null
  return {
    state: clock.state === 'cancelled' ? 'met' : clock.state,
    dueAt: clock.dueAt,
    remainingMinutes: ended ? null : clock.remainingMinutes,
    asOf,
    open: clock.open,
    turnsIn: clock.turnsIn,
  }
}

/** A ticket's promises with the working time that is left of each; at a click each tells how it was counted. */
export function TicketClocks({ ticketId }: { ticketId: number }) {
  const t = useWords(clockWords)
  const clocks = useQuery({
    queryKey: ['ticket', ticketId, 'clocks'],
    queryFn: () => api.get<{ items: ClockView[] }>(`/tickets/${ticketId}/clocks`),
    refetchInterval: 60_000,
    retry: false,
  })
  return latestOfEach(clocks.data?.items ?? []).map((clock) => (
    <span key={clock.metric} className={css.clock}>
      {clock.metricName}
      <Why
        title={t('whyClock', { metric: clock.metricName })}
        explain={() => (
          <Suspense fallback={null}>
            <Explanation ticketId={ticketId} metric={clock.metric} seq={clock.seq} />
          </Suspense>
        )}
      >
        <Countdown clock={readingOf(clock, clocks.dataUpdatedAt)} />
      </Why>
      {clock.pauseText && <span className={css.reason}>{clock.pauseText}</span>}
      {clock.estimated && <span className={css.reason}>≈</span>}
    </span>
  ))
}
