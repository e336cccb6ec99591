import { minutesInWords } from '@opora/core'
import { Loaded, MinutesText, MoneyText, Reasons, useLocale, useWords, Why } from '@opora/ui-kit'
import type { PeriodDetail, PeriodView } from '../contract.ts'
import { useContractMonth } from './desk-months.ts'
import { monthWords } from './desk-words.ts'

type Bucket = PeriodDetail['buckets'][number]

/** The month's sum; asked why, the lines that make it. */
export function DueText({ view }: { view: PeriodView }) {
  const t = useWords(monthWords)
  if (!view.figures) return <>—</>
  return (
    <Why title={t('dueWhy')} explain={() => <DueReasons contractId={view.contract.id} month={view.month} />}>
      <MoneyText kopecks={view.figures.dueKopecks} exact />
    </Why>
  )
}

function DueReasons({ contractId, month }: { contractId: number; month: string }) {
  const t = useWords(monthWords)
  const detail = useContractMonth(contractId, month)
  return (
    <Loaded query={detail}>
      {({ lines, figures }) => (
        <Reasons
          lead={lines.length === 0 ? t('noLines') : undefined}
          rows={lines.map((line, index) => ({
            key: String(index),
            what: line.title,
            detail: line.explanation.map((sentence) => <div key={sentence}>{sentence}</div>),
            amount: <MoneyText kopecks={line.sumKopecks} exact />,
          }))}
          {...(figures
            ? { total: { what: t('dueTotal'), amount: <MoneyText kopecks={figures.dueKopecks} exact /> } }
            : {})}
        />
      )}
    </Loaded>
  )
}

/** The hours left at the month's end; asked why, every package with what moved in it. */
export function LeftText({ view }: { view: PeriodView }) {
  const t = useWords(monthWords)
  if (!view.figures) return <>—</>
  return (
    <Why title={t('leftWhy')} explain={() => <LeftReasons contractId={view.contract.id} month={view.month} />}>
      <MinutesText minutes={view.figures.closingMinutes} />
    </Why>
  )
}

function LeftReasons({ contractId, month }: { contractId: number; month: string }) {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  const detail = useContractMonth(contractId, month)
  const moves = (bucket: Bucket) =>
    (
      [
        ['opening', bucket.openingMinutes],
        ['granted', bucket.grantedMinutes],
        ['carriedIn', bucket.carriedInMinutes],
        ['drawn', -bucket.drawnMinutes],
        ['corrected', bucket.correctedMinutes],
        ['burned', -bucket.burnedMinutes],
        ['carriedOut', -bucket.carriedOutMinutes],
      ] as const
    )
      .filter(([, minutes]) => minutes !== 0)
      .map(([word, minutes]) => `${t(word).toLocaleLowerCase(locale)} ${signed(minutes, locale)}`)
      .join(' · ')
  return (
    <Loaded query={detail}>
      {({ buckets, figures }) => (
        <Reasons
          lead={buckets.length === 0 ? t('noBuckets') : undefined}
          rows={buckets.map((bucket) => ({
            key: bucket.name,
            what: bucket.name,
            detail: moves(bucket),
            amount: <MinutesText minutes={bucket.closingMinutes} />,
          }))}
          {...(figures
            ? { total: { what: t('closing'), amount: <MinutesText minutes={figures.closingMinutes} /> } }
            : {})}
        />
      )}
    </Loaded>
  )
}

function signed(minutes: number, locale: 'ru' | 'en'): string {
  return `${minutes < 0 ? '−' : '+'}${minutesInWords(Math.abs(minutes), locale)}`
}
