import { Refusal } from '@opora/core'
import { actionSpec } from './actions.ts'
import { CLOCK_EFFECTS, FIELD_DICTIONARIES, FIELD_TYPES, PHASES } from './catalogue.ts'
import type { Expression } from './feel/expression.ts'
import { parseExpression } from './feel/parse.ts'
import { elementsOf, extensionsOf, type ModdleElement, type Problems, textOf, wordsOf } from './moddle-element.ts'
import type {
  ActionParam,
  Bilingual,
  Effect,
  FactValue,
  Field,
  Lane,
  Outcome,
  PlaceNode,
} from './process-definition.ts'

/** The name of any element: `name` is Russian, `opora:nameEn` English; one stands in for the other. */
export function nameOf(element: ModdleElement): Bilingual {
  const ru = textOf(element, 'name')
  const en = textOf(element, 'nameEn')
  return { ru: ru ?? en ?? '', en: en ?? ru ?? '' }
}

function pairOf(element: ModdleElement, property: string, fallback: Bilingual): Bilingual {
  const ru = textOf(element, `${property}Ru`)
  const en = textOf(element, `${property}En`)
  if (!ru && !en) return fallback
  return { ru: ru ?? en ?? '', en: en ?? ru ?? '' }
}

function wordFrom<const Words extends readonly string[]>(
  words: Words,
  element: ModdleElement,
  property: string,
  fallback: Words[number],
  problems: Problems,
): Words[number] {
  const text = textOf(element, property)
  if (text === null) return fallback
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) {
    const known = words.join(', ')
    problems.add(
      element,
      `${property}="${text}": бывает ${known}`,
      `${property}="${text}": one of ${known} is expected`,
    )
  }
  return word ?? fallback
}

function instructionOf(element: ModdleElement): Bilingual | null {
  const found = elementsOf(element, 'instructions')
  const inLanguage = (lang: string) =>
    found.filter((item) => textOf(item, 'lang') === lang).map((item) => textOf(item, 'text'))[0] ?? null
  const ru = inLanguage('ru')
  const en = inLanguage('en')
  return ru || en ? { ru: ru ?? en ?? '', en: en ?? ru ?? '' } : null
}

/** What a lane says of itself: its role and work instruction. */
export function readLane(element: ModdleElement): Lane {
  const own = extensionsOf(element, 'opora:Lane')[0]
  return {
    id: element.id ?? '',
    name: nameOf(element),
    role: own ? textOf(own, 'role') : null,
    instruction: own ? instructionOf(own) : null,
  }
}

type PlaceSays = Pick<
  PlaceNode,
  'role' | 'takers' | 'statusStaff' | 'statusClient' | 'clockEffect' | 'phase' | 'instruction'
>

/** What a place says of itself; a task drawn without it gets its lane's role, its own name as status and a running clock. */
export function readPlace(element: ModdleElement, lane: Lane | null, problems: Problems): PlaceSays {
  const name = nameOf(element)
  const own = extensionsOf(element, 'opora:Place')[0]
  if (!own) {
    const role = lane?.role ?? null
    const statuses = { statusStaff: name, statusClient: name }
    return { role, takers: role ? [role] : [], ...statuses, clockEffect: 'run', phase: 'work', instruction: null }
  }
  const role = textOf(own, 'role') ?? lane?.role ?? null
  const takers = wordsOf(own, 'takers')
  return {
    role,
    takers: takers.length > 0 ? takers : role ? [role] : [],
    statusStaff: pairOf(own, 'statusStaff', name),
    statusClient: pairOf(own, 'statusClient', name),
    clockEffect: wordFrom(CLOCK_EFFECTS, own, 'clockEffect', 'run', problems),
    phase: wordFrom(PHASES, own, 'phase', 'work', problems),
    instruction: instructionOf(own),
  }
}

