import { useCan } from '@opora/access/ui'
import { DropMenu, Person, toast, useHotkeys, useRoute, useWords } from '@opora/ui-kit'
import { IconArrowLeft, IconCopy, IconDots, IconEye, IconLink, IconPencil } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { lastListHref } from '../last-list.ts'
import { AssigneeEditor } from './assignee-editor.tsx'
import { PriorityEditor } from './priority-editor.tsx'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import type { Colleague } from './use-presence-beat.ts'
import { useChangeTicket } from './use-ticket.ts'

/** Number and subject; the number copies itself, the subject is edited where it stands. */
export function Heading({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const route = useRoute()
  return (
    <span className={css.heading}>
      <button
        type="button"
        className={css.back}
        aria-label={t('tickets')}
        title={t('tickets')}
        onClick={() => goBack(route)}
      >
        <IconArrowLeft size={18} stroke={1.8} />
      </button>
      <button
        type="button"
        className={css.number}
        title={t('copyNumber')}
        onClick={() => void copy(String(ticket.number), t('copied', { text: `№ ${ticket.number}` }))}
      >
        № {ticket.number}
      </button>
      <Subject key={ticket.id} ticket={ticket} />
    </span>
  )
}

/** Back to the list where it was left; a ticket that was opened by a link goes to the list that was looked at last. */
function goBack(route: ReturnType<typeof useRoute>): void {
  const state: unknown = window.history.state
  const entry = typeof state === 'object' && state !== null && 'entry' in state ? state.entry : 'first'
  if (entry === 'first') route.navigate(lastListHref())
  else route.back()
}

async function copy(text: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast.ok(said)
}

function Subject({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const change = useChangeTicket(ticket)
  const can = useCan()
  const [text, setText] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const editing = text !== null
  useEffect(() => {
    if (editing) field.current?.select()
  }, [editing])
  const keep = () => {
    const next = text?.trim()
    setText(null)
    if (next && next !== ticket.subject) void change({ subject: next })
  }
  if (!can('ticket.change')) return <span className={css.subject}>{ticket.subject}</span>
  if (text === null) {
    return (
      <button
        type="button"
        className={css.subjectButton}
        title={t('editSubject')}
        onClick={() => setText(ticket.subject)}
      >
        <span className={css.subject}>{ticket.subject}</span>
        <IconPencil size={14} aria-hidden="true" />
      </button>
    )
  }
  return (
    <input
      ref={field}
      className={css.subjectField}
      value={text}
      maxLength={300}
      aria-label={t('subject')}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') setText(null)
      }}
    />
  )
}

/** Who else is here, then what is changed most: priority and assignee. */
export function HeadActions({ ticket, others }: { ticket: Ticket; others: readonly Colleague[] }) {
  const t = useWords(ticketWords)
  const here = `${window.location.origin}/desk/tickets/${ticket.number}`
  const copyLink = () => void copy(here, t('copied', { text: here }))
  useHotkeys([{ combo: 'y', label: t('copyLink'), group: t('ticket'), run: copyLink }])
  return (
    <>
      {others.map((one) => (
        <span key={one.accountId} className={css.other} data-activity={one.activity}>
          <Person name={one.name} size={22} />
          {one.activity === 'typing' ? (
            <IconPencil size={14} aria-hidden="true" />
          ) : (
            <IconEye size={14} aria-hidden="true" />
          )}
          <span className={css.otherText}>
            {t(one.activity === 'typing' ? 'typing' : 'looking', { name: one.name })}
          </span>
        </span>
      ))}
      <PriorityEditor ticket={ticket} />
      <AssigneeEditor ticket={ticket} />
      <DropMenu
        label={t('more')}
        place="below-end"
        items={[
          { key: 'link', label: t('copyLink'), icon: <IconLink size={16} />, run: copyLink },
          {
            key: 'number',
            label: t('copyNumber'),
            icon: <IconCopy size={16} />,
            run: () => void copy(String(ticket.number), t('copied', { text: String(ticket.number) })),
          },
        ]}
      >
        <IconDots size={18} stroke={1.8} aria-hidden="true" />
      </DropMenu>
    </>
  )
}
