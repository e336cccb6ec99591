import { type Actor, roles as allRoles, scopeOf } from '@opora/access'
import { type Instant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import type * as contract from './contract.ts'
import { ticketScope } from './tickets.list.ts'

const LISTED_MAX = 300

interface TaskRow {
  id: number
  number: number
  subject: string
  clientName: string
  lane: string
  place: string
  statusStaffRu: string
  statusStaffEn: string
  mine: boolean
  priority: number
  breached: boolean
  nextDueAt: Instant | null
}

/** Open tickets that stand before a role of this person and are theirs or nobody's, the nearest deadline first, by role and place. */
export async function tasksOf(sql: Queryable, actor: Actor): Promise<z.infer<typeof contract.Tasks>> {
  const rows = await sql<TaskRow[]>`
    select t.id, t.number, t.subject, c.name as client_name, t.lane, t.place, t.status_staff_ru, t.status_staff_en,
      t.assignee_id is not null as mine, t.priority, t.breached, t.next_due_at
    from ticket t join client c on c.id = t.client_id
    where t.state <> 'closed' and t.merged_into_id is null and t.lane = any(${[...actor.roles]}::text[])
      and (t.assignee_id is null or t.assignee_id = ${actor.accountId}) and (t.snoozed_until is null or t.snoozed_until <= app_now())
      and ${ticketScope(sql, scopeOf(actor, 'ticket.read'))}
    order by coalesce(t.next_due_at, 'infinity'), t.priority, t.id limit ${LISTED_MAX + 1}`
  const roles: z.infer<typeof contract.Tasks>['roles'] = []
  for (const row of rows.slice(0, LISTED_MAX)) {
    const { ru, en } = allRoles[row.lane as keyof typeof allRoles] ?? { ru: row.lane, en: row.lane }
    const made = { role: row.lane, nameRu: ru, nameEn: en, tickets: 0, places: [] }
    const role = found(roles, (one) => one.role === row.lane, made)
    const { place, statusStaffRu: nameRu, statusStaffEn: nameEn } = row
    const at = found(role.places, (one) => one.place === place, { place, nameRu, nameEn, tickets: [] })
    const { id, number, subject, clientName, mine, priority, breached } = row
    role.tickets += 1
    const dueAt = isoInstantOrNull(row.nextDueAt)
    at.tickets.push({ id, number, subject, clientName, mine, priority, breached, dueAt })
  }
  return { roles, more: rows.length > LISTED_MAX }
}

/** The one in the list that fits, or this new one, put at its end. */
function found<T>(list: T[], fits: (one: T) => boolean, made: T): T {
  const there = list.find(fits)
  if (!there) list.push(made)
  return there ?? made
}
