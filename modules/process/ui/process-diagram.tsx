import { EmptyState, useLocale, useWords } from '@opora/ui-kit'
import { IconFocus2, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { markPlaces, namesOf, showPlaces, showWhole } from './diagram-view.ts'
import css from './process-diagram.module.css'
import { processWords } from './process-words.ts'
import { useDiagramViewer } from './use-diagram-viewer.ts'

export interface ProcessDiagramProps {
  /** The BPMN 2.0 file of the version that the ticket runs on. */
  xml: string
  /** Ids of the places where the ticket waits now. */
  present: readonly string[]
  /** Ids of the nodes and flows that it has passed. */
  passed?: readonly string[] | undefined
  /** Any CSS length; 420px unless given. */
  height?: string | undefined
  /** Begins at the present places instead of the whole: for a small frame. */
  closeUp?: boolean
}

const NONE: readonly string[] = []

/** The process as it was drawn, with the present place lit. The drawing code loads when the diagram is first shown. */
export function ProcessDiagram({
  xml,
  present,
  passed = NONE,
  height = '420px',
  closeUp = false,
}: ProcessDiagramProps) {
  const t = useWords(processWords)
  const { locale } = useLocale()
  const place = useRef<HTMLDivElement>(null)
  const drawing = useDiagramViewer(place, xml, locale)
  const viewer = drawing.state === 'drawn' ? drawing.viewer : null
  // The lists are compared by what they hold: a caller may well build them anew at every rendering.
  const presentKey = present.join(' ')
  const passedKey = passed.join(' ')

  useEffect(() => {
    if (!viewer) return
    const here = presentKey === '' ? [] : presentKey.split(' ')
    const names = namesOf(viewer, here).join(', ')
    const svg = viewer.get('canvas').getContainer().querySelector('svg')
    svg?.setAttribute('role', 'img')
    svg?.setAttribute('aria-label', names ? t('diagramAt', { places: names }) : t('diagram'))
    return markPlaces(viewer, here, passedKey === '' ? [] : passedKey.split(' '))
  }, [viewer, presentKey, passedKey, t])

  useEffect(() => {
    if (viewer && closeUp && presentKey !== '') showPlaces(viewer, presentKey.split(' '))
  }, [viewer, closeUp, presentKey])

  const wheel = (on: boolean) => viewer?.get('zoomScroll').toggle(on)
  return (
    <figure className={css.diagram} style={{ height }} aria-busy={drawing.state === 'loading'}>
      <div ref={place} className={css.canvas} onPointerDown={() => wheel(true)} onPointerLeave={() => wheel(false)} />
      {drawing.state === 'broken' && (
        <div className={css.broken}>
          <EmptyState title={t('broken')} />
        </div>
      )}
      {viewer && (
        <div className={css.tools}>
          <Tool name={t('zoomIn')} icon={<IconPlus size={16} />} act={() => viewer.get('zoomScroll').stepZoom(1)} />
          <Tool name={t('zoomOut')} icon={<IconMinus size={16} />} act={() => viewer.get('zoomScroll').stepZoom(-1)} />
          <Tool name={t('present')} icon={<IconFocus2 size={16} />} act={() => showPlaces(viewer, present)} />
          <Tool name={t('whole')} icon={<IconMaximize size={16} />} act={() => showWhole(viewer)} />
        </div>
      )}
      <figcaption className={css.legend}>
        <span className={css.here}>{t('here')}</span>
        {passed.length > 0 && <span className={css.past}>{t('passed')}</span>}
      </figcaption>
    </figure>
  )
}

export function Tool({ name, icon, act }: { name: string; icon: ReactNode; act: () => void }) {
  return (
    <button type="button" className={css.tool} aria-label={name} title={name} onClick={act}>
      {icon}
    </button>
  )
}
