import { OPORA_NAMESPACE } from './opora-schema.ts'
import type { ProcessDefinition } from './process-definition.ts'
import { readProcess } from './read-process.ts'

/** A BPMN file around the given elements of a process; for tests. */
export function diagramXml(elements: string, beside = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:opora="${OPORA_NAMESPACE}" id="definitions">
  ${beside}
  <bpmn:process id="process" name="Процесс" opora:nameEn="Process">${elements}</bpmn:process>
</bpmn:definitions>`
}

export function diagram(elements: string, beside = ''): Promise<ProcessDefinition> {
  return readProcess(diagramXml(elements, beside))
}

/** A sequence flow; `inside` are its extension elements. */
export function flow(id: string, from: string, to: string, inside = '', condition = ''): string {
  const extensions = inside ? `<bpmn:extensionElements>${inside}</bpmn:extensionElements>` : ''
  const expression = condition
    ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
    : ''
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${extensions}${expression}</bpmn:sequenceFlow>`
}

/** A user task; `place` are the attributes of its `opora:place`. */
export function task(id: string, place = 'role="l1"'): string {
  return `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><opora:place ${place}/></bpmn:extensionElements></bpmn:userTask>`
}

export const START = '<bpmn:startEvent id="start"/>'
export const END = '<bpmn:endEvent id="end"/>'
