import { type ComponentType, createContext, type ReactNode, use } from 'react'
import type { Ticket } from '../../contract.ts'

type Part = ComponentType<{ ticket: Ticket }>

/** What belongs to the reply box from outside: drawn in it, and done after the message was sent. */
export interface ReplyExtra {
  element: ReactNode
  /** Why it cannot be done as it stands: asked before anything is sent. */
  problem: (mode: 'reply' | 'note') => string | null
  commit: (mode: 'reply' | 'note', text: string) => Promise<void>
}

/** Named places of the ticket's page that later modules fill; the page works without any of them. */
export interface TicketSlots {
  /** All the ticket's clocks, in place of the one deadline that the ticket itself knows. */
  Clocks?: Part
  /** Hours left of the contract. */
  Balance?: Part
  /** Parts of the side panel after the facts, or above everything where somebody is waited for. */
  panels?: readonly { key: string; above?: boolean; Panel: Part }[]
  /** Time and estimates for those who do not read the ticket's words. */
  Hours?: ComponentType<{ ticketId: number }>
  /** A hook: time that is logged where the answer is written. */
  useReplyExtra?: (ticket: Ticket) => ReplyExtra
}

const SlotsContext = createContext<TicketSlots>({})

export const SlotsProvider = SlotsContext

export function useSlots(): TicketSlots {
  return use(SlotsContext)
}
