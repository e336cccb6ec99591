import { Button, NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { type Column, DataTable, DateTimeText, EmptyState, Link, Page, Pill, useSearch, useWords } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconGavel } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChangeQuery, ChangeRowView } from '../contract.ts'
import css from './board.module.css'
import { APPROVAL_TONES, KIND_TONES, RISK_TONES, STAGE_TONES } from './board-data.ts'
import { boardWords } from './board-words.ts'
import { CallDialog } from './call-dialog.tsx'
import { LendDialog } from './lend-dialog.tsx'

const TABS = ['agenda', 'mine', 'planned', 'done', 'all'] as const
const KINDS = ['standard', 'normal', 'emergency'] as const
const RISKS = ['low', 'medium', 'high'] as const

/** The board's agenda: what waits for a decision, and everything that was decided. */
export function BoardPage() {
  const t = useWords(boardWords)
  const can = useCan()
  const [search] = useSearch()
  const [selected, setSelected] = useState(new Set<string>())
  const [dialog, setDialog] = useState<'meeting' | 'correspondence' | 'lend' | null>(null)
  useLiveRefresh(['change', 'board'], [['changes']])
  const show = (TABS.find((tab) => tab === search['show']) ?? 'agenda') satisfies ChangeQuery['show']
  const list = useChanges(show, search['kind'], search['risk'])
  const rows = list.data?.pages.flatMap((page) => page.items)
  const chosen = (rows ?? []).filter((row) => selected.has(String(row.id)))
  const mayCall = show === 'agenda' && can('change.manage')
  return (
    <Page
      title={t('board')}
      body="plain"
      actions={
        can('change.vote') && (
          <Button variant="default" onClick={() => setDialog('lend')}>
            {t('lendMine')}
          </Button>
        )
      }
      tools={<AgendaTools show={show} />}
    >
      <DataTable
        label={t(show)}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/changes/${row.id}`}
        card={(row) => <RowCard row={row} />}
        toneOf={(row) => (row.reviewLate && row.approval !== 'approved' ? 'danger' : undefined)}
        {...(mayCall ? { selected, onSelect: setSelected } : {})}
        bulk={
          <span className={css.acts}>
            <Button size="compact-sm" onClick={() => setDialog('correspondence')}>
              {t('callVote')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setDialog('meeting')}>
              {t('callMeeting')}
            </Button>
          </span>
        }
        empty={<Nothing show={show} />}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      {(dialog === 'meeting' || dialog === 'correspondence') && (
        <CallDialog
          mode={dialog}
          changes={chosen}
          onClose={() => setDialog(null)}
          onDone={() => setSelected(new Set())}
        />
      )}
      {dialog === 'lend' && <LendDialog onClose={() => setDialog(null)} />}
    </Page>
  )
}

/** Which changes are shown; beside them the ways to sessions and the calendar. */
function AgendaTools({ show }: { show: ChangeQuery['show'] }) {
  const t = useWords(boardWords)
  const [search, setSearch] = useSearch()
  return (
    <>
      <div className={css.tabs}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            className={css.tab}
            aria-pressed={tab === show}
            onClick={() => setSearch({ show: tab === 'agenda' ? null : tab })}
          >
            {t(tab)}
          </button>
        ))}
        <Link to="/desk/board/sessions" className={css.tabLink}>
          {t('sessions')}
        </Link>
        <Link to="/desk/board/calendar" className={css.tabLink}>
          {t('calendar')}
        </Link>
      </div>
      <NativeSelect
        size="xs"
        aria-label={t('kind')}
        data={[{ value: '', label: t('anyKind') }, ...KINDS.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))]}
        value={search['kind'] ?? ''}
        onChange={(event) => setSearch({ kind: event.currentTarget.value || null })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('risk')}
        data={[{ value: '', label: t('anyRisk') }, ...RISKS.map((risk) => ({ value: risk, label: t(`risk_${risk}`) }))]}
        value={search['risk'] ?? ''}
        onChange={(event) => setSearch({ risk: event.currentTarget.value || null })}
      />
    </>
  )
}

function useChanges(show: ChangeQuery['show'], kind: string | undefined, risk: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['changes', 'list', { show, kind, risk }],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: ChangeRowView[]; nextCursor: string | null }>('/changes', {
        query: { show, kind: kind || undefined, risk: risk || undefined, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
  })
}

function Nothing({ show }: { show: ChangeQuery['show'] }) {
  const t = useWords(boardWords)
  const title = show === 'agenda' ? t('noAgenda') : show === 'mine' ? t('noMine') : t('noRows')
  return (
    <EmptyState
      icon={<IconGavel size={24} stroke={1.6} />}
      title={title}
      text={show === 'agenda' ? t('noAgendaText') : undefined}
    />
  )
}

function useColumns(): Column<ChangeRowView>[] {
  const t = useWords(boardWords)
  return [
    {
      id: 'change',
      head: t('change'),
      cell: (row) => (
        <span className={css.subject}>
          <span>{row.ticket.subject}</span>
          <span className={css.quiet}>
            № {row.ticket.number} · {row.client.name}
            {row.portal && ` · ${row.portal.name}`}
          </span>
        </span>
      ),
    },
    {
      id: 'kind',
      head: t('kind'),
      width: '120px',
      cell: (row) => (
        <Pill tone={KIND_TONES[row.kind]} plain dot>
          {t(`kind_${row.kind}`)}
        </Pill>
      ),
    },
    {
      id: 'risk',
      head: t('risk'),
      width: '90px',
      wideOnly: true,
      cell: (row) => <Risk risk={row.risk} />,
    },
    { id: 'state', head: t('state'), width: '150px', cell: (row) => <State row={row} /> },
    { id: 'votes', head: t('votes'), width: '215px', cell: (row) => <Votes row={row} /> },
    { id: 'when', head: `${t('deadline')} / ${t('window')}`, width: '180px', cell: (row) => <When row={row} /> },
  ]
}

function Risk({ risk }: { risk: ChangeRowView['risk'] }) {
  const t = useWords(boardWords)
  return (
    <Pill tone={RISK_TONES[risk]} plain>
      {t(`risk_${risk}`)}
    </Pill>
  )
}

function State({ row }: { row: ChangeRowView }) {
  const t = useWords(boardWords)
  if (row.stage !== 'draft' && row.approval !== 'agenda' && row.approval !== 'voting')
    return <Pill tone={STAGE_TONES[row.stage]}>{t(`stage_${row.stage}`)}</Pill>
  return <Pill tone={APPROVAL_TONES[row.approval]}>{t(`approval_${row.approval}`)}</Pill>
}

function Votes({ row }: { row: ChangeRowView }) {
  const t = useWords(boardWords)
  if (row.vote === null) return null
  const { cast, seats, quorum } = row.vote
  return (
    <span className={css.pills}>
      <span className={css.quiet} data-numeric>
        {t('votesOf', { cast, seats, quorum })}
      </span>
      {row.myTurn && <Pill tone="violet">{t('myTurn')}</Pill>}
    </span>
  )
}

function When({ row }: { row: ChangeRowView }) {
  const t = useWords(boardWords)
  const deadline = row.vote?.deadlineAt ?? null
  if (deadline !== null) return <DateTimeText at={deadline} />
  if (row.reviewDueAt !== null && row.approval !== 'approved')
    return (
      <Pill tone={row.reviewLate ? 'danger' : 'warn'} plain>
        {t('reviewDue')} <DateTimeText at={row.reviewDueAt} style="day" />
      </Pill>
    )
  return row.windowFrom && <DateTimeText at={row.windowFrom} />
}

function RowCard({ row }: { row: ChangeRowView }) {
  const t = useWords(boardWords)
  return (
    <div className={css.card}>
      <strong>{row.ticket.subject}</strong>
      <span className={css.quiet}>
        № {row.ticket.number} · {row.client.name}
      </span>
      <span className={css.pills}>
        <State row={row} />
        {row.kind !== 'normal' && <Pill tone={KIND_TONES[row.kind]}>{t(`kind_${row.kind}`)}</Pill>}
        {row.risk === 'high' && <Risk risk={row.risk} />}
      </span>
      <Votes row={row} />
      <span className={css.quiet}>
        <When row={row} />
      </span>
    </div>
  )
}
