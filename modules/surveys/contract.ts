import { z } from 'zod'

/** Shapes of requests and answers about ratings, shared with the browser. */
const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const idParams = z.object({ id })
export const tokenParams = z.object({ token: z.string().min(1).max(200) })
export const score = z.number().int().min(1).max(5)

export const giveRating = z.strictObject({ score, comment: z.string().trim().max(4_000).default('') })
/** `score` of a letter's button only preselects: reading never rates. */
export const ratingPreselect = z.strictObject({ score: z.coerce.number().int().min(1).max(5).optional() })

export const givenRating = z.object({
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
  score: score.nullable(),
  comment: z.string(),
  at: instant.nullable(),
  /** False once the ticket is archived. */
  mayChange: z.boolean(),
})
export const ratingPage = givenRating.extend({ preselected: score.nullable(), company: z.string() })

export const ratingQuery = z.strictObject({
  clientId: id.optional(),
  accountId: id.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  maxScore: z.coerce.number().int().min(1).max(5).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const rating = z.object({
  id: z.number(),
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
  client: z.object({ id: z.number(), name: z.string() }),
  contact: z.string().nullable(),
  /** Who solved it. */
  assignee: z.string().nullable(),
  score,
  comment: z.string(),
  at: instant,
})
export const ratingList = z.object({
  items: z.array(rating),
  nextCursor: z.string().nullable(),
  /** Of everything that the filter finds, not of the page alone. */
  count: z.number(),
  meanHundredths: z.number().nullable(),
})

export type GiveRating = z.infer<typeof giveRating>
export type GivenRating = z.infer<typeof givenRating>
export type RatingQuery = z.infer<typeof ratingQuery>
export type RatingView = z.infer<typeof rating>
