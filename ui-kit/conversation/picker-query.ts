/** An opened trigger in a text: which, what has been typed after it, and where it begins. */
export interface OpenTrigger {
  trigger: string
  query: string
  start: number
}

const MAX_QUERY = 40

/** The trigger, like `::`, that the caret stands behind; only at the start of a word, and only on its own line. */
export function openTrigger(text: string, caret: number, triggers: readonly string[]): OpenTrigger | null {
  const before = text.slice(Math.max(0, caret - MAX_QUERY), caret)
  for (const trigger of triggers) {
    const at = before.lastIndexOf(trigger)
    if (at < 0) continue
    const query = before.slice(at + trigger.length)
    const previous = before.charAt(at - 1)
    if (query.includes('\n') || (at > 0 && !/[\s(]/.test(previous))) continue
    return { trigger, query, start: caret - before.length + at }
  }
  return null
}
