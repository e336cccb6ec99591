import { useCan, useMe } from '@opora/access/ui'
import { CleanHtml, Message as Letter, Pill, PlainText, toast, useNow, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconShieldQuestion } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Message, Ticket } from '../../contract.ts'
import { useLabels } from '../labels.ts'
import { bodyOf, withPictures } from './message-body.ts'
import { MessageFiles } from './message-files.tsx'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useReply } from './use-reply.tsx'
import { useRefreshTicket } from './use-ticket.ts'

/** One message: whose, by which way, its text with the quotation folded, its files, and what can still be done about it. */
export function MessageItem({ ticket, message }: { ticket: Ticket; message: Message }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  const kind = message.visibility !== 'public' ? 'note' : message.direction === 'in' ? 'incoming' : 'reply'
  const delivery = useDelivery(ticket, message)
  const shown = message.files.filter(
    (file) => file.inlineCid === null || !message.html?.includes(`cid:${file.inlineCid}`),
  )
  return (
    <Letter
      id={`message-${message.id}`}
      kind={kind}
      author={message.author.name}
      at={message.createdAt}
      meta={
        <>
          {kind === 'incoming' && message.author.email}
          {kind !== 'note' && ` ${labels.of('channel', message.channel)}`}
          {kind === 'reply' &&
            message.recipients.length > 0 &&
            ` ${t('to', { people: message.recipients.join(', ') })}`}
          {message.visibility === 'partner' && <Pill tone="violet">{t('partnerNote')}</Pill>}
        </>
      }
      footer={shown.length > 0 && <MessageFiles files={shown} />}
      {...(delivery ? { delivery } : {})}
    >
      {message.unverified && <Unverified ticket={ticket} message={message} />}
      <Text message={message} />
    </Letter>
  )
}

function Text({ message }: { message: Message }) {
  const t = useWords(ticketWords)
  const { html, text, whole } = bodyOf(message)
  const [open, setOpen] = useState(false)
  if (open && message.html) return <CleanHtml html={withPictures(message.html, message.files)} />
  if (open) return <PlainText text={message.text} />
  return (
    <>
      {html ? <CleanHtml html={withPictures(html, message.files)} /> : <PlainText text={text} />}
      {whole && (
        <button
          type="button"
          className={css.fold}
          title={t('wholeLetter')}
          aria-label={t('wholeLetter')}
          onClick={() => setOpen(true)}
        >
          •••
        </button>
      )}
    </>
  )
}

/** A letter of somebody who only knew the number: kept apart until a person says that it belongs here. */
function Unverified({ ticket, message }: { ticket: Ticket; message: Message }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const refresh = useRefreshTicket(ticket.id)
  const accept = async () => {
    try {
      await api.post(`/tickets/${ticket.id}/messages/${message.id}/accept`)
      toast.ok(t('accepted'))
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
  return (
    <div className={css.unverified}>
      <IconShieldQuestion size={18} stroke={1.7} aria-hidden="true" />
      <div>
        <strong>{t('unverified')}</strong>
        {message.author.email && `: ${message.author.email}`}
        <div className={css.fine}>{t('unverifiedText')}</div>
      </div>
      {can('message.accept') && (
        <button type="button" className={css.outcome} onClick={() => void accept()}>
          {t('accept')}
        </button>
      )}
    </div>
  )
}

type Delivery = NonNullable<Parameters<typeof Letter>[0]['delivery']>

/** While a reply waits to leave, its writer can take it back; its text returns to the box. */
function useDelivery(ticket: Ticket, message: Message): Delivery | undefined {
  const t = useWords(ticketWords)
  const me = useMe()
  const reply = useReply()
  const refresh = useRefreshTicket(ticket.id)
  const seconds = useSecondsTo(message.undoUntil)
  const now = useNow()
  if (message.direction !== 'out' || message.visibility !== 'public') return undefined
  if (seconds === null) {
    const fresh = now - Date.parse(message.createdAt) < 120_000
    return message.sentAt === null && fresh ? { state: 'held', words: t('leaving') } : undefined
  }
  const undo = async () => {
    try {
      const taken = await api.post<{ text: string }>(`/tickets/${ticket.id}/messages/${message.id}/undo`)
      reply.insert('reply', taken.text)
      toast.info(t('undone'))
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
  const mine = message.author.accountId === me?.id
  return {
    state: 'held',
    words: t('leavesIn', { n: seconds }),
    ...(mine ? { action: { label: t('undo'), run: () => void undo() } } : {}),
  }
}

const SECOND_MS = 1_000

/** Whole seconds until a moment, counted down; `null` when there is none or it has passed. */
function useSecondsTo(moment: string | null): number | null {
  const [left, setLeft] = useState(() => secondsTo(moment))
  useEffect(() => {
    setLeft(secondsTo(moment))
    if (secondsTo(moment) === null) return
    const timer = setInterval(() => {
      const next = secondsTo(moment)
      setLeft(next)
      if (next === null) clearInterval(timer)
    }, SECOND_MS)
    return () => clearInterval(timer)
  }, [moment])
  return left
}

function secondsTo(moment: string | null): number | null {
  if (moment === null) return null
  const left = Math.ceil((Date.parse(moment) - Date.now()) / SECOND_MS)
  return left > 0 ? left : null
}
