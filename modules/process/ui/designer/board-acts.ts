import type { BoardElement } from 'bpmn-js/lib/Modeler.js'
import { type Bo, bosOf, extensionsOf, type Moddle, textOf } from './element-model.ts'
import type { Modeler } from './modeler.ts'

/** One element of the drawing with what writes into it; every write is one step of undoing. */
export interface Editing {
  element: BoardElement
  bo: Bo
  moddle: Moddle
  set: (properties: object) => void
  /** Of a part that belongs to the element: its event definition, its loop. */
  setPart: (part: Bo, properties: object) => void
  modeler: Modeler
}

/** The element under an id; the process itself when nothing is selected. */
export function editingOf(modeler: Modeler, id: string | undefined): Editing | null {
  const element = id === undefined ? modeler.get('canvas').getRootElement() : modeler.get('elementRegistry').get(id)
  if (!element) return null
  const modeling = modeler.get('modeling')
  return {
    ...{ element, modeler, bo: element.businessObject, moddle: modeler.get('moddle') },
    set: (properties) => modeling.updateProperties(element, properties),
    setPart: (part, properties) => modeling.updateModdleProperties(element, part, properties),
  }
}

const ROOTS = {
  message: { type: 'bpmn:Message', ref: 'messageRef', name: 'name' },
  signal: { type: 'bpmn:Signal', ref: 'signalRef', name: 'name' },
  error: { type: 'bpmn:Error', ref: 'errorRef', name: 'errorCode' },
  escalation: { type: 'bpmn:Escalation', ref: 'escalationRef', name: 'escalationCode' },
} as const
export type RootKind = keyof typeof ROOTS

export function rootNameOf(part: Bo, kind: RootKind): string {
  const found = part.get(ROOTS[kind].ref) as Bo | undefined
  return found ? textOf(found, ROOTS[kind].name) || textOf(found, 'name') : ''
}

/** Points an event or task at the message, signal, error or escalation of this name; one that the file lacks is added to it. */
export function pointAt(editing: Editing, part: Bo, kind: RootKind, name: string): void {
  const { type, ref, name: property } = ROOTS[kind]
  const put = (value: Bo | undefined) =>
    part === editing.bo ? editing.set({ [ref]: value }) : editing.setPart(part, { [ref]: value })
  const definitions = editing.modeler.getDefinitions()
  const roots = bosOf(definitions, 'rootElements')
  const known = roots.find((root) => root.$type === type && textOf(root, property) === name)
  if (name === '' || known) {
    put(known)
    return
  }
  const id = `${kind}_${name.replaceAll(/[^\w]/g, '_')}_${roots.length}`
  const made = editing.moddle.create(type, { id, name, ...(property === 'name' ? {} : { [property]: name }) })
  made.$parent = definitions
  editing.setPart(definitions, { rootElements: [...roots, made] })
  put(made)
}

const OUT = new Set(['bpmn:UserTask', 'bpmn:ManualTask'])

export function isTask(bo: Bo): boolean {
  return OUT.has(bo.$type)
}

/** Places: steps where a ticket waits, a service task among them when it says so. */
export function isPlace(bo: Bo): boolean {
  const waits = ['bpmn:ReceiveTask', 'bpmn:EventBasedGateway', 'bpmn:IntermediateCatchEvent']
  if (bo.$type === 'bpmn:IntermediateCatchEvent' && definitionOf(bo)?.$type === 'bpmn:LinkEventDefinition') return false
  return isTask(bo) || waits.includes(bo.$type) || extensionsOf(bo, 'opora:Place').length > 0
}

export function definitionOf(bo: Bo): Bo | undefined {
  return bosOf(bo, 'eventDefinitions')[0]
}
