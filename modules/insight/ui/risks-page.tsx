import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  type Column,
  DataTable,
  DateText,
  EmptyState,
  Link,
  Page,
  Pill,
  useRoute,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ContractAtRisk, RiskList, RiskView } from '../risks.contract.ts'
import css from './money.module.css'
import { FileLinks, MoneyTabs, useTime } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'
import { RiskRulesDialog } from './risk-rules-dialog.tsx'

type Months = RiskList['marginMonths']

/** Contracts at risk, the most urgent first; who may not see them begins at the load. */
export function RisksPage() {
  const t = useWords(moneyWords)
  const can = useCan()
  const { navigate } = useRoute()
  const elsewhere = !can('risk.read') && can('capacity.read')
  useEffect(() => {
    if (elsewhere) navigate('/desk/money/load', { replace: true })
  }, [elsewhere, navigate])
  const [search] = useSearch()
  const [editing, setEditing] = useState(false)
  const code = search['code']
  const list = useInfiniteQuery({
    queryKey: ['insight', 'risks', { code }],
    queryFn: ({ pageParam, signal }) =>
      api.get<RiskList>('/insight/risks', { query: { code, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const first = list.data?.pages[0]
  const months = first?.marginMonths ?? null
  return (
    <Page
      title={t('risksTitle')}
      body="plain"
      actions={can('risk.change') && <Button onClick={() => setEditing(true)}>{t('thresholds')}</Button>}
      tools={<MoneyTabs />}
    >
      {first && first.contracts > 0 && <RiskChips counts={first.counts} all={first.contracts} />}
      <DataTable
        label={t('risksTitle')}
        columns={useColumns(months)}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.contract.id)}
        hrefOf={(row) => `/desk/contracts/${row.contract.id}`}
        toneOf={(row) => row.level}
        card={(row) => <RiskCard row={row} months={months} />}
        empty={
          <EmptyState icon={<IconShieldCheck size={24} stroke={1.6} />} title={t('noRisks')} text={t('noRisksText')} />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      {editing && <RiskRulesDialog onClose={() => setEditing(false)} />}
    </Page>
  )
}

/** One kind of risk alone, each with how many contracts have it. */
function RiskChips({ counts, all }: Pick<RiskList, 'counts'> & { all: number }) {
  const t = useWords(moneyWords)
  const [search, setSearch] = useSearch()
  const asked = search['code'] ?? ''
  const chips = [
    { code: '', label: t('allRisks'), contracts: all },
    ...counts.filter(({ contracts }) => contracts > 0).map((one) => ({ ...one, label: t(one.code) })),
  ]
  return (
    <div className={css.bar}>
      {chips.map(({ code, label, contracts }) => (
        <button
          key={code}
          type="button"
          className={css.chip}
          aria-pressed={asked === code}
          onClick={() => setSearch({ code: code || null })}
        >
          {label} <strong>{contracts}</strong>
        </button>
      ))}
      <span className={css.end}>
        <FileLinks path="/insight/risks/export?" />
      </span>
    </div>
  )
}

function useColumns(months: Months): Column<ContractAtRisk>[] {
  const t = useWords(moneyWords)
  return [
    {
      id: 'client',
      head: t('client'),
      width: '210px',
      cell: (row) => (
        <span className={css.names}>
          {row.client.name}
          <span className={css.quiet}>{row.contract.number}</span>
        </span>
      ),
    },
    { id: 'why', head: t('why'), cell: (row) => <RiskReasons row={row} months={months} /> },
    { id: 'hours', head: t('hoursLeft'), width: '184px', wideOnly: true, cell: (row) => <HoursLeft row={row} /> },
    {
      id: 'ends',
      head: t('until'),
      width: '136px',
      cell: (row) =>
        row.contract.endsOn ? (
          <DateText date={row.contract.endsOn} month="short" />
        ) : (
          <span className={css.quiet}>{t('openEnded')}</span>
        ),
    },
  ]
}

/** Each reason with the rule behind it; margins lead to what they are made of. */
function RiskReasons({ row, months }: { row: ContractAtRisk; months: Months }) {
  const t = useWords(moneyWords)
  return (
    <ul className={css.reasons}>
      {row.risks.map((risk) => (
        <li key={risk.code} className={css.reason}>
          <span>
            <Pill tone={risk.level}>{t(risk.code)}</Pill>
          </span>
          <span>
            <RiskReason risk={risk} clientId={row.client.id} months={months} />
            <div className={css.quiet}>{t('rule', { rule: risk.rule })}</div>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** A reason leads to the figures behind it: a margin to its months, a budget to its year; the rest stands at the contract. */
function RiskReason({ risk, clientId, months }: { risk: RiskView; clientId: number; months: Months }) {
  if (risk.code === 'unprofitable' && months)
    return <Link to={`/desk/money/margin?by=contract&from=${months.from}&to=${months.to}`}>{risk.reason}</Link>
  if (risk.code === 'over_budget') return <Link to={`/desk/money/budgets/${clientId}`}>{risk.reason}</Link>
  return risk.reason
}

function HoursLeft({ row }: { row: ContractAtRisk }) {
  const t = useWords(moneyWords)
  const time = useTime()
  if (!row.hours) return '—'
  const { leftMinutes, ofMinutes, runOutOn } = row.hours
  return (
    <span className={css.names}>
      {t('leftOf', { left: time(leftMinutes), of: time(ofMinutes) })}
      {runOutOn && leftMinutes > 0 && (
        <span className={css.quiet}>
          {t('runOut')} <DateText date={runOutOn} month="short" />
        </span>
      )}
    </span>
  )
}

function RiskCard({ row, months }: { row: ContractAtRisk; months: Months }) {
  return (
    <div className={css.card}>
      <strong>{row.client.name}</strong>
      <span className={css.quiet}>
        {row.contract.number}, {row.contract.title}
      </span>
      <RiskReasons row={row} months={months} />
    </div>
  )
}
