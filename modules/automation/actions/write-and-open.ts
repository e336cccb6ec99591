import type { Tx } from '@opora/platform/database'
import { startChecklist } from '@opora/tickets'
import type { AutomationPorts } from '../automation.ports.ts'
import { refuseAutomation } from '../automation.refusals.ts'
import { LINKED_DEPTH_MAX } from '../domain/chain.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import { linkedStore } from '../linked.store.ts'
import type { Deed } from './deed.ts'

export async function sendTemplate(
  ports: AutomationPorts,
  tx: Tx,
  { actor, ticket, params }: Deed,
): Promise<Bilingual> {
  const to = params['to'] === 'note' ? 'note' : 'client'
  const templateId = Number(params['template'])
  if (!Number.isSafeInteger(templateId))
    throw refuseAutomation('automation.thing_gone', { field: 'template', params: { name: params['template'] ?? '—' } })
  const sent = await ports.tickets.sendByTemplate(tx, actor, ticket.id, { templateId, to })
  if (to === 'note')
    return { ru: `Заметка по шаблону «${sent.template}»`, en: `A note by the template "${sent.template}"` }
  return { ru: `Клиенту по шаблону «${sent.template}»`, en: `To the client by the template "${sent.template}"` }
}

/** A ticket of the same client; whoever asked for the first is not written to about the second. */
export async function createLinked(ports: AutomationPorts, tx: Tx, deed: Deed): Promise<Bilingual> {
  const { actor, ticket, params } = deed
  const link = params['link'] === 'related' || params['link'] === 'follow_up' ? params['link'] : 'child'
  const values = { number: String(ticket.number), subject: ticket.subject }
  const subject = fill(params['subject'] ?? '', values)
  const depth = (await linkedStore.depthOf(tx, ticket.id)) + 1
  if (depth > LINKED_DEPTH_MAX) throw refuseAutomation('automation.linked_too_deep')
  const outer = await linkedStore.opening(tx, depth)
  const made = await ports.tickets.open(tx, actor, {
    clientId: ticket.clientId,
    contactId: null,
    portalId: ticket.portalId,
    subject,
    text: fill(params['text'] || subject, values),
    channel: ticket.channel,
    topic: params['topic'] || null,
    kind: params['kind'] || null,
    priority: params['priority'] ? Number(params['priority']) : undefined,
    author: { contactId: null, accountId: null, name: actor.name, email: null },
    automatic: true,
    parentId: link === 'child' ? ticket.id : null,
  })
  await linkedStore.keep(tx, { clientId: ticket.clientId, ticketId: made.id, depth })
  await linkedStore.opening(tx, outer)
  if (link !== 'child') await ports.tickets.link(tx, actor, ticket.id, made.id, link)
  else await ports.tickets.recordFacts(tx, actor, ticket.id, [{ type: 'split', data: { number: made.number } }])
  return { ru: `Создано обращение № ${made.number}`, en: `Ticket no. ${made.number} was created` }
}

/** A list that the ticket has already is left as it is. */
export async function beginChecklist(_ports: AutomationPorts, tx: Tx, deed: Deed): Promise<Bilingual> {
  const { actor, ticket, params } = deed
  const checklist = params['checklist'] ?? ''
  const { started } = await startChecklist(tx, actor, { ticketId: ticket.id, checklist })
  const [named] = await tx<{ ru: string; en: string }[]>`
    select name_ru as ru, name_en as en from checklist where code = ${checklist}`
  const { ru, en } = named ?? { ru: checklist, en: checklist }
  if (!started) return { ru: `Чек-лист «${ru}» уже начат`, en: `The checklist "${en}" had been started` }
  return { ru: `Начат чек-лист «${ru}»`, en: `The checklist "${en}" was started` }
}

/** `{number}` and `{subject}` of the ticket that this one comes from. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(number|subject)\}/g, (mark, name: string) => values[name] ?? mark)
}
