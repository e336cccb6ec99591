import type { TicketRow } from '../../contract.ts'

/** The filters that the address of the list may carry, named as the API names them. */
export const filterNames = [
  'state',
  'priority',
  'kind',
  'assignee',
  'client',
  'portal',
  'contact',
  'contract',
  'channel',
  'waitingFor',
  'entitlement',
  'dueWithin',
  'breached',
  'tag',
  'topic',
  'custom',
  'lane',
  'place',
  'parent',
] as const
export type FilterName = (typeof filterNames)[number]

/** The values of the filters that take several from a fixed list. */
export const filterChoices = {
  state: ['open', 'waiting', 'confirming', 'closed'],
  priority: ['1', '2', '3', '4'],
  kind: ['accident', 'incident', 'change', 'service_request', 'consultation', 'none'],
  channel: ['email', 'cabinet', 'form', 'telegram', 'whatsapp', 'max', 'phone', 'bitrix24', 'monitoring', 'api'],
  waitingFor: ['client', 'vendor', 'partner', 'approval', 'payment', 'date', 'entitlement'],
  entitlement: ['covered', 'waiting', 'not_covered'],
} as const
export type ManyFilter = keyof typeof filterChoices

export const dueWithinChoices = [60, 240, 480, 1440] as const

export type Search = Readonly<Record<string, string>>
export const sorts = ['due', 'updated', 'registered', 'priority'] as const
export type SortName = (typeof sorts)[number]

/** What the address asks of `GET /tickets`. What it does not know stays out, so that an old link still opens. */
export function listQuery(search: Search): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of filterNames) if (search[name]) query[name] = search[name]
  if (search['view']) query['view'] = search['view']
  const q = search['q']?.trim()
  if (q) query['q'] = q
  if (sorts.some((sort) => sort === search['sort'])) query['sort'] = search['sort']!
  return query
}

export function activeFilters(search: Search): FilterName[] {
  return filterNames.filter((name) => Boolean(search[name]))
}

/** A list in the address after one value was switched on or off; `null` when none is left. */
export function toggled(list: string | undefined, value: string): string | null {
  const values = list ? list.split(',') : []
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
  return next.length > 0 ? next.join(',') : null
}

/** Pages of a list as one; a ticket that moved to a later page while it was read is shown once. */
export function rowsOf(pages: readonly { items: readonly TicketRow[] }[] | undefined): TicketRow[] | undefined {
  if (!pages) return undefined
  const seen = new Set<number>()
  return pages.flatMap((page) => page.items).filter((row) => !seen.has(row.id) && seen.add(row.id))
}
