import { type AnchorHTMLAttributes, createContext, type MouseEvent, type ReactNode, use, useMemo } from 'react'

/** Where the reader is, as the pages see it. The shell fills it from its router. */
export interface Route {
  /** Path without query, `/desk/tickets/42`. */
  path: string
  /** Values of the path's `$name` parts. */
  params: Readonly<Record<string, string>>
  search: Readonly<Record<string, string>>
  navigate: (to: string, options?: { replace?: boolean }) => void
  back: () => void
  /** Loads the code of a page before it is needed. */
  preload?: (to: string) => void
}

const nowhere: Route = { path: '/', params: {}, search: {}, navigate: () => {}, back: () => {} }

const RouteContext = createContext<Route>(nowhere)

export function RouteProvider({ value, children }: { value: Route; children: ReactNode }) {
  return <RouteContext value={value}>{children}</RouteContext>
}

export function useRoute(): Route {
  return use(RouteContext)
}

/** The query of the address as state that Back restores: `const [search, setSearch] = useSearch()`. Empty values leave the address. */
export function useSearch(): [
  Readonly<Record<string, string>>,
  (patch: Record<string, string | null | undefined>, options?: { push?: boolean }) => void,
] {
  const route = useRoute()
  return useMemo(() => {
    const set = (patch: Record<string, string | null | undefined>, options: { push?: boolean } = {}) =>
      route.navigate(hrefOf(route.path, { ...route.search, ...patch }), { replace: !options.push })
    return [route.search, set]
  }, [route])
}

/** A path with a query; `null`, `undefined` and empty values are left out. */
export function hrefOf(path: string, search: Record<string, string | null | undefined> = {}): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) if (value) query.set(key, value)
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string
}

/** A link inside the shell. Opens in a new tab as any link does, and loads the page's code on hover. */
export function Link({ to, onClick, onMouseEnter, ...rest }: LinkProps) {
  const route = useRoute()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !plain || rest.target === '_blank') return
    event.preventDefault()
    route.navigate(to)
  }
  return (
    <a
      {...rest}
      href={to}
      onClick={follow}
      onMouseEnter={(event) => {
        onMouseEnter?.(event)
        route.preload?.(to)
      }}
    />
  )
}
