import { confirm, toast, useRoute, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import type { Ticket, TicketRow } from '../../contract.ts'
import { ticketWords } from './ticket-words.ts'
import { useRefreshTicket } from './use-ticket.ts'

/** Links and merges a ticket; a merge asks first, for it cannot be taken back here. */
export function useJoin(ticket: Ticket) {
  const t = useWords(ticketWords)
  const route = useRoute()
  const refresh = useRefreshTicket(ticket.id)
  const send = async (path: string, body: object, by: 'post' | 'put' = 'post'): Promise<boolean> => {
    try {
      await api[by](`/tickets/${ticket.id}/${path}`, body)
      return true
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
      return false
    } finally {
      await refresh()
    }
  }
  return {
    link: (toId: number, kind: string) =>
      kind === 'parent' ? send('parent', { parentId: toId }, 'put') : send('links', { toId, kind }),
    leaveParent: () => send('parent', { parentId: null }, 'put'),
    merge: async (into: Pick<TicketRow, 'id' | 'number' | 'subject'>) => {
      const question = {
        title: t('mergeTitle', { number: String(into.number) }),
        text: t('mergeText', { subject: into.subject }),
        action: t('mergeAct'),
      }
      if ((await confirm(question)) && (await send('merge', { intoId: into.id }))) {
        route.navigate(`/desk/tickets/${into.number}`)
      }
    },
  }
}
