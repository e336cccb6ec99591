import { NativeSelect } from '@mantine/core'
import {
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  EmptyState,
  lastMonths,
  MinutesText,
  MoneyText,
  monthName,
  Page,
  useLocale,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconReportMoney } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CostRow, MoneyBy, MoneyReport, MoneyRow, RevenueRow } from '../money.contract.ts'
import css from './money.module.css'
import { Dotted, Figure, FileLinks, MoneyTabs, RowsDialog, TicketLink, useShare, useTime } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

const BY: readonly MoneyBy[] = ['client', 'contract', 'package', 'activity', 'month']
const BY_WORDS = {
  client: 'byClient',
  contract: 'byContract',
  package: 'byPackage',
  activity: 'byActivity',
  month: 'byMonth',
} as const
const MONTHS_OFFERED = 25
/** Under this share a margin is marked thin. */
const THIN_PERMILLE = 150

interface Asked {
  of: 'revenue' | 'cost'
  /** Undefined: the whole. */
  row: MoneyRow | undefined
}

function useSpan() {
  const { locale } = useLocale()
  const [search] = useSearch()
  const offered = lastMonths(MONTHS_OFFERED, locale)
  const by = BY.find((one) => one === search['by']) ?? 'client'
  return { by, from: search['from'] ?? offered[3]!.value, to: search['to'] ?? offered[0]!.value, offered }
}

