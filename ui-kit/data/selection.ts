/** The keys after a click on `key`: toggled, or with `extend` everything from `anchor` to it. Order follows `keys`. */
export function selectKeys(
  keys: readonly string[],
  selected: ReadonlySet<string>,
  key: string,
  anchor: string | null,
  extend: boolean,
): Set<string> {
  const next = new Set(selected)
  const from = anchor === null ? -1 : keys.indexOf(anchor)
  if (!extend || from < 0) {
    if (!next.delete(key)) next.add(key)
    return next
  }
  const to = keys.indexOf(key)
  for (const between of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(between)
  return next
}
