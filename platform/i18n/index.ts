export type { Counted, Dictionary, Entry, Say } from './dictionary.ts'
export { dictionary, speak } from './dictionary.ts'
export type { DateStyle, Place } from './format.ts'
export {
  formatBrief,
  formatCount,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatRelative,
  formatShare,
} from './format.ts'
export { pickLocale } from './locale.ts'
export { parseMinutes } from './parse-minutes.ts'
