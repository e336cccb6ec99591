/** Where to go after signing in: a path of ours under one of `roots`, never another host; otherwise the first root. */
export function ownPath(wanted: string | undefined, roots: readonly [string, ...string[]], origin: string): string {
  const home = roots[0]
  if (!wanted || !URL.canParse(wanted, origin)) return home
  const url = new URL(wanted, origin)
  const inside = roots.some((root) => url.pathname === root || url.pathname.startsWith(`${root}/`))
  if (url.origin !== origin || !inside || !wanted.startsWith('/')) return home
  return url.pathname + url.search
}
