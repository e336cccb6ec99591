import type { Tx } from '@opora/platform/database'
import type { AutomationPorts } from '../automation.ports.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import type { Deed } from './deed.ts'

/** Who writes estimates where nothing else is said: the analysts. */
const ESTIMATING = 'an'

export async function requestEstimate(ports: AutomationPorts, tx: Tx, deed: Deed): Promise<Bilingual> {
  const { actor, ticket, now } = deed
  const role = deed.params['role'] || ESTIMATING
  await ports.tickets.recordFacts(tx, actor, ticket.id, [{ type: 'estimate_requested', data: { role } }])
  await ports.bus.emit(tx, 'estimate.wanted', { actor, ticket, role, now })
  return { ru: `Попросили оценку, роль ${role}`, en: `An estimate was asked of the role ${role}` }
}

/** What another module does when a process asks for it is asked of it in the same words. */
export function announced(name: 'page_on_call' | 'remind_client', told: Bilingual) {
  return async (ports: AutomationPorts, tx: Tx, { actor, ticket, params, now }: Deed): Promise<Bilingual> => {
    await ports.bus.emit(tx, 'ticket.action', { actor, ticket, name, params, now })
    return told
  }
}
