import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { type Column, DataTable, EmptyState, Page, Pill, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconBuildingBank } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LegalEntityView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { LegalEntityForm } from './legal-entity-form.tsx'

/** Whom documents come from. */
export function LegalEntitiesPage() {
  const t = useWords(documentWords)
  const can = useCan()
  const [edited, setEdited] = useState<LegalEntityView | 'new' | null>(null)
  const list = useQuery({
    queryKey: ['legal-entities'],
    queryFn: ({ signal }) => api.get<{ items: LegalEntityView[] }>('/legal-entities', { signal }),
  })
  const add = can('legal_entity.change') && <Button onClick={() => setEdited('new')}>{t('addEntity')}</Button>
  const columns: Column<LegalEntityView>[] = [
    {
      id: 'name',
      head: t('name'),
      cell: (row) => (
        <span>
          {row.name} {row.isDefault && <Pill tone="accent">{t('byDefault')}</Pill>}
        </span>
      ),
    },
    { id: 'inn', head: t('inn'), width: '150px', cell: (row) => row.inn },
    { id: 'ready', head: '', cell: (row) => <Readiness row={row} /> },
    {
      id: 'change',
      head: '',
      width: '120px',
      align: 'end',
      cell: (row) =>
        can('legal_entity.change') && (
          <Button size="compact-sm" variant="default" onClick={() => setEdited(row)}>
            {t('change')}
          </Button>
        ),
    },
  ]
  return (
    <Page title={t('entities')} body="plain" crumbs={[{ to: '/desk/settings', label: t('settings') }]} actions={add}>
      <DataTable
        label={t('entities')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => String(row.id)}
        card={(row) => (
          <div className={css.card}>
            <strong>{row.name}</strong>
            <Readiness row={row} />
            {can('legal_entity.change') && (
              <Button size="compact-sm" variant="default" onClick={() => setEdited(row)}>
                {t('change')}
              </Button>
            )}
          </div>
        )}
        empty={
          <EmptyState
            icon={<IconBuildingBank size={24} stroke={1.6} />}
            title={t('noEntities')}
            text={t('noEntitiesText')}
            action={add || undefined}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {edited && <LegalEntityForm entity={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function Readiness({ row }: { row: LegalEntityView }) {
  const t = useWords(documentWords)
  if (row.archived) return <Pill>{t('archived')}</Pill>
  if (row.missing.length === 0) return <Pill tone="ok">{t('complete')}</Pill>
  return <Pill tone="warn">{t('missing', { fields: row.missing.map((field) => t(field as 'inn')).join(', ') })}</Pill>
}
