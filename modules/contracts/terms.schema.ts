import { z } from 'zod'
import { TEAM_ROLES } from './domain/agreement.ts'
import { CHANNEL_CODES, type ContractTerms, ROUNDING_STEPS, WAIT_REASONS } from './domain/terms.ts'

/* The shape of a contract's terms at the edge. Rules that a shape cannot say are checked by domain/terms-check. */

const MINUTES_MAX = 100_000_000
const KOPECKS_MAX = 1_000_000_000_000
const minutes = z.number().int().min(0).max(MINUTES_MAX)
const kopecks = z.number().int().min(0).max(KOPECKS_MAX)
const code = z.string().min(1).max(60)
const date = z.iso.date()
const percent = z.number().int().min(0).max(10_000)

export const leftoverRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('burns') }),
  z.strictObject({ kind: z.literal('stays') }),
  z.strictObject({ kind: z.literal('carries'), capMinutes: minutes }),
])
const covers = z.strictObject({
  activities: z.union([z.literal('all'), z.array(code).max(200)]),
  factorPercentByActivity: z.record(code, percent),
})
const allowance = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unlimited') }),
  z.strictObject({ kind: z.literal('minutes'), minutesPerMonth: minutes, leftover: leftoverRule }),
  z.strictObject({ kind: z.literal('units'), unitsPerMonth: z.number().int().min(0).max(1_000_000) }),
  z.strictObject({ kind: z.literal('excluded') }),
])
export const includedServices = z.array(z.strictObject({ service: code, allowance })).max(200)

export const engagementForm = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('subscription'),
    code,
    minutesPerMonth: minutes,
    ratePerHourKopecks: kopecks,
    leftover: leftoverRule,
    covers,
    capacityGuaranteed: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('deposit'),
    code,
    minutes,
    ratePerHourKopecks: kopecks,
    boughtOn: date,
    covers,
    capacityGuaranteed: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('postpaid'), code }),
  z.strictObject({
    kind: z.literal('monthly_package'),
    code,
    minutesPerMonth: minutes,
    pricePerMonthKopecks: kopecks,
    leftover: leftoverRule,
    covers,
  }),
  z.strictObject({
    kind: z.literal('annual_package'),
    code,
    minutesPerYear: minutes,
    pricePerYearKopecks: kopecks,
    yearFrom: date,
    leftover: leftoverRule,
    covers,
  }),
  z.strictObject({
    kind: z.literal('flat'),
    code,
    services: includedServices,
  }),
  z.strictObject({ kind: z.literal('project_hours'), code, minutes, from: date, to: date, covers }),
  z.strictObject({
    kind: z.literal('one_off'),
    code,
    title: z.string().max(300),
    on: date,
    price: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('fixed'), kopecks }),
      z.strictObject({ kind: z.literal('by_fact') }),
    ]),
  }),
  z.strictObject({
    kind: z.literal('outstaff'),
    code,
    personId: z.string().max(40),
    from: date,
    to: date,
    ratePerHourKopecks: kopecks,
  }),
])

export const rateTerms = z.strictObject({
  postpaidPerHourKopecks: kopecks,
  rows: z
    .array(z.strictObject({ activity: code.nullable(), grade: code.nullable(), perHourKopecks: kopecks }))
    .max(200),
  vat: z.enum(['included', 'on_top', 'none']),
  onSiteSurchargePercent: percent,
  urgentPercent: percent,
  composition: z.enum(['product', 'greatest', 'sum']),
  multipliersTake: z.enum(['hours', 'money']),
  roundingStepMinutes: z.literal(ROUNDING_STEPS),
  roundingPer: z.enum(['entry', 'task_and_day']),
  beyondBuckets: z.enum(['postpaid', 'stop']),
})

const ids = z.array(z.string().max(20)).max(1_000)
const channels = z.array(z.enum(CHANNEL_CODES)).max(20)
const entitlement = z.strictObject({
  contacts: z.enum(['all', 'listed']),
  contactIds: ids,
  portals: z.enum(['all', 'listed']),
  portalIds: ids,
  channels,
  excludedTopics: z.array(code).max(200),
})

