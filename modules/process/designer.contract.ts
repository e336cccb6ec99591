import { z } from 'zod'
import { actionThings, actionView, instantIn, processParams } from './contract.ts'

const instant = z.iso.datetime()
const XML_MAX = 1_000_000
const EVENTS_MAX = 300
const words = z.object({ ru: z.string(), en: z.string() })
const xml = z.string().min(1).max(XML_MAX)
const id = z.string().min(1).max(200)

/** A draft of a process. `basedOn`: the published version that the drawing began from. */
export const draftView = z.object({
  key: z.string(),
  xml: z.string(),
  basedOn: z.number().int().nullable(),
  version: z.number().int(),
  updatedAt: instant,
  updatedBy: z.string(),
  /** The asking person changed it last. */
  mine: z.boolean(),
})
/** Begin a draft: from a version that has been published, or, of a new process, with its name. */
export const newDraft = z.strictObject({
  fromVersion: z.number().int().positive().optional(),
  name: z.string().trim().min(1).max(120).optional(),
})
export const draftChange = z.strictObject({ xml, basedOn: z.number().int().positive().nullable() })

/** The words that a diagram may use: for the lists of a designer. */
export const processWords = z.object({
  roles: z.array(z.object({ code: z.string(), ru: z.string(), en: z.string(), held: z.boolean() })),
  facts: z.array(z.string()),
  messages: z.array(z.string()),
  actions: z.array(actionView),
  things: actionThings,
  clockEffects: z.array(z.object({ code: z.string(), ru: z.string(), en: z.string() })),
  phases: z.array(z.object({ code: z.string(), ru: z.string(), en: z.string() })),
  fieldTypes: z.array(z.object({ code: z.string(), ru: z.string(), en: z.string() })),
  /** Diagrams that a call activity may name. */
  processes: z.array(z.string()),
})

export const expressionToCheck = z.strictObject({ text: z.string().max(2_000) })
/** `fault`: null for an expression that reads; `facts`: the names that it looks at. */
export const expressionReply = z.object({ fault: words.nullable(), facts: z.array(z.string()) })

const event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('outcome'),
    taskId: id,
    outcomeId: id,
    data: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])).optional(),
  }),
  z.strictObject({ type: z.literal('message'), name: id }),
  z.strictObject({ type: z.literal('signal'), name: id }),
  z.strictObject({ type: z.literal('timer'), elementId: id }),
  z.strictObject({ type: z.literal('done'), taskId: id }),
  z.strictObject({ type: z.literal('failed'), taskId: id, code: id }),
])
const fact = z.union([z.string().max(500), z.number(), z.boolean(), z.null()])
/** A diagram, what is known of the ticket, and everything that has happened so far: the last event is the step wanted. */
export const simulationWish = z.strictObject({
  xml,
  facts: z.record(z.string().max(60), fact).default({}),
  events: z.array(event).max(EVENTS_MAX).default([]),
})
const field = z.object({
  name: z.string(),
  type: z.string(),
  label: words,
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: words })),
})
export const simulationReply = z.object({
  present: z.array(z.string()),
  passed: z.array(z.string()),
  lastPassed: z.array(z.string()),
  offers: z.array(
    z.object({
      event,
      elementId: z.string(),
      label: words,
      style: z.enum(['primary', 'danger', 'default']),
      fields: z.array(field),
    }),
  ),
  steps: z.array(z.object({ said: z.array(words.extend({ elementId: z.string() })) })),
  facts: z.record(z.string(), fact),
  endedAt: z.string().nullable(),
  ignored: z.boolean(),
})

const side = z.union([z.strictObject({ version: z.number().int().positive() }), z.strictObject({ xml })])
export const comparisonWish = z.strictObject({ key: processParams.shape.key, before: side, after: side })
export const comparisonReply = z.object({
  before: z.object({ xml: z.string() }),
  after: z.object({ xml: z.string() }),
  changes: z.array(
    z.object({
      elementId: z.string(),
      what: z.enum(['node', 'flow', 'lane', 'process']),
      change: z.enum(['added', 'removed', 'changed']),
      name: words,
      details: z.array(z.object({ label: words, before: words, after: words })),
    }),
  ),
})

/** Tickets of the past through a diagram; the last month when no period is given. */
export const rehearsalWish = z.strictObject({
  key: processParams.shape.key,
  xml,
  from: instantIn.optional(),
  to: instantIn.optional(),
})
const named = z.object({ id: z.string(), name: words })
export const rehearsalReply = z.object({
  from: instant,
  to: instant,
  tickets: z.number().int(),
  /** There were more tickets than were taken: the newest were. */
  more: z.boolean(),
  through: z.number().int(),
  stuckCount: z.number().int(),
  stuck: z.array(
    z.object({
      ticketId: z.number().int(),
      number: z.number().int(),
      at: z.array(named),
      ru: z.string(),
      en: z.string(),
    }),
  ),
  stuckAt: z.array(named.extend({ tickets: z.number().int() })),
  paths: z.array(z.object({ places: z.array(named), tickets: z.number().int() })),
  others: z.number().int(),
  detours: z.array(named.extend({ tickets: z.number().int() })),
  /** How many tickets passed an element. */
  passed: z.record(z.string(), z.number().int()),
})
