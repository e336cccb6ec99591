import {
  type Column,
  DataTable,
  DateTimeText,
  EmptyState,
  Link,
  Loaded,
  Pill,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { IconHistory } from '@tabler/icons-react'
import css from './automation.module.css'
import { type Rule, type RuleWords, type Runs, useRuns, useVersions } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

type Run = Runs['items'][number]

const TONES = { done: 'ok', refused: 'warn', failed: 'danger', stopped: 'warn' } as const

/** Every time that the rule acted or could not, with the reason. */
export function RuleLog({ rule }: { rule: Rule }) {
  const t = useWords(rulesWords)
  const runs = useRuns(rule.id)
  const columns: Column<Run>[] = [
    { id: 'at', head: t('at'), width: '150px', cell: (row) => <DateTimeText at={row.at} /> },
    {
      ...{ id: 'ticket', head: t('ticket'), width: '120px' },
      cell: (row) => <Link to={`/desk/tickets/${row.number}`}>{t('numberN', { number: String(row.number) })}</Link>,
    },
    {
      id: 'result',
      head: t('result'),
      width: '140px',
      cell: (row) => <Pill tone={TONES[row.result]}>{t(row.result)}</Pill>,
    },
    { id: 'what', head: t('what'), cell: (row) => <What run={row} /> },
  ]
  return (
    <DataTable
      label={t('tab_log')}
      columns={columns}
      rows={runs.data?.pages.flatMap((page) => page.items)}
      rowKey={(row) => String(row.id)}
      card={(row) => (
        <span className={css.stack}>
          <span className={css.acts}>
            <Link to={`/desk/tickets/${row.number}`}>{t('numberN', { number: String(row.number) })}</Link>
            <Pill tone={TONES[row.result]}>{t(row.result)}</Pill>
            <span className={css.quiet}>
              <DateTimeText at={row.at} style="brief" />
            </span>
          </span>
          <What run={row} />
        </span>
      )}
      empty={
        <EmptyState icon={<IconHistory size={24} stroke={1.6} />} title={t('logEmpty')} text={t('logEmptyText')} />
      }
      error={runs.error}
      onRetry={() => void runs.refetch()}
      onMore={runs.hasNextPage ? () => void runs.fetchNextPage() : undefined}
      loadingMore={runs.isFetchingNextPage}
    />
  )
}

function What({ run }: { run: Run }) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const before = run.chain.slice(0, -1)
  return (
    <ul className={css.lines}>
      {run.reason && <li>{run.reason[locale]}</li>}
      {run.steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are known by their place.
        <li key={at}>{step[locale]}</li>
      ))}
      {run.result === 'done' && before.length > 0 && (
        <li className={css.quiet}>{t('through', { chain: before.join(' → ') })}</li>
      )}
    </ul>
  )
}

/** What the rule said before. */
export function RuleVersions({ rule, words }: { rule: Rule; words: RuleWords | undefined }) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const versions = useVersions(rule.id)
  const event = (code: string) => words?.events.find((one) => one.code === code)?.[locale] ?? code
  return (
    <div className={css.padded}>
      <Loaded query={versions}>
        {(items) => (
          <ul className={css.names}>
            {items.map((one) => (
              <li key={one.version}>
                <span className={css.acts}>
                  <span className={css.strong}>{t('versionN', { version: one.version })}</span>
                  <Pill tone={one.enabled ? 'ok' : 'neutral'}>{t(one.enabled ? 'on' : 'off')}</Pill>
                  <span className={css.quiet}>
                    <DateTimeText at={one.savedAt} /> {one.savedBy && t('savedBy', { by: one.savedBy })}
                  </span>
                </span>
                <span>
                  {one.name}: {event(one.event)}
                </span>
                <span className={css.code}>{one.condition || t('always')}</span>
                <span className={css.quiet}>{one.does.map((deed) => deed[locale]).join('; ')}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  )
}
