import type { Field, Outcome } from './process-definition.ts'
import type { OutcomeData } from './process-state.ts'

/** So many combinations of choices and ticks are looked at; what comes after them is not tried. */
const VARIANTS_MAX = 16
const SAMPLE_DATE = '2026-01-12'
const SAMPLE_MOMENT = '2026-01-12T09:00:00Z'

/** Something fitting for every field and message that an outcome asks for, where nobody has said what. */
export function sampleData(outcome: Pick<Outcome, 'fields' | 'needs'>, given: OutcomeData = {}): OutcomeData {
  const data: Record<string, unknown> = { ...given }
  for (const field of outcome.fields) {
    if (field.required && isMissing(data[field.name])) data[field.name] = sampleOf(field)
  }
  if (outcome.needs && isMissing(data[outcome.needs])) data[outcome.needs] = '…'
  return data
}

/** The ways in which a form could have been filled in, as far as its choices and ticks tell them apart. */
export function variantsOf(outcome: Pick<Outcome, 'fields' | 'needs'>): OutcomeData[] {
  let variants: Record<string, unknown>[] = [{}]
  for (const field of outcome.fields) {
    const values = answersOf(field)
    const wider = values.flatMap((value) => variants.map((one) => ({ ...one, [field.name]: value })))
    if (wider.length <= VARIANTS_MAX) variants = wider
  }
  return variants.map((variant) => sampleData(outcome, variant))
}

function answersOf(field: Field): unknown[] {
  if (field.type === 'choice') return field.options.map((option) => option.value)
  if (field.type === 'boolean' && !field.required) return [true, false]
  return [sampleOf(field)]
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function sampleOf(field: Field): unknown {
  switch (field.type) {
    case 'number':
      return 1
    case 'boolean':
    case 'checklist':
      return true
    case 'choice':
      return field.options[0]?.value
    case 'date':
      return SAMPLE_DATE
    case 'datetime':
      return SAMPLE_MOMENT
    default:
      return '…'
  }
}
