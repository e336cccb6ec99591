import { Button } from '@mantine/core'
import { type Column, DataTable, EmptyState, Link, Page, Pill, useWords } from '@opora/ui-kit'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import css from './automation.module.css'
import { NewWebhook, SecretDialog } from './webhook-form.tsx'
import { useWebhooks, type Webhook } from './webhooks-data.ts'
import { webhooksWords } from './webhooks-words.ts'

/** Where rules and processes call, and how it goes. */
export function WebhooksPage() {
  const t = useWords(webhooksWords)
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const list = useWebhooks()
  const add = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  const columns: Column<Webhook>[] = [
    { id: 'name', head: t('name'), width: '260px', cell: (row) => <Name hook={row} /> },
    {
      id: 'code',
      head: t('code'),
      width: '160px',
      wideOnly: true,
      cell: (row) => <span className={css.code}>{row.code}</span>,
    },
    { id: 'url', head: t('url'), cell: (row) => <span className={css.code}>{row.url}</span> },
    { id: 'month', head: t('month'), width: '300px', cell: (row) => <Month hook={row} /> },
  ]
  return (
    <Page
      title={t('webhooks')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      tools={<Link to="/desk/settings/rules">{t('rules')}</Link>}
      actions={add}
    >
      <DataTable
        label={t('webhooks')}
        columns={columns}
        rows={list.data}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/settings/webhooks/${row.id}`}
        card={(row) => (
          <span className={css.stack}>
            <Name hook={row} />
            <span className={css.code}>{row.url}</span>
            <Month hook={row} />
          </span>
        )}
        empty={
          <EmptyState
            icon={<IconWebhook size={24} stroke={1.6} />}
            title={t('emptyTitle')}
            text={t('emptyText')}
            action={add}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {adding && (
        <NewWebhook
          onClose={() => setAdding(false)}
          onMade={(hook) => {
            setAdding(false)
            setSecret(hook.secret)
          }}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  )
}

function Name({ hook }: { hook: Webhook }) {
  const t = useWords(webhooksWords)
  return (
    <span className={css.acts}>
      <span className={css.strong}>{hook.name}</span>
      {!hook.enabled && <Pill tone="neutral">{t('off')}</Pill>}
    </span>
  )
}

function Month({ hook }: { hook: Webhook }) {
  const t = useWords(webhooksWords)
  const { delivered, failed, waiting } = hook
  if (delivered + failed + waiting === 0) return <span className={css.quiet}>{t('quietMonth')}</span>
  return (
    <span className={css.acts}>
      {delivered > 0 && <Pill tone="ok">{t('deliveredN', { n: delivered })}</Pill>}
      {failed > 0 && <Pill tone="danger">{t('failedN', { n: failed })}</Pill>}
      {waiting > 0 && <Pill tone="info">{t('waitingN', { n: waiting })}</Pill>}
    </span>
  )
}
