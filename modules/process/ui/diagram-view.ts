import type { DiagramViewer } from './diagram-viewer.ts'

const PRESENT = 'opora-present'
const PASSED = 'opora-passed'
/** Room around the present places when the view goes to them, in units of the drawing. */
const MARGIN = 260

/** Marks where the ticket is and the way it came; gives back what takes the marks off again. */
export function markPlaces(viewer: DiagramViewer, present: readonly string[], passed: readonly string[]): () => void {
  const canvas = viewer.get('canvas')
  const registry = viewer.get('elementRegistry')
  const marks = [
    ...passed.filter((id) => !present.includes(id)).map((id) => [id, PASSED] as const),
    ...present.map((id) => [id, PRESENT] as const),
  ].filter(([id]) => registry.get(id) !== undefined)
  for (const [id, marker] of marks) canvas.addMarker(id, marker)
  return () => {
    for (const [id, marker] of marks) if (registry.get(id)) canvas.removeMarker(id, marker)
  }
}

/** The names of the places as they stand on the drawing. */
export function namesOf(viewer: DiagramViewer, ids: readonly string[]): string[] {
  const registry = viewer.get('elementRegistry')
  return ids.map((id) => registry.get(id)?.businessObject.name ?? '').filter((name) => name !== '')
}

export function showWhole(viewer: DiagramViewer): void {
  viewer.get('canvas').zoom('fit-viewport', 'auto')
}

/** Brings the present places into view at a size that can be read. */
export function showPlaces(viewer: DiagramViewer, ids: readonly string[]): void {
  const registry = viewer.get('elementRegistry')
  const shapes = ids.map((id) => registry.get(id)).filter((shape) => shape !== undefined)
  if (shapes.length === 0) return
  const left = Math.min(...shapes.map((shape) => shape.x)) - MARGIN
  const top = Math.min(...shapes.map((shape) => shape.y)) - MARGIN
  const right = Math.max(...shapes.map((shape) => shape.x + shape.width)) + MARGIN
  const bottom = Math.max(...shapes.map((shape) => shape.y + shape.height)) + MARGIN
  viewer.get('canvas').viewbox({ x: left, y: top, width: right - left, height: bottom - top })
}
