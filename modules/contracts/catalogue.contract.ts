import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

const instant = z.iso.datetime()
const short = (max: number) => z.string().trim().max(max)
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
const named = { code: z.string(), nameRu: z.string(), nameEn: z.string() }
const namedChange = { nameRu: short(200).min(1), nameEn: short(200).min(1) }

export const codeParams = z.object({ code })

export const serviceUnits = ['hour', 'month', 'piece'] as const
export const servicePrices = ['by_hours', 'by_month', 'by_piece'] as const
export const serviceRoles = ['operator', 'it_operator', 'developer', 'analyst', 'account_manager'] as const
export const serviceView = z.object({
  ...named,
  activity: z.string().nullable(),
  unit: z.enum(serviceUnits),
  price: z.enum(servicePrices),
  role: z.string(),
  archived: z.boolean(),
  version: z.number(),
})
export const servicesReply = z.object({ items: z.array(serviceView) })
export const serviceChange = z.strictObject({
  ...namedChange,
  activity: z.string().min(1).max(60),
  unit: z.enum(serviceUnits),
  price: z.enum(servicePrices),
  role: z.enum(serviceRoles),
  archived: z.boolean().default(false),
})
export const newService = serviceChange.omit({ archived: true }).extend({ code })
export const activitiesReply = z.object({ items: z.array(z.object(named)) })

// An offer holds many shapes that the catalogue alone knows; it leaves as the data that it is.
const offerSpec = z.record(z.string(), z.unknown())
export const packageView = z.object({
  ...named,
  offer: z.string(),
  spec: offerSpec,
  archived: z.boolean(),
  version: z.number(),
})
export const packagesReply = z.object({ items: z.array(packageView) })
export const packageChange = z.strictObject({ ...namedChange, spec: offerSpec, archived: z.boolean().default(false) })
/** A new package begins as a copy of what is given, under a code of its own. */
export const newPackage = z.strictObject({ ...namedChange, code, offer: short(60).min(1), spec: offerSpec })
export const packageTermsQuery = z.object({
  startsOn: z.iso.date().refine(isOfOurTime),
  monthlyFeeKopecks: z.coerce.number().int().min(0).optional(),
  minutesPerMonth: z.coerce.number().int().min(1).optional(),
  endsOn: z.iso.date().refine(isOfOurTime).optional(),
  /** Codes of the price list's options, divided by commas. */
  options: short(1_000).optional(),
})

const time = z.string().regex(/^\d{2}:\d{2}$/)
const span = z.tuple([time, time])
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const spans = z.array(span).max(24)
const note = short(200).optional()
const dated = z.strictObject({ date: z.iso.date(), name: note })
export const calendarSpec = z.strictObject({
  zone: short(60).min(1),
  week: z.partialRecord(z.enum(weekdays), spans),
  dayRule: z.enum(['production', 'weekdays_less_all_days_off', 'weekdays_less_statutory_holidays', 'every_listed_day']),
  shortenedDays: z.boolean().optional(),
  breaks: z
    .array(z.strictObject({ from: time, to: time, days: z.array(z.enum(weekdays)).optional() }))
    .max(50)
    .optional(),
  holidays: z.array(dated).max(2_000).optional(),
  yearlyHolidays: z
    .array(z.strictObject({ monthDay: z.string().regex(/^\d{2}-\d{2}$/), name: note }))
    .max(400)
    .optional(),
  regionalDaysOff: z.array(dated).max(2_000).optional(),
  exceptions: z
    .array(
      z.strictObject({
        date: z.iso.date(),
        replace: spans.optional(),
        add: spans.optional(),
        remove: spans.optional(),
        name: note,
      }),
    )
    .max(2_000)
    .optional(),
})
export const calendarView = z.object({ ...named, spec: calendarSpec, version: z.number() })
export const calendarsReply = z.object({ items: z.array(calendarView) })
export const calendarChange = z.strictObject({ ...namedChange, spec: calendarSpec })
export const newCalendar = calendarChange.extend({ code })
export const monthQuery = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .refine(isOfOurTime),
})
export const calendarDays = z.object({
  code: z.string(),
  month: z.string(),
  zone: z.string(),
  openMinutes: z.number(),
  days: z.array(
    z.object({
      date: z.iso.date(),
      weekday: z.enum(weekdays),
      open: z.array(z.object({ from: instant, to: instant })),
      openMinutes: z.number(),
      reasons: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string()) })),
      estimated: z.boolean(),
    }),
  ),
})

