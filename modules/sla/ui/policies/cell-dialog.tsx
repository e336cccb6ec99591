import { Button, Checkbox, NativeSelect, NumberInput } from '@mantine/core'
import { Dialog, DurationInput, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import { namesFor, useLineWords } from './line-words.ts'
import css from './policies.module.css'
import { useCalendarChoices } from './policy-data.ts'
import {
  type Column,
  type Line,
  type MetricKey,
  type PolicySpec,
  rowAt,
  type Target,
  withCell,
  withTarget,
} from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'

interface CellDialogProps {
  spec: PolicySpec
  line: Line
  column: Column
  metric: MetricKey
  onChange: (spec: PolicySpec) => void
  onClose: () => void
}

const UNITS = ['service_minutes', 'clock_minutes', 'working_days'] as const
const HOUR = 60

/** What one cell of the matrix promises. */
export function CellDialog({ spec, line, column, metric, onChange, onClose }: CellDialogProps) {
  const t = useWords(policyWords)
  const words = useLineWords()
  const row = rowAt(line, column)
  const [target, setTarget] = useState<Target>(row?.targets[metric] ?? { amount: 4 * HOUR, unit: 'service_minutes' })
  const [agreed, setAgreed] = useState(row?.agreedTerm ?? false)
  const apply = (promised: Target | null) => {
    onChange(
      withCell(spec, line, column, namesFor(line, column), (was) => {
        const { agreedTerm: _was, ...next } = withTarget(was, metric, promised)
        const allowed = metric === 'resolution' ? agreed : was.agreedTerm
        return allowed ? { ...next, agreedTerm: true } : next
      }),
    )
    onClose()
  }
  return (
    <Dialog title={`${t(`metric_${metric}`)}: ${words.cellName(line, column)}`} onClose={onClose}>
      <div className={css.form}>
        <NativeSelect
          label={t('unit')}
          data={UNITS.map((value) => ({ value, label: t(`unit_${value}`) }))}
          value={target.unit}
          onChange={(event) => setTarget(inUnit(target, event.currentTarget.value as Target['unit']))}
        />
        <Amount target={target} onChange={setTarget} />
        {metric === 'resolution' && (
          <Checkbox
            label={t('agreedTerm')}
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
        )}
        <div className={css.acts}>
          <Button disabled={target.amount < 1} onClick={() => apply(target)}>
            {t('apply')}
          </Button>
          <Button variant="default" onClick={() => apply(null)}>
            {t('notPromised')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Amount({ target, onChange }: { target: Target; onChange: (target: Target) => void }) {
  const t = useWords(policyWords)
  const calendars = useCalendarChoices()
  if (target.unit !== 'working_days') {
    return (
      <DurationInput
        label={t('amount')}
        value={target.amount}
        onChange={(amount) => onChange({ ...target, amount: amount ?? 0 })}
      />
    )
  }
  const { dayCalendar, ...plain } = target
  return (
    <div className={css.pair}>
      <NumberInput
        label={t('days')}
        min={1}
        max={365}
        value={target.amount}
        onChange={(value) => onChange({ ...target, amount: Math.trunc(Number(value)) || 0 })}
      />
      <NativeSelect
        label={t('dayCalendar')}
        data={[{ value: '', label: t('productionDays') }, ...calendars]}
        value={dayCalendar ?? ''}
        onChange={(event) => {
          const code = event.currentTarget.value
          onChange(code === '' ? plain : { ...plain, dayCalendar: code })
        }}
      />
    </div>
  )
}

/** The same promise in another unit: an amount that makes sense there to begin with. */
function inUnit({ amount, unit: from }: Target, unit: Target['unit']): Target {
  if (unit === 'working_days') return { amount: from === unit ? amount : 1, unit }
  return { amount: from === 'working_days' ? 4 * HOUR : amount, unit }
}
