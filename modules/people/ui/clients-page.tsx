import { type Column, DataTable, EmptyState, Page, Pill, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { IconBuilding } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import type { clientRow } from '../contract.ts'
import { ClientForm } from './client-form.tsx'
import css from './desk.module.css'
import { AddButton, FilterChips, SearchField, useCan, useRows } from './desk-parts.tsx'
import { deskWords } from './desk-words.ts'

type ClientRow = z.infer<typeof clientRow>

/** Every client that the reader serves, by name. */
export function ClientsPage() {
  const t = useWords(deskWords)
  const route = useRoute()
  const [search] = useSearch()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const { q, archived } = search
  const { rows, ...list } = useRows<ClientRow>('/clients', { q, archived: archived === 'true' ? 'true' : undefined })
  const narrowed = Boolean(q || archived)
  return (
    <Page
      title={t('clients')}
      body="plain"
      actions={can('client.create') && <AddButton onClick={() => setAdding(true)}>{t('addClient')}</AddButton>}
      tools={
        <>
          <SearchField label={t('search')} />
          <FilterChips
            name="archived"
            choices={[
              { value: null, label: t('current') },
              { value: 'true', label: t('archive') },
            ]}
          />
        </>
      }
    >
      <DataTable
        label={t('clients')}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/clients/${row.id}`}
        card={(row) => <ClientCard row={row} />}
        empty={
          <EmptyState
            icon={<IconBuilding size={24} stroke={1.6} />}
            title={t(narrowed ? 'emptyFound' : 'emptyTitle')}
            text={t(narrowed ? 'emptyFoundText' : 'emptyText')}
          />
        }
        {...list}
      />
      {adding && (
        <ClientForm
          client={null}
          onClose={() => setAdding(false)}
          onDone={(client) => route.navigate(`/desk/clients/${client.id}`)}
        />
      )}
    </Page>
  )
}

function useColumns(): Column<ClientRow>[] {
  const t = useWords(deskWords)
  return [
    { id: 'name', head: t('name'), cell: (row) => <span className={css.strong}>{row.name}</span> },
    { id: 'inn', head: t('inn'), width: '130px', cell: (row) => <span data-numeric>{row.inn ?? '—'}</span> },
    { id: 'kind', head: t('kind'), width: '160px', cell: (row) => <Kind row={row} /> },
    {
      id: 'licence',
      head: t('licenceClass'),
      width: '220px',
      wideOnly: true,
      cell: (row) => t(row.licenceClass === 'prospect' ? 'licence_prospect' : row.licenceClass),
    },
    { id: 'manager', head: t('manager'), width: '200px', cell: (row) => row.accountManager?.name ?? t('noManager') },
    { id: 'people', head: t('people'), width: '90px', align: 'end', cell: (row) => row.contactsCount },
  ]
}

function Kind({ row }: { row: ClientRow }) {
  const t = useWords(deskWords)
  if (row.archived) return <Pill>{t('archived')}</Pill>
  return <Pill tone={row.kind === 'customer' ? 'ok' : 'info'}>{t(row.kind)}</Pill>
}

function ClientCard({ row }: { row: ClientRow }) {
  const t = useWords(deskWords)
  return (
    <div className={css.row}>
      <span className={css.strong}>{row.name}</span>
      <span className={css.quiet}>{row.accountManager?.name ?? `${t('manager')}: ${t('noManager')}`}</span>
      <Kind row={row} />
    </div>
  )
}
