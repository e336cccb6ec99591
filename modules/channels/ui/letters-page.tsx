import { Button } from '@mantine/core'
import {
  type Column,
  DataTable,
  DateTimeText,
  EmptyState,
  Link,
  Page,
  Pill,
  type Tone,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconMail } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { LetterRow, LetterPage as LetterRows, LetterState } from '../contract.ts'
import css from './channels.module.css'
import { lettersWords } from './letters-words.ts'

export const LETTER_STATES: readonly LetterState[] = ['quarantined', 'failed', 'new', 'done', 'ignored']
export const LETTER_TONES: Record<LetterState, Tone> = {
  new: 'info',
  done: 'ok',
  failed: 'danger',
  quarantined: 'warn',
  ignored: 'neutral',
}

/** Every letter that came, and what became of it. */
export function LettersPage() {
  const t = useWords(lettersWords)
  const [search] = useSearch()
  const { state } = search
  const list = useInfiniteQuery({
    queryKey: ['letters', { state }],
    queryFn: ({ pageParam, signal }) =>
      api.get<LetterRows>('/letters', { query: { state, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: 30_000,
  })
  const columns = useColumns()
  return (
    <Page title={t('letters')} body="plain" tools={<StateChips />}>
      <DataTable
        label={t('letters')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/letters/${row.id}`}
        toneOf={(row) => (row.state === 'failed' ? 'danger' : row.state === 'quarantined' ? 'warn' : undefined)}
        card={(row) => <LetterCard row={row} />}
        empty={<EmptyState icon={<IconMail size={24} stroke={1.6} />} title={t('emptyTitle')} text={t('emptyText')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
    </Page>
  )
}

function StateChips() {
  const t = useWords(lettersWords)
  const [search, setSearch] = useSearch()
  const chips = [undefined, ...LETTER_STATES]
  return (
    <div className={css.chips}>
      {chips.map((state) => (
        <Button
          key={state ?? 'all'}
          size="compact-sm"
          variant={search['state'] === state ? 'filled' : 'default'}
          aria-pressed={search['state'] === state}
          onClick={() => setSearch({ state })}
        >
          {t(state ?? 'all')}
        </Button>
      ))}
    </div>
  )
}

function useColumns(): Column<LetterRow>[] {
  const t = useWords(lettersWords)
  return [
    { id: 'from', head: t('from'), width: '220px', cell: (row) => row.from ?? t('unknownSender') },
    { id: 'mailbox', head: t('mailbox'), width: '170px', cell: (row) => cameTo(row), wideOnly: true },
    { id: 'subject', head: t('subject'), cell: (row) => <Subject row={row} /> },
    {
      id: 'state',
      head: t('state'),
      width: '150px',
      cell: (row) => <Pill tone={LETTER_TONES[row.state]}>{t(`is_${row.state}`)}</Pill>,
    },
    { id: 'why', head: t('why'), cell: (row) => <span title={row.why}>{row.why}</span>, wideOnly: true },
    {
      id: 'ticket',
      head: t('ticket'),
      width: '110px',
      cell: (row) => row.ticket && <Link to={`/desk/tickets/${row.ticket.number}`}>№ {row.ticket.number}</Link>,
    },
    {
      id: 'received',
      head: t('received'),
      width: '130px',
      align: 'end',
      cell: (row) => <DateTimeText at={row.receivedAt} style="brief" />,
    },
  ]
}

/** Our mailbox; where none of ours was named, the address that was. */
export function cameTo(row: LetterRow): string {
  return row.mailbox?.name ?? row.to[0] ?? '—'
}

function Subject({ row }: { row: LetterRow }) {
  const t = useWords(lettersWords)
  if (!row.readable) return <span className={css.quiet}>{t('hidden')}</span>
  return <>{row.subject || t('noSubject')}</>
}

function LetterCard({ row }: { row: LetterRow }) {
  const t = useWords(lettersWords)
  return (
    <div className={css.card}>
      <strong>
        <Subject row={row} />
      </strong>
      <span>
        {row.from ?? t('unknownSender')} → {cameTo(row)}
      </span>
      <span className={css.quiet}>{row.why}</span>
      <Pill tone={LETTER_TONES[row.state]}>{t(`is_${row.state}`)}</Pill>
    </div>
  )
}
