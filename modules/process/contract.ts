import { z } from 'zod'

const instant = z.iso.datetime()
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
const number = z.coerce.number().int().positive().max(1_000_000)
const XML_MAX = 1_000_000

/** A moment of the years that the database keeps. */
export const instantIn = instant.refine((text) => text >= '1900' && text < '3000', { error: '1900…2999' })

export const processParams = z.object({ key })
export const versionParams = z.object({ key, version: number })

export const processList = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      nameRu: z.string(),
      nameEn: z.string(),
      /** The version that new tickets begin at; null for a process of which only a draft exists. */
      version: z.number().int().nullable(),
      running: z.number().int(),
      publishedAt: instant.nullable(),
      /** Published already, to hold from a later day. */
      coming: z.object({ version: z.number().int(), from: instant }).nullable(),
      /** Who changed the draft last, and when; null where there is no draft. */
      draft: z.object({ by: z.string(), at: instant }).nullable(),
    }),
  ),
})

const versionHead = z.object({
  version: z.number().int(),
  nameRu: z.string(),
  nameEn: z.string(),
  note: z.string(),
  publishedAt: instant,
  /** Null for the versions that ship. */
  publishedBy: z.string().nullable(),
  effectiveFrom: instant,
  /** Tickets that are on this version now and have not ended. */
  running: z.number().int(),
})
export const versionList = z.object({ items: z.array(versionHead) })
export const versionView = versionHead.extend({ key: z.string(), xml: z.string() })

export const diagramToCheck = z.strictObject({ xml: z.string().min(1).max(XML_MAX) })
const problem = z.object({
  element: z.string(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  ru: z.string(),
  en: z.string(),
})
const finding = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  elementId: z.string(),
  ru: z.string(),
  en: z.string(),
})
/** `problems`: what is outside the subset; only a diagram without them has findings. */
export const checkReply = z.object({ problems: z.array(problem), findings: z.array(finding) })

export const newVersion = z.strictObject({
  xml: z.string().min(1).max(XML_MAX),
  /** Tickets opened from this moment on begin at this version; at once when left out. */
  effectiveFrom: instant.optional(),
  note: z.string().trim().max(500).default(''),
})

/** Running tickets of other versions: which could go on at this one, and what the others would miss. */
export const movePreview = z.object({
  items: z.array(
    z.object({
      ticketId: z.number().int(),
      number: z.number().int(),
      version: z.number().int(),
      places: z.array(z.string()),
      fits: z.boolean(),
      missing: z.array(z.string()),
    }),
  ),
  /** There are more than are listed. */
  more: z.boolean(),
})

/** Which running tickets to move to a version, on purpose. */
export const moveWish = z.strictObject({
  ticketIds: z.array(z.number().int().positive()).min(1).max(200),
})
/** What was moved, and what was left on its own version with the elements that it would miss. */
export const moveReply = z.object({
  moved: z.array(z.number().int()),
  left: z.array(z.object({ ticketId: z.number().int(), ru: z.string(), en: z.string() })),
})

const thing = z.object({ value: z.string(), ru: z.string(), en: z.string() })
/** An action of the catalogue with its parameters: for the fields of an editor. */
export const actionView = z.object({
  name: z.string(),
  ru: z.string(),
  en: z.string(),
  params: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      ru: z.string(),
      en: z.string(),
      required: z.boolean(),
      options: z.array(thing),
    }),
  ),
})
/** What parameters may name, by the parameter's type. */
export const actionThings = z.object({
  role: z.array(thing),
  kind: z.array(thing),
  priority: z.array(thing),
  person: z.array(thing),
  template: z.array(thing),
  topic: z.array(thing),
  category: z.array(thing),
  webhook: z.array(thing),
  checklist: z.array(thing),
})
