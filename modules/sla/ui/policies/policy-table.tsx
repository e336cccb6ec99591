import { ActionIcon, NativeSelect, SegmentedControl } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { CellDialog } from './cell-dialog.tsx'
import { useLineWords } from './line-words.ts'
import css from './policies.module.css'
import { useCalendarChoices } from './policy-data.ts'
import {
  COLUMNS,
  type Column,
  type Line,
  linesOf,
  METRIC_KEYS,
  type MetricKey,
  type PolicySpec,
  rowAt,
  type Target,
  withHours,
  withoutLine,
} from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'

export interface PolicyPart {
  spec: PolicySpec
  may: boolean
  onChange: (spec: PolicySpec) => void
}

/** Rows × priorities, one metric at a time. */
export function PolicyTable({ spec, may, onChange }: PolicyPart) {
  const t = useWords(policyWords)
  const words = useLineWords()
  const [metric, setMetric] = useState<MetricKey>('reaction')
  const [cell, setCell] = useState<{ line: Line; column: Column } | null>(null)
  return (
    <div className={css.card}>
      <SegmentedControl
        aria-label={t('metric')}
        value={metric}
        onChange={(value) => setMetric(value as MetricKey)}
        data={METRIC_KEYS.map((value) => ({ value, label: t(`metric_${value}`) }))}
      />
      <div className={css.scroll}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th>{t('applies')}</th>
              {COLUMNS.map((column) => (
                <th key={column}>{words.columnName(column)}</th>
              ))}
              <th>{t('hours')}</th>
            </tr>
          </thead>
          <tbody>
            {linesOf(spec).map((line) => (
              <tr key={line.key}>
                <th scope="row">{words.lineName(line.when)}</th>
                {COLUMNS.map((column) => (
                  <td key={column}>
                    <Cell
                      line={line}
                      column={column}
                      metric={metric}
                      may={may}
                      onOpen={() => setCell({ line, column })}
                    />
                  </td>
                ))}
                <td>
                  <LineEnd spec={spec} may={may} onChange={onChange} line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.fine}>{t('lineHint')}</p>
      {cell && <CellDialog spec={spec} {...cell} metric={metric} onChange={onChange} onClose={() => setCell(null)} />}
    </div>
  )
}

interface CellProps {
  line: Line
  column: Column
  metric: MetricKey
  may: boolean
  onOpen: () => void
}

function Cell({ line, column, metric, may, onOpen }: CellProps) {
  const t = useWords(policyWords)
  const words = useLineWords()
  const row = rowAt(line, column)
  const own = row?.targets[metric]
  return (
    <button
      type="button"
      className={css.cell}
      disabled={!may}
      aria-label={t('changeCell', { what: words.cellName(line, column) })}
      onClick={onOpen}
    >
      {own ? <TargetText target={own} /> : <span className={css.quiet}>{fallback()}</span>}
    </button>
  )

  /** What holds where the cell itself is silent. */
  function fallback() {
    if (metric === 'nextAnswer' && row?.targets.reaction) return t('sameAsReaction')
    const others = row === null ? rowAt(line, 'any')?.targets[metric] : undefined
    return others ? <TargetText target={others} /> : t('none')
  }
}

function TargetText({ target }: { target: Target }) {
  const t = useWords(policyWords)
  const words = useLineWords()
  return (
    <>
      {words.target(target)}
      {target.unit === 'clock_minutes' && <span className={css.unit}>{t('byClock')}</span>}
    </>
  )
}

function LineEnd({ spec, may, onChange, line }: PolicyPart & { line: Line }) {
  const t = useWords(policyWords)
  const words = useLineWords()
  const calendars = useCalendarChoices()
  const hours = line.rows[0]?.calendarCode ?? ''
  return (
    <div className={css.hours}>
      <NativeSelect
        size="xs"
        aria-label={`${t('hours')}: ${words.lineName(line.when)}`}
        disabled={!may}
        data={[{ value: '', label: t('contractHours') }, ...calendars]}
        value={hours}
        onChange={(event) => onChange(withHours(spec, line, event.currentTarget.value || null))}
      />
      {may && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${t('removeLine')}: ${words.lineName(line.when)}`}
          onClick={() => onChange(withoutLine(spec, line))}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  )
}
