import type { Queryable } from '@opora/platform/database'
import type { AvailableOutcome } from '@opora/process'
import { vendorReadModel } from './vendor.read-model.ts'

/** The field of a diagram in which the vendor's topic is named. */
const TOPIC_FIELD = 'vendor_topic'

/** Gives the field of the vendor's topic what the vendor takes about such a portal, to choose from. */
export async function withVendorTopics(
  sql: Queryable,
  outcomes: AvailableOutcome[],
  hosting: string | null,
): Promise<AvailableOutcome[]> {
  if (!outcomes.some((outcome) => outcome.fields.some((field) => field.name === TOPIC_FIELD))) return outcomes
  const topics = (await vendorReadModel.topics(sql)).filter(
    (topic) => topic.hosting === null || topic.hosting === hosting,
  )
  const options = topics.map(({ code, nameRu, nameEn }) => ({ value: code, label: { ru: nameRu, en: nameEn } }))
  return outcomes.map((outcome) => ({
    ...outcome,
    fields: outcome.fields.map((field) =>
      field.name === TOPIC_FIELD ? { ...field, type: 'choice' as const, options } : field,
    ),
  }))
}
