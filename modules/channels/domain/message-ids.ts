const MAX_IDS = 200

/** Message-IDs of a header in their order, without angle brackets; bare words with an `@` count where brackets miss. */
export function messageIdsIn(header: string): string[] {
  const text = header.slice(0, 100_000)
  const ids = [...text.matchAll(/<([^<>\s]{1,998})>/g)].map((match) => match[1] as string)
  if (ids.length > 0) return ids.slice(-MAX_IDS)
  return text
    .split(/[\s,;<>]+/)
    .filter((word) => word.includes('@') && word.length < 999)
    .slice(-MAX_IDS)
}

/** The one id of a Message-ID header, `null` when there is none. */
export function messageIdIn(header: string | null): string | null {
  return header === null ? null : (messageIdsIn(header)[0] ?? null)
}
