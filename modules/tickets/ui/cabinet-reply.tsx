import { Button, Textarea } from '@mantine/core'
import { FileButton, FileDrop, FileList, FormError, toast, useDraft, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import css from './cabinet.module.css'
import { useRefreshTickets } from './cabinet-tickets.ts'
import { useUploads } from './cabinet-uploads.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

interface StoredDrafts {
  items: { kind: string; body: { text?: string } }[]
}

export interface CabinetReplyProps {
  ticketId: number
  closed: boolean
}

/** The client's answer with files and pasted screenshots; what is typed is kept on the device and on the server. */
export function CabinetReply({ ticketId, closed }: CabinetReplyProps) {
  const t = useWords(cabinetTicketWords)
  const refresh = useRefreshTickets()
  const uploads = useUploads()
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const stored = useQuery({
    queryKey: ['cabinet', 'draft', ticketId],
    queryFn: () => api.get<StoredDrafts>(`/tickets/${ticketId}/drafts`),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const draft = useDraft({
    id: `ticket-${ticketId}-reply`,
    stored: stored.data?.items.find((one) => one.kind === 'reply')?.body.text,
    save: (text) =>
      text === ''
        ? api.delete(`/tickets/${ticketId}/drafts/reply`)
        : api.put(`/tickets/${ticketId}/drafts/reply`, { body: { text } }),
  })
  const send = async (event?: FormEvent) => {
    event?.preventDefault()
    if (draft.text.trim() === '' || sending || uploads.busy) return
    setSending(true)
    setFailure(null)
    try {
      await api.post(`/cabinet/tickets/${ticketId}/replies`, { text: draft.text.trim(), files: uploads.ids })
      draft.clear()
      uploads.clear()
      void api.delete(`/tickets/${ticketId}/drafts/reply`).catch(() => {})
      toast.ok(t('sent'))
      await refresh(ticketId)
    } catch (error) {
      setFailure(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <FileDrop onFiles={uploads.add}>
      <form className={css.composer} onSubmit={send} id="reply">
        <Textarea
          label={t('reply')}
          description={closed ? t('replyReopens') : undefined}
          placeholder={t('replyPlaceholder')}
          minRows={3}
          maxRows={16}
          autosize
          value={draft.text}
          onChange={(event) => draft.setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
          }}
        />
        <FileList files={uploads.files} onRemove={uploads.remove} />
        <FormError error={failure} />
        <div className={css.composerFoot}>
          <FileButton onFiles={uploads.add} />
          <span className={`${css.fine} ${css.grow}`} role="status">
            {uploads.busy ? t('uploading') : draft.kept && draft.text !== '' ? t('draftKept') : ''}
          </span>
          <Button type="submit" loading={sending} disabled={draft.text.trim() === '' || uploads.busy}>
            {t('send')}
          </Button>
        </div>
      </form>
    </FileDrop>
  )
}
