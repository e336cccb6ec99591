import { minutesInWords } from '@opora/core'
import { parseMinutes } from '@opora/platform/i18n'
import { classNames, MinutesText, toast, useLocale, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import type { WeekView } from '../week.contract.ts'
import css from './week.module.css'
import { weekWords } from './week-words.ts'

type Cell = WeekView['rows'][number]['cells'][number]

interface FieldProps {
  cell: Cell
  /** Its place in the grid, for the keys. */
  at: string
  label: string
  onWrite: (minutes: number) => Promise<boolean>
}

/** A cell of the week: a length of time as people type it, kept when the cell is left. */
export function WeekCellField({ cell, at, label, onWrite }: FieldProps) {
  const t = useWords(weekWords)
  const { locale } = useLocale()
  const [text, setText] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (!cell.editable) return <Locked cell={cell} />
  const standing = cell.minutes === 0 ? '' : minutesInWords(cell.minutes, locale)
  const keep = async () => {
    if (text === null) return
    const minutes = text.trim() === '' || text.trim() === '0' ? 0 : parseMinutes(text)
    if (minutes === null) {
      toast.error(t('wrong', { text }))
      setText(null)
      return
    }
    if (minutes !== cell.minutes) {
      setBusy(true)
      await onWrite(minutes)
      setBusy(false)
    }
    setText(null)
  }
  return (
    <input
      className={classNames(css.field, busy && css.busy)}
      data-at={at}
      aria-label={label}
      title={cell.note || undefined}
      inputMode="text"
      value={text ?? standing}
      placeholder="·"
      disabled={busy}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        setText(null)
        event.currentTarget.blur()
      }}
    />
  )
}

/** What the reader may not write into, with the reason. */
function Locked({ cell }: { cell: Cell }) {
  const t = useWords(weekWords)
  if (cell.minutes === 0) return null
  const why = cell.closed ? t('closed') : cell.approved ? t('approved') : t('many', { n: cell.entries })
  return (
    <span className={css.locked} title={why}>
      <MinutesText minutes={cell.minutes} />
      {cell.approved && <span aria-hidden="true"> ✓</span>}
      {cell.entries > 1 && <sup>{cell.entries}</sup>}
    </span>
  )
}
