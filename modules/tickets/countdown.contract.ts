import { z } from 'zod'

/** What is left of a promise: the minutes run down while its hours are open, and stand still otherwise. */
const countdown = {
  /** Working minutes; negative when overdue, null when they cannot be told. */
  remainingMinutes: z.number().nullable(),
  /** The hours are open now. */
  open: z.boolean(),
  /** After how many seconds they close or open, in turn. */
  turnsIn: z.array(z.number()),
}
/** The earliest promise still open, with the working time that is left of it. */
export const NextDue = z.object({
  metric: z.string(),
  /** Null while a pause holds it. */
  dueAt: z.iso.datetime().nullable(),
  state: z.string(),
  ...countdown,
  estimated: z.boolean(),
})
/** The promise that a client is shown. */
export const CabinetCountdown = z.object({ state: z.enum(['running', 'paused']), ...countdown })
