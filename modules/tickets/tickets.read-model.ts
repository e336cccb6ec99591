import { type Actor, scopeOf } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Answer, FormField } from './domain/request-form.ts'
import type { VendorFacts } from './domain/vendor-eligibility.ts'
import { ticketScope } from './tickets.list.ts'
import type { ListedTicket } from './tickets.list-row.ts'
import { vendorFacts } from './vendor-eligible.ts'

export interface TicketDetail extends ListedTicket {
  /** Null for a reader of whom the vendor is no business. */
  vendorFacts: VendorFacts | null
  contractId: number | null
  contractNumber: string | null
  contractTitle: string | null
  contactEmail: string | null
  contactPhone: string | null
  impact: number | null
  urgency: number | null
  complexity: number | null
  category: string | null
  plannedMinutes: number | null
  expectedOn: string | null
  licenceClass: string
  entitlementReason: { ru: string; en: string } | null
  form: Record<string, Answer> | null
  formId: number | null
  formFields: FormField[] | null
  formNumber: number | null
  newestFormId: number | null
  filesCount: number
  askedFields: string[]
  topicRoute: string | null
  topicExcluded: boolean | null
  readyAnswerRu: string | null
  readyAnswerEn: string | null
  kindMarks: string[] | null
  /** The table of impact and urgency. */
  cells: number[]
  custom: Record<string, unknown>
  statusClientRu: string
  statusClientEn: string
  parentId: number | null
  mergedIntoId: number | null
  firstAnswerAt: Instant | null
  solvedAt: Instant | null
  closedAt: Instant | null
  snoozedUntil: Instant | null
}

export interface MessageRow {
  id: number
  visibility: string
  direction: string
  channel: string
  authorAccountId: number | null
  authorContactId: number | null
  authorName: string
  authorEmail: string | null
  bodyText: string
  bodyHtml: string | null
  visibleText: string
  recipients: string[]
  unverified: boolean
  isAnswer: boolean
  sendAt: Instant | null
  sentAt: Instant | null
  cancelledAt: Instant | null
  createdAt: Instant
  files: { publicId: string; name: string; mime: string; sizeBytes: number; inlineCid: string | null }[] | null
}

export interface TicketAround {
  people: { role: string; name: string; email: string | null; accountId: number | null; contactId: number | null }[]
  links: { kind: string; direction: string; id: number; number: number; subject: string; state: string }[]
  children: { id: number; number: number; subject: string; state: string }[]
  parent: { id: number; number: number; subject: string } | null
  mergedInto: { id: number; number: number } | null
  shares: { accountId: number; name: string; endsAt: string }[]
  presence: { accountId: number; name: string; activity: string }[]
}

export interface HistoryFact {
  id: number
  type: string
  at: Instant
  actorName: string
  data: Record<string, unknown>
}

