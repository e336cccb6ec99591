import { z } from 'zod'

type JsonSchema = Record<string, unknown>

/** JSON Schema 2020-12 of a contract, as OpenAPI 3.1 and the serialiser take it. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    target: 'draft-2020-12',
  }) as JsonSchema
  delete made['$schema']
  return flattenNullable(made) as JsonSchema
}

/** `anyOf: [{type: T}, {type: 'null'}]` says the same as `type: [T, 'null']`, which the serialiser writes much faster. */
function flattenNullable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(flattenNullable)
  if (node === null || typeof node !== 'object') return node
  const source = node as JsonSchema
  const made: JsonSchema = {}
  for (const [name, value] of Object.entries(source)) made[name] = flattenNullable(value)
  const options = made['anyOf'] as JsonSchema[] | undefined
  if (options?.length !== 2) return made
  const [value, none] = options as [JsonSchema, JsonSchema]
  const plain = typeof value['type'] === 'string' && none['type'] === 'null' && !value['$ref']
  if (!plain) return made
  const { anyOf: _, ...rest } = made
  const nullable: JsonSchema = { ...value, ...rest, type: [value['type'], 'null'] }
  if (Array.isArray(value['enum'])) nullable['enum'] = [...(value['enum'] as unknown[]), null]
  return nullable
}

export interface FieldError {
  code: string
  message: string
  field: string
}

/** What is wrong with each field, in the reader's language. */
export function fieldErrors(error: z.ZodError, where: string, locale: 'ru' | 'en'): FieldError[] {
  const words = locale === 'ru' ? z.locales.ru().localeError : z.locales.en().localeError
  return error.issues.flatMap((issue) => {
    const said = words(issue as Parameters<typeof words>[0])
    const message = (typeof said === 'string' ? said : said?.message) ?? issue.message
    const path = issue.path.map(String).join('.')
    const fields =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => (path ? `${path}.${key}` : key)) : [path || where]
    return fields.map((field) => ({
      code: `http.${issue.code}`,
      message: issue.code === 'custom' ? issue.message : message,
      field,
    }))
  })
}
