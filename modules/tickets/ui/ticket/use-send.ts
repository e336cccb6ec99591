import { toast, useRoute, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { nextInList } from '../last-list.ts'
import { missingFields, noteBody, outcomeData, replyBody } from './reply-rules.ts'
import { replyWords } from './reply-words.ts'
import type { ReplyExtra } from './slots.ts'
import type { Reply } from './use-reply.tsx'
import { useRefreshTicket } from './use-ticket.ts'

export interface Sending {
  busy: boolean
  /** The server's sentence when it refused; `newer` when only new messages stand in the way. */
  refusal: { message: string; newer: boolean } | null
  dismiss: () => void
  send: (options?: { anyway?: boolean; next?: boolean }) => Promise<void>
}

interface Options {
  ticket: Ticket
  reply: Reply
  copies: readonly number[]
  mentioned: ReadonlyMap<string, number>
  forPartner: boolean
  extra: ReplyExtra
}

/** Sends what is written, alone or with the button of the task that was pressed, and then logs the time. */
export function useSend({ ticket, reply, copies, mentioned, forPartner, extra }: Options): Sending {
  const t = useWords(replyWords)
  const route = useRoute()
  const refresh = useRefreshTicket(ticket.id)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Sending['refusal']>(null)

  const post = async (anyway: boolean) => {
    const written = { text: reply.draft.text, files: reply.files.files, onlyFiles: t('onlyFiles') }
    const message =
      reply.mode === 'reply'
        ? { reply: replyBody(written, copies, anyway ? null : reply.lastSeen) }
        : { note: noteBody(written, mentioned, forPartner) }
    const { armed } = reply
    if (!armed) {
      const [kind, body] = message.reply ? ['replies', message.reply] : ['notes', message.note]
      return api.post(`/tickets/${ticket.id}/${kind}`, body)
    }
    const data = outcomeData(armed, reply.values)
    return api.post(`/tickets/${ticket.id}/outcomes`, { outcome: armed.id, taskId: armed.taskId, data, ...message })
  }

  const send: Sending['send'] = async ({ anyway = false, next = false } = {}) => {
    if (reply.armed && missingFields(reply.armed, reply.values).length > 0) {
      setRefusal({ message: t('fillFields'), newer: false })
      return
    }
    const problem = extra.problem(reply.mode)
    if (problem) {
      setRefusal({ message: problem, newer: false })
      return
    }
    setBusy(true)
    setRefusal(null)
    const { mode } = reply
    const { text } = reply.draft
    const said = reply.armed?.label
    try {
      await post(anyway)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setRefusal({ message: error.message, newer: error.code === 'ticket.newer_messages' })
      setBusy(false)
      void refresh()
      return
    }
    reply.finish()
    await extra
      .commit(mode, text)
      .catch((error: unknown) => toast.error(error instanceof ApiError ? error.message : t('timeLost')))
    setBusy(false)
    if (said) toast.ok(t('outcomeDone', { outcome: said }))
    void refresh()
    const following = next ? nextInList(ticket.number) : null
    if (next) route.navigate(following === null ? '/desk/tickets' : `/desk/tickets/${following}`)
  }
  return { busy, refusal, dismiss: () => setRefusal(null), send }
}
