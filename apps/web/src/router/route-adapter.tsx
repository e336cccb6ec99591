import { type Route, RouteProvider } from '@opora/ui-kit'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'

/** Gives the pages the kit's view of the router, so that no module knows which router it is. */
export function RouteAdapter({ children }: { children: ReactNode }) {
  const router = useRouter()
  const location = useRouterState({ select: (state) => state.location })
  const params = useRouterState({ select: (state) => state.matches.at(-1)?.params as Record<string, string> | undefined })
  const route = useMemo<Route>(
    () => ({
      path: location.pathname,
      params: params ?? {},
      search: location.search as Record<string, string>,
      navigate: (to, options) => router.history[options?.replace ? 'replace' : 'push'](to),
      back: () => router.history.back(),
      preload: (to) => void router.preloadRoute({ to }).catch(() => {}),
    }),
    [router, location, params],
  )
  return <RouteProvider value={route}>{children}</RouteProvider>
}
