import { Button, NumberInput, Textarea } from '@mantine/core'
import { Dialog, FormError, MoneyInput, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { BudgetPlanView, PlanLineView } from '../budget.contract.ts'
import css from './money.module.css'
import { moneyWords } from './money-words.ts'

const MONTHS = 12
const evenYear = () => Array.from({ length: MONTHS }, () => 1)

interface Line {
  category: string
  name: string
  kopecks: number | null
  seasonality: number[]
}

/** The plan of a year: a sum for each heading, and how its months weigh. Headings without a sum are left out. */
export function BudgetDialog({ view, onClose }: { view: BudgetPlanView; onClose: () => void }) {
  const t = useWords(moneyWords)
  const client = useQueryClient()
  const form = useForm({
    initial: { lines: view.headings.map((heading) => lineOf(heading, view.lines)), note: view.note },
    submit: ({ lines, note }) =>
      api.put(
        `/clients/${view.client.id}/budget/${view.year}`,
        {
          note,
          lines: lines
            .filter(({ kopecks }) => kopecks !== null && kopecks > 0)
            .map(({ category, kopecks, seasonality }) => ({ category, annualKopecks: kopecks, seasonality })),
        },
        { version: view.version },
      ),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: ['insight'] })
      onClose()
    },
  })
  const set = (index: number, patch: Partial<Line>) =>
    form.set(
      'lines',
      form.values.lines.map((line, at) => (at === index ? { ...line, ...patch } : line)),
    )
  return (
    <Dialog title={t('budgetOf', { year: String(view.year), client: view.client.name })} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.quiet}>{t('seasonText')}</p>
        {form.values.lines.map((line, index) => (
          <LineFields key={line.category} line={line} onChange={(patch) => set(index, patch)} />
        ))}
        <Textarea {...form.field('note')} label={t('planNote')} autosize />
        {isConflict(form.refusal) ? <p role="alert">{t('stale')}</p> : <FormError error={form.failure} />}
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function lineOf({ category, name }: { category: string; name: string }, lines: readonly PlanLineView[]): Line {
  const known = lines.find((line) => line.category === category)
  return { category, name, kopecks: known?.annualKopecks ?? null, seasonality: known?.seasonality ?? evenYear() }
}

function LineFields({ line, onChange }: { line: Line; onChange: (patch: Partial<Line>) => void }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  const short = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  return (
    <div className={css.planLine}>
      <MoneyInput
        label={line.name}
        aria-label={`${line.name}: ${t('annualSum')}`}
        value={line.kopecks}
        onChange={(kopecks) => onChange({ kopecks })}
      />
      {line.kopecks !== null && line.kopecks > 0 && (
        <details>
          <summary className={css.quiet}>{t('season')}</summary>
          <div className={css.seasons}>
            {line.seasonality.map((weight, index) => (
              <NumberInput
                // biome-ignore lint/suspicious/noArrayIndexKey: the twelve months never move.
                key={index}
                size="xs"
                label={short.format(Date.UTC(2026, index, 1))}
                value={weight}
                min={0}
                max={1000}
                allowDecimal={false}
                hideControls
                onChange={(value) =>
                  onChange({ seasonality: line.seasonality.map((one, at) => (at === index ? Number(value) : one)) })
                }
              />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
