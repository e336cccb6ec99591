import { compileExpression, type Known } from './feel/compile.ts'
import { expressionText } from './feel/expression.ts'
import type { Field, Outcome, PlaceNode, ProcessDefinition } from './process-definition.ts'
import type { OutcomeData } from './process-state.ts'
import { processRefusals } from './refusals.ts'

/** Whether one of the roles may choose the outcome. */
export function mayChoose(place: PlaceNode, outcome: Outcome, roles: readonly string[]): boolean {
  const allowed = outcome.by ?? place.takers
  return roles.some((role) => allowed.includes(role))
}

/** The chosen outcome, or the refusal that says why it cannot be chosen or what is missing. */
export function checkOutcome(
  definition: ProcessDefinition,
  place: PlaceNode,
  outcomeId: string,
  known: Known,
  data: OutcomeData,
  roles: readonly string[] | null,
): Outcome {
  const outcome = place.outcomes.find((candidate) => candidate.id === outcomeId)
  const flow = outcome ? definition.flows[outcome.flowId] : undefined
  if (!outcome || !flow) {
    const params = { place: place.name, outcome: outcomeId }
    throw processRefusals.refuse('process.unknown_outcome', { field: 'outcomeId', params })
  }
  const params = { outcome: outcome.label }
  if (roles && !mayChoose(place, outcome, roles)) {
    throw processRefusals.refuse('process.outcome_not_yours', { field: 'outcomeId', params })
  }
  if (flow.condition && compileExpression(flow.condition)(known) !== true) {
    const condition = expressionText(flow.condition)
    throw processRefusals.refuse('process.outcome_unavailable', {
      field: 'outcomeId',
      params: { ...params, condition },
    })
  }
  for (const field of outcome.fields) checkField(field, data[field.name])
  if (outcome.needs === 'reply' && isEmpty(data['reply'])) {
    throw processRefusals.refuse('process.reply_required', { field: 'data.reply', params })
  }
  if (outcome.needs === 'note' && isEmpty(data['note'])) {
    throw processRefusals.refuse('process.note_required', { field: 'data.note', params })
  }
  return outcome
}

function checkField(field: Field, value: unknown): void {
  const at = { field: `data.${field.name}`, params: { field: field.label } }
  if (isEmpty(value)) {
    if (field.required) throw processRefusals.refuse('process.field_required', at)
    return
  }
  if (!fits(field, value)) throw processRefusals.refuse('process.field_invalid', at)
}

/** An unticked required box counts as empty: a checklist is done only when it is ticked. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
const CODE = /^[a-z][a-z0-9_]{0,59}$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** The thirtieth of February has the form of a date and is none. */
function isInCalendar(date: string): boolean {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString() === date
  } catch {
    return false
  }
}

function fits(field: Field, value: unknown): boolean {
  switch (field.type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
    case 'checklist':
      return value === true
    case 'choice':
      // which codes a dictionary has today, the product says before it asks
      if (field.dictionary !== undefined) return typeof value === 'string' && CODE.test(value)
      return field.options.some((option) => option.value === String(value))
    case 'date':
      return typeof value === 'string' && DATE.test(value) && isInCalendar(value)
    case 'datetime':
      return (
        Number.isSafeInteger(value) ||
        (typeof value === 'string' && MOMENT.test(value) && isInCalendar(value.slice(0, 10)))
      )
    case 'file':
      return typeof value === 'string' || Array.isArray(value)
    default:
      return typeof value === 'string'
  }
}
