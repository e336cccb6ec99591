import { parseInstant } from '@opora/core'
import { daysOfIsoDuration, minutesOfIsoDuration } from './duration.ts'
import { elementOf, elementsOf, type ModdleElement, type Problems, textOf } from './moddle-element.ts'
import type { EndResult, Throw, TimerRule, Trigger } from './process-definition.ts'

const FACT_NAME = /^[a-z][a-z0-9_.]*$/

/** The one event definition of an event; `null` when it has none, or, with a problem noted, several. */
export function definitionOf(event: ModdleElement, problems: Problems): ModdleElement | null {
  const [definition, second] = elementsOf(event, 'eventDefinitions')
  if (second) problems.add(event, 'несколько событий сразу: оставьте одно', 'several events at once: leave one')
  return second ? null : (definition ?? null)
}

const TRIGGERS = [
  'bpmn:MessageEventDefinition',
  'bpmn:SignalEventDefinition',
  'bpmn:TimerEventDefinition',
  'bpmn:ErrorEventDefinition',
  'bpmn:EscalationEventDefinition',
] as const

/** What a catching event waits for; `null` with a problem noted for anything that this event cannot wait for. */
export function readTrigger(event: ModdleElement, problems: Problems): Trigger | null {
  const definition = definitionOf(event, problems)
  if (!definition) {
    if (elementsOf(event, 'eventDefinitions').length === 0) {
      problems.add(event, 'не сказано, чего ждать: таймера, сообщения, сигнала', 'it does not say what it waits for')
    }
    return null
  }
  const type = TRIGGERS.find((candidate) => candidate === definition.$type)
  const border = event.$type === 'bpmn:BoundaryEvent'
  if (!type || (!border && (type === TRIGGERS[3] || type === TRIGGERS[4]))) {
    problems.outside(event, definition.$type)
    return null
  }
  switch (type) {
    case 'bpmn:MessageEventDefinition':
      return named(event, 'message', elementOf(definition, 'messageRef'), problems)
    case 'bpmn:SignalEventDefinition':
      return named(event, 'signal', elementOf(definition, 'signalRef'), problems)
    case 'bpmn:TimerEventDefinition':
      return readTimer(event, definition, problems)
    case 'bpmn:ErrorEventDefinition':
      return { type: 'error', code: codeOf(elementOf(definition, 'errorRef'), 'errorCode') }
    case 'bpmn:EscalationEventDefinition':
      return { type: 'escalation', code: codeOf(elementOf(definition, 'escalationRef'), 'escalationCode') }
  }
}

/** What a throwing event does; `null` for a plain one, or with a problem noted for what the subset has not. */
export function readThrow(event: ModdleElement, problems: Problems): Throw | null {
  const definition = definitionOf(event, problems)
  if (!definition) return null
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition':
      return named(event, 'message', elementOf(definition, 'messageRef'), problems)
    case 'bpmn:SignalEventDefinition':
      return named(event, 'signal', elementOf(definition, 'signalRef'), problems)
    case 'bpmn:EscalationEventDefinition': {
      const code = codeOf(elementOf(definition, 'escalationRef'), 'escalationCode')
      if (code === null) problems.add(event, 'у эскалации нет кода', 'the escalation has no code')
      return { type: 'escalation', code: code ?? '' }
    }
    default:
      problems.outside(event, definition.$type)
      return null
  }
}

export function readEnd(event: ModdleElement, problems: Problems): EndResult {
  const definition = definitionOf(event, problems)
  if (definition?.$type === 'bpmn:TerminateEventDefinition') return { type: 'terminate' }
  if (definition?.$type !== 'bpmn:ErrorEventDefinition') return readThrow(event, problems) ?? { type: 'none' }
  const code = codeOf(elementOf(definition, 'errorRef'), 'errorCode')
  if (code === null) problems.add(event, 'у ошибки нет кода', 'the error has no code')
  return { type: 'error', code: code ?? '' }
}

/** The message that a send or receive task names. */
export function messageOf(
  task: ModdleElement,
  problems: Problems,
): Extract<Trigger & Throw, { type: 'message' | 'signal' }> | null {
  return named(task, 'message', elementOf(task, 'messageRef'), problems)
}

function named(
  event: ModdleElement,
  type: 'message' | 'signal',
  reference: ModdleElement | null,
  problems: Problems,
): { type: 'message' | 'signal'; name: string } | null {
  const name = reference ? textOf(reference, 'name') : null
  if (name) return { type, name }
  const ru = type === 'message' ? 'у сообщения нет имени' : 'у сигнала нет имени'
  problems.add(event, ru, `the ${type} has no name`)
  return null
}

/** An error or escalation is known by its code, or by its name when it has none. */
function codeOf(reference: ModdleElement | null, property: string): string | null {
  return reference ? (textOf(reference, property) ?? textOf(reference, 'name')) : null
}

function readTimer(event: ModdleElement, definition: ModdleElement, problems: Problems): Trigger | null {
  const body = (part: string) => textOf(elementOf(definition, part) ?? definition, 'body')
  const duration = elementOf(definition, 'timeDuration')
  const unit = textOf(definition, 'unit') ?? (duration ? textOf(duration, 'unit') : null)
  const cycle = body('timeCycle')
  if (elementOf(definition, 'timeCycle')) return readCycle(event, cycle ?? '', unit, problems)
  if (duration) {
    const due = durationRule(body('timeDuration') ?? '', unit)
    if (!due) problems.add(event, 'длительность не читается', 'the duration cannot be read (P5D, PT4H, …)')
    return due ? { type: 'timer', due, times: 1 } : null
  }
  const due = dateRule(elementOf(definition, 'timeDate') ? body('timeDate') : null)
  if (due) return { type: 'timer', due, times: 1 }
  problems.add(
    event,
    'таймеру нужна длительность, дата или имя факта с датой',
    'the timer needs a duration, a date, or the name of a fact that holds a date',
  )
  return null
}

/** `R3/PT1H`, `R/P1D`: only an event that leaves its place as it is can happen again. */
function readCycle(event: ModdleElement, text: string, unit: string | null, problems: Problems): Trigger | null {
  const repeats = event.$type === 'bpmn:StartEvent' || event['cancelActivity'] === false
  const match = /^R(\d{0,4})\/(P.+)$/.exec(text)
  const due = match ? durationRule(match[2] ?? '', unit) : null
  if (!due || !repeats || match?.[1] === '0') {
    const en = repeats ? 'the cycle cannot be read (R3/PT1H)' : 'only an event that does not interrupt can repeat'
    problems.add(event, repeats ? 'цикл не читается' : 'повторяться может только непрерывающее событие', en)
    return null
  }
  return { type: 'timer', due, times: match?.[1] ? Number(match[1]) : null }
}

function dateRule(text: string | null): TimerRule | null {
  if (text === null) return null
  if (FACT_NAME.test(text)) return { unit: 'fact', fact: text }
  try {
    return { unit: 'instant', at: parseInstant(text) }
  } catch {
    return null
  }
}

function durationRule(text: string, unit: string | null): TimerRule | null {
  if (unit === 'working_days') {
    const days = daysOfIsoDuration(text)
    return days === null ? null : { unit: 'working_days', days }
  }
  const minutes = minutesOfIsoDuration(text)
  if (minutes === null) return null
  if (unit === 'working') return { unit: 'working_minutes', minutes }
  return unit === null || unit === 'clock' ? { unit: 'clock_minutes', minutes } : null
}
