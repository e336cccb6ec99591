import { AddButton, FilterChips, SearchField, useCan, useRows } from '@opora/people/ui'
import { type Column, DataTable, EmptyState, Link, Page, useSearch, useWords } from '@opora/ui-kit'
import { IconFileText } from '@tabler/icons-react'
import { DraftList } from './agreement/draft-list.tsx'
import { ContractDates, type ContractRow, HoursLeft, Standing } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useNewContract } from './use-new-contract.tsx'

const STATUSES = ['active', 'draft', 'suspended', 'ended'] as const

/** Contracts of every client that the reader serves, the newest first. */
export function ContractsPage() {
  const t = useWords(deskWords)
  const [search] = useSearch()
  const can = useCan()
  const start = useNewContract()
  const { q } = search
  const status = STATUSES.find((one) => one === search['status'])
  const { rows, ...list } = useRows<ContractRow>('/contracts', { q, status })
  const narrowed = Boolean(q || status)
  return (
    <Page
      title={t('contracts')}
      body="plain"
      actions={can('contract.change') && <AddButton onClick={start}>{t('addContract')}</AddButton>}
      tools={
        <>
          <SearchField label={t('search')} />
          <FilterChips
            name="status"
            choices={[
              { value: null, label: t('all') },
              ...STATUSES.map((value) => ({ value, label: t(`status_${value}`) })),
            ]}
          />
        </>
      }
    >
      <DataTable
        label={t('contracts')}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => String(row.id)}
        {...(can('contract.read') || can('contract.service')
          ? { hrefOf: (row: ContractRow) => `/desk/contracts/${row.id}` }
          : {})}
        card={(row) => <ContractCard row={row} />}
        empty={
          <EmptyState
            icon={<IconFileText size={24} stroke={1.6} />}
            title={t(narrowed ? 'emptyFound' : 'emptyTitle')}
            text={t(narrowed ? 'emptyFoundText' : 'emptyText')}
          />
        }
        {...list}
      />
      <DraftList />
    </Page>
  )
}

function useColumns(): Column<ContractRow>[] {
  const t = useWords(deskWords)
  return [
    {
      id: 'number',
      head: t('number'),
      width: '130px',
      cell: (row) => <span className={css.strong}>{row.number}</span>,
    },
    { id: 'title', head: t('title'), cell: (row) => row.title },
    {
      id: 'client',
      head: t('client'),
      width: '200px',
      cell: (row) => <Link to={`/desk/clients/${row.clientId}`}>{row.clientName}</Link>,
    },
    { id: 'state', head: t('state'), width: '150px', cell: (row) => <Standing standing={row.standing} /> },
    { id: 'hours', head: t('balance'), width: '210px', cell: (row) => <HoursLeft row={row} /> },
    { id: 'dates', head: t('dates'), width: '220px', wideOnly: true, cell: (row) => <ContractDates row={row} /> },
  ]
}

function ContractCard({ row }: { row: ContractRow }) {
  return (
    <div className={css.row}>
      <span className={css.strong}>{row.title}</span>
      <span className={css.quiet}>
        № {row.number} · {row.clientName}
      </span>
      <span className={css.marks}>
        <Standing standing={row.standing} />
        <HoursLeft row={row} />
      </span>
    </div>
  )
}