export const ticketsReadModel = {
  /** The head of one ticket, if this person may see it. */
  async detail(sql: Queryable, actor: Actor, id: number): Promise<TicketDetail | null> {
    const [row] = await sql<TicketDetail[]>`
      select t.*, cl.name as client_name, p.name as portal_name, co.name as contact_name, co.email as contact_email, co.phone as contact_phone,
        a.name as assignee_name, ct.number as contract_number, ct.title as contract_title,
        coalesce(t.last_client_message_at > coalesce(t.last_answer_at, '-infinity'), false) as unanswered, (select app_now()) as now,
        rf.fields as form_fields, rf.number as form_number,
        (select case when jsonb_array_length(f.fields) > 0 then f.id end from request_form f where f.topic = t.topic order by f.number desc limit 1) as newest_form_id,
        (select count(*) from attachment a where a.ticket_id = t.id) as files_count,
        tp.route as topic_route, tp.excluded as topic_excluded, tp.ready_answer_ru, tp.ready_answer_en, (select cells from criticality) as cells,
        ${actor.side === 'partner' ? sql`null::text[]` : sql`(select marks from kind_marks k where k.kind = t.kind)`} as kind_marks,
        ${actor.side === 'staff' ? vendorFacts(sql, 'co') : sql`null::jsonb`} as vendor_facts
      from ticket t join client cl on cl.id = t.client_id
        left join portal p on p.id = t.portal_id left join contact co on co.id = t.contact_id
        left join account a on a.id = t.assignee_id left join contract ct on ct.id = t.contract_id
        left join topic tp on tp.code = t.topic left join request_form rf on rf.id = t.form_id
      where t.id = ${id} and ${ticketScope(sql, scopeOf(actor, 'ticket.read'))}`
    return row ?? null
  },
  async idOfNumber(sql: Queryable, actor: Actor, number: number): Promise<number | null> {
    const [row] = await sql<
      { id: number }[]
    >`select t.id from ticket t where t.number = ${number} and ${ticketScope(sql, scopeOf(actor, 'ticket.read'))}`
    return row?.id ?? null
  },
  /** The newest `limit` messages before `before`, oldest first. What a person may not read is not in the rows. */
  async messages(
    sql: Queryable,
    ticketId: number,
    visibilities: readonly string[],
    page: { before?: number | undefined; limit: number },
  ): Promise<MessageRow[]> {
    const rows = await sql<MessageRow[]>`
      select m.id, m.visibility, m.direction, m.channel, m.author_account_id, m.author_contact_id, m.author_name, m.author_email, m.body_text, m.body_html,
        m.visible_text, m.recipients, m.unverified, m.is_answer, m.send_at, m.sent_at, m.cancelled_at, m.created_at,
        (select json_agg(json_build_object('publicId', f.public_id, 'name', f.name, 'mime', f.mime, 'sizeBytes', f.size_bytes, 'inlineCid', f.inline_cid) order by f.id)
          from attachment f where f.message_id = m.id) as files
      from message m
      where m.ticket_id = ${ticketId} and m.visibility = any(${[...visibilities]}::text[]) ${page.before === undefined ? sql`` : sql`and m.id < ${page.before}`}
      order by m.id desc limit ${page.limit}`
    return rows.reverse()
  },
  /** People, links, children, shares and presence: what stands around a ticket, in one statement. */
  async around(sql: Queryable, ticketId: number): Promise<TicketAround> {
    const [row] = await sql<TicketAround[]>`
      select
        coalesce((select json_agg(json_build_object('role', tp.role, 'name', coalesce(c.name, ac.name), 'email', c.email, 'accountId', tp.account_id, 'contactId', tp.contact_id) order by tp.id)
          from ticket_person tp left join contact c on c.id = tp.contact_id left join account ac on ac.id = tp.account_id
          where tp.ticket_id = t.id and tp.removed_at is null), '[]') as people,
        coalesce((select json_agg(json_build_object('kind', l.kind, 'direction', l.direction, 'id', o.id, 'number', o.number, 'subject', o.subject, 'state', o.state) order by o.number)
          from (select kind, to_id as other, 'to' as direction from ticket_link where from_id = t.id
            union all select kind, from_id, 'from' from ticket_link where to_id = t.id) l join ticket o on o.id = l.other), '[]') as links,
        coalesce((select json_agg(json_build_object('id', k.id, 'number', k.number, 'subject', k.subject, 'state', k.state) order by k.number)
          from ticket k where k.parent_id = t.id), '[]') as children,
        (select json_build_object('id', pt.id, 'number', pt.number, 'subject', pt.subject) from ticket pt where pt.id = t.parent_id) as parent,
        (select json_build_object('id', mt.id, 'number', mt.number) from ticket mt where mt.id = t.merged_into_id) as merged_into,
        coalesce((select json_agg(json_build_object('accountId', s.account_id, 'name', sa.name, 'endsAt', s.ends_at) order by s.id)
          from ticket_share s join account sa on sa.id = s.account_id where s.ticket_id = t.id and s.ends_at > app_now()), '[]') as shares,
        coalesce((select json_agg(json_build_object('accountId', pr.account_id, 'name', pr.name, 'activity', pr.activity) order by pr.name)
          from presence pr where pr.ticket_id = t.id and pr.seen_at > now() - interval '30 seconds'), '[]') as presence
      from ticket t where t.id = ${ticketId}`
    return row!
  },
  async history(sql: Queryable, ticketId: number, page: { after: number; limit: number }): Promise<HistoryFact[]> {
    return sql<
      HistoryFact[]
    >`select id, type, at, actor_name, data from ticket_event where ticket_id = ${ticketId} and id > ${page.after} order by id limit ${page.limit}`
  },
}
