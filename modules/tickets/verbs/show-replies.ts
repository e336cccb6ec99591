import type { Database } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { heldReplies } from '../held-replies.store.ts'
import { liveOf } from './add-message.ts'

const SHOWN_AT_ONCE = 50

/** Shows clients the replies whose time for undoing has passed: in the conversation, the search and the list. Returns how many. */
export async function showReplies(database: Database): Promise<number> {
  return await database.begin({ as: 'worker' }, async (tx) => {
    const shown = await heldReplies.take(tx, SHOWN_AT_ONCE)
    for (const reply of shown) await announce(tx, liveOf(await heldReplies.show(tx, reply), 'ticket.message'))
    return shown.length
  })
}
