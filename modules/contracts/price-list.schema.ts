import { z } from 'zod'
import type { OfferPrice, PriceList } from './domain/price-list.ts'
import { rateTerms } from './terms.schema.ts'

const kopecks = z.number().int().min(0).max(1_000_000_000_000)
const minutes = z.number().int().min(0).max(100_000_000)
const code = z.string().min(1).max(60)
const words = z.strictObject({ ru: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) })

export const offerPrice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), monthlyKopecks: kopecks }),
  z.strictObject({ kind: z.literal('from'), monthlyKopecks: kopecks }),
  z
    .strictObject({ kind: z.literal('range'), fromKopecks: kopecks, toKopecks: kopecks })
    .refine((price) => price.fromKopecks <= price.toKopecks, { path: ['toKopecks'] }),
  z.strictObject({ kind: z.literal('by_hours') }),
  z.strictObject({ kind: z.literal('individual') }),
])

/** Named twice, one of the two would never be taken, and nobody could say which. */
function namedOnce<Item>(keyOf: (item: Item) => string) {
  return (items: readonly Item[]) => new Set(items.map(keyOf)).size === items.length
}

export const priceList = z.strictObject({
  rates: rateTerms.refine(
    ({ rows }) => namedOnce<(typeof rows)[number]>((row) => `${row.activity}/${row.grade}`)(rows),
    {
      path: ['rows'],
    },
  ),
  subscriptionPerHourKopecks: kopecks,
  depositPerHourKopecks: kopecks,
  subscriptionMinMinutes: minutes,
  depositMinMinutes: minutes,
  capacityCeilingMinutesPerMonth: minutes.min(1),
  packagePrices: z.record(code, offerPrice),
  unitPrices: z.record(code, kopecks),
  options: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
        name: words,
        monthlyKopecks: kopecks,
        duty: z
          .strictObject({
            priorities: z.array(z.number().int().min(1).max(4)).min(1).max(4),
            reactionMinutes: z.number().int().min(1).max(1_440),
          })
          .nullable(),
      }),
    )
    .max(50)
    .refine(namedOnce((option: { code: string }) => option.code)),
  discounts: z
    .array(
      z.strictObject({
        basisPoints: z.number().int().min(1).max(9_999),
        months: z.number().int().min(1).max(120),
      }),
    )
    .max(20)
    .refine(namedOnce((discount: { months: number }) => String(discount.months))),
})

/** Fails to compile when the schema and the domain's type part ways. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
true satisfies Same<z.infer<typeof priceList>, PriceList>
true satisfies Same<z.infer<typeof offerPrice>, OfferPrice>
