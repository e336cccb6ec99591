import { ApiError } from '@opora/ui-kit/api'

/** What the server said of answers, by the field's name. */
export function answerFaults(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const own = error.faults().filter((fault) => fault.field.startsWith('answers.'))
  return Object.fromEntries(own.map((fault) => [fault.field.slice('answers.'.length), fault.message]))
}
