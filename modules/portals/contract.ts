import { z } from 'zod'

export const hostings = ['cloud', 'boxed', 'other'] as const
export const environments = ['production', 'test'] as const
export const licenceStates = ['unknown', 'active', 'ending', 'expired'] as const

const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const short = (max: number) => z.string().trim().max(max)
const optional = (max: number) =>
  short(max)
    .transform((text) => text || null)
    .nullable()
    .optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)
const cursor = z.string().max(500).optional()
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

export const portalParams = z.object({ id })
export const factParams = z.object({ id, name: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/) })
export const productParams = z.object({ code })

export const productView = z.object({
  code: z.string(),
  nameRu: z.string(),
  nameEn: z.string(),
  hosting: z.enum(hostings),
})
export const productList = z.object({ items: z.array(productView) })
export const productChange = z.strictObject({
  nameRu: short(120).min(1),
  nameEn: short(120).min(1),
  hosting: z.enum(hostings),
})

const settings = {
  edition: optional(120),
  environment: z.enum(environments).optional(),
  licenceActivatedOn: z.iso.date().nullable().optional(),
  licenceUntil: z.iso.date().nullable().optional(),
  productVersion: optional(60),
  adminContactId: z.number().int().positive().nullable().optional(),
  notes: short(20_000).optional(),
}
export const newPortal = z.strictObject({
  clientId: z.number().int().positive(),
  name: short(200).min(1),
  address: short(300).min(1),
  product: code,
  ...settings,
})
export const portalPatch = z.strictObject({
  name: short(200).min(1).optional(),
  address: short(300).min(1).optional(),
  product: code.optional(),
  ...settings,
  archived: z.boolean().optional(),
})

export const portalView = z.object({
  id: z.number(),
  clientId: z.number(),
  clientName: z.string(),
  name: z.string(),
  address: z.string(),
  product: productView,
  edition: z.string().nullable(),
  environment: z.enum(environments),
  licenceActivatedOn: z.iso.date().nullable(),
  licenceUntil: z.iso.date().nullable(),
  licenceState: z.enum(licenceStates),
  productVersion: z.string().nullable(),
  adminContact: z.object({ id: z.number(), name: z.string() }).nullable(),
  notes: z.string(),
  archivedAt: instant.nullable(),
  createdAt: instant,
  version: z.number(),
})
export const portalQuery = z.object({
  q: short(200).optional(),
  clientId: id.optional(),
  product: code.optional(),
  archived: z.enum(['true', 'false']).default('false'),
  limit,
  cursor,
})
export const portalPage = z.object({ items: z.array(portalView), nextCursor: z.string().nullable() })

/** A measured value: a number, a word or a yes/no; `null` says that it could not be measured. */
export const factValue = z.union([z.number(), z.string().max(2_000), z.boolean(), z.null()])
export const newFact = z.strictObject({
  value: factValue,
  measuredAt: z.iso.datetime({ offset: true }).optional(),
  source: short(60).min(1).default('manual'),
})
export const factView = z.object({
  id: z.number(),
  name: z.string(),
  value: factValue,
  measuredAt: instant,
  source: z.string(),
  by: z.string().nullable(),
})
export const factList = z.object({ items: z.array(factView) })
export const factPage = z.object({ items: z.array(factView), nextCursor: z.string().nullable() })
export const factQuery = z.object({ limit, cursor })

export const cabinetPortal = z.object({
  id: z.number(),
  name: z.string(),
  address: z.string(),
  product: z.object({ code: z.string(), nameRu: z.string(), nameEn: z.string() }),
  edition: z.string().nullable(),
  environment: z.enum(environments),
  licenceUntil: z.iso.date().nullable(),
  licenceState: z.enum(licenceStates),
  adminContact: z.object({ name: z.string() }).nullable(),
})
export const cabinetPortals = z.object({ items: z.array(cabinetPortal) })

export type NewPortal = z.infer<typeof newPortal>
export type PortalPatch = z.infer<typeof portalPatch>
export type PortalView = z.infer<typeof portalView>
export type NewFact = z.infer<typeof newFact>
export type FactView = z.infer<typeof factView>
export type ProductView = z.infer<typeof productView>
