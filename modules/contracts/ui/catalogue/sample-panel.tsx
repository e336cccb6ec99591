import { Button, Checkbox, TextInput } from '@mantine/core'
import { minutesInWords } from '@opora/core'
import { useCan } from '@opora/people/ui'
import { Card, DurationInput, MinutesText, MoneyText, useLocale, useWords, Why } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { contractPage } from '../../contract.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice, Row, replaced } from './fields.tsx'
import { type Sample, type SampleMonthView, type TypedWork, useSampleMonth } from './sample.ts'
import { useActivities, useServices } from './use-catalogue.ts'

interface SamplePanelProps {
  /** What is edited, as the preview takes it; `null` while it cannot be counted. */
  edited: object | null
  sample: Sample
  onSample: (sample: Sample) => void
}

const PANEL = 'sample-month'

/** What a client would pay for a month, while one edits. The figures are the server's; here they are only shown. */
export function SamplePanel({ edited, sample, onSample }: SamplePanelProps) {
  const t = useWords(catalogueWords)
  const priced = useSampleMonth(edited, sample)
  const waits = priced.isPlaceholderData || priced.isFetching
  return (
    <div className={css.aside} id={PANEL}>
      {priced.data && !priced.error && (
        <a className={css.dock} href={`#${PANEL}`}>
          <span>{t('preview')}</span>
          <strong>
            <MoneyText kopecks={priced.data.totals.totalKopecks} />
          </strong>
        </a>
      )}
      <Card title={t('preview')}>
        <div className={css.stack}>
          <div aria-live="polite" className={waits ? css.stale : undefined}>
            {priced.data && !priced.error ? (
              <Priced data={priced.data} />
            ) : (
              <p className={css.hint}>{priced.error ? String(messageOf(priced.error)) : t('unfinished')}</p>
            )}
          </div>
          <SampleChoice sample={sample} onSample={onSample} />
        </div>
      </Card>
    </div>
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}

/** The lines of a month with their reasons, and the sum. */
export function Priced({ data }: { data: SampleMonthView }) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const activities = new Map(useActivities().map((one) => [one.code, one.name]))
  const services = new Map(useServices().map((one) => [one.code, one.name]))
  const nameOf = (line: SampleMonthView['lines'][number]) => {
    const what = line.activity ? activities.get(line.activity) : line.service ? services.get(line.service) : null
    return [line.title[locale], what].filter(Boolean).join(': ')
  }
  return (
    <div className={css.stack}>
      <ul className={css.lines}>
        {data.lines.map((line) => (
          <li key={`${line.kind} ${line.activity} ${line.service} ${line.rateKopecks} ${line.title.ru}`}>
            <span>{nameOf(line)}</span>
            <span className={css.sum}>
              <Why title={nameOf(line)} explain={() => <Steps steps={line.explanation.map((step) => step[locale])} />}>
                <MoneyText kopecks={line.sumKopecks} />
              </Why>
            </span>
            {line.minutes !== null && (
              <span className={css.fine}>
                <MinutesText minutes={line.minutes} />
                {line.rateKopecks !== null && (
                  <>
                    {' × '}
                    <MoneyText kopecks={line.rateKopecks} />
                  </>
                )}
              </span>
            )}
          </li>
        ))}
        {data.lines.length === 0 && <li className={css.hint}>{t('noLines')}</li>}
      </ul>
      <div className={css.total}>
        <span>{t('total')}</span>
        <span className={css.big}>
          <MoneyText kopecks={data.totals.totalKopecks} />
        </span>
      </div>
      <p className={css.hint}>{data.words[locale]}</p>
      <Buckets data={data} />
      {data.included.length > 0 && (
        <p className={css.hint}>
          {t('included')}: {data.included.map((one) => services.get(one.service) ?? one.service).join(', ')}
        </p>
      )}
    </div>
  )
}

function Steps({ steps }: { steps: readonly string[] }) {
  return (
    <ol className={css.steps}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps stand in their order and do not move.
        <li key={index}>{step}</li>
      ))}
    </ol>
  )
}

