import type { Locale } from '@opora/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Modeler } from './modeler.ts'

export type Board = { state: 'loading' } | { state: 'broken' } | { state: 'ready'; modeler: Modeler }

/** So long after the last stroke the drawing is read out. */
const QUIET_MS = 400

export interface BoardView {
  board: Board
  /** Ids of what is selected; the drawing as a whole when nothing is. */
  selected: readonly string[]
  /** Counts strokes: whoever shows what an element says reads it anew. */
  stroke: number
}

/** A drawing board over `xml`, made anew when the file is; `onDrawn` gets the file a moment after each change of the drawing. */
export function useModeler(
  place: RefObject<HTMLElement | null>,
  xml: string,
  locale: Locale,
  onDrawn: (xml: string) => void,
): BoardView {
  const [board, setBoard] = useState<Board>({ state: 'loading' })
  const [selected, setSelected] = useState<readonly string[]>([])
  const [stroke, setStroke] = useState(0)
  const drawn = useRef(onDrawn)
  useEffect(() => {
    drawn.current = onDrawn
  })
  useEffect(() => {
    const container = place.current
    if (!container) return
    let wanted = true
    let opened: Modeler | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    setBoard({ state: 'loading' })
    setSelected([])
    const open = async () => {
      const { openModeler } = await import('./modeler.ts')
      if (!wanted) return
      const modeler = await openModeler(container, xml, locale)
      if (!wanted) return modeler.destroy()
      opened = modeler
      modeler.on('selection.changed', () => {
        const elements = modeler.get('selection').get()
        setSelected(elements.map((element) => element.labelTarget?.id ?? element.id))
      })
      modeler.on('commandStack.changed', () => {
        setStroke((count) => count + 1)
        clearTimeout(timer)
        timer = setTimeout(() => {
          void modeler.saveXML({ format: true }).then((saved) => wanted && saved.xml && drawn.current(saved.xml))
        }, QUIET_MS)
      })
      setBoard({ state: 'ready', modeler })
    }
    open().catch(() => wanted && setBoard({ state: 'broken' }))
    return () => {
      wanted = false
      clearTimeout(timer)
      opened?.destroy()
    }
  }, [place, xml, locale])
  return { board, selected, stroke }
}
