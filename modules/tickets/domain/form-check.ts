import type { Words } from '@opora/core'
import {
  type Answers,
  type Around,
  type Condition,
  type FormField,
  fitsField,
  isBlank,
  isDate,
  readForm,
} from './request-form.ts'

/** What is wrong, at a dotted path of the body, in both languages. */
export interface Fault {
  field: string
  message: Words
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/** What a form may not be saved with; the place of each fault is `fields.<index>.<part>`. */
export function formFaults(fields: readonly FormField[]): Fault[] {
  const faults: Fault[] = []
  const add = (index: number, part: string, ru: string, en: string) =>
    faults.push({ field: `fields.${index}.${part}`, message: { ru, en } })
  fields.forEach((field, index) => {
    // a name that every object has would be read as answered
    if (!NAME.test(field.name) || field.name in {})
      add(index, 'name', 'Имя: латинские буквы, цифры, «_»', 'The name: latin letters, digits, “_”')
    if (fields.findIndex((other) => other.name === field.name) < index)
      add(index, 'name', `Поле «${field.name}» уже есть`, `There is a field “${field.name}” already`)
    if (field.kind === 'portal' && fields.findIndex((other) => other.kind === 'portal') < index)
      add(index, 'kind', 'Портал в форме спрашивают один раз', 'A form asks for the portal once')
    for (const [ru, en] of optionFaults(field)) add(index, 'options', ru, en)
    for (const part of ['shownWhen', 'requiredWhen'] as const)
      for (const [ru, en] of field[part].flatMap((one) => conditionFaults(fields, field, one))) add(index, part, ru, en)
  })
  const circle = circleOf(fields)
  if (circle.length > 0) {
    const names = [...circle, circle[0]!].join(' → ')
    const first = fields.findIndex((field) => field.name === circle[0])
    add(
      first,
      'shownWhen',
      `Поля показывают друг друга по кругу: ${names}`,
      `Fields show each other in a circle: ${names}`,
    )
  }
  return faults
}

function optionFaults({ kind, options }: FormField): [string, string][] {
  const isChoice = kind === 'choice' || kind === 'choices'
  if (isChoice !== options.length > 0)
    return [
      isChoice
        ? ['Добавьте варианты', 'Add the options']
        : ['Варианты есть только у выбора', 'Only a choice has options'],
    ]
  const values = new Set(options.map((option) => option.value))
  return values.size === options.length ? [] : [['Варианты повторяются', 'Options repeat']]
}

function conditionFaults(
  fields: readonly FormField[],
  own: FormField,
  { field: name, test, values }: Condition,
): [string, string][] {
  const other = fields.find((field) => field.name === name)
  if (!other) return [[`В форме нет поля «${name}»`, `The form has no field “${name}”`]]
  if (other === own) return [['Поле не смотрит само на себя', 'A field does not look at itself']]
  if (test === 'filled' || test === 'empty') return []
  const said = `${other.label.ru || name}`
  const saidEn = `${other.label.en || name}`
  if (other.kind === 'file' || other.kind === 'portal')
    return [[`О поле «${said}» можно спросить, заполнено ли оно`, `Of “${saidEn}” one may ask whether it is filled`]]
  if (values.length === 0) return [['Назовите значение условия', 'Name the condition’s value']]
  const isOrdered = other.kind === 'number' || other.kind === 'date'
  if ((test === 'at_least' || test === 'at_most') && (!isOrdered || values.length !== 1))
    return [['«Не меньше» и «не больше» бывает число или дата', 'Only a number or a date is at least or at most']]
  return values.every((value) => isValueOf(other, value))
    ? []
    : [[`У поля «${said}» нет такого значения`, `“${saidEn}” has no such value`]]
}

function isValueOf(field: FormField, value: string): boolean {
  if (field.kind === 'yes_no') return value === 'yes' || value === 'no'
  if (field.kind === 'number') return value.trim() !== '' && Number.isFinite(Number(value))
  if (field.kind === 'date') return isDate(value)
  return field.kind === 'choices' ? fitsField(field, [value]) : fitsField(field, value)
}

/** Names of fields whose being shown hangs on each other in a circle, in its order; none: empty. */
export function circleOf(fields: readonly Pick<FormField, 'name' | 'shownWhen'>[]): string[] {
  const ways = new Map(fields.map((field) => [field.name, field.shownWhen.map((one) => one.field)]))
  const done = new Set<string>()
  const walk = (name: string, trail: readonly string[]): string[] => {
    const from = trail.indexOf(name)
    if (from >= 0) return trail.slice(from)
    if (done.has(name)) return []
    for (const next of ways.get(name) ?? []) {
      const circle = walk(next, [...trail, name])
      if (circle.length > 0) return circle
    }
    done.add(name)
    return []
  }
  for (const { name } of fields) {
    const circle = walk(name, [])
    if (circle.length > 0) return circle
  }
  return []
}

const UNFIT: Partial<Record<FormField['kind'], Words>> = {
  text: { ru: 'Слишком длинно', en: 'Too long' },
  long_text: { ru: 'Слишком длинно', en: 'Too long' },
  number: { ru: 'Нужно число', en: 'A number is needed' },
  date: { ru: 'Нужна дата', en: 'A date is needed' },
}

/**
 * What answers may not be taken with. `demand`: what is required must be there (a request that a client sends); a person of the desk
 * writes down what is known. Answers to fields that are not shown are no fault: they are dropped.
 */
export function answerFaults(fields: readonly FormField[], given: Answers, around: Around, demand: boolean): Fault[] {
  const faults: Fault[] = []
  for (const [name, answer] of Object.entries(given)) {
    const field = fields.find((one) => one.name === name)
    const at = `answers.${name}`
    if (!field) faults.push({ field: at, message: { ru: 'В форме нет такого поля', en: 'The form has no such field' } })
    else if (answer !== undefined && answer !== null && !isBlank(answer) && !fitsField(field, answer))
      faults.push({
        field: at,
        message: UNFIT[field.kind] ?? { ru: 'Такого ответа нет', en: 'There is no such answer' },
      })
  }
  if (!demand) return faults
  const needed = readForm(fields, given, around).fields.filter((state) => state.required && !state.filled)
  for (const { field } of needed)
    if (!faults.some((fault) => fault.field === `answers.${field.name}`))
      faults.push({
        field: `answers.${field.name}`,
        message: { ru: 'Без этого не начать', en: 'We cannot start without it' },
      })
  return faults
}
