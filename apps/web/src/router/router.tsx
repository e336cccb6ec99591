import { ErrorState, type Route, RouteProvider, Skeleton } from '@opora/ui-kit'
import { ApiError } from '@opora/ui-kit/api'
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  startTransition,
  useEffect,
  useLayoutEffect,
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
  pages: readonly PreparedPage[]
  /** The frame around all pages but the bare ones; stays while its pages change. */
  Frame: ComponentType<{ children: ReactNode }>
}

export interface PreparedPage {
  route: PageRoute
  load: () => Promise<unknown>
  Page: ComponentType
}

/** Loads a page's code once, whoever asks first: the address, or a link under the pointer. Code that is there is shown at once. */
export function preparePages(routes: readonly PageRoute[]): readonly PreparedPage[] {
  return routes.map((route) => {
    let code: Promise<{ default: ComponentType }> | undefined
    let there: { default: ComponentType } | undefined
    const load = () => {
      code ??= route.load().then((page) => {
        there = { default: page }
        return there
      })
      return code
    }
    // biome-ignore lint/suspicious/noThenProperty: React takes what has a `then` and waits only where it does not answer at once.
    const known = (page: { default: ComponentType }) => ({ then: (take: (page: unknown) => void) => take(page) })
    return { route, load, Page: lazy(() => (there ? (known(there) as unknown as Promise<typeof there>) : load())) }
  })
}

/** The page that an address means, with the values in it. */
export function pageAt(
  pages: readonly PreparedPage[],
  path: string,
): { page: PreparedPage; params: Record<string, string> } | null {
  const match = matchPath(
    pages.map((page) => page.route.path),
    path,
  )
  return match && { page: pages[match.index]!, params: match.params }
}

/** Shows the page of the present address. The page before stays until the next one's code is there. */
export function Router({ pages, Frame }: RouterProps) {
  const [place, setPlace] = useState(() => readPlace('start'))
  const [leaving, setLeaving] = useOptimistic(false)
  // before any page's own effects: a page may lead elsewhere as soon as it is there
  useLayoutEffect(
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
  const match = pageAt(pages, place.path)
  const page = match?.page
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
        void pageAt(pages, to.split('?')[0] ?? '')
          ?.page.load()
          .catch(() => {})
      },
    }),

    [place, pages],
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
