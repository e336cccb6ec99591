/**
 * What the properties panel reads of an element of the drawing and writes into it. Works on moddle elements; foreign
 * extensions beside our own are kept as they are, in their order.
 */

/** A moddle element, as the drawing library and `bpmn-moddle` hand it out. */
export interface Bo {
  readonly $type: string
  $parent?: Bo | undefined
  id?: string
  get(name: string): unknown
  set(name: string, value: unknown): void
}
export interface Moddle {
  create(type: string, values?: object): Bo
}

export interface PlaceValues {
  role: string
  takers: string[]
  statusStaffRu: string
  statusStaffEn: string
  statusClientRu: string
  statusClientEn: string
  clockEffect: string
  phase: string
  instructionRu: string
  instructionEn: string
}
export interface LaneValues {
  role: string
  instructionRu: string
  instructionEn: string
}
export interface FieldValues {
  name: string
  type: string
  labelRu: string
  labelEn: string
  required: boolean
  /** A choice out of this dictionary of the product; empty: out of the options alone. */
  dictionary: string
  options: { value: string; labelRu: string; labelEn: string }[]
}
export interface OutcomeValues {
  id: string
  labelRu: string
  labelEn: string
  style: string
  needs: string
  by: string[]
  fields: FieldValues[]
}
export type EffectValues =
  | { type: 'action'; name: string; params: { name: string; value: string; from: string }[] }
  | { type: 'set'; fact: string; by: 'value' | 'from' | 'expression'; text: string }
  | { type: 'remember'; as: string }

const EFFECTS = ['opora:Action', 'opora:Set', 'opora:Remember']

export const textOf = (bo: Bo, name: string): string => {
  const value = bo.get(name)
  return typeof value === 'string' ? value : ''
}
export const boOf = (bo: Bo, name: string): Bo | null => (bo.get(name) as Bo | undefined) ?? null
export const bosOf = (bo: Bo, name: string): Bo[] => (bo.get(name) as Bo[] | undefined) ?? []
const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')
/** An empty text is an attribute that is left out. */
const given = (text: string): string | undefined => (text === '' ? undefined : text)

export function extensionsOf(bo: Bo, type?: string): Bo[] {
  const values = bosOf(boOf(bo, 'extensionElements') ?? EMPTY, 'values')
  return type ? values.filter((value) => value.$type === type) : values
}
const EMPTY: Bo = { $type: '', get: () => undefined, set: () => {} }

/** The holder of extensions with those of some types replaced; the others stay where they were. `undefined`: nothing is left. */
export function withExtensions(moddle: Moddle, bo: Bo, types: readonly string[], own: Bo[]): Bo | undefined {
  const before = extensionsOf(bo)
  const at = before.findIndex((value) => types.includes(value.$type))
  const kept = before.filter((value) => !types.includes(value.$type))
  const place = at < 0 ? kept.length : before.slice(0, at).filter((value) => kept.includes(value)).length
  const values = [...kept.slice(0, place), ...own, ...kept.slice(place)]
  if (values.length === 0) return undefined
  const holder = moddle.create('bpmn:ExtensionElements', { values })
  holder.$parent = bo
  for (const value of values) value.$parent = holder
  return holder
}

function make(moddle: Moddle, type: string, values: object, children: [string, Bo[]][] = []): Bo {
  const lists = children.filter(([, list]) => list.length > 0)
  const made = moddle.create(type, { ...values, ...Object.fromEntries(lists) })
  for (const [, list] of lists) for (const child of list) child.$parent = made
  return made
}

function instructionIn(bo: Bo, lang: string): string {
  const found = bosOf(bo, 'instructions').find((one) => textOf(one, 'lang') === lang)
  return found ? textOf(found, 'text') : ''
}

function instructions(moddle: Moddle, values: { instructionRu: string; instructionEn: string }): Bo[] {
  const of = (lang: string, text: string) => (text ? [make(moddle, 'opora:Instruction', { lang, text })] : [])
  return [...of('ru', values.instructionRu), ...of('en', values.instructionEn)]
}

export function placeOf(bo: Bo): PlaceValues {
  const own = extensionsOf(bo, 'opora:Place')[0] ?? EMPTY
  return {
    role: textOf(own, 'role'),
    takers: words(textOf(own, 'takers')),
    statusStaffRu: textOf(own, 'statusStaffRu'),
    statusStaffEn: textOf(own, 'statusStaffEn'),
    statusClientRu: textOf(own, 'statusClientRu'),
    statusClientEn: textOf(own, 'statusClientEn'),
    clockEffect: textOf(own, 'clockEffect') || 'run',
    phase: textOf(own, 'phase') || 'work',
    instructionRu: instructionIn(own, 'ru'),
    instructionEn: instructionIn(own, 'en'),
  }
}

export function placeExtensions(moddle: Moddle, bo: Bo, values: PlaceValues): Bo | undefined {
  const { role, takers, instructionRu: _ru, instructionEn: _en, ...rest } = values
  const attributes = Object.fromEntries(Object.entries(rest).map(([name, text]) => [name, given(text)]))
  const own = make(moddle, 'opora:Place', { role: given(role), takers: given(takers.join(' ')), ...attributes }, [
    ['instructions', instructions(moddle, values)],
  ])
  return withExtensions(moddle, bo, ['opora:Place'], [own])
}

export function laneOf(bo: Bo): LaneValues {
  const own = extensionsOf(bo, 'opora:Lane')[0] ?? EMPTY
  return { role: textOf(own, 'role'), instructionRu: instructionIn(own, 'ru'), instructionEn: instructionIn(own, 'en') }
}

