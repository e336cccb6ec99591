import { DateTimeText, Loaded, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Ticket } from '../../contract.ts'
import { keys } from '../ticket-data.ts'
import type { HistoryRow } from './stream.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

const PAGE_ROWS = 200

/** Every change: who, when, from what, to what. */
export function HistoryPanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const history = useInfiniteQuery({
    queryKey: [...keys.ticket(ticket.id), 'all-history', ticket.version],
    queryFn: ({ pageParam }) =>
      api.get<{ items: HistoryRow[] }>(`/tickets/${ticket.id}/history`, {
        query: { after: pageParam, limit: PAGE_ROWS },
      }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.items.length === PAGE_ROWS ? last.items.at(-1)?.id : undefined),
  })
  return (
    <Loaded query={history}>
      {({ pages }) => (
        <>
          <ol className={css.history}>
            {pages
              .flatMap((page) => page.items)
              .map((row) => (
                <li key={row.id}>
                  <div>{row.text}</div>
                  <div className={css.fine}>
                    {row.actor && `${row.actor} · `}
                    <DateTimeText at={row.at} />
                  </div>
                </li>
              ))}
          </ol>
          {history.hasNextPage && (
            <button type="button" className={css.linkButton} onClick={() => void history.fetchNextPage()}>
              {t('historyMore')}
            </button>
          )}
        </>
      )}
    </Loaded>
  )
}
