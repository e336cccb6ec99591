import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { DeadlineOffer, FileLink, Outcome } from '../contract.ts'
import type { AskedFields } from '../forms.contract.ts'

/** A request as the client's list tells it: `GET /cabinet/tickets`. */
export interface CabinetTicketRow {
  id: number
  number: number
  subject: string
  portal: string | null
  status: string
  state: string
  waitsForYou: boolean
  priority: number
  asker: string | null
  worker: string | null
  expectedAt: string | null
  answerBy: string | null
  expectedEstimated: boolean
  countdown: { state: 'running' | 'paused'; remainingMinutes: number | null; open: boolean; turnsIn: number[] } | null
  /** When the answer came, by the reader's own clock. */
  asOf?: number
  waitingFor: string | null
  entitlement: string
  entitlementReason: string | null
  registeredAt: string
  updatedAt: string
}
export interface CabinetMessage {
  id: number
  fromUs: boolean
  author: string
  text: string
  html: string | null
  createdAt: string
  files: z.infer<typeof FileLink>[]
}
/** `GET /cabinet/tickets/:id` */
export interface CabinetTicket extends CabinetTicketRow {
  messages: CabinetMessage[]
  outcomes: Outcome[]
  people: { name: string; role: string }[]
  closedAt: string | null
  mayConfirmEntitlement: boolean
  deadlineOffer: DeadlineOffer | null
  mayDecideDeadline: boolean
  version: number
  asked: z.infer<typeof AskedFields> | null
}
export interface CabinetTicketPage {
  items: CabinetTicketRow[]
  nextCursor: string | null
}
export type CabinetState = 'open' | 'closed' | 'all'

const LIST = ['cabinet', 'tickets'] as const
export const cabinetTicketKey = (id: string | number) => ['cabinet', 'ticket', String(id)] as const

/** A page of requests, each with the moment from which its time runs down. */
export async function readRequests(query: Record<string, string>, signal: AbortSignal): Promise<CabinetTicketPage> {
  const page = await api.get<CabinetTicketPage>('/cabinet/tickets', { query, signal })
  const asOf = Date.now()
  return { ...page, items: page.items.map((row) => ({ ...row, asOf })) }
}

/** The open requests of the first screen, the freshest first. */
export function useOpenTickets() {
  return useQuery({
    queryKey: [...LIST, 'open'],
    queryFn: ({ signal }) => readRequests({ state: 'open' }, signal),
  })
}

export function useCabinetTicket(id: string) {
  return useQuery({
    queryKey: cabinetTicketKey(id),
    queryFn: ({ signal }) => api.get<CabinetTicket>(`/cabinet/tickets/${id}`, { signal }),
  })
}

/** Asks again for one request and for every list; call it after an act. */
export function useRefreshTickets() {
  const client = useQueryClient()
  return async (id?: string | number) => {
    await Promise.all([
      client.invalidateQueries({ queryKey: LIST }),
      ...(id === undefined ? [] : [client.invalidateQueries({ queryKey: cabinetTicketKey(id) })]),
    ])
  }
}

/** What the reader is asked to do about a request; `null` when it is nobody's turn or ours. */
export type Turn = 'answer' | 'confirm' | 'approve' | 'entitle'

/** `responsible`: the reader speaks for the company, so colleagues' requests wait for them. */
export function turnOf(row: CabinetTicketRow, responsible: boolean): Turn | null {
  if (row.state === 'confirming') return 'confirm'
  if (row.entitlement === 'waiting' && responsible && row.state !== 'closed') return 'entitle'
  if (row.waitingFor === 'approval') return responsible ? 'approve' : null
  return row.waitsForYou && row.waitingFor === 'client' ? 'answer' : null
}