export function laneExtensions(moddle: Moddle, bo: Bo, values: LaneValues): Bo | undefined {
  const own = make(moddle, 'opora:Lane', { role: given(values.role) }, [['instructions', instructions(moddle, values)]])
  return withExtensions(moddle, bo, ['opora:Lane'], [own])
}

export function outcomeOf(bo: Bo): OutcomeValues {
  const own = extensionsOf(bo, 'opora:Outcome')[0] ?? EMPTY
  return {
    id: textOf(own, 'id'),
    labelRu: textOf(own, 'labelRu'),
    labelEn: textOf(own, 'labelEn'),
    style: textOf(own, 'style') || 'default',
    needs: textOf(own, 'needs') || 'nothing',
    by: words(textOf(own, 'by')),
    fields: bosOf(own, 'fields').map((field) => ({
      ...{
        name: textOf(field, 'name'),
        type: textOf(field, 'type') || 'text',
        required: field.get('required') !== false,
        dictionary: textOf(field, 'dictionary'),
      },
      ...{ labelRu: textOf(field, 'labelRu'), labelEn: textOf(field, 'labelEn') },
      options: bosOf(field, 'options').map((option) => ({
        ...{ value: textOf(option, 'value'), labelRu: textOf(option, 'labelRu'), labelEn: textOf(option, 'labelEn') },
      })),
    })),
  }
}

function fieldElement(moddle: Moddle, { options, type, labelRu, labelEn, dictionary, ...plain }: FieldValues): Bo {
  const isChoice = type === 'choice'
  const labels = { labelRu: given(labelRu), labelEn: given(labelEn) }
  const attributes = { ...plain, type, ...labels, dictionary: isChoice ? given(dictionary) : undefined }
  const listed = isChoice ? options.map((option) => make(moddle, 'opora:Option', option)) : []
  return make(moddle, 'opora:Field', attributes, [['options', listed]])
}

export function outcomeExtensions(moddle: Moddle, bo: Bo, values: OutcomeValues): Bo | undefined {
  const fields = values.fields.map((field) => fieldElement(moddle, field))
  const { id, labelRu, labelEn, style, needs, by } = values
  const attributes = {
    ...{ id: given(id), labelRu: given(labelRu), labelEn: given(labelEn), by: given(by.join(' ')) },
    ...{ style: style === 'default' ? undefined : style, needs: needs === 'nothing' ? undefined : needs },
  }
  return withExtensions(
    moddle,
    bo,
    ['opora:Outcome'],
    [make(moddle, 'opora:Outcome', attributes, [['fields', fields]])],
  )
}

export function effectsOf(bo: Bo): EffectValues[] {
  return extensionsOf(bo).flatMap((own): EffectValues[] => {
    if (own.$type === 'opora:Remember') return [{ type: 'remember', as: textOf(own, 'as') }]
    if (own.$type === 'opora:Set') {
      const by = (['expression', 'from'] as const).find((name) => textOf(own, name) !== '') ?? 'value'
      return [{ type: 'set', fact: textOf(own, 'fact'), by, text: textOf(own, by) }]
    }
    if (own.$type !== 'opora:Action') return []
    const params = bosOf(own, 'params').map((param) => ({
      ...{ name: textOf(param, 'name'), value: textOf(param, 'value'), from: textOf(param, 'from') },
    }))
    return [{ type: 'action', name: textOf(own, 'name'), params }]
  })
}

export function effectExtensions(moddle: Moddle, bo: Bo, effects: readonly EffectValues[]): Bo | undefined {
  const own = effects.map((effect) => {
    if (effect.type === 'remember') return make(moddle, 'opora:Remember', { as: effect.as })
    if (effect.type === 'set') return make(moddle, 'opora:Set', { fact: effect.fact, [effect.by]: effect.text })
    const params = effect.params.map(({ name, value, from }) =>
      make(moddle, 'opora:Param', from ? { name, from } : { name, value }),
    )
    return make(moddle, 'opora:Action', { name: effect.name }, [['params', params]])
  })
  return withExtensions(moddle, bo, EFFECTS, own)
}

export function conditionOf(bo: Bo): string {
  const expression = boOf(bo, 'conditionExpression')
  return expression ? textOf(expression, 'body') : ''
}

export function conditionFor(moddle: Moddle, bo: Bo, text: string): Bo | undefined {
  if (text.trim() === '') return undefined
  const made = moddle.create('bpmn:FormalExpression', { body: text })
  made.$parent = bo
  return made
}

export interface TimerValues {
  kind: 'duration' | 'date' | 'cycle'
  text: string
  unit: string
}
const TIMER_PARTS = { duration: 'timeDuration', date: 'timeDate', cycle: 'timeCycle' } as const

export function timerOf(definition: Bo): TimerValues {
  const kinds = Object.keys(TIMER_PARTS) as TimerValues['kind'][]
  const kind = kinds.find((one) => boOf(definition, TIMER_PARTS[one]) !== null) ?? 'duration'
  const part = boOf(definition, TIMER_PARTS[kind])
  const unit = textOf(definition, 'opora:unit') || (part ? textOf(part, 'opora:unit') : '')
  return { kind, text: part ? textOf(part, 'body') : '', unit: unit || 'clock' }
}

/** Properties of the timer for these values: exactly one of duration, date and cycle. */
export function timerProperties(moddle: Moddle, definition: Bo, { kind, text, unit }: TimerValues): object {
  const expression = moddle.create('bpmn:FormalExpression', { body: text })
  expression.$parent = definition
  const parts = Object.entries(TIMER_PARTS).map(([one, part]) => [part, one === kind ? expression : undefined])
  return { ...Object.fromEntries(parts), 'opora:unit': unit === 'clock' || kind === 'date' ? undefined : unit }
}
