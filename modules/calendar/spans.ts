import type { HourSpan } from './spec.ts'

/** A stretch of one day in minutes from its local midnight; past 1440 it lies on the next day. Half-open. */
export interface Span {
  from: number
  to: number
}

const DAY_MINUTES = 1440

/** Minutes of `HH:MM` (seconds allowed when zero), `24:00` included; `null` when it is no such time. */
export function minutesOfTime(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(:00)?$/.exec(text)
  if (!match) return null
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return Number(match[2]) < 60 && minutes <= DAY_MINUTES ? minutes : null
}

/** Throws `RangeError` for a malformed time; a checked spec holds none. */
export function spanOfHours([from, to]: HourSpan): Span {
  const start = minutesOfTime(from)
  const end = minutesOfTime(to)
  if (start === null || end === null) throw new RangeError(`not a span of hours: ${from}–${to}`)
  return { from: start, to: end <= start ? end + DAY_MINUTES : end }
}

export function spansOfHours(hours: readonly HourSpan[]): Span[] {
  return uniteSpans(hours.map(spanOfHours))
}

/** A span as people write it; only one longer than a day goes past `24:00`. */
export function hoursOfSpan({ from, to }: Span): [from: string, to: string] {
  const text = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return [text(from), text(to > DAY_MINUTES && to - from <= DAY_MINUTES ? to - DAY_MINUTES : to)]
}

/** Sorted and merged: neighbours that touch become one. */
export function uniteSpans(spans: readonly Span[]): Span[] {
  const united: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = united.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else united.push({ ...span })
  }
  return united
}

/** What is left of `spans` without `cut`. */
export function cutSpan(spans: readonly Span[], cut: Span): Span[] {
  const left: Span[] = []
  for (const span of spans) {
    if (span.from < cut.from) left.push({ from: span.from, to: Math.min(span.to, cut.from) })
    if (span.to > cut.to) left.push({ from: Math.max(span.from, cut.to), to: span.to })
  }
  return left.filter((span) => span.to > span.from)
}

/** The parts of `spans` inside `frame`. */
export function clipSpans(spans: readonly Span[], frame: Span): Span[] {
  return spans
    .map((span) => ({ from: Math.max(span.from, frame.from), to: Math.min(span.to, frame.to) }))
    .filter((span) => span.to > span.from)
}

/** Takes `minutes` of open time off the end; `taken` is what went, earliest first. */
export function shortenSpans(spans: readonly Span[], minutes: number): { left: Span[]; taken: Span[] } {
  const left = spans.map((span) => ({ ...span }))
  const taken: Span[] = []
  let owed = minutes
  while (owed > 0 && left.length > 0) {
    const last = left.at(-1) as Span
    const piece = Math.min(owed, last.to - last.from)
    taken.unshift({ from: last.to - piece, to: last.to })
    last.to -= piece
    owed -= piece
    if (last.to === last.from) left.pop()
  }
  return { left, taken }
}
