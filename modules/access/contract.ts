import { z } from 'zod'
import { actions } from './domain/policy.ts'
import { type Role, roleCodes } from './domain/roles.ts'

const locale = z.enum(['ru', 'en'])
const role = z.enum(roleCodes as [Role, ...Role[]])
const instant = z.iso.datetime()
const id = z.int().positive()
const emailText = z.string().trim().min(3).max(254)
const personName = z.string().trim().min(1).max(200)
// Lengths are judged by the rules for passwords; this only bounds the work.
const passwordText = z.string().min(1).max(1024)
const oneTimeToken = z.string().min(10).max(200)
const zone = z.string().max(64).refine(isZone, 'IANA time zone')

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0).length > 0
  } catch {
    return false
  }
}

export const signInBody = z.strictObject({
  email: emailText,
  password: passwordText,
  code: z.string().max(40).optional(),
})
export const confirmBody = z.strictObject({ password: passwordText })
export const askLinkBody = z.strictObject({ email: emailText, locale: locale.optional() })
export const askLinkReply = z.strictObject({ sent: z.literal(true) })
export const magicBody = z.strictObject({ token: oneTimeToken, code: z.string().max(40).optional() })
export const resetBody = z.strictObject({ token: oneTimeToken, password: passwordText })
export const acceptBody = z.strictObject({ token: oneTimeToken, password: passwordText, name: personName.optional() })

export const meReply = z.strictObject({
  id,
  side: z.enum(['staff', 'client', 'partner']),
  name: z.string(),
  email: z.string(),
  locale,
  zone: z.string(),
  roles: z.array(role),
  /** Which clients a person of the provider serves; null: all. */
  clientIds: z.array(id).nullable(),
  contact: z
    .strictObject({
      id,
      clientId: id,
      clientName: z.string(),
      scope: z.enum(['own', 'department', 'all', 'finance']),
      department: z.string().nullable(),
      responsible: z.boolean(),
      portalAdmin: z.boolean(),
    })
    .nullable(),
  company: z.strictObject({ name: z.string().nullable(), zone: z.string() }),
  /** Demo data: no second factor is demanded, and the screen says so. */
  demo: z.boolean(),
  secondFactor: z.strictObject({ needed: z.boolean(), on: z.boolean(), given: z.boolean() }),
  hasPassword: z.boolean(),
  /** The password was given within the last ten minutes. */
  fresh: z.boolean(),
  preferences: z.record(z.string(), z.json()),
  /** Actions of the policy that this person may call on something. */
  can: z.array(z.enum(actions as [string, ...string[]])),
})
export type Me = z.infer<typeof meReply>
/** null: a second factor is on, so signing in is a step of its own. */
export const acceptReply = z.strictObject({ me: meReply.nullable() })

const PREFERENCES_MAX = 50
export const meChange = z.strictObject({
  name: personName.optional(),
  locale: locale.optional(),
  zone: zone.optional(),
  preferences: z
    .record(z.string().min(1).max(60), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]))
    .refine((value) => Object.keys(value).length <= PREFERENCES_MAX, `at most ${PREFERENCES_MAX} at once`)
    .optional(),
})
export const passwordBody = z.strictObject({ current: passwordText.optional(), password: passwordText })

export const totpBeginReply = z.strictObject({ secret: z.string(), uri: z.string(), qr: z.string() })
export const codeBody = z.strictObject({ code: z.string().min(6).max(40) })
export const recoveryCodesReply = z.strictObject({ recoveryCodes: z.array(z.string()) })

export const sessionsReply = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      createdAt: instant,
      seenAt: instant,
      ip: z.string().nullable(),
      userAgent: z.string().nullable(),
      /** The session of this very request. */
      current: z.boolean(),
    }),
  ),
})
export const endedReply = z.strictObject({ ended: z.int() })

export const tokenItem = z.strictObject({
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  networks: z.array(z.string()),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
})
export const tokensReply = z.strictObject({ items: z.array(tokenItem) })
export const TOKEN_DAYS_MAX = 365
export const tokenBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** `area.verb`, `area.*`, `read` (all reading) or `*`. */
  scopes: z.array(z.string().min(1).max(60)).min(1).max(100),
  /** Addresses and networks (`10.0.0.0/8`) that it may be used from; none: from anywhere. */
  networks: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .max(50)
    .default([]),
  expiresInDays: z.int().min(1).max(TOKEN_DAYS_MAX),
})
/** The token itself is shown this once. */
export const tokenMade = tokenItem.extend({ token: z.string() })

export const setUpReply = z.strictObject({ needed: z.boolean() })
export const setUpBody = z.strictObject({
  code: z.string().min(1).max(100),
  company: z.string().trim().min(1).max(200),
  name: personName,
  email: emailText,
  password: passwordText,
  locale,
})

export const idParams = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
const limit = z.coerce.number().int().min(1).max(200).default(50)
const cursor = z.string().max(500).optional()
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const staffItem = z.strictObject({
  id,
  side: z.enum(['staff', 'partner']),
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  specialities: z.array(z.string()),
  grade: z.string().nullable(),
  active: z.boolean(),
})
export const staffReply = z.strictObject({ items: z.array(staffItem), nextCursor: z.string().nullable() })
export const staffQuery = z.strictObject({
  q: z.string().trim().max(100).optional(),
  role: role.optional(),
  active: flag.optional(),
  limit,
  cursor,
})
export const staffCard = staffItem.extend({
  locale,
  zone: z.string(),
  serves: z.enum(['all', 'listed']),
  clientIds: z.array(id),
  secondFactorOn: z.boolean(),
  /** Has chosen a password. */
  joined: z.boolean(),
  lastSeenAt: instant.nullable(),
  createdAt: instant,
  version: z.int(),
})
export type StaffCard = z.infer<typeof staffCard>
const specialities = z.array(z.string().trim().min(1).max(60)).max(50)
/** Empty text: none. */
const grade = z
  .string()
  .trim()
  .max(60)
  .transform((text) => (text === '' ? null : text))
  .nullable()
const clientIds = z.array(id).max(5000)
export const staffBody = z.strictObject({
  email: emailText,
  name: personName,
  roles: z.array(role).min(1).max(roleCodes.length),
  locale: locale.default('ru'),
  zone: zone.default('Europe/Moscow'),
  serves: z.enum(['all', 'listed']).default('all'),
  clientIds: clientIds.default([]),
  specialities: specialities.default([]),
  grade: grade.default(null),
})
export const staffChange = z.strictObject({
  email: emailText.optional(),
  name: personName.optional(),
  active: z.boolean().optional(),
  locale: locale.optional(),
  zone: zone.optional(),
  serves: z.enum(['all', 'listed']).optional(),
  clientIds: clientIds.optional(),
  specialities: specialities.optional(),
  grade: grade.optional(),
})
export const rolesBody = z.strictObject({ roles: z.array(role).min(1).max(roleCodes.length) })

export const auditQuery = z.strictObject({
  objectType: z.string().max(60).optional(),
  objectId: z.string().max(60).optional(),
  actorId: z.coerce.number().int().positive().optional(),
  clientId: z.coerce.number().int().positive().optional(),
  action: z.string().max(60).optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit,
  cursor,
})
export const auditReply = z.strictObject({
  items: z.array(
    z.strictObject({
      seq: z.int(),
      at: instant,
      actorId: id.nullable(),
      actorName: z.string(),
      clientId: id.nullable(),
      action: z.string(),
      objectType: z.string(),
      objectId: z.string(),
      detail: z.json(),
      alone: z.boolean(),
      ip: z.string().nullable(),
      requestId: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
