import { MinutesText, MoneyText, Pill, useWords, Why } from '@opora/ui-kit'
import type { TimeEntryView } from '../contract.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

/** How the minutes became what leaves the package, step by step. */
export function EntryReasons({ entry }: { entry: TimeEntryView }) {
  const t = useWords(workWords)
  return (
    <div className={css.reasons}>
      <p>{entry.explanation}</p>
      {entry.service && (
        <p>
          {t('service')}: {entry.service.name}
        </p>
      )}
      <ol>
        {entry.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        {t('total')}: <MinutesText minutes={entry.chargedMinutes} />
        {entry.amountKopecks !== null && entry.amountKopecks > 0 && (
          <>
            , <MoneyText kopecks={entry.amountKopecks} />
          </>
        )}
      </p>
      {entry.correctionReason && (
        <p>
          {t('reason')}: {entry.correctionReason}
        </p>
      )}
    </div>
  )
}

/** The minutes worked; for those who may know what they took, with the way there. */
export function EntryMinutes({ entry }: { entry: TimeEntryView }) {
  const t = useWords(workWords)
  if (entry.billable === null) return <MinutesText minutes={entry.minutes} />
  return (
    <Why title={t('whyCharged')} explain={() => <EntryReasons entry={entry} />}>
      <MinutesText minutes={entry.minutes} />
    </Why>
  )
}

/** What is special about an entry, in small marks. */
export function EntryMarks({ entry }: { entry: TimeEntryView }) {
  const t = useWords(workWords)
  return (
    <>
      {entry.billable === false && <Pill>{t('notBillable')}</Pill>}
      {entry.urgent && <Pill tone="warn">{t('urgent')}</Pill>}
      {entry.onSite && <Pill tone="violet">{t('onSite')}</Pill>}
      {!entry.visible && <Pill>{t('hidden')}</Pill>}
      {(entry.reversedById !== null || entry.reversesId !== null) && <Pill tone="danger">{t('reversed')}</Pill>}
    </>
  )
}
