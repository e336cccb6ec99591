/** The part of `bpmn-js` that the diagram uses. The package's own types describe it as CommonJS, which it is not. */
declare module 'bpmn-js/lib/NavigatedViewer.js' {
  export interface DiagramElement {
    id: string
    businessObject: { name?: string }
    x: number
    y: number
    width: number
    height: number
    waypoints?: { x: number; y: number }[]
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
    overlays: Overlays
  }
  export interface Overlays {
    add(element: string, type: string, overlay: Overlay): string
    remove(filter: { type: string }): void
  }
  export interface Overlay {
    position: object
    html: HTMLElement | string
    /** From which zoom on it is seen. */
    show?: { minZoom: number }
    /** Between which scales it follows the zoom. */
    scale?: { min: number }
  }
  // biome-ignore lint/style/noDefaultExport: the package exports its class so.
  export default class NavigatedViewer {
    constructor(options: Record<string, unknown>)
    importXML(xml: string): Promise<{ warnings: unknown[] }>
    get<Name extends keyof Services>(name: Name): Services[Name]
    on(event: 'import.parse.complete', listener: (event: { definitions: unknown }) => void): void
    on(event: 'element.click', listener: (event: { element: DiagramElement }) => void): void
    off(event: 'element.click', listener: (event: { element: DiagramElement }) => void): void
    destroy(): void
  }
}

/** The part of the modeler that the designer uses. */
declare module 'bpmn-js/lib/Modeler.js' {
  export interface BoardElement {
    id: string
    type: string
    businessObject: import('./designer/element-model.ts').Bo
    x: number
    y: number
    width: number
    height: number
    waypoints?: { x: number; y: number }[]
    labelTarget?: BoardElement
    parent?: BoardElement
  }
  export interface BoardServices {
    canvas: {
      zoom(scale: 'fit-viewport' | number, center?: 'auto' | { x: number; y: number }): number
      addMarker(id: string, marker: string): void
      removeMarker(id: string, marker: string): void
      scrollToElement(element: BoardElement | string, padding?: number): void
      getContainer(): HTMLElement
      getRootElement(): BoardElement
      viewbox(): {
        outer: { width: number; height: number }
        inner: { x: number; y: number; width: number; height: number }
      }
      viewbox(box: { x: number; y: number; width: number; height: number }): void
    }
    elementRegistry: { get(id: string): BoardElement | undefined }
    selection: { get(): BoardElement[]; select(element: BoardElement | null): void }
    modeling: {
      updateProperties(element: BoardElement, properties: object): void
      updateModdleProperties(element: BoardElement, moddleElement: unknown, properties: object): void
    }
    moddle: import('./designer/element-model.ts').Moddle
    overlays: import('bpmn-js/lib/NavigatedViewer.js').Overlays
    commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean; clear(): void }
    zoomScroll: { stepZoom(steps: number): void }
  }
  // biome-ignore lint/style/noDefaultExport: the package exports its class so.
  export default class Modeler {
    constructor(options: Record<string, unknown>)
    importXML(xml: string): Promise<{ warnings: unknown[] }>
    saveXML(options: { format: boolean }): Promise<{ xml?: string }>
    getDefinitions(): import('./designer/element-model.ts').Bo
    get<Name extends keyof BoardServices>(name: Name): BoardServices[Name]
    on(event: string, listener: (event: never) => void): void
    off(event: string, listener: (event: never) => void): void
    destroy(): void
  }
}
