const NAME_EN = 'opora:nameEn'

/** Properties that point at elements owned elsewhere; following them would go round in circles. */
const OWNERS = new Set(['$parent', '$model', '$descriptor', 'di', 'incoming', 'outgoing', 'sourceRef', 'targetRef'])

/**
 * Puts the English names (`opora:nameEn`) of a parsed diagram in place of the Russian ones, before it is drawn.
 * An element without an English name keeps the one it has.
 */
export function takeEnglishNames(definitions: unknown): void {
  const seen = new Set<object>()
  const waiting: unknown[] = [definitions]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (Array.isArray(value)) {
      waiting.push(...value)
      continue
    }
    const element = value as { $attrs?: Record<string, unknown>; name?: unknown }
    const english = element.$attrs?.[NAME_EN]
    if (typeof english === 'string') element.name = english
    for (const [property, child] of Object.entries(element)) if (!OWNERS.has(property)) waiting.push(child)
  }
}
