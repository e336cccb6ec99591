import { z } from 'zod'
import { kinds } from './contract.ts'

/** Shapes of the dictionaries that the administrator edits. What is put away keeps its words where it was used. */
export const routesOfTopics = ['answer_and_close', 'answer_with_article', 'pass_on'] as const
export const marks = ['impact', 'urgency', 'complexity', 'category', 'planned_minutes', 'expected_on'] as const
export const itemRoles = ['l1', 'im', 'it', 'dev', 'an', 'qa', 'am'] as const
export const customKinds = ['text', 'number', 'date', 'yes_no', 'choice'] as const

const Name = z.string().trim().min(1).max(200)
const names = { nameRu: Name, nameEn: Name }
const Topics = z.array(z.string().min(1).max(60)).max(100)
/** A code is chosen once: tickets and processes name it. */
export const Code = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)
const kept = { code: z.string(), archived: z.boolean(), version: z.number().int() }

export const TopicInput = z.strictObject({
  ...names,
  route: z.enum(routesOfTopics),
  readyAnswerRu: z.string().trim().max(10_000).nullable(),
  readyAnswerEn: z.string().trim().max(10_000).nullable(),
  defaultKind: z.enum(kinds).nullable(),
  defaultPriority: z.number().int().min(1).max(4).nullable(),
  offered: z.boolean(),
  excluded: z.boolean(),
})
export type TopicInput = z.infer<typeof TopicInput>
export const TopicSetting = z.object({
  ...TopicInput.shape,
  ...kept,
  service: z.string().nullable(),
  /** Fields of its form; 0: the general one asks. */
  formFields: z.number().int(),
})
export type TopicSetting = z.infer<typeof TopicSetting>

export const EntryInput = z.strictObject(names)
export const Entry = z.object({ ...EntryInput.shape, ...kept })
export type Entry = z.infer<typeof Entry>

const Option = z.strictObject({
  value: z.string().trim().min(1).max(60),
  label: z.strictObject({ ru: Name, en: Name }),
})
export const CustomFieldInput = z.strictObject({
  ...names,
  kind: z.enum(customKinds),
  options: z.array(Option).max(100),
  topics: Topics,
})
export const CustomField = z.object({ ...CustomFieldInput.shape, ...kept })
export type CustomField = z.infer<typeof CustomField>

const Item = z.strictObject({ ru: Name, en: Name, required: z.boolean(), role: z.enum(itemRoles).nullable() })
export const ChecklistInput = z.strictObject({ ...names, items: z.array(Item).min(1).max(100), topics: Topics })
export const ChecklistSetting = z.object({ ...ChecklistInput.shape, ...kept })
export type ChecklistSetting = z.infer<typeof ChecklistSetting>

export const KindMarks = z.object({ kind: z.enum(kinds), marks: z.array(z.enum(marks)), version: z.number().int() })
export type KindMarks = z.infer<typeof KindMarks>
export const MarksInput = z.strictObject({ marks: z.array(z.enum(marks)).max(marks.length) })

/** Proposed priorities, nine of them: impact 1 with urgency 1, 2, 3, then impact 2, then 3. */
export const Cells = z.array(z.number().int().min(1).max(4)).length(9)
export const Criticality = z.object({ cells: Cells, version: z.number().int() })
export type Criticality = z.infer<typeof Criticality>
