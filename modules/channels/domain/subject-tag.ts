const TAG = /\[#([A-Z]{1,8}-)?(\d{1,12})\]/

/** The number in a subject's `[#123]` or `[#OP-123]`, `null` without one. */
export function ticketNumberIn(subject: string): number | null {
  const match = TAG.exec(subject.slice(0, 1_000))
  return match ? Number(match[2]) : null
}

/** The subject with the ticket's tag in front, once, and answer prefixes reduced to one `Re:`. */
export function subjectWithTag(subject: string, number: number | string): string {
  const bare = subject.slice(0, 500).replace(new RegExp(TAG, 'g'), '').replace(/\s+/g, ' ').trim()
  const title = bare.replace(/^(?:(?:re|fwd?|ответ|отв|fw|пересл)(?:\[\d{1,3}\])?:\s*)+/i, '').trim()
  const prefix = title === bare ? '' : 'Re: '
  return `${prefix}[#${number}] ${title}`.trim()
}