function Buckets({ data }: { data: SampleMonthView }) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const minutes = (value: number) => minutesInWords(value, locale)
  return data.buckets.map((bucket) => (
    <p key={bucket.name.ru} className={css.hint}>
      {bucket.name[locale]}:{' '}
      {t(bucket.closingMinutes > 0 ? 'bucketStays' : 'bucketIs', {
        granted: minutes(bucket.grantedMinutes),
        drawn: minutes(bucket.drawnMinutes),
        burned: minutes(bucket.burnedMinutes),
        left: minutes(bucket.closingMinutes),
      })}
    </p>
  ))
}

function SampleChoice({ sample, onSample }: Pick<SamplePanelProps, 'sample' | 'onSample'>) {
  const t = useWords(catalogueWords)
  const mayReal = useCan()('contract.read')
  const change = (index: number, work: TypedWork | null) =>
    onSample({ ...sample, works: replaced(sample.works, index, work) })
  return (
    <details className={css.more} open>
      <summary>{t('sampleWhat')}</summary>
      <div className={css.stack}>
        <div className={css.pair}>
          {mayReal && (
            <Choice
              label={t('sampleKind')}
              value={sample.kind}
              choices={(['typed', 'contract'] as const).map((kind) => [kind, t(`sample_${kind}`)])}
              onChange={(kind) => onSample({ ...sample, kind })}
            />
          )}
          <TextInput
            type="month"
            label={t('month')}
            value={sample.month}
            onChange={(event) => event.currentTarget.value && onSample({ ...sample, month: event.currentTarget.value })}
          />
          {sample.kind === 'contract' && <ContractChoice sample={sample} onSample={onSample} />}
        </div>
        {sample.kind === 'typed' && (
          <>
            {sample.works.map((work, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a piece of work is known by its place alone.
              <WorkRow key={index} work={work} onChange={(changed) => change(index, changed)} />
            ))}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onSample({ ...sample, works: [...sample.works, blankWork()] })}
            >
              + {t('addWork')}
            </Button>
          </>
        )}
      </div>
    </details>
  )
}

function blankWork(): TypedWork {
  return { activity: 'development', service: null, minutes: 60, urgent: false, onSite: false, outOfHours: false }
}

function WorkRow({ work, onChange }: { work: TypedWork; onChange: (work: TypedWork | null) => void }) {
  const t = useWords(catalogueWords)
  const activities = useActivities()
  const services = useServices()
  return (
    <Row remove={t('remove')} onRemove={() => onChange(null)}>
      <Choice
        label={t('activity')}
        value={work.activity}
        choices={activities.map((one) => [one.code, one.name])}
        onChange={(activity) => onChange({ ...work, activity })}
      />
      <DurationInput
        label={t('minutes')}
        value={work.minutes}
        onChange={(minutes) => minutes !== null && minutes > 0 && onChange({ ...work, minutes })}
      />
      <Choice
        label={t('service')}
        value={work.service ?? ''}
        choices={[['', t('noService')], ...services.map((one) => [one.code, one.name] as const)]}
        onChange={(service) => onChange({ ...work, service: service || null })}
      />
      <div className={css.acts}>
        {(['urgent', 'onSite', 'outOfHours'] as const).map((mark) => (
          <Checkbox
            key={mark}
            label={t(mark)}
            checked={work[mark]}
            onChange={(event) => onChange({ ...work, [mark]: event.currentTarget.checked })}
          />
        ))}
      </div>
    </Row>
  )
}

function ContractChoice({ sample, onSample }: Pick<SamplePanelProps, 'sample' | 'onSample'>) {
  const t = useWords(catalogueWords)
  const list = useQuery({
    queryKey: ['contracts', 'to-sample'],
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof contractPage>>('/contracts', { query: { status: 'active', limit: 200 }, signal }),
  })
  return (
    <Choice
      label={t('ofContract')}
      value={String(sample.contractId ?? '')}
      choices={[
        ['', t('noContract')],
        ...(list.data?.items ?? []).map((one) => [String(one.id), `${one.number} · ${one.clientName}`] as const),
      ]}
      onChange={(id) => onSample({ ...sample, contractId: id ? Number(id) : null })}
    />
  )
}
