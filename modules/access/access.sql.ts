import type { Queryable } from '@opora/platform/database'
import type { Scope } from './domain/policy.ts'

type Fragment = ReturnType<Queryable>

/** Where a row says whose it is. Columns that a kind of rows lacks are left out, and the rules about them then match nothing. */
export interface ScopeColumns {
  client: Fragment
  contact?: Fragment
  /** Boolean expression: the contact with this id takes part. */
  participant?: (contactId: number) => Fragment
  /** Boolean expression: the asking contact belongs to this department. */
  department?: (name: string) => Fragment
  owner?: Fragment
  /** Boolean expression: passed to this partner account and still open. */
  shared?: (accountId: number) => Fragment
  /** Boolean expression: this account has broken the glass before it, and that still holds. */
  opened?: (accountId: number) => Fragment
}

/** The scope as one SQL condition, so that no store writes its own rule about whose rows are whose. */
export function scopeCondition(sql: Queryable, scope: Scope, columns: ScopeColumns): Fragment {
  if (scope.everything) return sql`true`
  const parts: Fragment[] = []
  if (scope.clientIds.length === 1) parts.push(sql`${columns.client} = ${scope.clientIds[0]!}`)
  else if (scope.clientIds.length > 1) parts.push(sql`${columns.client} = any(${[...scope.clientIds]}::bigint[])`)
  if (scope.ownerAccountId !== null && columns.owner) parts.push(sql`${columns.owner} = ${scope.ownerAccountId}`)
  if (scope.contactId !== null) {
    if (columns.contact) parts.push(sql`${columns.contact} = ${scope.contactId}`)
    if (columns.participant) parts.push(columns.participant(scope.contactId))
  }
  if (scope.department && columns.department)
    parts.push(sql`(${columns.client} = ${scope.department.clientId} and ${columns.department(scope.department.name)})`)
  if (scope.sharedWithAccountId !== null && columns.shared) parts.push(columns.shared(scope.sharedWithAccountId))
  if (scope.openedForAccountId !== null && columns.opened) parts.push(columns.opened(scope.openedForAccountId))
  return parts.length === 0 ? sql`false` : sql`(${parts.reduce((all, part) => sql`${all} or ${part}`)})`
}

/** Whether `account a` serves a client: everybody's people, and those named for it. `client` is an id or a column. */
export function servesClient(sql: Queryable, client: number | Fragment): Fragment {
  return sql`(a.serves = 'all' or exists (select 1 from account_client ac where ac.account_id = a.id and ac.client_id = ${client}))`
}

/** Whether `account a` holds one of these roles. */
export function holdsRole(sql: Queryable, ...roles: readonly string[]): Fragment {
  return sql`exists (select 1 from account_role r where r.account_id = a.id and r.role = any(${[...roles]}::text[]))`
}
