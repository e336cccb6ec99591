import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  type Column,
  DataTable,
  EmptyState,
  Link,
  Page,
  Pill,
  toast,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconArrowDown, IconArrowUp, IconBolt, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import css from './automation.module.css'
import { keys, type Rule, useRules, useRuleWords } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

/** Every rule in the order in which they act. */
export function RulesPage() {
  const t = useWords(rulesWords)
  const { navigate } = useRoute()
  const can = useCan()
  const list = useRules()
  const columns = useColumns(list.data ?? [], can('process.publish'))
  const add = can('process.publish') && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => navigate('/desk/settings/rules/new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page
      title={t('rules')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      tools={can('settings.change') && <Link to="/desk/settings/webhooks">{t('webhooks')}</Link>}
      actions={add}
    >
      <DataTable
        label={t('rules')}
        columns={columns}
        rows={list.data}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/settings/rules/${row.id}`}
        toneOf={(row) => (row.looping ? 'warn' : undefined)}
        card={(row) => <RuleCard rule={row} />}
        empty={
          <EmptyState
            icon={<IconBolt size={24} stroke={1.6} />}
            title={t('emptyTitle')}
            text={t('emptyText')}
            action={add}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    </Page>
  )
}

function useColumns(rules: readonly Rule[], may: boolean): Column<Rule>[] {
  const t = useWords(rulesWords)
  const order: Column<Rule> = {
    ...{ id: 'order', head: '', width: '76px' },
    cell: (row) => <Arrows rule={row} rules={rules} />,
  }
  return [
    {
      ...{ id: 'name', head: t('rule'), width: '260px' },
      cell: (row) => (
        <span className={css.acts}>
          <span className={css.strong}>{row.name}</span>
          <State rule={row} />
        </span>
      ),
    },
    { id: 'when', head: t('when'), cell: (row) => <When rule={row} /> },
    { id: 'does', head: t('does'), cell: (row) => <Does rule={row} /> },
    { id: 'month', head: t('month'), width: '170px', wideOnly: true, cell: (row) => <Month rule={row} /> },
    ...(may && rules.length > 1 ? [order] : []),
  ]
}

function RuleCard({ rule }: { rule: Rule }) {
  return (
    <span className={css.stack}>
      <span className={css.acts}>
        <span className={css.strong}>{rule.name}</span>
        <State rule={rule} />
      </span>
      <When rule={rule} />
      <Does rule={rule} />
    </span>
  )
}

function State({ rule }: { rule: Rule }) {
  const t = useWords(rulesWords)
  return (
    <>
      {!rule.enabled && <Pill tone="neutral">{t('off')}</Pill>}
      {rule.looping && <Pill tone="warn">{t('looping')}</Pill>}
    </>
  )
}

function When({ rule }: { rule: Rule }) {
  const { locale } = useLocale()
  const words = useRuleWords()
  const event = words.data?.events.find((one) => one.code === rule.event)
  return (
    <span className={css.stack}>
      <span>{event?.[locale] ?? rule.event}</span>
      {rule.condition !== '' && <span className={css.code}>{rule.condition}</span>}
    </span>
  )
}

function Does({ rule }: { rule: Rule }) {
  const { locale } = useLocale()
  return (
    <ul className={css.lines}>
      {rule.does.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions are known by their place.
        <li key={at}>{one[locale]}</li>
      ))}
    </ul>
  )
}

function Month({ rule }: { rule: Rule }) {
  const t = useWords(rulesWords)
  if (rule.runs + rule.faults === 0) return <span className={css.quiet}>{t('never')}</span>
  return (
    <span className={css.acts}>
      <span>{t('timesDone', { n: rule.runs })}</span>
      {rule.faults > 0 && <Pill tone="warn">{t('timesFailed', { n: rule.faults })}</Pill>}
    </span>
  )
}

/** Moves a rule by one; the list that is sent is the one on the screen, so that a change of somebody else is told. */
function Arrows({ rule, rules }: { rule: Rule; rules: readonly Rule[] }) {
  const t = useWords(rulesWords)
  const cache = useQueryClient()
  const at = rules.findIndex((one) => one.id === rule.id)
  const move = async (to: number) => {
    const ids = rules.map((one) => one.id)
    ids.splice(to, 0, ...ids.splice(at, 1))
    try {
      const { items } = await api.put<{ items: Rule[] }>('/rule-order', { ids })
      cache.setQueryData(keys.all, items)
      toast.ok(t('orderSaved'))
    } catch (error) {
      toast.error((error as Error).message)
      await cache.invalidateQueries({ queryKey: keys.all })
    }
  }
  return (
    <span className={css.arrows}>
      <button
        type="button"
        className={css.arrow}
        aria-label={t('up')}
        title={t('up')}
        disabled={at <= 0}
        onClick={() => void move(at - 1)}
      >
        <IconArrowUp size={15} />
      </button>
      <button
        type="button"
        className={css.arrow}
        aria-label={t('down')}
        title={t('down')}
        disabled={at === rules.length - 1}
        onClick={() => void move(at + 1)}
      >
        <IconArrowDown size={15} />
      </button>
    </span>
  )
}
