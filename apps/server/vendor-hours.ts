import type { CalendarBook } from '@opora/contracts'
import { type Instant, MINUTE_MS } from '@opora/core'
import type { TicketPorts } from '@opora/tickets'

/** The vendor's own hours, of the installation's calendars. A calendar that is gone counts around the clock. */
export function vendorHours(book: CalendarBook): TicketPorts['vendorHours'] {
  const hoursOf = (key: string) => book.calendar(key) ?? book.calendar('always')!
  return {
    async knows(sql, code) {
      await book.refresh(sql)
      return book.keyAt(code, Number.MAX_SAFE_INTEGER) !== null
    },
    async begin(sql, code, from, minutes) {
      await book.refresh(sql)
      const key = book.keyAt(code, from) ?? 'always'
      return { key, dueAt: minutes.map((count) => hoursOf(key).add(from, count)) }
    },
    async count(sql, key, from, until) {
      await book.refresh(sql)
      const hours = hoursOf(key)
      const minutes = hours.between(from, until)
      return { minutes, intervals: withCounted(hours.explain(from, until), minutes) }
    },
  }
}

/** Whole minutes of each stretch; they add up to the whole, whatever the seconds at their ends. */
function withCounted(
  stretches: readonly { from: Instant; to: Instant; open: boolean }[],
  total: number,
): { from: Instant; to: Instant; open: boolean; minutes: number }[] {
  let gone = 0
  let told = 0
  const merged = joined(stretches)
  const last = merged.findLastIndex((stretch) => stretch.open)
  return merged.map((stretch, index) => {
    if (!stretch.open) return { ...stretch, minutes: 0 }
    gone += stretch.to - stretch.from
    const upTo = index === last ? total : Math.round(gone / MINUTE_MS)
    const minutes = upTo - told
    told = upTo
    return { ...stretch, minutes }
  })
}

/** Neighbours of one state are one stretch: why a day is closed is the calendar's business, not the wait's. */
function joined(stretches: readonly { from: Instant; to: Instant; open: boolean }[]) {
  const list: { from: Instant; to: Instant; open: boolean }[] = []
  for (const { from, to, open } of stretches) {
    const before = list.at(-1)
    if (before?.open === open) before.to = to
    else list.push({ from, to, open })
  }
  return list
}
