import { DateTimeText, Meter, type MeterPart, MinutesText, Reasons, useLocale, useWords } from '@opora/ui-kit'
import type { BalanceView, BucketView, EntryView } from '../contract.ts'
import css from './balance.module.css'
import { balanceWords } from './balance-words.ts'

/** The entries that a balance is the sum of, bucket by bucket. */
export function BalanceEntries({ balance }: { balance: BalanceView }) {
  return balance.buckets.map((bucket) => <Bucket key={bucket.id} bucket={bucket} />)
}

function Bucket({ bucket }: { bucket: BucketView }) {
  const t = useWords(balanceWords)
  const { locale } = useLocale()
  const used = Math.max(0, bucket.ofMinutes - bucket.leftMinutes)
  const parts: MeterPart[] = [
    { key: 'used', label: '', value: used, tone: 'neutral' },
    { key: 'left', label: '', value: Math.max(0, bucket.leftMinutes), tone: 'accent' },
  ]
  const earlier =
    bucket.earlierMinutes === 0
      ? []
      : [{ key: 'earlier', what: t('earlier'), amount: <MinutesText minutes={bucket.earlierMinutes} /> }]
  return (
    <section className={css.bucket}>
      <h3 className={css.name}>
        {bucket.name[locale]}
        {bucket.lastInstant && (
          <span className={css.quiet}>
            <DateTimeText at={bucket.startsAt} style="day" /> – <DateTimeText at={bucket.lastInstant} style="day" />
          </span>
        )}
      </h3>
      <Meter label={bucket.name[locale]} parts={parts} total={bucket.ofMinutes} />
      <Reasons
        rows={[
          ...earlier,
          ...bucket.entries.map((entry) => ({
            key: String(entry.id),
            what: <EntryWords entry={entry} />,
            detail: entry.explanation.map((line) => line[locale]).join('; '),
            amount: <MinutesText minutes={entry.minutes} />,
          })),
        ]}
        total={{ what: t('left'), amount: <MinutesText minutes={bucket.leftMinutes} /> }}
      />
    </section>
  )
}

function EntryWords({ entry }: { entry: EntryView }) {
  const t = useWords(balanceWords)
  return (
    <span className={entry.reversed ? css.reversed : undefined}>
      <DateTimeText at={entry.effectiveAt} style="day" /> {t(`entry_${entry.kind}`)}
    </span>
  )
}
