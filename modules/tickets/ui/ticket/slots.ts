import type { ReactNode } from 'react'
import { type ComponentType, createContext, use } from 'react'
import type { Ticket } from '../../contract.ts'

type Part = ComponentType<{ ticket: Ticket }>

/** What belongs to the reply box from outside: drawn in it, and done after the message was sent. */
export interface ReplyExtra {
  element: ReactNode
  /** Whether there is something to do after sending, so that sending is worth it without a text. */
  pending: boolean
  commit: () => Promise<void>
}

/** Named places of the ticket's page that later modules fill; the page works without any of them. */
export interface TicketSlots {
  /** All the ticket's clocks, in place of the one deadline that the ticket itself knows. */
  Clocks?: Part
  /** Hours left of the contract. */
  Balance?: Part
  /** Parts of the side panel after the facts. */
  panels?: readonly { key: string; Panel: Part }[]
  /** A hook: time that is logged where the answer is written. */
  useReplyExtra?: (ticket: Ticket) => ReplyExtra
}

const SlotsContext = createContext<TicketSlots>({})

export const SlotsProvider = SlotsContext

export function useSlots(): TicketSlots {
  return use(SlotsContext)
}
