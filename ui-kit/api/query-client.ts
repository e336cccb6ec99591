import { notifyManager, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

const MAX_RETRIES = 2

// An answer is shown in the turn it came in, not behind whatever else waits for a timer.
notifyManager.setScheduler(queueMicrotask)

/** Refusals are answers and are not asked again; a server that was not reached is, twice. */
function shouldRetry(failures: number, error: unknown): boolean {
  const transient = error instanceof ApiError && (error.status === 0 || error.status >= 502)
  return transient && failures < MAX_RETRIES
}

/** What the pages read stays fresh for half a minute; live events renew it sooner. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: shouldRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
}
