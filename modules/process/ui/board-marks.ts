import type { Overlays } from 'bpmn-js/lib/NavigatedViewer.js'

/** What the viewer and the board have in common. */
interface Viewing {
  get(name: 'canvas'): { addMarker(id: string, marker: string): void; removeMarker(id: string, marker: string): void }
  get(name: 'elementRegistry'): { get(id: string): { waypoints?: unknown } | undefined }
  get(name: 'overlays'): Overlays
}

/** Puts marks on elements that the drawing has; gives back what takes them off again. */
export function mark(modeler: Viewing, marks: readonly (readonly [string, string])[]): () => void {
  const [canvas, registry] = [modeler.get('canvas'), modeler.get('elementRegistry')]
  const there = marks.filter(([id]) => registry.get(id) !== undefined)
  for (const [id, name] of there) canvas.addMarker(id, name)
  return () => {
    for (const [id, name] of there) if (registry.get(id)) canvas.removeMarker(id, name)
  }
}

/** Puts a small text at steps of the drawing; gives back what takes them off again. */
export function label(modeler: Viewing, type: string, texts: ReadonlyMap<string, string>): () => void {
  const [registry, overlays] = [modeler.get('elementRegistry'), modeler.get('overlays')]
  for (const [id, text] of texts) {
    const shape = registry.get(id)
    if (!shape || shape.waypoints) continue
    const html = document.createElement('div')
    html.className = `opora-label ${type}`
    html.textContent = text
    overlays.add(id, type, { position: { bottom: 6, left: 0 }, html, show: { minZoom: 0.1 }, scale: { min: 0.7 } })
  }
  return () => overlays.remove({ type })
}
