/** The part of `bpmn-js` that the diagram uses. The package's own types describe it as CommonJS, which it is not. */
declare module 'bpmn-js/lib/NavigatedViewer.js' {
  export interface DiagramElement {
    id: string
    businessObject: { name?: string }
    x: number
    y: number
    width: number
    height: number
  }
  export interface Canvas {
    zoom(scale: 'fit-viewport' | number, center?: 'auto' | { x: number; y: number }): number
    zoom(): number
    viewbox(): { outer: { width: number; height: number } }
    viewbox(box: { x: number; y: number; width: number; height: number }): void
    addMarker(id: string, marker: string): void
    removeMarker(id: string, marker: string): void
    getContainer(): HTMLElement
  }
  export interface Services {
    canvas: Canvas
    elementRegistry: { get(id: string): DiagramElement | undefined }
    zoomScroll: { toggle(enabled: boolean): void; stepZoom(steps: number): void }
  }
  // biome-ignore lint/style/noDefaultExport: the package exports its class so.
  export default class NavigatedViewer {
    constructor(options: Record<string, unknown>)
    importXML(xml: string): Promise<{ warnings: unknown[] }>
    get<Name extends keyof Services>(name: Name): Services[Name]
    on(event: 'import.parse.complete', listener: (event: { definitions: unknown }) => void): void
    destroy(): void
  }
}
