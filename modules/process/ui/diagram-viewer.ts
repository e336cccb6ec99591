import 'bpmn-js/dist/assets/diagram-js.css'
import type { Locale } from '@opora/core'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer.js'
import { takeEnglishNames } from './english-names.ts'

export type DiagramViewer = NavigatedViewer

/** Each shape takes its colours from properties of the style sheet: the drawing follows the page's scheme and the marks. */
const COLOURS = {
  defaultFillColor: 'var(--shape-fill)',
  defaultStrokeColor: 'var(--shape-line)',
  defaultLabelColor: 'var(--shape-text)',
}

/** Draws a diagram into an empty element. The wheel scrolls the page until `zoomScroll` is turned on. */
export async function drawDiagram(container: HTMLElement, xml: string, locale: Locale): Promise<DiagramViewer> {
  const fontFamily = getComputedStyle(container).fontFamily
  const viewer = new NavigatedViewer({
    container,
    bpmnRenderer: COLOURS,
    textRenderer: { defaultStyle: { fontFamily }, externalStyle: { fontFamily } },
    zoomScroll: { enabled: false },
  })
  if (locale === 'en') viewer.on('import.parse.complete', ({ definitions }) => takeEnglishNames(definitions))
  try {
    await viewer.importXML(xml)
  } catch (error) {
    viewer.destroy()
    throw error
  }
  viewer.get('canvas').zoom('fit-viewport', 'auto')
  return viewer
}
