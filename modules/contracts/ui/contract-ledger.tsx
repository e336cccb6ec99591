import { Button, NativeSelect } from '@mantine/core'
import { useCan, useRows } from '@opora/people/ui'
import {
  Card,
  DateTimeText,
  ErrorState,
  lastMonths,
  MinutesText,
  MoneyText,
  Skeleton,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { lazy, Suspense, useState } from 'react'
import type { EntryView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

const ReverseForm = lazy(() => import('./correction-form.tsx').then((m) => ({ default: m.ReverseForm })))

const MONTHS = 12
/** What finance may take back by itself; the closing of a month is undone as a whole. */
const REVERSIBLE: readonly EntryView['kind'][] = ['draw', 'charge', 'adjust', 'grant']

/** Every movement of hours and money, the newest first, each with its arithmetic. */
export function ContractLedger({ contractId }: { contractId: number }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  const [month, setMonth] = useState('')
  const [taken, setTaken] = useState<EntryView | null>(null)
  const mayCorrect = useCan()('ledger.correct')
  const path = `/contracts/${contractId}/ledger`
  const { rows, error, onRetry, onMore, loadingMore } = useRows<EntryView>(path, { month: month || undefined })
  const choice = (
    <NativeSelect
      size="xs"
      aria-label={t('month')}
      value={month}
      data={[{ value: '', label: t('anyMonth') }, ...lastMonths(MONTHS, locale)]}
      onChange={(event) => setMonth(event.currentTarget.value)}
    />
  )
  return (
    <Card title={t('ledger')} actions={choice}>
      {error !== null && <ErrorState error={error} onRetry={onRetry} />}
      {!rows && error === null && <Skeleton />}
      {rows?.length === 0 && <span className={css.quiet}>{t('noEntries')}</span>}
      <ul className={css.list}>
        {rows?.map((entry) => (
          <Entry key={entry.id} entry={entry} onReverse={mayCorrect ? () => setTaken(entry) : null} />
        ))}
      </ul>
      {onMore && (
        <Button variant="default" size="compact-sm" loading={loadingMore} onClick={onMore}>
          {t('more')}
        </Button>
      )}
      <Suspense fallback={null}>
        {taken && <ReverseForm contractId={contractId} entry={taken} onClose={() => setTaken(null)} />}
      </Suspense>
    </Card>
  )
}

function Entry({ entry, onReverse }: { entry: EntryView; onReverse: (() => void) | null }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  return (
    <li className={css.item}>
      <span className={css.main}>
        <span className={entry.reversed ? css.struck : undefined}>
          <DateTimeText at={entry.effectiveAt} style="date" /> · {t(`entry_${entry.kind}`)}
        </span>
        {entry.explanation.map((line) => (
          <span key={line.ru} className={css.fine}>
            {line[locale]}
          </span>
        ))}
        {entry.by && <span className={css.fine}>{entry.by}</span>}
      </span>
      <span className={css.amount}>
        {entry.minutes !== 0 && <MinutesText minutes={entry.minutes} />}
        {entry.amountKopecks !== 0 && <MoneyText kopecks={entry.amountKopecks} />}
        {onReverse && !entry.reversed && REVERSIBLE.includes(entry.kind) && (
          <button type="button" className={css.act} onClick={onReverse}>
            {t('reverse')}
          </button>
        )}
      </span>
    </li>
  )
}
