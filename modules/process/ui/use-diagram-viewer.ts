import type { Locale } from '@opora/core'
import { type RefObject, useEffect, useState } from 'react'
import type { DiagramViewer } from './diagram-viewer.ts'

export type Drawing = { state: 'loading' } | { state: 'broken' } | { state: 'drawn'; viewer: DiagramViewer }

/** Draws the diagram once the viewer, which is large, has arrived; draws anew when the file or the language changes. */
export function useDiagramViewer(place: RefObject<HTMLElement | null>, xml: string, locale: Locale): Drawing {
  const [drawing, setDrawing] = useState<Drawing>({ state: 'loading' })
  useEffect(() => {
    const container = place.current
    if (!container) return
    let wanted = true
    let drawn: DiagramViewer | null = null
    setDrawing({ state: 'loading' })
    const draw = async () => {
      const { drawDiagram } = await import('./diagram-viewer.ts')
      if (!wanted) return
      const viewer = await drawDiagram(container, xml, locale)
      if (!wanted) return viewer.destroy()
      drawn = viewer
      setDrawing({ state: 'drawn', viewer })
    }
    draw().catch(() => wanted && setDrawing({ state: 'broken' }))
    return () => {
      wanted = false
      drawn?.destroy()
    }
  }, [place, xml, locale])
  return drawing
}
