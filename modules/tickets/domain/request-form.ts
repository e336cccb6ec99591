import type { Words } from '@opora/core'

/** A topic's guided form: its fields in order. Plain data, the same in the browser and on the server. */
export const fieldKinds = [
  'text',
  'long_text',
  'choice',
  'choices',
  'number',
  'date',
  'yes_no',
  'portal',
  'file',
] as const
export type FieldKind = (typeof fieldKinds)[number]

/**
 * `is`, `is_not`: one of the values is (none is) among what was answered; both need an answer. `filled`, `empty`: take no values.
 * `at_least`, `at_most`: of a number or a date. A field that is not shown has no answer.
 */
export const conditionTests = ['is', 'is_not', 'filled', 'empty', 'at_least', 'at_most'] as const
export interface Condition {
  field: string
  test: (typeof conditionTests)[number]
  /** Answers as text; a yes or no is `yes` or `no`. */
  values: string[]
}

/** `required`: a request is not sent without it. `wanted`: counts for completeness and may be asked for later. */
export const needs = ['required', 'wanted', 'optional'] as const

export interface FormField {
  name: string
  kind: FieldKind
  label: Words
  help: Words
  need: (typeof needs)[number]
  /** Of a choice alone. */
  options: { value: string; label: Words }[]
  /** All of them hold, or the field is not shown; none: always. */
  shownWhen: Condition[]
  /** All of them hold, and the field is required whatever its need; none: the need alone says. */
  requiredWhen: Condition[]
}

/** A date is `YYYY-MM-DD`, a portal its number, files the ids of uploads. */
export type Answer = string | number | boolean | string[] | null
export type Answers = Readonly<Record<string, Answer | undefined>>

/** What is known of a request beside its answers. */
export interface Around {
  portalId: number | null
  /** How many files came with it. */
  files: number
}

export interface FieldState {
  field: FormField
  shown: boolean
  required: boolean
  filled: boolean
}

export interface FormReading {
  fields: FieldState[]
  /** Answers of shown fields that fit; what was answered to a hidden one is not among them. */
  answers: Record<string, Answer>
  /** Names of shown fields that are required or wanted, and are empty. */
  missing: string[]
  /** 0..100: how much of what is required or wanted is there. */
  percent: number
}

/** Reads a form with what was answered so far: what is shown, what is required, what is missing. */
export function readForm(fields: readonly FormField[], given: Answers, around: Around): FormReading {
  const shown = shownFields(fields, given, around)
  const answerOf = (name: string) => (shown.has(name) ? answerAsSeen(shown.get(name)!, given, around) : null)
  const states = fields.map((field): FieldState => {
    const isShown = shown.has(field.name)
    const forced = field.requiredWhen.length > 0 && allHold(field.requiredWhen, answerOf)
    return {
      field,
      shown: isShown,
      required: isShown && (field.need === 'required' || forced),
      filled: isShown && isFilled(field, given, around),
    }
  })
  const counted = states.filter((state) => state.shown && (state.required || state.field.need !== 'optional'))
  const missing = counted.filter((state) => !state.filled).map((state) => state.field.name)
  return {
    fields: states,
    answers: Object.fromEntries(
      states.flatMap(({ field, filled }) => {
        const answer = filled ? answerTo(field, given, around) : null
        return answer === null ? [] : [[field.name, answer]]
      }),
    ),
    missing,
    percent: counted.length === 0 ? 100 : Math.round(((counted.length - missing.length) / counted.length) * 100),
  }
}

/** Fields that are shown, by name. A circle of conditions, which no saved form has, shows none of its fields. */
function shownFields(fields: readonly FormField[], given: Answers, around: Around): Map<string, FormField> {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const known = new Map<string, boolean>()
  const isShown = (name: string): boolean => {
    const before = known.get(name)
    if (before !== undefined) return before
    known.set(name, false)
    const field = byName.get(name)
    const answer = (other: string) => (isShown(other) ? answerAsSeen(byName.get(other)!, given, around) : null)
    const holds = field !== undefined && allHold(field.shownWhen, answer)
    known.set(name, holds)
    return holds
  }
  return new Map(fields.filter((field) => isShown(field.name)).map((field) => [field.name, field]))
}

