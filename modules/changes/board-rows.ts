import { holdsRole } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { BoardSettings } from './contract.ts'
import type { Delegation, Member } from './domain/board.ts'

/** The board as rules and screens take it. */
export const boardRows = {
  async settings(sql: Queryable): Promise<BoardSettings & { version: number }> {
    const [row] = await sql<(BoardSettings & { version: number })[]>`
      select quorum, rule, share_percent, share_of, opens_at_once, vote_days, remind_hours, version from board_settings`
    return row!
  },
  /** Everybody on the board; a member who has left, or has lost the role, is not active. */
  async members(sql: Queryable): Promise<Member[]> {
    return sql<Member[]>`
      select m.account_id, a.name, m.veto,
        a.active and ${holdsRole(sql, 'rb', 'di')} as active,
        case when a.serves = 'all' or ${holdsRole(sql, 'di')} then null
          else coalesce((select array_agg(s.client_id) from account_client s where s.account_id = a.id), '{}') end as client_ids
      from board_member m join account a on a.id = m.account_id order by a.name, a.id`
  },
  /** Who may sit on the board or stand in for a member. */
  async candidates(sql: Queryable): Promise<{ id: number; name: string }[]> {
    return sql<{ id: number; name: string }[]>`
      select a.id, a.name from account a where a.active and a.side = 'staff'
        and ${holdsRole(sql, 'rb', 'di')} order by a.name, a.id`
  },
  async delegations(sql: Queryable, at: Instant): Promise<Delegation[]> {
    return sql<Delegation[]>`
      select member_id, delegate_id, from_at, until_at from board_delegate
      where revoked_at is null and from_at <= ${at} and until_at > ${at}`
  },
}
