/** Puts values in place of `{{name}}`. No expressions, no loops: a template is text, not a program. */
export function fillTemplate(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(/\{\{\s*([a-z]{1,20})\s*\}\}/g, (mark, name: string) =>
    Object.hasOwn(values, name) ? values[name]! : mark,
  )
}
