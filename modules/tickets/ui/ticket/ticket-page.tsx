import { useMe } from '@opora/access/ui'
import { ErrorState, Page, Skeleton, Split, useRoute, useWords } from '@opora/ui-kit'
import type { Ticket } from '../../contract.ts'
import { useLiveLists } from '../ticket-data.ts'
import { CollisionHost } from './collision-dialog.tsx'
import { Conversation } from './conversation.tsx'
import { HeadActions, Heading } from './head.tsx'
import { HeadFacts } from './head-facts.tsx'
import { PresentTask } from './present-task.tsx'
import { ReplyBox } from './reply-box.tsx'
import { ShortTicket } from './short-ticket.tsx'
import { SidePanel } from './side-panel.tsx'
import { SlotsProvider, type TicketSlots } from './slots.ts'
import css from './ticket.module.css'
import { TicketNotices } from './ticket-notices.tsx'
import { ticketWords } from './ticket-words.ts'
import { usePresenceBeat } from './use-presence-beat.ts'
import { ReplyProvider } from './use-reply.tsx'
import { useTicket, useTicketId } from './use-ticket.ts'

/** A ticket: head, present task, conversation and reply box, facts beside them. Later modules fill the slots. */
export function TicketPage({ slots = {} }: { slots?: TicketSlots }) {
  const { params } = useRoute()
  const number = Number(params['number'])
  const id = useTicketId(number)
  const me = useMe()
  useLiveLists()
  if (id.data !== undefined && me && !me.can.includes('ticket.text'))
    return <ShortTicket id={id.data} number={number} slots={slots} />
  if (id.data !== undefined) return <Opened key={id.data} id={id.data} number={number} slots={slots} />
  return <Waiting number={number} error={id.error} onRetry={() => void id.refetch()} />
}

function Waiting({ number, error, onRetry }: { number: number; error: unknown; onRetry: () => void }) {
  const t = useWords(ticketWords)
  return (
    <Page title={t('ticketNo', { number: String(number) })} crumbs={[{ to: '/desk/tickets', label: t('tickets') }]}>
      {error ? <ErrorState error={error} onRetry={onRetry} /> : <Skeleton lines={10} />}
    </Page>
  )
}

function Opened({ id, number, slots }: { id: number; number: number; slots: TicketSlots }) {
  const query = useTicket(id)
  const me = useMe()
  const { data, error } = query
  if (data === undefined || me === undefined)
    return <Waiting number={number} error={error} onRetry={() => void query.refetch()} />
  return (
    <SlotsProvider value={slots}>
      <Body ticket={data} asOf={query.dataUpdatedAt} />
    </SlotsProvider>
  )
}

function Body({ ticket, asOf }: { ticket: Ticket; asOf: number }) {
  const presence = usePresenceBeat(ticket.id, ticket.presence)
  return (
    <ReplyProvider ticket={ticket} presence={presence}>
      <Page
        title={`№ ${ticket.number} ${ticket.subject}`}
        heading={<Heading ticket={ticket} />}
        body="plain"
        actions={<HeadActions ticket={ticket} others={presence.others} />}
      >
        <Split aside={<SidePanel ticket={ticket} />}>
          <div className={css.top}>
            <div className={css.phoneSubject}>{ticket.subject}</div>
            <HeadFacts ticket={ticket} asOf={asOf} />
            <PresentTask ticket={ticket} />
            <TicketNotices ticket={ticket} />
          </div>
          <Conversation ticket={ticket} />
          <ReplyBox ticket={ticket} others={presence.others} />
        </Split>
      </Page>
      <CollisionHost />
    </ReplyProvider>
  )
}
