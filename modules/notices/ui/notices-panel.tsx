import { Button } from '@mantine/core'
import { classNames, DateTimeText, Dialog, EmptyState, Loaded, toast, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Notice, NoticePage } from '../contract.ts'
import { noticesWords } from './desk-words.ts'
import css from './notices.module.css'

type NoticeView = z.infer<typeof Notice>
type NoticeRows = z.infer<typeof NoticePage>

/** What the reader was told, newest first; opening one marks it read and leads to its ticket. */
export function NoticesPanel({ onClose }: { onClose: () => void }) {
  const t = useWords(noticesWords)
  const client = useQueryClient()
  const route = useRoute()
  const list = useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam, signal }) => api.get<NoticeRows>('/notices', { query: { before: pageParam }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.before ?? undefined,
  })
  const markRead = async (ids?: number[]) => {
    await api.post('/notices/read', ids ? { ids } : {})
    await client.invalidateQueries({ queryKey: ['notices'] })
  }
  const tell = (error: unknown) => toast.error((error as Error).message)
  const open = async (notice: NoticeView) => {
    if (!notice.read) await markRead([notice.id])
    if (notice.path !== null) {
      onClose()
      route.navigate(notice.path)
      return
    }
    if (notice.ticketId === null) return
    const { number } = await api.get<{ number: number }>(`/tickets/${notice.ticketId}`)
    onClose()
    route.navigate(`/desk/tickets/${number}`)
  }
  return (
    <Dialog title={t('notices')} size="panel" onClose={onClose}>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0)
            return <EmptyState icon={<IconBell size={24} stroke={1.6} />} title={t('none')} text={t('noneText')} />
          return (
            <>
              {(pages[0]?.unread ?? 0) > 0 && (
                <Button size="compact-sm" variant="default" onClick={() => void markRead().catch(tell)}>
                  {t('readAll')}
                </Button>
              )}
              <ul className={css.list}>
                {items.map((notice) => (
                  <li key={notice.id}>
                    <Row notice={notice} onOpen={() => void open(notice).catch(tell)} />
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Dialog>
  )
}

function Row({ notice, onOpen }: { notice: NoticeView; onOpen: () => void }) {
  const t = useWords(noticesWords)
  return (
    <button type="button" className={classNames(css.notice, !notice.read && css.isNew)} onClick={onOpen}>
      <span className={css.text}>{notice.text}</span>
      <span className={css.at}>
        <DateTimeText at={notice.createdAt} style="relative" />
        {!notice.read && <span className={css.mark}>{t('isNew')}</span>}
      </span>
    </button>
  )
}
