import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { EventBus } from '@opora/platform/events'
import type { TicketHead, TicketService } from '@opora/tickets'

export interface SurveysEvents {
  /** A client rated a ticket, or changed the rating. */
  'survey.rated': { actor: Actor; ticket: TicketHead; score: number; comment: string; now: Instant }
}

export interface SurveysPorts {
  bus: EventBus<SurveysEvents>
  tickets: Pick<TicketService, 'lockForAction' | 'tellProcess' | 'recordFacts'>
}
