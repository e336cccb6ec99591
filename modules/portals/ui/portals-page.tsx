import { AddButton, FilterChips, SearchField, useCan, useRows } from '@opora/people/ui'
import { type Column, DataTable, EmptyState, Link, Page, Pill, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { IconServer } from '@tabler/icons-react'
import { useState } from 'react'
import type { PortalView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { PortalForm } from './portal-form.tsx'
import { Licence, useProductName } from './portal-parts.tsx'

/** The portals of every client that the reader serves. */
export function PortalsPage() {
  const t = useWords(deskWords)
  const route = useRoute()
  const [search] = useSearch()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const { q, archived } = search
  const { rows, ...list } = useRows<PortalView>('/portals', { q, archived: archived === 'true' ? 'true' : undefined })
  const narrowed = Boolean(q || archived)
  return (
    <Page
      title={t('portals')}
      body="plain"
      actions={can('portal.change') && <AddButton onClick={() => setAdding(true)}>{t('addPortal')}</AddButton>}
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
        label={t('portals')}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/portals/${row.id}`}
        toneOf={(row) =>
          row.licenceState === 'expired' ? 'danger' : row.licenceState === 'ending' ? 'warn' : undefined
        }
        card={(row) => <PortalCard row={row} />}
        empty={
          <EmptyState
            icon={<IconServer size={24} stroke={1.6} />}
            title={t(narrowed ? 'emptyFound' : 'emptyTitle')}
            text={t(narrowed ? 'emptyFoundText' : 'emptyText')}
          />
        }
        {...list}
      />
      {adding && (
        <PortalForm
          portal={null}
          onClose={() => setAdding(false)}
          onDone={(portal) => route.navigate(`/desk/portals/${portal.id}`)}
        />
      )}
    </Page>
  )
}

function useColumns(): Column<PortalView>[] {
  const t = useWords(deskWords)
  const productName = useProductName()
  return [
    { id: 'name', head: t('name'), cell: (row) => <span className={css.strong}>{row.name}</span> },
    {
      id: 'client',
      head: t('client'),
      width: '190px',
      cell: (row) => <Link to={`/desk/clients/${row.clientId}`}>{row.clientName}</Link>,
    },
    {
      id: 'product',
      head: t('product'),
      width: '230px',
      cell: (row) => [productName(row.product), row.edition].filter(Boolean).join(', '),
    },
    { id: 'address', head: t('address'), wideOnly: true, cell: (row) => row.address.replace(/^https?:\/\//, '') },
    { id: 'environment', head: t('environment'), width: '110px', wideOnly: true, cell: (row) => t(row.environment) },
    { id: 'licence', head: t('licence'), width: '240px', cell: (row) => <Licence portal={row} /> },
  ]
}

function PortalCard({ row }: { row: PortalView }) {
  const t = useWords(deskWords)
  return (
    <div className={css.row}>
      <span className={css.strong}>{row.name}</span>
      <span className={css.quiet}>{row.clientName}</span>
      {row.environment === 'test' && <Pill>{t('test')}</Pill>}
      <Licence portal={row} />
    </div>
  )
}
