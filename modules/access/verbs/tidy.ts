import type { Database } from '@opora/platform/database'

/** Throws away what has been of no use for a month: dead sessions, spent links, old brakes. What they did stays in the audit trail. */
export async function tidy(database: Database): Promise<void> {
  await database.begin({ as: 'worker' }, async (tx) => {
    await tx`delete from session where expires_at < app_now() - interval '30 days' or revoked_at < app_now() - interval '30 days'`
    await tx`delete from one_time_token where expires_at < app_now() - interval '30 days'`
    await tx`delete from sign_in_brake where window_start < app_now() - interval '1 day'`
  })
}
