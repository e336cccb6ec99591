import type { FormField } from './request-form.ts'

/** What was asked for, and the fields that are shown because of an answer to it. */
export function askedParts(fields: readonly FormField[], asked: readonly string[]): FormField[] {
  const names = new Set(asked)
  for (let grown = true; grown; ) {
    const size = names.size
    for (const field of fields) if (field.shownWhen.some((one) => names.has(one.field))) names.add(field.name)
    grown = names.size > size
  }
  return fields.filter((field) => names.has(field.name))
}
