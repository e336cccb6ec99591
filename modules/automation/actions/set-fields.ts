import type { Tx } from '@opora/platform/database'
import { actionThings } from '@opora/process'
import type { AutomationPorts } from '../automation.ports.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import { describeActions } from '../verbs/check-rule.ts'
import type { Deed } from './deed.ts'

type Change = Parameters<AutomationPorts['tickets']['change']>[4]

const TAGS_MAX = 30

export async function setFields(ports: AutomationPorts, tx: Tx, deed: Deed): Promise<Bilingual> {
  const { ticket, params, actor } = deed
  const change: Change = {
    ...(params['priority'] ? { priority: Number(params['priority']) as 1 } : {}),
    ...(params['kind'] ? { kind: params['kind'] as 'incident' } : {}),
    ...(params['topic'] ? { topic: params['topic'] } : {}),
    ...(params['category'] ? { category: params['category'] } : {}),
    ...(params['planned_minutes'] ? { plannedMinutes: Number(params['planned_minutes']) } : {}),
    ...(await tagsAfter(ports, tx, deed)),
  }
  await ports.tickets.change(tx, actor, ticket.id, null, change)
  const [told] = describeActions([{ name: 'set_fields', params }], await actionThings(tx))
  return told ?? { ru: '', en: '' }
}

async function tagsAfter(
  ports: AutomationPorts,
  tx: Tx,
  { ticket, params, actor }: Deed,
): Promise<{ tags?: string[] }> {
  const [add, remove] = [params['add_tag']?.trim().slice(0, 60), params['remove_tag']?.trim()]
  if (!add && !remove) return {}
  const { tags } = await ports.tickets.lockForAction(tx, actor, ticket.id, 'ticket.change')
  const kept = tags.filter((tag) => tag !== remove && tag !== add)
  return { tags: add ? [...kept, add].slice(-TAGS_MAX) : kept }
}
