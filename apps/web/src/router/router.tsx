import { ErrorState, type Route, RouteProvider, Skeleton } from '@opora/ui-kit'
import { ApiError } from '@opora/ui-kit/api'
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  startTransition,
  useEffect,
  useMemo,
  useOptimistic,
  useState,
} from 'react'
import { go, type Place, readPlace, watchPlace } from './history.ts'
import { matchPath } from './match.ts'
import { PageBoundary } from './page-boundary.tsx'
import type { PageRoute } from './page-route.ts'
import css from './router.module.css'
import { restoreScroll } from './scroll-memory.ts'

export interface RouterProps {
  routes: readonly PageRoute[]
  /** The frame around all pages but the bare ones; stays while its pages change. */
  Frame: ComponentType<{ children: ReactNode }>
}

/** Loads a page's code once, whoever asks first: the address, or a link under the pointer. */
function prepare(routes: readonly PageRoute[]) {
  return routes.map((route) => {
    let code: Promise<{ default: ComponentType }> | undefined
    const load = () => {
      code ??= route.load().then((page) => ({ default: page }))
      return code
    }
    return { route, load, Page: lazy(load) }
  })
}

/** Shows the page of the present address. The page before stays until the next one's code is there. */
export function Router({ routes, Frame }: RouterProps) {
  const pages = useMemo(() => prepare(routes), [routes])
  const patterns = useMemo(() => routes.map((route) => route.path), [routes])
  const [place, setPlace] = useState(() => readPlace('start'))
  const [leaving, setLeaving] = useOptimistic(false)
  useEffect(
    () =>
      watchPlace((next) =>
        startTransition(() => {
          setLeaving(true)
          setPlace(next)
        }),
      ),
    [setLeaving],
  )
  useScroll(place)
  const match = matchPath(patterns, place.path)
  const page = match ? pages[match.index] : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the match follows from the place.
  const route = useMemo<Route>(
    () => ({
      path: place.path,
      params: match?.params ?? {},
      search: place.search,
      navigate: (to, options) => go(to, options?.replace),
      // A page that was opened in a tab of its own has nothing before it: the way back is its shell's first page.
      back: () => (window.history.length > 1 ? window.history.back() : go(`/${place.path.split('/')[1]}`)),
      preload: (to) => {
        const target = matchPath(patterns, to.split('?')[0] ?? '')
        if (target) void pages[target.index]?.load().catch(() => {})
      },
    }),

    [place, pages, patterns],
  )
  const body = (
    <PageBoundary key={place.path}>
      <Suspense fallback={<Pending />}>{page ? <page.Page /> : <NotFound />}</Suspense>
    </PageBoundary>
  )
  return (
    <RouteProvider value={route}>
      {leaving && <div className={css.progress} />}
      {page?.route.bare ? body : <Frame>{body}</Frame>}
    </RouteProvider>
  )
}

/** A link opens a page at its top and gives it the focus; Back opens it where it was left. */
function useScroll(place: Place): void {
  const { entry, by, path } = place
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the query alone leaves the scroll where it is.
  useEffect(() => {
    if (by !== 'link') return restoreScroll(entry)
    window.scrollTo(0, 0)
    if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true })
  }, [entry, path])
}

function Pending() {
  return (
    <div className={css.pending}>
      <Skeleton lines={9} />
    </div>
  )
}

function NotFound() {
  return <ErrorState error={new ApiError(404, { code: 'web.not_found', message: '' })} />
}
