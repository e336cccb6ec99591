import { type KeyboardEvent, useRef, useState } from 'react'
import { useHotkeys } from '../keys/hotkeys.ts'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { useRoute } from '../route/route.tsx'
import { selectKeys } from './selection.ts'

interface RowKeysProps<Row> {
  label: string
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  hrefOf?: (row: Row) => string
  selected?: ReadonlySet<string>
  onSelect?: (selected: Set<string>) => void
  keyboard?: boolean
}

/** The cursor of a list: which row has it, how keys move it, what a selection with shift spans. */
export function useRowKeys<Row>({
  label,
  rows = [],
  rowKey,
  hrefOf,
  selected,
  onSelect,
  keyboard = true,
}: RowKeysProps<Row>) {
  const t = useWords(kitWords)
  const route = useRoute()
  const bodyRef = useRef<HTMLTableSectionElement>(null)
  const anchor = useRef<string | null>(null)
  const [wanted, setCursor] = useState(0)
  const cursor = Math.min(wanted, Math.max(0, rows.length - 1))

  const focusRow = (index: number) => {
    const bounded = Math.max(0, Math.min(rows.length - 1, index))
    setCursor(bounded)
    const element = bodyRef.current?.rows[bounded]
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest' })
  }
  const hasFocus = () => bodyRef.current?.contains(document.activeElement) ?? false
  const step = (by: number) => focusRow(hasFocus() ? cursor + by : cursor)
  const select = (key: string, extend: boolean) => {
    if (!onSelect) return
    onSelect(selectKeys(rows.map(rowKey), selected ?? new Set(), key, anchor.current, extend))
    anchor.current = key
  }
  const selectCurrent = (extend: boolean) => {
    const row = rows[cursor]
    if (row !== undefined) select(rowKey(row), extend)
  }

  useHotkeys(
    keyboard
      ? [
          { combo: 'j', label: t('keyMoveDown'), group: label, run: () => step(1) },
          { combo: 'k', label: t('keyMoveUp'), group: label, run: () => step(-1) },
          ...(onSelect
            ? [
                { combo: 'x', label: t('keySelect'), group: label, run: () => selectCurrent(false) },
                { combo: 'shift+x', run: () => selectCurrent(true) },
              ]
            : []),
        ]
      : [],
  )

  return {
    bodyRef,
    cursor,
    moveTo: setCursor,
    select,
    selectAll: (all: boolean) => onSelect?.(new Set(all ? rows.map(rowKey) : [])),
    onRowKey: (event: KeyboardEvent<HTMLElement>, row: Row) => {
      if (event.target !== event.currentTarget) return
      if (event.key === 'ArrowDown') step(1)
      else if (event.key === 'ArrowUp') step(-1)
      else if (event.key === 'Home') focusRow(0)
      else if (event.key === 'End') focusRow(rows.length - 1)
      else if (event.key === 'Enter' && hrefOf) route.navigate(hrefOf(row))
      else return
      event.preventDefault()
    },
  }
}
