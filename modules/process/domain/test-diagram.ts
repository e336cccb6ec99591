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

/** An event on the border of an activity; `inside` is its event definition. */
export function border(id: string, host: string, inside: string, interrupting = true): string {
  const stays = interrupting ? '' : ' cancelActivity="false"'
  return `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"${stays}>${inside}</bpmn:boundaryEvent>`
}

/** Event definitions by their short names, for messages, signals and codes declared in `DECLARED`. */
export const on = {
  message: '<bpmn:messageEventDefinition messageRef="the_message"/>',
  signal: '<bpmn:signalEventDefinition signalRef="the_signal"/>',
  error: '<bpmn:errorEventDefinition errorRef="the_error"/>',
  anyError: '<bpmn:errorEventDefinition/>',
  escalation: '<bpmn:escalationEventDefinition escalationRef="the_escalation"/>',
  terminate: '<bpmn:terminateEventDefinition/>',
  timer: (text: string, unit = '') =>
    `<bpmn:timerEventDefinition${unit ? ` opora:unit="${unit}"` : ''}><bpmn:timeDuration>${text}</bpmn:timeDuration></bpmn:timerEventDefinition>`,
  cycle: (text: string) =>
    `<bpmn:timerEventDefinition><bpmn:timeCycle>${text}</bpmn:timeCycle></bpmn:timerEventDefinition>`,
}

export const DECLARED =
  '<bpmn:message id="the_message" name="client.wrote"/><bpmn:signal id="the_signal" name="moon.rose"/>' +
  '<bpmn:error id="the_error" errorCode="broken"/><bpmn:escalation id="the_escalation" escalationCode="late"/>'

/** A sub-process with one task inside, `start → task → end`, and whatever else is given. */
export function sub(id: string, inner = '', loop = ''): string {
  return (
    `<bpmn:subProcess id="${id}">${loop}<bpmn:startEvent id="${id}_s"/>${task(`${id}_t`)}<bpmn:endEvent id="${id}_e"/>` +
    `${flow(`${id}_f1`, `${id}_s`, `${id}_t`)}${flow(`${id}_f2`, `${id}_t`, `${id}_e`, '<opora:outcome id="go"/>')}${inner}</bpmn:subProcess>`
  )
}
