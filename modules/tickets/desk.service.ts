import { type Actor, scopeOf } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { deskStore } from './desk.store.ts'
import { refuseTicket } from './tickets.refusals.ts'

export type Desk = ReturnType<typeof createDesk>

/** What the desk keeps for its people: drafts, presence, views, templates, dictionaries. */
export function createDesk() {
  const demandReadable = async (sql: Queryable, actor: Actor, ticketId: number) => {
    if (!(await deskStore.mayRead(sql, scopeOf(actor, 'ticket.text'), ticketId))) throw refuseTicket('ticket.not_found')
  }
  return {
    drafts: (sql: Queryable, actor: Actor, ticketId: number) => deskStore.drafts(sql, actor.accountId!, ticketId),
    async saveDraft(
      tx: Tx,
      actor: Actor,
      draft: { ticketId: number; kind: string; body: Record<string, unknown> },
    ): Promise<void> {
      if (draft.ticketId !== 0) await demandReadable(tx, actor, draft.ticketId)
      await deskStore.saveDraft(tx, { ...draft, accountId: actor.accountId! })
    },
    dropDraft: (tx: Tx, actor: Actor, ticketId: number, kind: string) =>
      deskStore.dropDraft(tx, actor.accountId!, ticketId, kind),
    async touchPresence(tx: Tx, actor: Actor, ticketId: number, activity: 'looking' | 'typing' | 'gone') {
      await demandReadable(tx, actor, ticketId)
      const { changed, others } = await deskStore.touchPresence(tx, actor, ticketId, activity)
      // others are told of changes, not of every heartbeat
      if (changed) await announce(tx, { topic: 'ticket.presence', clientId: null, ticketId, staffOnly: true })
      return others
    },
    present: deskStore.present,
    viewsWithCounts: deskStore.viewsWithCounts,
    filterOf: deskStore.filterOf,
    addView: deskStore.addView,
    dropView: deskStore.dropView,
    templates: deskStore.templates,
    addTemplate: deskStore.addTemplate,
    changeTemplate: deskStore.changeTemplate,
    async archiveTemplate(tx: Tx, id: number, archived: boolean): Promise<void> {
      if (!(await deskStore.archiveTemplate(tx, id, archived))) throw refuseTicket('ticket.template_unknown')
    },
    topics: deskStore.topics,
    assignees: deskStore.assignees,
  }
}
