import type { Tx } from '@opora/platform/database'
import type { TicketChange } from '../contract.ts'
import type { CustomField } from '../dictionaries.contract.ts'
import { dictionariesReadModel } from '../dictionaries.read-model.ts'
import type { TicketFact } from '../domain/apply-commands.ts'
import { isDate } from '../domain/request-form.ts'
import { refuseTicket } from '../tickets.refusals.ts'

type Custom = NonNullable<TicketChange['custom']>

/** Own fields of tickets: of the ticket's topic, in use, with a value that fits; emptying one is always open. */
export async function refuseCustom(tx: Tx, topic: string | null, custom: Custom): Promise<void> {
  const fields = await dictionariesReadModel.customFields(tx)
  for (const [code, value] of Object.entries(custom)) {
    const field = fields.find((one) => one.code === code)
    if (field && value === null) continue
    const isOpen =
      field && !field.archived && (field.topics.length === 0 || (topic !== null && field.topics.includes(topic)))
    if (!isOpen || !fits(field, value)) throw refuseTicket('ticket.custom_unknown', { field: `custom.${code}` })
  }
}

/** What changed in a ticket's own fields, a fact each, under the field's names of that day. */
export async function factsOfCustom(tx: Tx, before: Record<string, unknown>, custom: Custom): Promise<TicketFact[]> {
  const fields = await dictionariesReadModel.customFields(tx)
  return Object.entries(custom).flatMap(([code, value]) => {
    const old = before[code] ?? null
    if (old === value) return []
    const field = fields.find((one) => one.code === code)
    const told = (one: unknown) => {
      if (typeof one === 'boolean') return one ? 'yes' : 'no'
      return field?.options.find((option) => option.value === one)?.label.ru ?? (one as string | number | null)
    }
    const names = { nameRu: field?.nameRu ?? code, nameEn: field?.nameEn ?? code }
    return [{ type: 'field_changed', data: { field: 'custom', code, ...names, from: told(old), to: told(value) } }]
  })
}

/** What a ticket is found by: the values that were written, a choice by its names. */
export async function wordsOfCustom(tx: Tx, custom: Custom): Promise<string> {
  const fields = await dictionariesReadModel.customFields(tx)
  return Object.entries(custom)
    .flatMap(([code, value]) => {
      const option = fields.find((one) => one.code === code)?.options.find((one) => one.value === value)
      if (option) return [option.label.ru, option.label.en]
      return value === null || typeof value === 'boolean' ? [] : [String(value)]
    })
    .join(' ')
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
