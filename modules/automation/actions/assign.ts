import { roles } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import type { AutomationPorts } from '../automation.ports.ts'
import { refuseAutomation } from '../automation.refusals.ts'
import { leastLoaded } from '../domain/choose-person.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import { candidatesOf, personOf } from '../people.read-model.ts'
import type { Deed } from './deed.ts'

/** To a person, into a role's queue, or to the least loaded of the role who works now; where nobody works the role has it. */
export async function assign(ports: AutomationPorts, tx: Tx, deed: Deed): Promise<Bilingual> {
  const { params, ticket, actor } = deed
  const { person, role, pick } = params
  if (person) {
    const found = await personOf(tx, person)
    if (!found) throw refuseAutomation('automation.person_gone', { field: 'person' })
    await ports.tickets.assign(tx, actor, ticket.id, null, found.id)
    return { ru: `Назначено: ${found.name}`, en: `Assigned to ${found.name}` }
  }
  if (!role) throw refuseAutomation('automation.thing_gone', { field: 'role', params: { name: '—' } })
  const called = nameOfRole(role)
  if (pick === 'least_loaded') {
    const candidates = await candidatesOf(tx, role, ticket.clientId)
    const works = new Set(
      await ports.onShift(
        tx,
        candidates.map((one) => one.id),
        deed.now,
      ),
    )
    const chosen = leastLoaded(candidates.filter((one) => works.has(one.id)))
    if (chosen) {
      await ports.tickets.assign(tx, actor, ticket.id, null, chosen.id)
      const { name } = chosen
      return {
        ru: `Назначено наименее занятому на смене: ${name}`,
        en: `Assigned to the least loaded on shift: ${name}`,
      }
    }
    await ports.tickets.recordFacts(tx, actor, ticket.id, [{ type: 'nobody_on_shift', data: { role } }])
  }
  await ports.tickets.giveToRole(tx, actor, ticket.id, role)
  if (pick !== 'least_loaded') return { ru: `В очередь: ${called.ru}`, en: `Into the queue: ${called.en}` }
  return {
    ru: `На смене никого: осталось у роли «${called.ru}»`,
    en: `Nobody on shift: left with the role "${called.en}"`,
  }
}

function nameOfRole(code: string): Bilingual {
  const found = Object.hasOwn(roles, code) ? roles[code as keyof typeof roles] : undefined
  return found ? { ru: found.ru, en: found.en } : { ru: code, en: code }
}
