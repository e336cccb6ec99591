import { z } from 'zod'

export * from './cost-rates.contract.ts'

export const clientKinds = ['customer', 'prospect'] as const
export const licenceClasses = [
  'active_licence',
  'restricted_licence',
  'prospect',
  'partner',
  'enterprise_or_web_cluster',
] as const
export const contactScopes = ['own', 'department', 'all', 'finance'] as const
export const contactStatuses = ['active', 'unconfirmed', 'blocked'] as const

export type ClientKind = (typeof clientKinds)[number]
export type LicenceClass = (typeof licenceClasses)[number]
export type ContactStatus = (typeof contactStatuses)[number]

const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const short = (max: number) => z.string().trim().max(max)
const name = short(200).min(1)
/** An empty field clears the value. */
const optional = (max: number) =>
  short(max)
    .transform((text) => text || null)
    .nullable()
    .optional()
const person = z.object({ id: z.number(), name: z.string() })
const limit = z.coerce.number().int().min(1).max(200).default(50)
const cursor = z.string().max(500).optional()

export const clientParams = z.object({ id })
export const contactParams = z.object({ id })

const requisites = {
  legalName: optional(300),
  legalAddress: optional(500),
  inn: optional(12),
  kpp: optional(9),
  ogrn: optional(15),
  bankName: optional(200),
  bik: optional(9),
  settlementAccount: optional(20),
  corrAccount: optional(20),
}

const clientSettings = {
  kind: z.enum(clientKinds).optional(),
  ...requisites,
  zone: short(60).optional(),
  locale: z.enum(['ru', 'en']).optional(),
  mailDomains: z.array(short(253).min(1)).max(50).optional(),
  licenceClass: z.enum(licenceClasses).optional(),
  accountManagerId: z.number().int().positive().nullable().optional(),
  notes: short(20_000).optional(),
}

export const newClient = z.strictObject({ name, ...clientSettings })
export const clientPatch = z.strictObject({
  name: name.optional(),
  ...clientSettings,
  archived: z.boolean().optional(),
})

export const clientView = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(clientKinds),
  legalName: z.string().nullable(),
  legalAddress: z.string().nullable(),
  inn: z.string().nullable(),
  kpp: z.string().nullable(),
  ogrn: z.string().nullable(),
  bankName: z.string().nullable(),
  bik: z.string().nullable(),
  settlementAccount: z.string().nullable(),
  corrAccount: z.string().nullable(),
  zone: z.string(),
  locale: z.enum(['ru', 'en']),
  mailDomains: z.array(z.string()),
  licenceClass: z.enum(licenceClasses),
  accountManager: person.nullable(),
  notes: z.string(),
  archivedAt: instant.nullable(),
  createdAt: instant,
  contacts: z.object({
    active: z.number(),
    unconfirmed: z.number(),
    blocked: z.number(),
    withCabinet: z.number(),
  }),
  version: z.number(),
})

export const clientRow = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(clientKinds),
  inn: z.string().nullable(),
  licenceClass: z.enum(licenceClasses),
  accountManager: person.nullable(),
  contactsCount: z.number(),
  archived: z.boolean(),
})
export const clientQuery = z.object({
  q: short(200).optional(),
  kind: z.enum(clientKinds).optional(),
  archived: z.enum(['true', 'false']).default('false'),
  limit,
  cursor,
})
export const clientPage = z.object({ items: z.array(clientRow), nextCursor: z.string().nullable() })

const contactFields = {
  email: optional(320),
  phone: optional(60),
  department: optional(120),
  position: optional(120),
  scope: z.enum(contactScopes).optional(),
  responsible: z.boolean().optional(),
  portalAdmin: z.boolean().optional(),
  locale: z.enum(['ru', 'en']).optional(),
}
export const newContact = z.strictObject({ name, ...contactFields, status: z.enum(contactStatuses).optional() })
export const contactPatch = z.strictObject({
  name: name.optional(),
  ...contactFields,
  status: z.enum(['active', 'blocked']).optional(),
})

export const contactView = z.object({
  id: z.number(),
  clientId: z.number(),
  clientName: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  department: z.string().nullable(),
  position: z.string().nullable(),
  scope: z.enum(contactScopes),
  responsible: z.boolean(),
  portalAdmin: z.boolean(),
  status: z.enum(contactStatuses),
  /** May sign in to the cabinet. */
  hasCabinet: z.boolean(),
  mailBadSince: instant.nullable(),
  locale: z.enum(['ru', 'en']),
  createdAt: instant,
  version: z.number(),
})
export const contactQuery = z.object({
  q: short(200).optional(),
  clientId: id.optional(),
  status: z.enum(contactStatuses).optional(),
  limit,
  cursor,
})
export const contactPage = z.object({ items: z.array(contactView), nextCursor: z.string().nullable() })
export const invited = z.object({ state: z.literal('invited') })

export const servingStaff = z.object({
  items: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      roles: z.array(z.string()),
      /** all: serves every client; listed: named for this client. */
      serves: z.enum(['all', 'listed']),
      accountManager: z.boolean(),
    }),
  ),
})
export const servingStaffChange = z.strictObject({ accountIds: z.array(z.number().int().positive()).max(500) })

// The cabinet: what a client's own people see.
export const companyView = z.object({
  id: z.number(),
  name: z.string(),
  legalName: z.string().nullable(),
  inn: z.string().nullable(),
  kpp: z.string().nullable(),
  zone: z.string(),
  accountManager: z.object({ name: z.string() }).nullable(),
})
export const colleagueView = contactView.omit({ clientId: true, clientName: true, mailBadSince: true }).extend({
  self: z.boolean(),
})
export const colleaguePage = z.object({ items: z.array(colleagueView), nextCursor: z.string().nullable() })
export const colleagueQuery = z.object({ q: short(200).optional(), limit, cursor })
export const newColleague = z.strictObject({
  name,
  email: short(320).min(1),
  phone: optional(60),
  department: optional(120),
  position: optional(120),
  scope: z.enum(contactScopes).optional(),
  responsible: z.boolean().optional(),
  portalAdmin: z.boolean().optional(),
  /** Send an invitation to the cabinet. */
  invite: z.boolean().default(true),
})
export const colleaguePatch = contactPatch

export type NewClient = z.infer<typeof newClient>
export type ClientPatch = z.infer<typeof clientPatch>
export type ClientView = z.infer<typeof clientView>
export type NewContact = z.infer<typeof newContact>
export type ContactPatch = z.infer<typeof contactPatch>
export type ContactView = z.infer<typeof contactView>
export type NewColleague = z.infer<typeof newColleague>