/** Revenue, and for who may see it cost and margin; every figure leads to its rows. */
export function MarginPage() {
  const t = useWords(moneyWords)
  const { by, from, to } = useSpan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['insight', 'money', { by, from, to }],
    queryFn: ({ pageParam, signal }) =>
      api.get<MoneyReport>('/insight/money', { query: { by, from, to, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const report = list.data?.pages[0]
  const withCost = report !== undefined && report.total.costKopecks !== null
  const title = t(report === undefined || withCost ? 'margin' : 'revenueOnly')
  return (
    <Page title={title} body="plain" tools={<MoneyTabs />}>
      <SpanBar />
      {report && report.items.length > 0 && (
        <Totals total={report.total} onOpen={(of) => setAsked({ of, row: undefined })} />
      )}
      <DataTable
        label={title}
        columns={useColumns(by, withCost, setAsked)}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => row.key}
        card={(row) => <MoneyCard row={row} by={by} onOpen={setAsked} />}
        empty={
          <EmptyState icon={<IconReportMoney size={24} stroke={1.6} />} title={t('noMoney')} text={t('noMoneyText')} />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      <p className={css.note}>
        {t('noVat')} {by === 'activity' && t('sharedFee')}{' '}
        {report?.countedAt && (
          <>
            {t('countedAt')} <DateTimeText at={report.countedAt} />
          </>
        )}
      </p>
      {asked && <FigureRows asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

function SpanBar() {
  const t = useWords(moneyWords)
  const [, setSearch] = useSearch()
  const { by, from, to, offered } = useSpan()
  return (
    <div className={css.bar}>
      <NativeSelect
        size="xs"
        aria-label={t('by')}
        value={by}
        data={BY.map((value) => ({ value, label: t(BY_WORDS[value]) }))}
        onChange={(event) => setSearch({ by: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('from')}
        value={from}
        data={offered.filter(({ value }) => value <= to)}
        onChange={(event) => setSearch({ from: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('to')}
        value={to}
        data={offered.filter(({ value }) => from <= value)}
        onChange={(event) => setSearch({ to: event.currentTarget.value })}
      />
      <span className={css.end}>
        <FileLinks path={`/insight/money/export?by=${by}&from=${from}&to=${to}&`} />
      </span>
    </div>
  )
}

function Totals({ total, onOpen }: { total: MoneyReport['total']; onOpen: (of: Asked['of']) => void }) {
  const t = useWords(moneyWords)
  const time = useTime()
  return (
    <dl className={css.totals}>
      <div>
        <dt>{t('revenue')}</dt>
        <dd>
          <Figure onOpen={() => onOpen('revenue')}>
            <MoneyText kopecks={total.revenueKopecks} />
          </Figure>
        </dd>
      </div>
      {total.openKopecks !== 0 && (
        <div>
          <dt>{t('openPart')}</dt>
          <dd>
            <MoneyText kopecks={total.openKopecks} />
          </dd>
        </div>
      )}
      {total.costKopecks !== null && total.marginKopecks !== null && (
        <>
          <div>
            <dt>{t('cost')}</dt>
            <dd>
              <Figure onOpen={() => onOpen('cost')}>
                <MoneyText kopecks={total.costKopecks} />
              </Figure>
            </dd>
          </div>
          <div>
            <dt>{t('marginSum')}</dt>
            <dd>
              <MoneyText kopecks={total.marginKopecks} /> · <Share row={total} />
            </dd>
          </div>
        </>
      )}
      <div>
        <dt>{t('work')}</dt>
        <dd>
          <MinutesText minutes={total.minutes} />
        </dd>
      </div>
      {total.unratedMinutes !== null && total.unratedMinutes > 0 && (
        <div title={t('unratedTitle')}>
          <dt>{t('unratedHead')}</dt>
          <dd className={css.thin}>{time(total.unratedMinutes)}</dd>
        </div>
      )}
    </dl>
  )
}

function Share({ row }: { row: { marginPermille: number | null } }) {
  const share = useShare()
  if (row.marginPermille === null) return null
  const tone = row.marginPermille < 0 ? css.bad : row.marginPermille < THIN_PERMILLE ? css.thin : undefined
  return <span className={tone}>{share(row.marginPermille)}</span>
}

function RowName({ row, by }: { row: MoneyRow; by: MoneyBy }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  if (by === 'month') return monthName(row.key, locale)
  if (row.name) return row.name
  return (
    <span className={css.quiet}>
      {t(by === 'package' ? 'noPackage' : by === 'activity' ? 'noActivity' : 'noContract')}
    </span>
  )
}

function useColumns(by: MoneyBy, withCost: boolean, onOpen: (asked: Asked) => void): Column<MoneyRow>[] {
  const t = useWords(moneyWords)
  const time = useTime()
  const costs: Column<MoneyRow>[] = [
    {
      id: 'cost',
      head: t('cost'),
      width: '150px',
      align: 'end',
      cell: (row) => (
        <Figure onOpen={() => onOpen({ of: 'cost', row })}>
          <MoneyText kopecks={row.costKopecks ?? 0} />
        </Figure>
      ),
    },
    {
      id: 'margin',
      head: t('marginSum'),
      width: '140px',
      align: 'end',
      cell: (row) => <MoneyText kopecks={row.marginKopecks ?? 0} />,
    },
    { id: 'share', head: t('marginShare'), width: '100px', align: 'end', cell: (row) => <Share row={row} /> },
  ]
  return [
    { id: 'name', head: t(by), cell: (row) => <RowName row={row} by={by} /> },
    {
      id: 'work',
      head: t('work'),
      width: '170px',
      align: 'end',
      wideOnly: true,
      cell: (row) => (
        <span title={row.unratedMinutes ? t('unrated', { time: time(row.unratedMinutes) }) : undefined}>
          <MinutesText minutes={row.minutes} />
          {row.unratedMinutes ? <span className={css.thin}> *</span> : null}
        </span>
      ),
    },
    {
      id: 'revenue',
      head: t('revenue'),
      width: '160px',
      align: 'end',
      cell: (row) => (
        <Figure onOpen={() => onOpen({ of: 'revenue', row })}>
          <MoneyText kopecks={row.revenueKopecks} />
        </Figure>
      ),
    },
    ...(withCost ? costs : []),
  ]
}

function MoneyCard({ row, by, onOpen }: { row: MoneyRow; by: MoneyBy; onOpen: (asked: Asked) => void }) {
  const t = useWords(moneyWords)
  return (
    <div className={css.card}>
      <strong>
        <RowName row={row} by={by} />
      </strong>
      <span>
        {t('revenue')}:{' '}
        <Figure onOpen={() => onOpen({ of: 'revenue', row })}>
          <MoneyText kopecks={row.revenueKopecks} />
        </Figure>
      </span>
      {row.costKopecks !== null && (
        <span>
          {t('cost')}:{' '}
          <Figure onOpen={() => onOpen({ of: 'cost', row })}>
            <MoneyText kopecks={row.costKopecks} />
          </Figure>{' '}
          · {t('marginSum')}: <Share row={row} />
        </span>
      )}
    </div>
  )
}

/** The rows of one figure of the table: lines of bills, or time entries with their rates. */
function FigureRows({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  const { by, from, to } = useSpan()
  const query = { by, from, to, key: asked.row?.key }
  const of = asked.row && (by === 'month' ? monthName(asked.row.key, locale) : asked.row.name)
  const title = `${t(asked.of)}${of ? `, ${of}` : ''}`
  if (asked.of === 'revenue')
    return (
      <RowsDialog<RevenueRow>
        title={title}
        lead={t('noVat')}
        path="/insight/money/revenue"
        query={query}
        onClose={onClose}
        totalOf={({ kopecks }) => <MoneyText kopecks={kopecks} exact />}
        rowOf={(row) => ({
          key: row.id,
          what: row.title,
          detail: <RevenueDetail row={row} />,
          amount: <MoneyText kopecks={row.kopecks} exact />,
        })}
      />
    )
  return (
    <RowsDialog<CostRow>
      title={title}
      path="/insight/money/cost"
      query={query}
      onClose={onClose}
      totalOf={({ kopecks }) => <MoneyText kopecks={kopecks} exact />}
      rowOf={(row) => ({
        key: row.id,
        what: <Dotted parts={[row.person, row.activity, <MinutesText key="time" minutes={row.minutes} />]} />,
        detail: <CostDetail row={row} />,
        amount: <MoneyText kopecks={row.kopecks} exact />,
      })}
    />
  )
}

function RevenueDetail({ row }: { row: RevenueRow }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  return (
    <Dotted
      parts={[
        monthName(row.month, locale),
        row.client.name,
        row.contract.number,
        row.activity,
        row.ticketNumber !== null && <TicketLink key="ticket" number={row.ticketNumber} />,
        row.open && t('provisional'),
      ]}
    />
  )
}

function CostDetail({ row }: { row: CostRow }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  const rate =
    row.perHourKopecks === null
      ? t('noRate')
      : t('perHour', { rate: `${new Intl.NumberFormat(locale).format(row.perHourKopecks / 100)} ₽` })
  return (
    <Dotted
      parts={[
        <DateText key="date" date={row.date} month="short" />,
        rate,
        row.client.name,
        <TicketLink key="ticket" number={row.ticketNumber} />,
      ]}
    />
  )
}
