import { Button } from '@mantine/core'
import {
  type Column,
  confirm,
  DataTable,
  DateTimeText,
  EmptyState,
  Link,
  Loaded,
  Page,
  Pill,
  toast,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconWebhook } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './automation.module.css'
import { ChangeWebhook, SecretDialog } from './webhook-form.tsx'
import { type Delivery, keys, useDeliveries, useWebhooks, type Webhook } from './webhooks-data.ts'
import { webhooksWords } from './webhooks-words.ts'

/** One webhook with every call of it, each attempt and its answer. */
export function WebhookPage() {
  const t = useWords(webhooksWords)
  const { params } = useRoute()
  const list = useWebhooks()
  return (
    <Loaded query={list}>
      {(hooks) => {
        const found = hooks.find((hook) => String(hook.id) === params['id'])
        return found ? <Whole hook={found} /> : <EmptyState title={t('emptyTitle')} />
      }}
    </Loaded>
  )
}

function Whole({ hook }: { hook: Webhook }) {
  const t = useWords(webhooksWords)
  const [changing, setChanging] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const { renew, remove } = useActs(hook, setSecret)
  return (
    <Page
      title={hook.name}
      body="plain"
      crumbs={[
        { to: '/desk/settings', label: t('settings') },
        { to: '/desk/settings/webhooks', label: t('webhooks') },
      ]}
      tools={
        <span className={css.acts}>
          <span className={css.code}>{hook.url}</span>
          {!hook.enabled && <Pill tone="neutral">{t('off')}</Pill>}
        </span>
      }
      actions={
        <span className={css.acts}>
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            {t('change')}
          </Button>
          <Button size="xs" variant="default" onClick={() => void renew()}>
            {t('renew')}
          </Button>
          <Button size="xs" variant="default" onClick={() => void remove()}>
            {t('remove')}
          </Button>
        </span>
      }
    >
      <DeliveryList hook={hook} />
      {changing && <ChangeWebhook hook={hook} onClose={() => setChanging(false)} />}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  )
}

function useActs(hook: Webhook, onSecret: (secret: string) => void) {
  const t = useWords(webhooksWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const guarded = async (act: () => Promise<void>) => {
    try {
      await act()
    } catch (error) {
      toast.error((error as Error).message)
    }
    await cache.invalidateQueries({ queryKey: keys.all, exact: true })
  }
  return {
    async renew() {
      if (!(await confirm({ title: t('renewAsk'), text: t('renewText'), action: t('renew') }))) return
      await guarded(async () => {
        const made = await api.post<{ secret: string }>(`/webhooks/${hook.id}/secret`, undefined, {
          version: hook.version,
        })
        onSecret(made.secret)
      })
    },
    async remove() {
      const question = {
        title: t('removeAsk', { name: hook.name }),
        text: t('removeText'),
        action: t('remove'),
        danger: true,
      }
      if (!(await confirm(question))) return
      await guarded(async () => {
        await api.delete(`/webhooks/${hook.id}`, { version: hook.version })
        toast.ok(t('removed'))
        navigate('/desk/settings/webhooks')
      })
    },
  }
}

function DeliveryList({ hook }: { hook: Webhook }) {
  const t = useWords(webhooksWords)
  const sent = useDeliveries(hook.id)
  const number = (row: Delivery) => (
    <Link to={`/desk/tickets/${row.number}`}>{t('numberN', { number: String(row.number) })}</Link>
  )
  const columns: Column<Delivery>[] = [
    { id: 'at', head: t('at'), width: '150px', cell: (row) => <DateTimeText at={row.createdAt} /> },
    { id: 'ticket', head: t('ticket'), width: '110px', cell: number },
    { id: 'by', head: t('by'), width: '220px', wideOnly: true, cell: (row) => row.rule ?? t('byProcess') },
    { id: 'state', head: t('state'), width: '230px', cell: (row) => <State delivery={row} /> },
    { id: 'attempts', head: t('attempts'), cell: (row) => <Attempts delivery={row} /> },
    { id: 'again', head: '', width: '190px', align: 'end', cell: (row) => <Again hook={hook} delivery={row} /> },
  ]
  return (
    <DataTable
      label={t('deliveries')}
      columns={columns}
      rows={sent.data?.pages.flatMap((page) => page.items)}
      rowKey={(row) => String(row.id)}
      card={(row) => (
        <span className={css.stack}>
          <span className={css.acts}>
            {number(row)}
            <State delivery={row} />
          </span>
          <span className={css.quiet}>
            <DateTimeText at={row.createdAt} />, {row.rule ?? t('byProcess')}
          </span>
          <Attempts delivery={row} />
          <Again hook={hook} delivery={row} />
        </span>
      )}
      empty={<EmptyState icon={<IconWebhook size={24} stroke={1.6} />} title={t('noDeliveries')} />}
      error={sent.error}
      onRetry={() => void sent.refetch()}
      onMore={sent.hasNextPage ? () => void sent.fetchNextPage() : undefined}
      loadingMore={sent.isFetchingNextPage}
    />
  )
}

const TONES = { delivered: 'ok', failed: 'danger', waiting: 'info' } as const

function State({ delivery }: { delivery: Delivery }) {
  const t = useWords(webhooksWords)
  return (
    <span className={css.stack}>
      <Pill tone={TONES[delivery.state]}>{t(delivery.state)}</Pill>
      {delivery.nextAt && delivery.attempts.length > 0 && (
        <span className={css.quiet}>
          {t('nextAt')} <DateTimeText at={delivery.nextAt} style="brief" />
        </span>
      )}
    </span>
  )
}

function Attempts({ delivery }: { delivery: Delivery }) {
  const t = useWords(webhooksWords)
  return (
    <span className={css.attempts}>
      {delivery.attempts.map(({ number, status, fault, tookMs }) => {
        const good = status !== null && status >= 200 && status < 300
        const told = status !== null && fault === null ? t('answered', { status, ms: tookMs }) : null
        return (
          <Pill key={number} plain tone={good ? 'ok' : 'warn'}>
            {told ?? t(fault === 'name' ? 'nameFault' : (fault ?? 'network'))}
          </Pill>
        )
      })}
    </span>
  )
}

function Again({ hook, delivery }: { hook: Webhook; delivery: Delivery }) {
  const t = useWords(webhooksWords)
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  if (delivery.state === 'waiting') return null
  const send = async () => {
    setBusy(true)
    try {
      await api.post(`/webhook-deliveries/${delivery.id}/attempts`)
      toast.ok(t('resent'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await cache.invalidateQueries({ queryKey: keys.deliveries(hook.id) })
    setBusy(false)
  }
  return (
    <Button size="compact-sm" variant="default" loading={busy} onClick={() => void send()}>
      {t('resend')}
    </Button>
  )
}
