import { type Actor, holdsRole, type Scope, scopeOf, servesClient } from '@opora/access'
import type { Instant, Locale } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import { TicketFilter, type TicketSort } from './contract.ts'
import { ASSIGNABLE_ROLES } from './domain/assignable-roles.ts'
import { fillTemplate } from './domain/fill-template.ts'
import { filterConditions, ticketScope } from './tickets.list.ts'
import { refuseTicket } from './tickets.refusals.ts'

interface ViewRow {
  id: number
  code: string
  name: string
  filter: TicketFilter
  sort: string
  own: boolean
  version: number
}

type Fragment = ReturnType<typeof ticketScope>

export const deskStore = {
  async mayRead(sql: Queryable, scope: Scope, ticketId: number): Promise<boolean> {
    return (await sql`select 1 from ticket t where t.id = ${ticketId} and ${ticketScope(sql, scope)}`).length > 0
  },
  drafts(
    sql: Queryable,
    accountId: number,
    ticketId: number,
  ): Promise<{ kind: string; body: Record<string, unknown>; updatedAt: Instant }[]> {
    return sql`select kind, body, updated_at from draft where account_id = ${accountId} and ticket_id = ${ticketId} order by kind`
  },
  async saveDraft(
    sql: Queryable,
    draft: { accountId: number; ticketId: number; kind: string; body: Record<string, unknown> },
  ): Promise<void> {
    await sql`insert into draft (account_id, ticket_id, kind, body, updated_at)
      values (${draft.accountId}, ${draft.ticketId}, ${draft.kind}, ${sql.json(draft.body as Json)}, app_now())
      on conflict (account_id, ticket_id, kind) do update set body = excluded.body, updated_at = excluded.updated_at`
  },
  async dropDraft(sql: Queryable, accountId: number, ticketId: number, kind: string): Promise<void> {
    await sql`delete from draft where account_id = ${accountId} and ticket_id = ${ticketId} and kind = ${kind}`
  },
  async touchPresence(
    sql: Queryable,
    actor: Actor,
    ticketId: number,
    activity: 'looking' | 'typing' | 'gone',
  ): Promise<{ changed: boolean; others: { accountId: number; name: string; activity: string }[] }> {
    const [before] = await sql<{ activity: string }[]>`
      select activity from presence where ticket_id = ${ticketId} and account_id = ${actor.accountId} and seen_at > now() - interval '30 seconds'`
    if (activity === 'gone') {
      await sql`delete from presence where ticket_id = ${ticketId} and account_id = ${actor.accountId}`
    } else {
      await sql`insert into presence (account_id, ticket_id, name, activity) values (${actor.accountId}, ${ticketId}, ${actor.name}, ${activity})
        on conflict (ticket_id, account_id) do update set activity = excluded.activity, seen_at = now()`
    }
    const others = await sql<{ accountId: number; name: string; activity: string }[]>`
      select account_id, name, activity from presence
      where ticket_id = ${ticketId} and account_id <> ${actor.accountId} and seen_at > now() - interval '30 seconds' order by name`
    return { changed: (before?.activity ?? 'gone') !== activity, others: [...others] }
  },
  async present(sql: Queryable, actor: Actor) {
    const rows = await sql<{ ticketId: number; accountId: number; name: string; activity: string }[]>`
      select p.ticket_id, p.account_id, p.name, p.activity from presence p join ticket t on t.id = p.ticket_id
      where p.seen_at > now() - interval '30 seconds' and ${ticketScope(sql, scopeOf(actor, 'ticket.read'))} order by p.ticket_id, p.name limit 500`
    return [...rows]
  },
  async views(sql: Queryable, actor: Actor, locale: Locale): Promise<ViewRow[]> {
    const rows = await sql<
      (Omit<ViewRow, 'name' | 'code'> & { code: string | null; nameRu: string; nameEn: string })[]
    >`
      select id, code, name_ru, name_en, filter, sort, owner_id is not null as own, version from saved_view
      where owner_id = ${actor.accountId} or (owner_id is null and (roles = '{}' or roles && ${[...actor.roles]}::text[])) order by owner_id nulls first, position, id`
    return rows.map(({ nameRu, nameEn, ...row }) => ({
      ...row,
      code: row.code ?? `own-${row.id}`,
      name: locale === 'ru' ? nameRu : nameEn,
    }))
  },
  /** All counters in one statement: one pass over the open tickets. */
  async viewsWithCounts(sql: Queryable, actor: Actor, locale: Locale) {
    const views = await deskStore.views(sql, actor, locale)
    if (views.length === 0) return []
    const scope = ticketScope(sql, scopeOf(actor, 'ticket.read'))
    const counters: Fragment[] = views.map((view) => {
      const conditions = filterConditions(sql, actor, readFilter(view.filter)).reduce((a, b) => sql`${a} and ${b}`)
      const counter: Fragment = sql`count(*) filter (where ${conditions})`
      return counter
    })
    const list = counters.reduce((a, b) => sql`${a}, ${b}`)
    const [row] = await sql<
      { counts: number[] }[]
    >`select array[${list}]::int[] as counts from ticket t where (t.state <> 'closed' or t.breached) and ${scope}`
    return views.map((view, index) => ({ ...view, count: row!.counts[index] ?? 0 }))
  },
  async filterOf(
    sql: Queryable,
    actor: Actor,
    code: string,
  ): Promise<{ filter: TicketFilter; sort: z.infer<typeof TicketSort> }> {
    const view = (await deskStore.views(sql, actor, 'ru')).find((candidate) => candidate.code === code)
    if (!view) throw refuseTicket('ticket.view_unknown', { field: 'view' })
    return { filter: readFilter(view.filter), sort: view.sort as z.infer<typeof TicketSort> }
  },
  async addView(
    sql: Queryable,
    actor: Actor,
    view: { name: string; filter: TicketFilter; sort: string },
  ): Promise<{ id: number }> {
    const [row] = await sql<{ id: number }[]>`insert into saved_view (name_ru, name_en, owner_id, filter, sort)
      values (${view.name}, ${view.name}, ${actor.accountId}, ${sql.json(view.filter as Json)}, ${view.sort}) returning id`
    return row!
  },
  async dropView(sql: Queryable, accountId: number, id: number): Promise<boolean> {
    return (await sql`delete from saved_view where id = ${id} and owner_id = ${accountId} returning id`).length > 0
  },
  async templates(
    sql: Queryable,
    actor: Actor,
    query: { ticket?: number | undefined; q?: string | undefined; archived: boolean },
  ) {
    const words = query.q ? `%${query.q.replace(/[\\%_]/g, '\\$&')}%` : null
    const rows = await sql<{ id: number; name: string; locale: string; body: string; version: number }[]>`
      select id, name, locale, body, version from template where (archived_at is not null) = ${query.archived} ${words ? sql`and (name ilike ${words} or body ilike ${words})` : sql``} order by name, id limit 200`
    const values = query.ticket === undefined ? {} : await deskStore.templateValues(sql, actor, query.ticket)
    return rows.map((row) => ({ ...row, filled: fillTemplate(row.body, values) }))
  },
  async template(sql: Queryable, id: number): Promise<{ name: string; locale: string; body: string } | null> {
    const [row] = await sql<{ name: string; locale: string; body: string }[]>`
      select name, locale, body from template where id = ${id} and archived_at is null`
    return row ?? null
  },
  async templateValues(sql: Queryable, actor: Actor, ticketId: number): Promise<Record<string, string>> {
    const [row] = await sql<
      {
        number: number
        subject: string
        contact: string | null
        client: string
        portal: string | null
        status: string
      }[]
    >`
      select t.number, t.subject, c.name as contact, cl.name as client, p.name as portal, t.status_client_ru as status
      from ticket t join client cl on cl.id = t.client_id left join contact c on c.id = t.contact_id left join portal p on p.id = t.portal_id
      where t.id = ${ticketId} and ${ticketScope(sql, scopeOf(actor, 'ticket.text'))}`
    if (!row) throw refuseTicket('ticket.not_found', { field: 'ticket' })
    return {
      number: String(row.number),
      subject: row.subject,
      contact: row.contact ?? '',
      client: row.client,
      portal: row.portal ?? '',
      status: row.status,
      me: actor.name,
    }
  },
  async addTemplate(sql: Queryable, template: { name: string; locale: string; body: string }): Promise<{ id: number }> {
    const [row] = await sql<{ id: number }[]>`insert into template ${sql(template)} returning id`
    return row!
  },
  async changeTemplate(
    sql: Queryable,
    id: number,
    version: number | null,
    template: { name: string; locale: string; body: string },
  ) {
    const [row] = await sql<{ id: number; name: string; locale: string; body: string; version: number }[]>`
      update template set ${sql(template)}, version = version + 1 where id = ${id} and version = ${version ?? 0} and archived_at is null returning id, name, locale, body, version`
    if (row) return row
    const [there] = await sql<
      { version: number }[]
    >`select version from template where id = ${id} and archived_at is null`
    if (!there) throw refuseTicket('ticket.not_found')
    throw refuseHttp('http.version_conflict', { details: { currentVersion: there.version } })
  },
  /** Nothing refers to a template, but somebody may want it back: it is put away, not destroyed. False: there is no such one. */
  async archiveTemplate(sql: Queryable, id: number, archived: boolean): Promise<boolean> {
    const rows = await sql`update template set version = version + 1,
        archived_at = case when ${archived}::boolean then app_now() end
      where id = ${id} and (archived_at is null) = ${archived} returning id`
    return rows.length > 0
  },
  async topics(sql: Queryable, locale: Locale) {
    const rows = await sql<
      {
        code: string
        nameRu: string
        nameEn: string
        route: string
        excluded: boolean
        readyAnswerRu: string | null
        readyAnswerEn: string | null
      }[]
    >`
      select code, name_ru, name_en, route, excluded, ready_answer_ru, ready_answer_en from topic where archived_at is null order by position, code`
    return rows.map((row) => ({
      code: row.code,
      name: locale === 'ru' ? row.nameRu : row.nameEn,
      route: row.route,
      excluded: row.excluded,
      readyAnswer: locale === 'ru' ? row.readyAnswerRu : row.readyAnswerEn,
    }))
  },
  assignees(
    sql: Queryable,
    query: { client?: number | undefined; role?: string | undefined },
  ): Promise<{ id: number; name: string; roles: string[]; openTickets: number }[]> {
    return sql`select a.id, a.name, array(select role from account_role r where r.account_id = a.id order by role) as roles,
        (select count(*) from ticket t where t.assignee_id = a.id and t.state <> 'closed') as open_tickets
      from account a where a.side = 'staff' and a.active
        ${query.client === undefined ? sql`` : sql`and ${servesClient(sql, query.client)}`}
        and ${holdsRole(sql, ...(query.role === undefined ? ASSIGNABLE_ROLES : [query.role]))}
      order by a.name limit 500`
  },
}

/** A stored filter is read by today's rules; what it names that is no more is left out. */
function readFilter(filter: unknown): TicketFilter {
  const parsed = TicketFilter.safeParse(filter)
  return parsed.success ? parsed.data : {}
}
