import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import type { Locale } from '@opora/core'
import BpmnModeler from 'bpmn-js/lib/Modeler.js'
import { oporaSchema } from '../../domain/opora-schema.ts'
import { designerTools } from './designer-tools.ts'
import { translator } from './translate-ru.ts'

export type Modeler = BpmnModeler

/** Shapes take their colours from the style sheet: the drawing follows the page's scheme and the marks. */
const COLOURS = {
  defaultFillColor: 'var(--shape-fill)',
  defaultStrokeColor: 'var(--shape-line)',
  defaultLabelColor: 'var(--shape-text)',
}

/** A drawing board in an empty element, with the palette of what the product runs. The wheel zooms with Ctrl, as everywhere. */
export async function openModeler(container: HTMLElement, xml: string, locale: Locale): Promise<Modeler> {
  const fontFamily = getComputedStyle(container).fontFamily
  const modeler = new BpmnModeler({
    container,
    bpmnRenderer: COLOURS,
    textRenderer: { defaultStyle: { fontFamily }, externalStyle: { fontFamily } },
    moddleExtensions: { opora: oporaSchema },
    additionalModules: [{ translate: ['value', translator(locale)] }, designerTools],
  })
  try {
    await modeler.importXML(xml)
  } catch (error) {
    modeler.destroy()
    throw error
  }
  showBesidePalette(modeler)
  return modeler
}

const PALETTE_PX = 84

/** The whole drawing, to the right of the palette. */
function showBesidePalette(modeler: Modeler): void {
  const canvas = modeler.get('canvas')
  canvas.zoom('fit-viewport', 'auto')
  const { outer, inner } = canvas.viewbox()
  const scale = Math.min((outer.width - PALETTE_PX) / inner.width, outer.height / inner.height, 1) * 0.98
  const [width, height] = [outer.width / scale, outer.height / scale]
  canvas.viewbox({ x: inner.x - PALETTE_PX / scale, y: inner.y - (height - inner.height) / 2, width, height })
}
