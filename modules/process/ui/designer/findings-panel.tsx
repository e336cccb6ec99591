import { Count, useLocale, useWords } from '@opora/ui-kit'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Check } from '../process-data.ts'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import type { Modeler } from './modeler.ts'

/** One thing that is wrong, at its place on the drawing. */
export interface Remark {
  key: string
  elementId: string | null
  severity: 'error' | 'warning'
  ru: string
  en: string
}

/** What the check says, as remarks: what is outside the subset keeps from publishing as well. */
export function remarksOf(check: Check): Remark[] {
  const outside = check.problems.map((problem, at): Remark => {
    const { id, ru, en } = problem
    return { key: `p${at}`, elementId: id, severity: 'error', ru, en }
  })
  const found = check.findings.map((finding, at): Remark => {
    const { severity, ru, en, elementId } = finding
    // What stands inside a called process is shown at its call.
    return { key: `f${at}`, elementId: elementId.split('/')[0] ?? null, severity, ru, en }
  })
  return [...outside, ...found]
}

const MARKS = { error: 'opora-error', warning: 'opora-warning' } as const
const BADGE = 'opora-remark'

/** Marks the remarks on the drawing, with a badge at each place. */
export function useRemarkMarks(modeler: Modeler | null, remarks: readonly Remark[]): void {
  const { locale } = useLocale()
  useEffect(() => {
    if (!modeler) return
    const [canvas, registry, overlays] = [
      modeler.get('canvas'),
      modeler.get('elementRegistry'),
      modeler.get('overlays'),
    ]
    const marked: [string, string][] = []
    const badged = new Set<string>()
    for (const { elementId, severity, [locale]: text } of remarks) {
      if (elementId === null || !registry.get(elementId)) continue
      canvas.addMarker(elementId, MARKS[severity])
      marked.push([elementId, MARKS[severity]])
      if (badged.has(elementId)) continue
      badged.add(elementId)
      const badge = document.createElement('div')
      badge.className = `${BADGE} ${MARKS[severity]}-badge`
      badge.title = text
      badge.textContent = '!'
      const shape = registry.get(elementId)
      const position = shape?.waypoints ? { top: 0, left: 0 } : { top: -10, right: 10 }
      overlays.add(elementId, BADGE, { position, html: badge, show: { minZoom: 0.1 }, scale: { min: 0.9 } })
    }
    return () => {
      for (const [id, mark] of marked) if (registry.get(id)) canvas.removeMarker(id, mark)
      overlays.remove({ type: BADGE })
    }
  }, [modeler, remarks, locale])
}

/** Shows an element of the drawing and selects it. */
export function showElement(modeler: Modeler, id: string | null): void {
  const element = id === null ? undefined : modeler.get('elementRegistry').get(id)
  if (!element) return
  modeler.get('selection').select(element)
  modeler.get('canvas').scrollToElement(element, 120)
}

export function FindingsPanel({
  remarks,
  checking,
  onShow,
}: {
  remarks: readonly Remark[]
  checking: boolean
  onShow: (id: string | null) => void
}) {
  const t = useWords(designerWords)
  const of = (severity: Remark['severity']) => remarks.filter((remark) => remark.severity === severity)
  if (remarks.length === 0) return <p className={css.about}>{checking ? t('checking') : t('sound')}</p>
  return (
    <div className={css.panel} aria-busy={checking}>
      <Remarks title={t('errorsFirst')} remarks={of('error')} onShow={onShow} />
      <Remarks title={t('warnings')} remarks={of('warning')} onShow={onShow} />
    </div>
  )
}

function Remarks({
  title,
  remarks,
  onShow,
}: {
  title: string
  remarks: readonly Remark[]
  onShow: (id: string | null) => void
}) {
  const { locale } = useLocale()
  if (remarks.length === 0) return null
  return (
    <section className={css.section}>
      <h3 className={css.sectionTitle}>
        {title} <Count value={remarks.length} tone={remarks[0]?.severity === 'error' ? 'danger' : 'warn'} />
      </h3>
      <ul className={css.rows}>
        {remarks.map((remark) => (
          <li key={remark.key}>
            <button type="button" className={css.row} onClick={() => onShow(remark.elementId)}>
              <span className={remark.severity === 'error' ? css.bad : css.doubtful}>
                {remark.severity === 'error' ? (
                  <IconCircleX size={15} aria-hidden="true" />
                ) : (
                  <IconAlertTriangle size={15} aria-hidden="true" />
                )}
              </span>
              <span>{remark[locale]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
