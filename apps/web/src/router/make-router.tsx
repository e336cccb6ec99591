import { Bone, ErrorState, Skeleton } from '@opora/ui-kit'
import { ApiError } from '@opora/ui-kit/api'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import type { PageRoute } from './page-route.ts'
import { RouteAdapter } from './route-adapter.tsx'

export interface RouterOptions {
  routes: readonly PageRoute[]
  /** The frame around all pages but the bare ones. */
  Frame: ComponentType<{ children: ReactNode }>
  history?: RouterHistory
}

function readSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) if (value) query.set(key, String(value))
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** The router of a shell. Queries of addresses are plain texts; Back restores scroll and filters. */
export function makeRouter({ routes, Frame, history }: RouterOptions) {
  const root = createRootRoute({
    component: () => (
      <RouteAdapter>
        <Outlet />
      </RouteAdapter>
    ),
  })
  const framed = createRoute({
    getParentRoute: () => root,
    id: 'framed',
    component: () => (
      <Frame>
        <Outlet />
      </Frame>
    ),
  })
  const component = (route: PageRoute) => lazyRouteComponent(async () => ({ default: await route.load() }))
  const bare = routes
    .filter((route) => route.bare)
    .map((route) => createRoute({ getParentRoute: () => root, path: route.path, component: component(route) }))
  const pages = routes
    .filter((route) => !route.bare)
    .map((route) => createRoute({ getParentRoute: () => framed, path: route.path, component: component(route) }))
  return createRouter({
    routeTree: root.addChildren([...bare, framed.addChildren(pages)]),
    ...(history ? { history } : {}),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultPendingComponent: Pending,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  })
}

function Pending() {
  return (
    <div style={{ padding: 24 }}>
      <Bone width="30%" />
      <Skeleton lines={8} />
    </div>
  )
}

function NotFound() {
  return <ErrorState error={new ApiError(404, { code: 'web.not_found', message: '' })} />
}
