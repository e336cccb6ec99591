import type { Actor } from '@opora/access'
import { inBoth } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { RunningProcess } from '@opora/process'
import { dictionariesReadModel, type EntryDictionary } from '../dictionaries.read-model.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { unfinishedItems } from './checklists.ts'

type Data = Record<string, string | number | boolean | null>
const DICTIONARIES: readonly string[] = ['category', 'rejection_reason'] satisfies EntryDictionary[]

/**
 * What an outcome asks of the dictionaries and the checklists of the ticket, before the process is asked: a choice out of a dictionary
 * is one of it today; a finished checklist is judged by what is ticked, not by what was sent. The data as the process gets it.
 */
export async function guardOutcome(
  tx: Tx,
  actor: Actor,
  running: RunningProcess,
  input: { taskId: string; outcome: string; data: Data },
): Promise<Data> {
  const place = running.definition.nodes[input.taskId]
  const outcome = place?.kind === 'place' ? place.outcomes.find((one) => one.id === input.outcome) : undefined
  const data = { ...input.data }
  // who is not staff has no checklists, and no dictionary to choose from
  if (!outcome || (actor.side !== 'staff' && actor.side !== 'system')) return data
  for (const field of outcome.fields) {
    const code = data[field.name]
    if (field.dictionary !== undefined && DICTIONARIES.includes(field.dictionary) && typeof code === 'string') {
      const name = await dictionariesReadModel.entryName(tx, field.dictionary as EntryDictionary, code)
      if (name === null) throw refuseTicket('ticket.reason_unknown', { field: `data.${field.name}` })
    }
    if (field.type !== 'checklist') continue
    const left = await unfinishedItems(tx, running.instance.ticketId)
    if (left === null) continue
    if (left.length > 0) {
      const items = inBoth((locale) => left.map((item) => item[locale]).join('; '))
      throw refuseTicket('ticket.checklist_open', { field: `data.${field.name}`, params: { items } })
    }
    data[field.name] = true
  }
  return data
}
