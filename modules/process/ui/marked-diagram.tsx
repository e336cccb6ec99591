import { EmptyState, useLocale, useWords } from '@opora/ui-kit'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { label, mark } from './board-marks.ts'
import { showPlaces, showWhole } from './diagram-view.ts'
import css from './marked-diagram.module.css'
import { pagesWords } from './pages-words.ts'
import { Tool } from './process-diagram.tsx'
import { processWords } from './process-words.ts'
import { useDiagramViewer } from './use-diagram-viewer.ts'

export interface MarkedDiagramProps {
  /** What the drawing is, for screen readers. */
  name: string
  xml: string
  /** Elements with their marks: `opora-added`, `opora-heat-3` … */
  marks: readonly (readonly [string, string])[]
  /** Small texts at steps. */
  labels?: ReadonlyMap<string, string>
  height: string
  /** Goes to this element when it changes. */
  shown?: string | null
  onPick?: (id: string) => void
  legend?: ReactNode
}

const NO_LABELS: ReadonlyMap<string, string> = new Map()

/** A drawing to be looked at, with marks and figures at its elements. */
export function MarkedDiagram(props: MarkedDiagramProps) {
  const { name, xml, marks, labels = NO_LABELS, height, shown = null, onPick, legend } = props
  const t = useWords(pagesWords)
  const p = useWords(processWords)
  const { locale } = useLocale()
  const place = useRef<HTMLDivElement>(null)
  const drawing = useDiagramViewer(place, xml, locale)
  const viewer = drawing.state === 'drawn' ? drawing.viewer : null
  useEffect(() => {
    if (!viewer) return
    const svg = viewer.get('canvas').getContainer().querySelector('svg')
    svg?.setAttribute('role', 'img')
    svg?.setAttribute('aria-label', name)
    const [unmark, unlabel] = [mark(viewer, marks), label(viewer, 'opora-figure', labels)]
    return () => {
      unmark()
      unlabel()
    }
  }, [viewer, marks, labels, name])
  useEffect(() => {
    if (!viewer || !onPick) return
    const pick = ({ element }: { element: { id: string } }) => onPick(element.id)
    viewer.on('element.click', pick)
    return () => viewer.off('element.click', pick)
  }, [viewer, onPick])
  useEffect(() => {
    if (!viewer) return
    if (shown === null) showWhole(viewer)
    else showPlaces(viewer, [shown])
  }, [viewer, shown])
  const wheel = (on: boolean) => viewer?.get('zoomScroll').toggle(on)
  return (
    <figure className={css.diagram} style={{ height }} aria-busy={drawing.state === 'loading'}>
      <div ref={place} className={css.canvas} onPointerDown={() => wheel(true)} onPointerLeave={() => wheel(false)} />
      {drawing.state === 'broken' && <EmptyState title={t('broken')} />}
      {viewer && (
        <div className={css.tools}>
          <Tool name={p('zoomIn')} icon={<IconPlus size={16} />} act={() => viewer.get('zoomScroll').stepZoom(1)} />
          <Tool name={p('zoomOut')} icon={<IconMinus size={16} />} act={() => viewer.get('zoomScroll').stepZoom(-1)} />
          <Tool name={p('whole')} icon={<IconMaximize size={16} />} act={() => showWhole(viewer)} />
        </div>
      )}
      {legend && <figcaption className={css.legend}>{legend}</figcaption>}
    </figure>
  )
}
