import { useCan } from '@opora/access/ui'
import { Timeline, TimelineEvent, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPoint } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Message, Ticket } from '../../contract.ts'
import { keys } from '../ticket-data.ts'
import { MessageItem } from './message-item.tsx'
import { grouped, type HistoryRow, mergeStream, shownMessages } from './stream.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

const EVENTS_KEY = 'opora.ticket.events'

/** What was said and what was done, in the order of time. */
export function Conversation({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const earlier = useEarlier(ticket)
  const [withEvents, setWithEvents] = useState(() => localStorage.getItem(EVENTS_KEY) !== 'off')
  const history = useHistory(ticket, can('ticket.history') && withEvents)
  const messages = shownMessages([...earlier.messages, ...ticket.messages])
  const end = useRef<HTMLDivElement>(null)
  useKeepAtEnd(end)
  const toggle = () => {
    localStorage.setItem(EVENTS_KEY, withEvents ? 'off' : 'on')
    setWithEvents(!withEvents)
  }
  const from = earlier.more ? messages[0]?.createdAt : undefined
  return (
    <div className={css.talk}>
      <div className={css.talkBar}>
        {earlier.more && (
          <button type="button" className={css.link} disabled={earlier.loading} onClick={earlier.load}>
            {t('earlier')}
          </button>
        )}
        {can('ticket.history') && (
          <button type="button" className={css.linkEnd} aria-pressed={withEvents} onClick={toggle}>
            {withEvents ? t('hideEvents') : t('showEvents')}
          </button>
        )}
      </div>
      <Timeline label={t('conversation')}>
        {grouped(mergeStream(messages, history, from)).map((item) =>
          item.kind === 'message' ? (
            <MessageItem key={`m${item.message.id}`} ticket={ticket} message={item.message} />
          ) : (
            <TimelineEvent key={`e${item.id}`} at={item.at} icon={<IconPoint size={14} />}>
              {item.actor && <span className={css.actor}>{item.actor}: </span>}
              {item.texts.join(' · ')}
            </TimelineEvent>
          ),
        )}
      </Timeline>
      <div ref={end} />
    </div>
  )
}

/** Messages before the page that came with the ticket, asked for one page at a time. */
function useEarlier(ticket: Ticket) {
  const [wanted, setWanted] = useState(false)
  const [start] = useState(ticket.messagesBefore)
  const pages = useInfiniteQuery({
    queryKey: [...keys.ticket(ticket.id), 'earlier', start],
    queryFn: ({ pageParam }) =>
      api.get<{ items: Message[]; before: number | null }>(`/tickets/${ticket.id}/messages`, {
        query: { before: pageParam },
      }),
    initialPageParam: start,
    getNextPageParam: (last) => last.before ?? undefined,
    enabled: wanted && start !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    messages: (pages.data?.pages ?? []).toReversed().flatMap((page) => page.items),
    more: start !== null && (!pages.data || pages.hasNextPage),
    loading: pages.isFetching,
    load: () => {
      if (pages.data) void pages.fetchNextPage()
      else setWanted(true)
    },
  }
}

function useHistory(ticket: Ticket, wanted: boolean): readonly HistoryRow[] {
  const history = useQuery({
    queryKey: [...keys.ticket(ticket.id), 'history', ticket.version],
    queryFn: async () =>
      (await api.get<{ items: HistoryRow[] }>(`/tickets/${ticket.id}/history`, { query: { limit: 500 } })).items,
    enabled: wanted,
    placeholderData: (before) => before,
  })
  return wanted ? (history.data ?? []) : []
}

const NEAR_END = 120

/**
 * The newest message is what one came for. The end stays in sight while pictures and events arrive, until the reader scrolls up;
 * whoever reads further up is not moved by a new message.
 */
function useKeepAtEnd(end: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const scroller = end.current?.closest<HTMLElement>('[data-keep-scroll]')
    if (!scroller) return
    let atEnd = true
    const follow = () => {
      if (atEnd) scroller.scrollTop = scroller.scrollHeight
    }
    const onScroll = () => {
      atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END
    }
    const watcher = new ResizeObserver(follow)
    for (const part of scroller.children) watcher.observe(part)
    scroller.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      watcher.disconnect()
      scroller.removeEventListener('scroll', onScroll)
    }
  }, [end])
}
