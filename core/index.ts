export type { CivilDate, CivilMonth, Instant } from './instant.ts'
export {
  civilDateIn,
  DAY_MS,
  HOUR_MS,
  isOfOurTime,
  isoInstant,
  isoInstantOrNull,
  MINUTE_MS,
  monthSpan,
  parseInstant,
  SECOND_MS,
  startOfDate,
} from './instant.ts'
export type { Minutes } from './minutes.ts'
export { minutes, minutesOfHours } from './minutes.ts'
export type { Kopecks } from './money.ts'
export { kopecks, kopecksOfRoubles, priceOfMinutes, scaleKopecks } from './money.ts'
export type { CursorValue, Page } from './page.ts'
export { decodeCursor, encodeCursor, pageOf } from './page.ts'
export type { Locale, RefusalOptions, RefusalSpec } from './refusal.ts'
export { declareRefusals, Refusal } from './refusal.ts'
export type { Words } from './words.ts'
export { inBoth, minutesInWords, moneyInWords } from './words.ts'
