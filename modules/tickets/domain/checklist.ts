import type { Words } from '@opora/core'

/** An item of a list begun on a ticket, in the words that it had then. */
export interface StartedItem extends Words {
  position: number
  required: boolean
  /** Code of the role that it is meant for; null: anybody's. */
  role: string | null
  tickedBy: string | null
}

/** What has to be ticked before a list counts as finished. */
export function openItems<T extends Pick<StartedItem, 'required' | 'tickedBy'>>(items: readonly T[]): T[] {
  return items.filter((item) => item.required && item.tickedBy === null)
}
