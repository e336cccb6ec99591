/** What an address meant: the place of its pattern in the list, and the values of its `$name` parts. */
export interface Match {
  index: number
  params: Record<string, string>
}

/** Words are closer than `$name` parts; the closest pattern wins, then the first. */
export function matchPath(patterns: readonly string[], path: string): Match | null {
  const parts = partsOf(path)
  let best: (Match & { words: number }) | null = null
  for (const [index, pattern] of patterns.entries()) {
    const found = matchOne(partsOf(pattern), parts)
    if (found && (best === null || found.words > best.words)) best = { index, ...found }
  }
  return best && { index: best.index, params: best.params }
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

function matchOne(pattern: readonly string[], parts: readonly string[]) {
  if (pattern.length !== parts.length) return null
  const params: Record<string, string> = {}
  let words = 0
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index]!
    if (wanted.startsWith('$')) params[wanted.slice(1)] = decoded(part)
    else if (wanted === part) words += 1
    else return null
  }
  return { params, words }
}

/** A part that is no valid percent-encoding stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
