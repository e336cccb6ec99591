/** The part of `bpmn-moddle` that the reader uses; the package itself ships no types for its door. */
declare module 'bpmn-moddle' {
  export interface ParsedXml {
    rootElement: unknown
    warnings: { message: string; element?: unknown }[]
  }
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<ParsedXml>
    toXML(element: unknown, options?: { format?: boolean }): Promise<{ xml: string }>
  }
}
