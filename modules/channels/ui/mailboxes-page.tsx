import { Button } from '@mantine/core'
import { type Column, DataTable, DateTimeText, EmptyState, Page, Pill, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconMailbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MailboxView } from '../contract.ts'
import css from './channels.module.css'
import { MailboxForm } from './mailbox-form.tsx'
import { mailboxesWords } from './mailboxes-words.ts'

/** Where letters come in, and whether it works. */
export function MailboxesPage() {
  const t = useWords(mailboxesWords)
  const [edited, setEdited] = useState<MailboxView | 'new' | null>(null)
  const list = useQuery({
    queryKey: ['mailboxes'],
    queryFn: () => api.get<{ items: MailboxView[] }>('/mailboxes'),
    refetchInterval: 15_000,
  })
  const columns = useColumns(setEdited)
  return (
    <Page
      title={t('mailboxes')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      actions={<Button onClick={() => setEdited('new')}>{t('add')}</Button>}
    >
      <DataTable
        label={t('mailboxes')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => String(row.id)}
        toneOf={(row) => (row.active && row.lastError ? 'danger' : undefined)}
        card={(row) => <MailboxCard row={row} onEdit={setEdited} />}
        empty={
          <EmptyState
            icon={<IconMailbox size={24} stroke={1.6} />}
            title={t('emptyTitle')}
            text={t('emptyText')}
            action={<Button onClick={() => setEdited('new')}>{t('add')}</Button>}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {edited && <MailboxForm mailbox={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function useColumns(onEdit: (row: MailboxView) => void): Column<MailboxView>[] {
  const t = useWords(mailboxesWords)
  return [
    { id: 'name', head: t('name'), cell: (row) => row.name },
    { id: 'address', head: t('address'), cell: (row) => row.address },
    { id: 'way', head: t('way'), width: '260px', cell: (row) => t(row.protocol) },
    { id: 'health', head: t('health'), cell: (row) => <Health row={row} /> },
    {
      id: 'lastOk',
      head: t('lastOk'),
      wideOnly: true,
      cell: (row) => row.lastOkAt && <DateTimeText at={row.lastOkAt} style="brief" />,
    },
    {
      id: 'change',
      head: '',
      width: '120px',
      align: 'end',
      cell: (row) => (
        <Button size="compact-sm" variant="default" onClick={() => onEdit(row)}>
          {t('change')}
        </Button>
      ),
    },
  ]
}

/** A mailbox on a phone. */
function MailboxCard({ row, onEdit }: { row: MailboxView; onEdit: (row: MailboxView) => void }) {
  const t = useWords(mailboxesWords)
  return (
    <div className={css.card}>
      <strong>{row.name}</strong>
      <span>{row.address}</span>
      <span className={css.quiet}>{t(row.protocol)}</span>
      <span className={css.acts}>
        <Health row={row} />
        <Button size="compact-sm" variant="default" onClick={() => onEdit(row)}>
          {t('change')}
        </Button>
      </span>
    </div>
  )
}

function Health({ row }: { row: MailboxView }) {
  const t = useWords(mailboxesWords)
  if (!row.active) return <Pill>{t('off')}</Pill>
  if (row.lastError) return <Pill tone="danger">{row.lastError.text}</Pill>
  if (row.protocol === 'imap' && row.lastOkAt === null) return <Pill tone="warn">{t('notYet')}</Pill>
  return <Pill tone="ok">{t('works')}</Pill>
}
