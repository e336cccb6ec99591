import { BpmnModdle } from 'bpmn-moddle'
import { isElement, type ModdleElement, type Problems } from './moddle-element.ts'
import { oporaSchema } from './opora-schema.ts'
import { processRefusals } from './refusals.ts'

const SIZE_LIMIT_KB = 1_024
/** Elements within elements; what people draw stays below thirty. */
const DEPTH_LIMIT = 500

/**
 * A BPMN file as elements. Refuses with `process.unreadable` or `process.too_large`; whatever of our own namespace or
 * of its references is broken is noted as a problem. Foreign namespaces and the drawing are let through untouched.
 */
export async function readDocument(xml: string, problems: Problems): Promise<ModdleElement> {
  const { root, warnings } = await parse(xml)
  for (const { message, element } of warnings) {
    const place = isElement(element) && element.$type.startsWith('bpmn:') ? element : null
    const reason = message.split('\n')[0] ?? message
    if (message.startsWith('unparsable content') || message.startsWith('unknown attribute <opora:')) {
      problems.add(place ?? root, reason, reason)
    } else if (message.startsWith('unresolved reference') && place && !UNRUN.has(place.$type)) {
      problems.add(place, reason, reason)
    }
  }
  refuseStrayAttributes(root, problems)
  return root
}

/** A file of any tool, written again: ids, elements, drawing and foreign extensions are all kept; only the spelling of the XML may change. */
export async function rewriteDiagram(xml: string): Promise<string> {
  const { root } = await parse(xml)
  const { xml: written } = await moddle().toXML(root, { format: true })
  return written
}

const moddle = () => new BpmnModdle({ opora: oporaSchema })

async function parse(xml: string) {
  if (xml.length > SIZE_LIMIT_KB * 1_024) {
    throw processRefusals.refuse('process.too_large', { params: { limit: SIZE_LIMIT_KB } })
  }
  const parsed = await moddle()
    .fromXML(xml)
    .catch((error: unknown) => {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
      throw processRefusals.refuse('process.unreadable', { params: { reason } })
    })
  const root = parsed.rootElement
  if (!isElement(root)) throw processRefusals.refuse('process.unreadable', { params: { reason: 'definitions' } })
  return { root, warnings: parsed.warnings }
}

/** Elements that nothing is run by: what they point at may lie in another file. */
const UNRUN = new Set(['bpmn:Association', 'bpmn:MessageFlow', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'])

/** A misspelt attribute of our own elements would silently lose its meaning; it is refused instead. */
function refuseStrayAttributes(element: ModdleElement, problems: Problems, depth = 0): void {
  if (depth > DEPTH_LIMIT) throw processRefusals.refuse('process.unreadable', { params: { reason: element.$type } })
  const stray = element.$type.startsWith('opora:') ? Object.keys(element['$attrs'] ?? {}) : []
  for (const attribute of stray) if (!attribute.startsWith('xmlns')) problems.outside(element, attribute)
  for (const [property, value] of Object.entries(element)) {
    if (property.startsWith('$') || property.endsWith('Ref') || REFERENCES.has(property)) continue
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isElement(child)) refuseStrayAttributes(child, problems, depth + 1)
    }
  }
}

/** Properties that point at elements owned elsewhere. */
const REFERENCES = new Set([
  ...['incoming', 'outgoing', 'lanes', 'default', 'bpmnElement', 'diagrams', 'sourceRef', 'source', 'target'],
  ...['sourceElement', 'targetElement', 'labelStyle', 'choreographyActivityShape'],
])