export const productionYears = z.object({
  items: z.array(
    z.object({
      year: z.number(),
      status: z.enum(['approved', 'draft', 'estimated']),
      source: z.string(),
      loadedAt: instant,
    }),
  ),
})

const WORKING_DAYS_MAX = 1_000
const target = z
  .strictObject({
    amount: z.number().int().min(1).max(1_000_000),
    unit: z.enum(['service_minutes', 'clock_minutes', 'working_days']),
    dayCalendar: code.optional(),
  })
  .refine((given) => given.unit !== 'working_days' || given.amount <= WORKING_DAYS_MAX, {
    path: ['amount'],
    error: `at most ${WORKING_DAYS_MAX} working days`,
  })
/** One value, or several of which any will do. */
const oneOf = <T extends z.ZodType>(value: T) => z.union([value, z.array(value).min(1).max(100)]).optional()
const priority = z.number().int().min(1).max(4)
const slaRow = z.strictObject({
  name: short(200).min(1),
  nameEn: short(200).min(1),
  when: z.strictObject({
    client: oneOf(z.string().max(20)),
    portal: oneOf(z.string().max(20)),
    portalType: oneOf(short(60)),
    topic: oneOf(short(60)),
    kind: oneOf(z.enum(['accident', 'incident', 'change', 'service_request', 'consultation'])),
    licenceClass: oneOf(short(60)),
    priority: oneOf(priority),
  }),
  targets: z.strictObject({
    reaction: target.optional(),
    nextAnswer: target.optional(),
    resolution: target.optional(),
  }),
  calendarCode: code.optional(),
  agreedTerm: z.boolean().optional(),
})
const priorities = z.array(priority).max(4)
/** Of the counted time. */
const percent = z.number().int().min(1).max(99)
const ladderStep = z.strictObject({
  at: z.templateLiteral(['warn', z.number()]).or(z.literal('breach')),
  act: z.enum(['notify', 'reassign', 'raise', 'page']),
  to: z.enum(['assignee', 'account_manager', 'l1', 'im', 'it', 'dev', 'di']).optional(),
  metrics: z
    .array(z.enum(['reaction', 'next_answer', 'resolution']))
    .min(1)
    .max(3)
    .optional(),
  priorities: priorities.min(1).optional(),
})
export const slaSpec = z.strictObject({
  rows: z.array(slaRow).max(500),
  pausesCounted: z.array(z.enum(['client', 'vendor', 'partner', 'approval', 'payment', 'agreed_date'])),
  resolvedByLowering: z.strictObject({ from: priorities, to: priorities }).optional(),
  /** Percents of the time at which is warned; absent: 50, 75 and 90. */
  warnings: z.array(percent).max(9).optional(),
  /** What happens at warnings and at a breach; absent: the assignee, the incident manager and the account manager are told. */
  ladder: z.array(ladderStep).max(50).optional(),
})
export const slaPolicyView = z.object({ ...named, spec: slaSpec, version: z.number() })
export const slaPoliciesReply = z.object({ items: z.array(slaPolicyView) })
export const slaPolicyChange = z.strictObject({
  ...namedChange,
  spec: slaSpec,
  /** When the new version comes into force; absent: at once. */
  validFrom: instant.optional(),
})
export const newSlaPolicy = slaPolicyChange.extend({ code })
