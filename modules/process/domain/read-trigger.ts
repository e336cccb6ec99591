import { daysOfIsoDuration, minutesOfIsoDuration } from './duration.ts'
import { elementOf, elementsOf, type ModdleElement, type Problems, textOf } from './moddle-element.ts'
import type { TimerRule, Trigger } from './process-definition.ts'

const FACT_NAME = /^[a-z][a-z0-9_.]*$/

/** The one timer or message of a catching event; `null` with a problem noted for anything else. */
export function readTrigger(event: ModdleElement, problems: Problems): Trigger | null {
  const definitions = elementsOf(event, 'eventDefinitions')
  const [definition, second] = definitions
  if (!definition || second) {
    problems.add(event, 'нужно одно событие: таймер или сообщение', 'one timer or one message is expected')
    return null
  }
  if (definition.$type === 'bpmn:MessageEventDefinition') return readMessage(event, definition, problems)
  if (definition.$type === 'bpmn:TimerEventDefinition') {
    const due = readTimer(event, definition, problems)
    return due ? { type: 'timer', due } : null
  }
  problems.outside(event, definition.$type)
  return null
}

function readMessage(event: ModdleElement, definition: ModdleElement, problems: Problems): Trigger | null {
  const reference = elementOf(definition, 'messageRef')
  const message = reference ? textOf(reference, 'name') : null
  if (message) return { type: 'message', message }
  problems.add(event, 'у сообщения нет имени', 'the message has no name')
  return null
}

function readTimer(event: ModdleElement, definition: ModdleElement, problems: Problems): TimerRule | null {
  const duration = elementOf(definition, 'timeDuration')
  if (duration) {
    const unit = textOf(definition, 'unit') ?? textOf(duration, 'unit')
    const rule = durationRule(textOf(duration, 'body') ?? '', unit)
    if (!rule) problems.add(event, 'длительность не читается', 'the duration cannot be read (P5D, PT4H, …)')
    return rule
  }
  const date = elementOf(definition, 'timeDate')
  const fact = date ? textOf(date, 'body') : null
  if (fact && FACT_NAME.test(fact)) return { unit: 'fact', fact }
  problems.add(
    event,
    'таймеру нужна длительность или имя факта с датой',
    'the timer needs a duration or the name of a fact that holds a date',
  )
  return null
}

function durationRule(text: string, unit: string | null): TimerRule | null {
  if (unit === 'working_days') {
    const days = daysOfIsoDuration(text)
    return days === null ? null : { unit: 'working_days', days }
  }
  const minutes = unit === null || unit === 'clock' ? minutesOfIsoDuration(text) : null
  return minutes === null ? null : { unit: 'minutes', minutes }
}