const amount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sum'), kopecks }),
  z.strictObject({ kind: z.literal('fee_share'), basisPoints: percent }),
])
const perClock = {
  code,
  priorities: z.array(z.number().int().min(1).max(4)).max(4),
  metrics: z.array(z.enum(['reaction', 'next_answer', 'resolution'])).max(3),
  graceMinutes: minutes,
  amount,
}
const penaltyRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('per_breach'), ...perClock }),
  z.strictObject({ kind: z.literal('per_hour_late'), ...perClock }),
  z.strictObject({
    kind: z.literal('per_tenth_of_uptime'),
    code,
    uptimeMilliPercent: z.number().int().min(0).max(100_000),
    amount,
  }),
  z.strictObject({
    kind: z.literal('figure_below'),
    code,
    figure: z.enum(['uptime_milli_percent', 'satisfaction_milli_percent', 'not_reopened_milli_percent']),
    threshold: z.number().int().min(0).max(100_000),
    amount,
  }),
])

const estimateRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({ kind: z.literal('outside_package') }),
  z.strictObject({ kind: z.literal('above'), minutes }),
  z.strictObject({ kind: z.literal('everything') }),
])

const text = (max: number) => z.string().trim().min(1).max(max)
const months = z.number().int().min(1).max(120)
const days = z.number().int().min(0).max(365)
const agreement = z.strictObject({
  team: z.array(z.strictObject({ role: z.enum(TEAM_ROLES), accountId: z.string().regex(/^\d{1,15}$/) })).max(50),
  escalation: z
    .array(
      z.strictObject({
        side: z.enum(['client', 'provider']),
        name: text(200),
        reach: text(200),
        afterMinutes: minutes.nullable(),
      }),
    )
    .max(20),
  worksIncluded: z.array(text(300)).max(100),
  worksExcluded: z.array(text(300)).max(100),
  renewal: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('by_agreement'), months }),
    z.strictObject({ kind: z.literal('automatic'), months, noticeDays: days }),
  ]),
  remindDays: z.array(z.number().int().min(1).max(365)).max(10),
  indexation: z
    .strictObject({ everyMonths: months, noticeDays: days, limitBasisPoints: percent.nullable() })
    .nullable(),
  discount: z.strictObject({ basisPoints: z.number().int().min(1).max(9_999), months }).nullable(),
  reservedMinutesPerMonth: minutes,
  leftoverAtEnd: z.enum(['lapses', 'refunded']),
})
const option = z.strictObject({ code, title: text(200), pricePerMonthKopecks: kopecks })

export const contractTerms = z.strictObject({
  packageCode: code.nullable(),
  zone: z.string().min(1).max(60),
  monthlyFeeKopecks: kopecks,
  partialMonth: z.enum(['full', 'by_days']),
  suspension: z
    .strictObject({ feePercent: z.number().int().min(0).max(100), hours: z.enum(['by_days', 'granted']) })
    .optional(),
  minTermMonths: z.number().int().min(0).max(120),
  calendarCode: code,
  slaPolicyCode: code,
  promises: z
    .strictObject({
      pausesCounted: z.array(z.enum(WAIT_REASONS)).max(6).nullable(),
      duty: z
        .strictObject({
          priorities: z.array(z.number().int().min(1).max(4)).min(1).max(4),
          reactionMinutes: z.number().int().min(1).max(1_440),
        })
        .nullable(),
    })
    .optional(),
  agreement: agreement.optional(),
  options: z.array(option).max(20).optional(),
  unitPrices: z.record(code, kopecks).optional(),
  forms: z.array(engagementForm).max(50),
  rates: rateTerms,
  entitlement,
  estimates: z.strictObject({
    rule: estimateRule,
    diagnosisExemptMinutes: minutes,
    tolerancePercent: percent,
    warnAtPercent: percent,
  }),
  coupon: z.strictObject({ perYear: z.number().int().min(1).max(12), reactionMinutes: minutes, channels }).nullable(),
  penalties: z.strictObject({ rules: z.array(penaltyRule).max(50), capFeeBasisPoints: percent.nullable() }),
  capacityCeilingMinutesPerMonth: minutes,
})

/** Fails to compile when the schema and the domain's type part ways. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
true satisfies Same<z.infer<typeof contractTerms>, ContractTerms>
