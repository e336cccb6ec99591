import { z } from 'zod'
import { conditionTests, type FormField as FieldOfDomain, fieldKinds, needs } from './domain/request-form.ts'

/** Shapes of guided forms and of the answers to them, shared with the browser. */
const Label = z.strictObject({ ru: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) })
const Help = z.strictObject({ ru: z.string().trim().max(500), en: z.string().trim().max(500) })
const Condition = z.strictObject({
  field: z.string().max(40),
  test: z.enum(conditionTests),
  values: z.array(z.string().trim().min(1).max(200)).max(30),
})
export const FormField = z.strictObject({
  name: z.string().max(40),
  kind: z.enum(fieldKinds),
  label: Label,
  help: Help,
  need: z.enum(needs),
  options: z.array(z.strictObject({ value: z.string().trim().min(1).max(60), label: Label })).max(100),
  shownWhen: z.array(Condition).max(10),
  requiredWhen: z.array(Condition).max(10),
}) satisfies z.ZodType<FieldOfDomain>
export type FormField = z.infer<typeof FormField>

const FIELDS_MAX = 60

/** A topic's form; `id` null and no fields: the topic asks by the general form. `version` is the number, for `If-Match`. */
export const TopicForm = z.object({
  topic: z.string(),
  id: z.number().nullable(),
  version: z.number().int(),
  fields: z.array(FormField),
  savedAt: z.iso.datetime().nullable(),
  savedBy: z.string().nullable(),
})
export type TopicForm = z.infer<typeof TopicForm>
export const NewForm = z.strictObject({ fields: z.array(FormField).max(FIELDS_MAX) })

/** What a client is offered on a topic: its form, and where to turn when the contract leaves the topic out. */
export const CabinetTopicForm = z.object({
  topic: z.string(),
  id: z.number().nullable(),
  fields: z.array(FormField),
  /** Null: the contract covers it, or that is seen later. */
  leftOut: z.string().nullable(),
})
export type CabinetTopicForm = z.infer<typeof CabinetTopicForm>

export const Answer = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(100),
  z.null(),
])
export const Answers = z.record(z.string().max(40), Answer)
export type Answers = z.infer<typeof Answers>
/** More answers than a form has fields are told as one fault, not as one each. */
export const SentAnswers = Answers.refine((given) => Object.keys(given).length <= FIELDS_MAX, {
  error: `≤ ${FIELDS_MAX}`,
})

export const Missing = z.object({ name: z.string(), label: z.string() })

/** The form of a ticket with what was answered. A page reads it by the same rules as the server. */
export const TicketForm = z.object({
  /** Null: the general form. */
  id: z.number().nullable(),
  version: z.number().int().nullable(),
  /** The topic has a newer form than the one that was answered. */
  outdated: z.boolean(),
  fields: z.array(FormField),
  answers: Answers,
  files: z.number().int(),
  missing: z.array(Missing),
  /** What the client was asked for last and has not given yet. */
  asked: z.array(z.string()),
})
export type TicketForm = z.infer<typeof TicketForm>

/** A letter that asks for what is missing, ready to be edited and sent. */
export const Asking = z.object({
  fields: z.array(Missing),
  text: z.string(),
  /** The ticket will wait for the client, and its clocks with it. */
  waits: z.boolean(),
})
export type Asking = z.infer<typeof Asking>
export const AskMissing = z.strictObject({
  fields: z.array(z.string().max(40)).min(1).max(60),
  text: z.string().trim().min(1).max(20_000),
})

/** What a client is asked for in the cabinet: the form whole, because conditions look at what is known, and which of it is asked. */
export const AskedFields = z.object({
  fields: z.array(FormField),
  asked: z.array(z.string()),
  known: Answers,
  /** What conditions look at beside the answers. */
  portalId: z.number().nullable(),
  files: z.number().int(),
})
export const GivenAnswers = z.strictObject({ answers: SentAnswers, portalId: z.number().int().positive().nullish() })