/** The outcome that a flow out of a user task stands for; a flow that says nothing is an outcome named as the flow. */
export function readOutcome(flow: ModdleElement, flowId: string, problems: Problems): Outcome {
  const own = extensionsOf(flow, 'opora:Outcome')[0]
  const name = nameOf(flow)
  const label = name.ru === '' ? { ru: flowId, en: flowId } : name
  if (!own) return { id: flowId, flowId, label, style: 'default', needs: null, by: null, fields: [] }
  const needs = wordFrom(['reply', 'note', 'nothing'], own, 'needs', 'nothing', problems)
  const by = wordsOf(own, 'by')
  return {
    id: textOf(own, 'id') ?? flowId,
    flowId,
    label: pairOf(own, 'label', label),
    style: wordFrom(['primary', 'danger', 'default'], own, 'style', 'default', problems),
    needs: needs === 'nothing' ? null : needs,
    by: by.length > 0 ? by : null,
    fields: elementsOf(own, 'fields').map((field) => readField(field, problems)),
  }
}

function readField(element: ModdleElement, problems: Problems): Field {
  const name = textOf(element, 'name') ?? ''
  if (!/^[a-z][a-z0-9_]*$/.test(name)) problems.add(element, `имя поля «${name}»`, `the field's name "${name}"`)
  const type = wordFrom(FIELD_TYPES, element, 'type', 'text', problems)
  const options = elementsOf(element, 'options').map((option) => {
    const value = textOf(option, 'value') ?? ''
    return { value, label: pairOf(option, 'label', { ru: value, en: value }) }
  })
  const named = type === 'choice' && textOf(element, 'dictionary') !== null
  const dictionary = named ? wordFrom(FIELD_DICTIONARIES, element, 'dictionary', 'rejection_reason', problems) : null
  if ((type === 'choice') !== options.length > 0) {
    problems.add(element, 'варианты есть только у поля выбора', 'a choice, and only a choice, has options')
  }
  return {
    name,
    type,
    label: pairOf(element, 'label', { ru: name, en: name }),
    required: element['required'] !== false,
    options,
    ...(dictionary === null ? {} : { dictionary }),
  }
}

/** Effects of a flow or node in the order of the file. */
export function readEffects(element: ModdleElement, problems: Problems): Effect[] {
  const effects: Effect[] = []
  for (const own of extensionsOf(element)) {
    if (own.$type === 'opora:Action') effects.push(readAction(own, problems))
    else if (own.$type === 'opora:Set') {
      const fact = textOf(own, 'fact') ?? ''
      const from = textOf(own, 'from')
      const expression = textOf(own, 'expression')
      if (expression !== null) effects.push(...readSet(own, fact, expression, problems))
      else effects.push(from ? { type: 'set', fact, from } : { type: 'set', fact, value: literal(own['value']) })
    } else if (own.$type === 'opora:Remember') effects.push({ type: 'remember', as: textOf(own, 'as') ?? '' })
  }
  return effects
}

function readSet(element: ModdleElement, fact: string, text: string, problems: Problems): Effect[] {
  const expression = readText(element, text, problems)
  return expression ? [{ type: 'set', fact, expression }] : []
}

function readAction(element: ModdleElement, problems: Problems): Effect {
  const name = textOf(element, 'name') ?? ''
  const known = actionSpec(name)?.params.map((param) => param.name)
  if (!known) problems.add(element, `неизвестное действие «${name}»`, `unknown action "${name}"`)
  const params = elementsOf(element, 'params').map((param): ActionParam => {
    const paramName = textOf(param, 'name') ?? ''
    if (known && !known.includes(paramName)) {
      problems.add(param, `у действия «${name}» нет параметра «${paramName}»`, `"${name}" has no "${paramName}"`)
    }
    const from = textOf(param, 'from')
    return from ? { name: paramName, from } : { name: paramName, value: textOf(param, 'value') ?? '' }
  })
  return { type: 'action', name, params }
}

function literal(value: unknown): FactValue {
  if (typeof value !== 'string') return null
  if (value === 'true' || value === 'false') return value === 'true'
  if (value === 'null') return null
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

/** An expression of the diagram, read; `null` with a problem noted when it is none. A leading `=` is let go by. */
export function readText(at: ModdleElement, text: string, problems: Problems): Expression | null {
  try {
    return parseExpression(text.startsWith('=') ? text.slice(1) : text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    problems.add(at, error.sentence('ru'), error.sentence('en'))
    return null
  }
}
