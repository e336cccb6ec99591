import { type Actor, writeAudit } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { headOf } from '@opora/tickets'
import type { GiveRating } from './contract.ts'
import type { SurveysPorts } from './surveys.ports.ts'
import { isArchived } from './surveys.read-model.ts'
import { surveysRefusals } from './surveys.refusals.ts'
import { surveysStore } from './surveys.store.ts'

export type Surveys = ReturnType<typeof createSurveys>

export function createSurveys(ports: SurveysPorts) {
  return {
    /** The client's rating of a solved ticket; it may be changed until the ticket is archived. Closes what only waited for it. */
    async rate(tx: Tx, actor: Actor, ticketId: number, input: GiveRating): Promise<void> {
      const ticket = await ports.tickets.lockForAction(tx, actor, ticketId, 'rating.give')
      const now = await databaseNow(tx)
      if (ticket.solvedAt === null && ticket.closedAt === null) throw surveysRefusals.refuse('surveys.not_solved')
      if (isArchived(ticket.closedAt, now)) throw surveysRefusals.refuse('surveys.archived')
      const { score, comment } = input
      const contactId = actor.contact?.id ?? null
      await surveysStore.rate(tx, { clientId: ticket.clientId, ticketId, contactId, score, comment })
      await ports.tickets.recordFacts(tx, actor, ticketId, [{ type: 'rated', data: { score } }])
      await ports.tickets.tellProcess(tx, actor, ticketId, 'client.rated')
      await writeAudit(tx, actor, {
        action: 'ticket.rated',
        objectType: 'ticket',
        objectId: ticketId,
        clientId: ticket.clientId,
        detail: { score },
      })
      await ports.bus.emit(tx, 'survey.rated', { actor, ticket: headOf(ticket), score, comment, now })
    },
  }
}
