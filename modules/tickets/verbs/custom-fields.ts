import type { Tx } from '@opora/platform/database'
import type { TicketChange } from '../contract.ts'
import type { CustomField } from '../dictionaries.contract.ts'
import { dictionariesReadModel } from '../dictionaries.read-model.ts'
import { isDate } from '../domain/request-form.ts'
import { refuseTicket } from '../tickets.refusals.ts'

/** Own fields of tickets: of the ticket's topic, in use, with a value that fits; emptying one is always open. */
export async function refuseCustom(
  tx: Tx,
  topic: string | null,
  custom: NonNullable<TicketChange['custom']>,
): Promise<void> {
  const fields = await dictionariesReadModel.customFields(tx)
  for (const [code, value] of Object.entries(custom)) {
    const field = fields.find((one) => one.code === code)
    if (field && value === null) continue
    const isOpen =
      field && !field.archived && (field.topics.length === 0 || (topic !== null && field.topics.includes(topic)))
    if (!isOpen || !fits(field, value)) throw refuseTicket('ticket.custom_unknown', { field: `custom.${code}` })
  }
}

function fits(field: CustomField, value: unknown): boolean {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== ''
    case 'number':
      return typeof value === 'number'
    case 'date':
      return typeof value === 'string' && isDate(value)
    case 'yes_no':
      return typeof value === 'boolean'
    case 'choice':
      return field.options.some((option) => option.value === value)
  }
}
