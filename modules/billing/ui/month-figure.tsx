import { Button, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import type { Locale } from '@opora/core'
import { DateTimeText, FormError, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { PeriodDetail } from '../contract.ts'
import type { MonthFigureView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { periodPath } from './desk-months.ts'
import { documentWords } from './document-words.ts'
import { useRefreshDocuments } from './documents.ts'

/** `98,6`: thousandths of a percent as people write them. */
export function percentText(milliPercent: number, locale: Locale): string {
  const text = String(milliPercent / 1_000)
  return locale === 'ru' ? text.replace('.', ',') : text
}

/** Thousandths of a percent from `98,6` or `98.6`; null for what is no percentage. */
export function milliPercentOf(text: string): number | null {
  if (!/^\d{1,3}([.,]\d{1,3})?$/.test(text.trim())) return null
  const value = Math.round(Number(text.trim().replace(',', '.')) * 1_000)
  return value <= 100_000 ? value : null
}

/** A figure that penalty rules ask for: what was measured, where and by whom it was put in. */
export function MonthFigure({ view, figure }: { view: PeriodDetail; figure: MonthFigureView }) {
  const t = useWords(documentWords)
  const { locale } = useLocale()
  const may = useCan()('period.close') && view.state === 'open'
  const refresh = useRefreshDocuments()
  const form = useForm({
    initial: {
      value: figure.milliPercent === null ? '' : percentText(figure.milliPercent, locale),
      source: figure.source,
    },
    submit: ({ value, source }) =>
      api.put(`${periodPath(view.contract.id, view.month)}/figures`, {
        figure: figure.figure,
        milliPercent: milliPercentOf(value),
        source,
      }),
    onDone: () => {
      toast.ok(t('figureDone'))
      refresh()
    },
  })
  const { value, source } = form.values
  return (
    <form className={css.form} onSubmit={form.submit}>
      <p className={css.quiet}>
        {figure.milliPercent === null ? (
          t('figureHint')
        ) : (
          <>
            {t(figure.figure)}: {percentText(figure.milliPercent, locale)} %. {figure.source}. {figure.by}{' '}
            {figure.at && <DateTimeText at={figure.at} />}
          </>
        )}
      </p>
      {may && (
        <>
          <div className={css.halves}>
            <TextInput
              {...form.field('value')}
              label={t('figureValue', { name: t(figure.figure) })}
              inputMode="decimal"
            />
            <TextInput {...form.field('source')} label={t('figureSource')} />
          </div>
          <FormError error={form.failure} />
          <div>
            <Button
              type="submit"
              variant="default"
              loading={form.busy}
              disabled={milliPercentOf(value) === null || source.trim() === ''}
            >
              {t('figurePut')}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
