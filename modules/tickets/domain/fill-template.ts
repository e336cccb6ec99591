/** The names that a template may use; anything else stays as it was written. */
export const templateNames = ['number', 'subject', 'contact', 'client', 'portal', 'status', 'me'] as const

/** Puts values in place of `{{name}}`. No expressions, no loops: a template is text, not a program. */
export function fillTemplate(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(/\{\{\s*([a-z]{1,20})\s*\}\}/g, (mark, name: string) =>
    Object.hasOwn(values, name) ? values[name]! : mark,
  )
}
