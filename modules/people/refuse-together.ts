import type { Locale, Refusal } from '@opora/core'

/** Several faults of one request as one refusal: the first one, with the whole list beside it in the usual shape of field errors. */
export function refuseTogether(refusals: readonly Refusal[], locale: Locale): void {
  const [first] = refusals
  if (!first) return
  if (refusals.length > 1) {
    first.options.details = {
      errors: refusals.map((one) => ({
        code: one.code,
        message: one.sentence(locale),
        field: one.options.field ?? '',
      })),
    }
  }
  throw first
}
