const DEPTH_MAX = 100

/**
 * Where a value holds text that the database cannot keep: a NUL byte, or half of a surrogate pair. Null when it holds none. Refused at
 * the door, because a job or a JSON column that takes such a text on fails later, when nobody can correct it any more.
 */
export function unfitText(value: unknown, path: string[] = []): string[] | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : null
  if (typeof value !== 'object' || value === null || path.length > DEPTH_MAX) return null
  for (const [name, held] of Object.entries(value)) {
    // a name is never echoed: it may be what is unfit
    if (unfitText(name) !== null) return path
    const found = unfitText(held, [...path, name])
    if (found !== null) return found
  }
  return null
}