function allHold(conditions: readonly Condition[], answerOf: (name: string) => Answer): boolean {
  return conditions.every((condition) => holds(condition, answerOf(condition.field)))
}

function holds({ test, values }: Condition, answer: Answer): boolean {
  if (test === 'empty' || answer === null) return test === 'empty' && answer === null
  if (test === 'filled') return true
  const told = wordsOfAnswer(answer)
  const isNamed =
    typeof answer === 'number' ? values.map(Number).includes(answer) : told.some((one) => values.includes(one))
  if (test === 'is' || test === 'is_not') return isNamed === (test === 'is')
  const [bound = ''] = values
  const order = typeof answer === 'number' ? answer - Number(bound) : told[0]!.localeCompare(bound)
  return test === 'at_least' ? order >= 0 : order <= 0
}

function wordsOfAnswer(answer: Exclude<Answer, null>): string[] {
  if (Array.isArray(answer)) return answer
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no']
  return [String(answer).trim()]
}

/** The answer as far as it fits its field; anything else counts as none. */
function answerTo(field: FormField, given: Answers, around: Around): Answer {
  if (field.kind === 'portal') return around.portalId
  const answer = Object.hasOwn(given, field.name) ? (given[field.name] ?? null) : null
  return answer !== null && !isBlank(answer) && fitsField(field, answer) ? answer : null
}

/** What a condition sees: a file that came with the request answers the field as well as one that was put into it. */
function answerAsSeen(field: FormField, given: Answers, around: Around): Answer {
  const answer = answerTo(field, given, around)
  return answer === null && isFilled(field, given, around) ? [] : answer
}

function isFilled(field: FormField, given: Answers, around: Around): boolean {
  return (field.kind === 'file' && around.files > 0) || answerTo(field, given, around) !== null
}

export function isBlank(answer: Answer): boolean {
  if (answer === null) return true
  return typeof answer === 'string' ? answer.trim() === '' : Array.isArray(answer) && answer.length === 0
}

export const TEXT_MAX = 500
export const LONG_TEXT_MAX = 20_000
export const FILES_MAX = 20
const NUMBER_MAX = 1e15
const UPLOAD = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether an answer is one that the field takes. */
export function fitsField(field: FormField, answer: Answer): boolean {
  const among = (value: unknown) => field.options.some((option) => option.value === value)
  switch (field.kind) {
    case 'text':
      return typeof answer === 'string' && answer.length <= TEXT_MAX
    case 'long_text':
      return typeof answer === 'string' && answer.length <= LONG_TEXT_MAX
    case 'choice':
      return among(answer)
    case 'choices':
      return Array.isArray(answer) && new Set(answer).size === answer.length && answer.every(among)
    case 'number':
      return typeof answer === 'number' && Math.abs(answer) <= NUMBER_MAX
    case 'date':
      return typeof answer === 'string' && isDate(answer)
    case 'yes_no':
      return typeof answer === 'boolean'
    case 'portal':
      return Number.isSafeInteger(answer) && Number(answer) > 0
    case 'file':
      return Array.isArray(answer) && answer.length <= FILES_MAX && answer.every((id) => UPLOAD.test(id))
  }
}

/** The thirtieth of February has the form of a date and is none. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** An answer in words, `null` for what needs none (files stand with the message) or was not answered. */
export function answerInWords(
  field: FormField,
  answer: Answer | undefined,
  locale: keyof Words,
  portal: string | null = null,
): string | null {
  if (answer === undefined || answer === null || isBlank(answer) || field.kind === 'file') return null
  if (field.kind === 'portal') return portal
  if (typeof answer === 'boolean') {
    const words = answer ? { ru: 'да', en: 'yes' } : { ru: 'нет', en: 'no' }
    return words[locale]
  }
  if (field.kind !== 'choice' && field.kind !== 'choices') return String(answer)
  const chosen = Array.isArray(answer) ? answer : [answer]
  return chosen
    .map((value) => field.options.find((option) => option.value === value)?.label[locale] ?? String(value))
    .join(', ')
}
