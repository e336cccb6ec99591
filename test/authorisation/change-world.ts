import type { TestDatabase } from '@opora/platform/testkit'
import { type ClientWorld, canaryOf, noteCanaryOf } from './world.ts'

/** A change before the board whose plans only the provider may read, and a freeze of the client. */
export async function createChange(
  db: TestDatabase,
  letter: 'a' | 'b',
  clientId: number,
  ticketId: number,
): Promise<Pick<ClientWorld, 'changeId' | 'sessionId' | 'freezeId'>> {
  const sql = db.owner
  const secret = noteCanaryOf(letter)
  const [change] = await sql<{ id: number }[]>`
    insert into change (client_id, ticket_id, description, rollback_plan, approval, needs_vote, stage, window_from, window_until, window_state)
    values (${clientId}, ${ticketId}, ${secret}, ${secret}, 'voting', true, 'planned', '2030-01-01T18:00Z', '2030-01-01T20:00Z', 'asked') returning id`
  const [session] = await sql<{ id: number }[]>`
    insert into board_session (mode, title, starts_at, deadline_at) values ('correspondence', '', app_now(), app_now() + interval '1 day') returning id`
  const rule = { quorum: 1, rule: 'majority', sharePercent: 50, shareOf: 'votes' }
  await sql`insert into board_round (client_id, change_id, session_id, round, purpose, rule, seats, scope)
    values (${clientId}, ${change!.id}, ${session!.id}, 1, 'approval', ${sql.json(rule)}, '[]', ${sql.json({ description: secret, buildPlan: '', testPlan: '', rollbackPlan: secret, risk: 'low' })})`
  await sql`insert into deployment_source (name, client_id) values ('Сборка', ${clientId})`
  const [freeze] = await sql<{ id: number }[]>`
    insert into freeze_period (client_id, from_at, until_at, reason)
    values (${clientId}, '2030-02-01', '2030-02-02', ${canaryOf(letter)}) returning id`
  return { changeId: change!.id, sessionId: session!.id, freezeId: freeze!.id }
}
