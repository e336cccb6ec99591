import {
  Card,
  DateTimeText,
  Facts,
  Link,
  Loaded,
  MinutesText,
  MoneyText,
  monthName,
  Page,
  Pill,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PeriodDetail } from '../contract.ts'
import { MonthActs } from './desk-month-acts.tsx'
import { DueText, LeftText } from './desk-month-why.tsx'
import css from './desk-months.module.css'
import { standing, useContractMonth } from './desk-months.ts'
import { monthWords } from './desk-words.ts'
import { MonthCredits } from './month-credits.tsx'
import { MonthDocuments } from './month-documents.tsx'
import { mendedAt } from './unfinished-link.ts'

/** One contract's month: what keeps it open, what it comes to and why, and its report. */
export function MonthPage() {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  const { params } = useRoute()
  const month = params['month'] ?? ''
  const query = useContractMonth(Number(params['contract']), month)
  const name = monthName(month, locale)
  const title = query.data ? `${query.data.client.name}, ${name}` : name
  return (
    <Page
      title={title}
      crumbs={[{ to: `/desk/months?month=${month}`, label: t('months') }]}
      actions={query.data && <Pill tone={standing(query.data).tone}>{t(standing(query.data).word)}</Pill>}
    >
      <Loaded query={query}>
        {(data) => (
          <div className={css.stack}>
            <StateCard data={data} />
            <MonthCredits view={data} />
            <MonthDocuments view={data} />
            <FiguresCard data={data} />
            <LinesCard data={data} />
            <BucketsCard data={data} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function StateCard({ data }: { data: PeriodDetail }) {
  const t = useWords(monthWords)
  return (
    <Card title={`${data.contract.number}, ${data.contract.title}`}>
      <div className={css.form}>
        {data.state === 'open' ? (
          <Unfinished data={data} />
        ) : (
          <Facts
            rows={[
              [t('closedAt'), data.closedAt && <DateTimeText key="closed" at={data.closedAt} />],
              [t('closedBy'), data.closedBy],
              [t('sentAt'), data.sentAt && <DateTimeText key="sent" at={data.sentAt} />],
            ]}
          />
        )}
        <MonthActs view={data} />
        {data.state === 'open' && <p className={css.quiet}>{t('afterClose')}</p>}
      </div>
    </Card>
  )
}

function Unfinished({ data }: { data: PeriodDetail }) {
  const t = useWords(monthWords)
  if (data.unfinished.length === 0)
    return (
      <p className={css.fact}>
        <IconCircleCheck size={18} stroke={1.7} className={css.ok} aria-hidden="true" />
        {t('nothingUnfinished')}
      </p>
    )
  return (
    <ul className={css.unfinished}>
      {data.unfinished.map((one) => (
        <li key={`${one.kind}-${one.id}`} className={css.fact}>
          <IconAlertTriangle size={18} stroke={1.7} className={css.warn} aria-hidden="true" />
          <Unmended data={data} one={one} />
        </li>
      ))}
    </ul>
  )
}

/** What is unfinished, with the way to where it is mended. */
function Unmended({ data, one }: { data: PeriodDetail; one: PeriodDetail['unfinished'][number] }) {
  const to = mendedAt(data, one)
  return to === null ? one.sentence : <Link to={to}>{one.sentence}</Link>
}

function FiguresCard({ data }: { data: PeriodDetail }) {
  const t = useWords(monthWords)
  const { figures } = data
  if (!figures) return null
  const minutes = (value: number) => <MinutesText minutes={value} />
  const hours: (readonly [string, ReactNode])[] = [
    [t('opening'), minutes(figures.openingMinutes)],
    [t('granted'), minutes(figures.grantedMinutes)],
    [t('drawn'), minutes(figures.drawnMinutes)],
    [t('burned'), minutes(figures.burnedMinutes)],
    [t('carriedOut'), minutes(figures.carriedOutMinutes)],
    [t('left'), <LeftText key="left" view={data} />],
  ]
  const money: (readonly [string, ReactNode])[] = [
    [t('overage'), minutes(figures.overageMinutes)],
    [t('charged'), <MoneyText key="charged" kopecks={figures.chargedKopecks} exact />],
    [t('credited'), <MoneyText key="credited" kopecks={figures.creditedKopecks} exact />],
    [t('due'), <DueText key="due" view={data} />],
  ]
  return (
    <Card title={t(data.state === 'open' ? 'previewTitle' : 'figures')}>
      <div className={css.halves}>
        <Facts rows={hours} />
        <Facts rows={money} />
      </div>
    </Card>
  )
}

function LinesCard({ data }: { data: PeriodDetail }) {
  const t = useWords(monthWords)
  return (
    <Card title={t('lines')} flush>
      {data.lines.length === 0 ? (
        <p className={css.none}>{t('noLines')}</p>
      ) : (
        <Scroll heads={['line', 'time', 'rate', 'sum']}>
          {data.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a bill keep their order and have no other name.
            <tr key={index}>
              <td>
                {line.title}
                {line.explanation.map((sentence) => (
                  <div key={sentence} className={css.quiet}>
                    {sentence}
                  </div>
                ))}
              </td>
              <td>{line.minutes === null ? '—' : <MinutesText minutes={line.minutes} />}</td>
              <td>{line.ratePerHourKopecks === null ? '—' : <MoneyText kopecks={line.ratePerHourKopecks} />}</td>
              <td>
                <MoneyText kopecks={line.sumKopecks} exact />
              </td>
            </tr>
          ))}
        </Scroll>
      )}
    </Card>
  )
}

const MOVES = ['opening', 'granted', 'carriedIn', 'drawn', 'corrected', 'burned', 'carriedOut', 'closing'] as const

function BucketsCard({ data }: { data: PeriodDetail }) {
  const t = useWords(monthWords)
  return (
    <Card title={t('buckets')} flush>
      {data.buckets.length === 0 ? (
        <p className={css.none}>{t('noBuckets')}</p>
      ) : (
        <Scroll heads={['bucket', ...MOVES]}>
          {data.buckets.map((bucket) => (
            <tr key={bucket.name}>
              <td>{bucket.name}</td>
              {MOVES.map((move) => (
                <td key={move}>
                  {bucket[`${move}Minutes`] === 0 ? '—' : <MinutesText minutes={bucket[`${move}Minutes`]} />}
                </td>
              ))}
            </tr>
          ))}
        </Scroll>
      )}
    </Card>
  )
}

function Scroll({ heads, children }: { heads: readonly (keyof typeof monthWords)[]; children: ReactNode }) {
  const t = useWords(monthWords)
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {heads.map((word) => (
              <th key={word} scope="col">
                {t(word as 'line')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
