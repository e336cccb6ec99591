import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { type Column, confirm, DataTable, DateTimeText, EmptyState, Page, Pill, toast, useWords } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { SessionRowView } from '../contract.ts'
import css from './board.module.css'
import { useRefreshChanges } from './board-data.ts'
import { boardWords } from './board-words.ts'

/** Meetings and votes by correspondence, with their minutes. */
export function SessionsPage() {
  const t = useWords(boardWords)
  useLiveRefresh(['board', 'change'], [['board']])
  const list = useInfiniteQuery({
    queryKey: ['board', 'sessions'],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: SessionRowView[]; nextCursor: string | null }>('/board/sessions', {
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  return (
    <Page title={t('sessions')} body="plain" crumbs={[{ to: '/desk/board', label: t('board') }]}>
      <DataTable
        label={t('sessions')}
        columns={useColumns()}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        card={(row) => <SessionCard row={row} />}
        empty={<EmptyState icon={<IconUsersGroup size={24} stroke={1.6} />} title={t('noSessions')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
    </Page>
  )
}

function useColumns(): Column<SessionRowView>[] {
  const t = useWords(boardWords)
  return [
    { id: 'at', head: t('startsAt'), width: '150px', cell: (row) => <DateTimeText at={row.startsAt} /> },
    { id: 'what', head: t('sessions'), cell: (row) => <What row={row} /> },
    { id: 'by', head: t('calledBy'), width: '190px', wideOnly: true, cell: (row) => row.calledBy },
    { id: 'changes', head: t('changes'), width: '110px', align: 'end', cell: (row) => row.changes },
    { id: 'state', head: t('state'), width: '170px', cell: (row) => <State row={row} /> },
    { id: 'acts', head: '', width: '190px', align: 'end', cell: (row) => <Acts row={row} /> },
  ]
}

function What({ row }: { row: SessionRowView }) {
  const t = useWords(boardWords)
  return (
    <span className={css.subject}>
      <span>{row.title || t(row.mode)}</span>
      {row.place !== '' && <span className={css.quiet}>{row.place}</span>}
    </span>
  )
}

function State({ row }: { row: SessionRowView }) {
  const t = useWords(boardWords)
  if (row.state === 'closed') return <Pill tone="ok">{t('closed')}</Pill>
  return (
    <span className={css.pills}>
      <Pill tone="violet">{t('open')}</Pill>
      {row.deadlineAt && (
        <span className={css.quiet}>
          <DateTimeText at={row.deadlineAt} />
        </span>
      )}
    </span>
  )
}

function Acts({ row }: { row: SessionRowView }) {
  const t = useWords(boardWords)
  const can = useCan()
  const refresh = useRefreshChanges()
  const close = async () => {
    if (!(await confirm({ title: t('closeSessionAsk'), text: t('closeVoteText'), action: t('closeSession') }))) return
    try {
      await api.post(`/board/sessions/${row.id}/close`, {}, { version: row.version })
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  if (row.state === 'closed') {
    const path = `/api/v1/board/sessions/${row.id}/minutes`
    return (
      <span className={css.actsEnd}>
        <a className={css.link} href={path} download>
          {t('minutes')}
        </a>
        <a className={css.link} href={`${path}?format=text`} download>
          {t('asText')}
        </a>
      </span>
    )
  }
  if (!can('change.manage')) return null
  return (
    <Button size="compact-sm" variant="default" onClick={() => void close()}>
      {t('closeSession')}
    </Button>
  )
}

function SessionCard({ row }: { row: SessionRowView }) {
  const t = useWords(boardWords)
  return (
    <div className={css.card}>
      <What row={row} />
      <span className={css.quiet}>
        <DateTimeText at={row.startsAt} /> · {t('changes')}: {row.changes}
      </span>
      <State row={row} />
      <span className={css.acts}>
        <Acts row={row} />
      </span>
    </div>
  )
}
